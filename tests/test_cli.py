"""The command line: exit codes, one readable paragraph for an error, results where they were asked for."""

import io
import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from small_data import write_small_data_set
from zonebook import __version__, pipeline
from zonebook.cli import demo, main
from zonebook.metrics.result import RESULT_COLUMNS
from zonebook.paper.job import PaperOutcome
from zonebook.request import BuildReport, BuildRequest
from zonebook.run import cluster
from zonebook.tables.demo import DemoSettings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    write_small_data_set(folder)
    return folder


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_version_and_help() -> None:
    assert __version__ in _run("--version").output
    shown = _run("--help").output
    for command in ("build", "check", "demo", "diff", "metrics", "template"):
        assert command in shown


def test_a_sound_data_set_passes_the_check(data: Path) -> None:
    done = _run("check", data)
    assert (done.exit_code, done.output) == (0, "No problems found.\n")


def test_a_problem_is_named_with_its_place_as_text_and_json(data: Path) -> None:
    path = data / "zone_year.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2024,FY,export_rub", ",20244,FY,export_rub", 1))
    done = _run("check", data)
    assert done.exit_code == 1
    assert "zone_year.csv" in done.output
    assert "20244" in done.output
    problems = json.loads(_run("check", data, "--format", "json").output)["problems"]
    (found,) = [problem for problem in problems if problem["value"] == "20244"]
    assert (found["table"], found["column"], found["row"]) == ("zone_year", "year", 3)
    assert found["remedy"]


def test_limits_of_the_check_are_parameters(data: Path) -> None:
    figures = "party_id,year,revenue_rub\nfirm-trucks,2023,10\nfirm-trucks,2024,150\n"
    (data / "party_year.csv").write_text(figures, encoding="utf-8")
    assert "15 times" in _run("check", data).output
    assert _run("check", data, "-p", "jump_factor=20").output == "No problems found.\n"
    refused = _run("check", data, "-p", "jump_factor=1")
    assert (refused.exit_code, "must be more than 1" in refused.output) == (2, True)
    assert "Did you mean 'jump_factor'?" in _run("check", data, "-p", "jump_factr=20").output


def test_the_check_speaks_russian(data: Path) -> None:
    (data / "zone.csv").unlink()
    assert "zone" in _run("check", data, "--lang", "ru").output
    assert _run("check", data, "--lang", "ru").output != _run("check", data).output


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_metric_rows_have_the_columns_of_the_contract(data: Path, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"rows{suffix}"
    done = _run("metrics", data, "--zone", "example-north", "-o", path)
    assert done.exit_code == 0, done.output
    read = {".csv": pd.read_csv, ".json": pd.read_json, ".parquet": pd.read_parquet}[suffix]
    frame = read(path)
    assert tuple(frame.columns) == RESULT_COLUMNS
    assert set(frame["scope_id"]) == {"example-north"}
    export = frame[(frame["metric_id"] == "X01") & (frame["year"] == 2024) & (frame["period"] == "FY")].iloc[0]
    assert (export["value"], export["lower"], export["upper"]) == (1.1e9, 1.1e9, 1.2e9)


def test_metric_rows_of_everything_go_to_the_screen(data: Path) -> None:
    done = _run("metrics", data)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == ",".join(RESULT_COLUMNS)
    assert {"zone", "region", "country"} <= {line.split(",")[1] for line in lines[1:]}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["metrics", "DATA", "--zone", "alabuga"], 2, "has no zone 'alabuga'"),
        (["metrics", "DATA", "-o", "rows.txt"], 2, "Use .csv, .json or .parquet"),
        (["metrics", "nowhere"], 1, "nowhere"),
        (["build", "DATA", "-p", "yeer=2024"], 2, "Did you mean 'year'?"),
        (["build", "DATA", "-p", "year=soon"], 2, "must be a whole number"),
        (["build", "DATA", "--zones", "nope"], 2, "has no zone 'nope'"),
        (["build", "DATA", "--lang", "xx"], 2, "xx"),
        (["build", "nowhere"], 1, "nowhere"),
        (["build", "--engine", "magic"], 2, "magic"),
        (["demo"], 2, "DIR"),
        (["demo", "DATA"], 2, "not a demonstration data set"),
        (["demo", "DATA/zone.csv"], 2, "is a file, not a folder"),
        (["demo", "DATA/new", "--zones", "0"], 2, "zones cannot be 0. Give a whole number from 1 to"),
        (["demo", "DATA/new", "--zones", "many"], 2, "many"),
        (["demo", "DATA/new", "--residents", "14"], 2, "Give a whole number from 15 to"),
        (["demo", "DATA/new", "--years", "2025-2019"], 2, "years cannot be 2025-2019"),
        (["demo", "DATA/new", "--years", "soon"], 2, "such as 2019-2025"),
        (["demo", "DATA/new", "--seed", "-1"], 2, "seed cannot be -1"),
        (["demo", "DATA/new", "--ties-per-resident", "1"], 2, "from 4 to 200"),
        (["demo", "DATA/new", "--format", "xlsx"], 2, "xlsx"),
    ],
)
def test_mistakes_give_one_paragraph_and_their_exit_code(
    words: list[str], code: int, message: str, data: Path, tmp_path: Path
) -> None:
    words = [word.replace("DATA", str(data)) for word in words]
    if words[0] == "build":
        words += ["--out", str(tmp_path / "out")]
    done = _run(*words)
    assert done.exit_code == code, done.output
    assert message in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out" / "html").exists()
    assert not (data / "new").exists()


_FEW = ("--zones", 2, "--residents", 15, "--years", "2024-2025")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_demonstration_data_set_is_written_and_passes_the_check(form: str, tmp_path: Path) -> None:
    done = _run("demo", tmp_path / "made", *_FEW, "--format", form)
    assert done.exit_code == 0, done.output
    first, counts = done.output.splitlines()
    assert str(tmp_path / "made") in first
    assert "zone 3," in counts
    assert (tmp_path / "made" / f"tie.{form}").is_file()
    assert _run("check", tmp_path / "made").output == "No problems found.\n"


def test_options_of_the_demonstration_reach_it(tmp_path: Path) -> None:
    _run("demo", tmp_path / "few", *_FEW, "--ties-per-resident", 4)
    done = _run("demo", tmp_path / "many", *_FEW, "--ties-per-resident", 40, "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    few, many = (len((tmp_path / name / "tie.csv").read_text().splitlines()) for name in ("few", "many"))
    assert many > 3 * few
    _run("demo", tmp_path / "other", *_FEW, "--seed", 2)
    assert (tmp_path / "other" / "party.csv").read_bytes() != (tmp_path / "few" / "party.csv").read_bytes()


def test_defaults_of_the_demonstration_are_those_of_its_settings() -> None:
    given = {option.name: option.default for option in demo.params}
    settings = DemoSettings()
    assert given["years"] == "{}-{}".format(*settings.years)
    for name in ("zones", "residents", "seed", "ties_per_resident"):
        assert given[name] == getattr(settings, name)


def test_a_build_shows_what_is_printed_to_a_terminal_unless_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def build(request: BuildRequest) -> BuildReport:
        request.on_stage("Books")
        for target in ("zones/dubna", "zones/alabuga", "report"):
            request.on_paper(PaperOutcome("ru", target), 1 if target == "report" else 2)
        return BuildReport(request.out, (), (), {})

    monkeypatch.setattr(pipeline, "build_report", build)
    for flags, words in {(): True, ("--quiet",): False}.items():
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        with pytest.raises(SystemExit) as ended:
            main(["build", *flags], standalone_mode=False)
        assert ended.value.code == 0
        for word in ("Books", "Handouts", "Reports on paper"):
            assert (word in stream.getvalue()) == words
    done = _run("build", "--verbose")
    assert "pdf/ru/zones/dubna.pdf: 0.00 s" in done.output


def test_progress_is_shown_to_a_terminal_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in ("demo", tmp_path / "made", *_FEW)], standalone_mode=False)
        assert ended.value.code == 0
        assert ("Zones" in stream.getvalue()) == stream.isatty()


def test_without_a_scheduler_nothing_is_built_and_the_remedy_is_said(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 1)
    done = _run("build", data, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert done.exit_code == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9. Start one with dask scheduler" in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out" / "html").exists()


def test_outside_a_project_the_remedy_is_said(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = _run("build", data)
    assert done.exit_code == 2
    assert "no folder with _toc.yml" in done.output


def test_handout_writes_a_pdf(data: Path, tmp_path: Path) -> None:
    done = _run("handout", "example-north", data, "--lang", "en", "-o", tmp_path / "new" / "one.pdf")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "new" / "one.pdf").read_bytes().startswith(b"%PDF-")
    wrong = _run("handout", "exampl-nort", data)
    assert wrong.exit_code == 2
    assert wrong.output.strip().count("\n") == 0
    assert "Did you mean example-north" in wrong.output
