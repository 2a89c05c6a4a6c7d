"""The documents are true to the code: every command in them runs, every part is named."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zonebook.cli import main
from zonebook.parameters import list_parameters
from zonebook.tables.schema import TABLES

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ru.md")
BIN = Path(sys.executable).parent


def _commands(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's own files, where the commands of the documents are run."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("_config.yml", "_toc.yml", "parameters.yml", "book", "notebooks", "data"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def test_both_readmes_give_the_same_commands() -> None:
    assert _commands("README.md") == _commands("README.ru.md")


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = [command.split()[1] for command in _commands(name) if command.startswith("make ")]
    assert targets
    done = subprocess.run(["make", "--dry-run", *targets], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_of_the_readme_runs(project: Path) -> None:
    commands = [command for command in _commands("README.md") if not command.startswith(("make ", "source "))]
    assert len(commands) >= 8
    for command in commands:
        words = shlex.split(command)
        if words == ["zonebook", "build", "data", "--out", "_build"]:
            words += ["--zones", "alabuga"]  # the whole report is built by `make report`
        done = subprocess.run(
            [BIN / words[0], *words[1:]], cwd=project, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert (project / "_build" / "html" / "index.html").is_file()
    assert (project / "page.ipynb").is_file()
    assert (project / "metrics.csv").read_text(encoding="utf-8").startswith("metric_id,")


def test_the_recipe_of_an_own_metric_works(project: Path) -> None:
    (recipe,) = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    (project / "own_metrics.py").write_text(recipe, encoding="utf-8")
    parameters = (project / "parameters.yml").read_text(encoding="utf-8")
    (project / "parameters.yml").write_text(
        parameters.replace("own_metrics: []", "own_metrics: [own_metrics.py]"), encoding="utf-8"
    )
    zone = "technopolis-moscow"
    for command in (
        f"metrics data --zone {zone} -o rows.csv",
        f"build data --out own --zones {zone}",
    ):
        done = subprocess.run(
            [BIN / "zonebook", *command.split()], cwd=project, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    (project / "parameters.yml").write_text(parameters, encoding="utf-8")
    assert re.search(
        rf"^Z01,zone,{zone},\d+,.*,ha,ok,", (project / "rows.csv").read_text(encoding="utf-8"), re.MULTILINE
    )
    for lang, name in (("en", "Mean area of a site"), ("ru", "Средняя площадь площадки")):
        book = project / "own" / "html" / lang
        assert name in (book / "methods" / "Z01.html").read_text(encoding="utf-8")
        assert name in (book / "zones" / f"{zone}.html").read_text(encoding="utf-8")
        assert "\nZ01,zone," in (book / "data" / "metrics.csv").read_text(encoding="utf-8")


def test_the_readme_shows_a_picture_of_a_page() -> None:
    for name in READMES:
        (picture,) = re.findall(r"!\[.+\]\((.+\.png)\)", (ROOT / name).read_text(encoding="utf-8"))
        assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_top_level_folder_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for command in main.commands:
        assert f"zonebook {command}" in text, command
    for folder in ("data/", "notebooks/", "book/", "tests/", "bench/", "src/zonebook/", "parameters.yml", "_toc.yml"):
        assert folder in text


def test_parameters_and_tables_have_their_help() -> None:
    explained = (ROOT / "parameters.yml").read_text(encoding="utf-8")
    assert [name for name in list_parameters() if f"\n{name}:" not in explained] == []
    for table in TABLES.values():
        for column in table.columns.values():
            assert column.help["en"], f"{table.name}.{column.name}"
            assert column.help["ru"], f"{table.name}.{column.name}"


def test_counts_in_the_readmes_are_those_of_the_data() -> None:
    def rows(table: str) -> list[str]:
        return (ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]

    zones = [row for row in rows("zone") if ",aggregate," not in row]
    figures = [row for row in rows("zone_year") if ",cluster_" not in row or "cluster_microelectronics_members" in row]
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        for count in (len(zones), len(figures), len(rows("tie")), len(rows("target")), len(rows("source"))):
            assert re.search(rf"\b{count}\b", text), f"{name}: {count}"


def test_no_document_names_a_place_outside_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.suffix in {".md", ".py", ".yml", ".toml", ".sh"} or path.name == "Makefile":
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text, name
