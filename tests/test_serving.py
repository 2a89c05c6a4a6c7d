"""The report served while it is written: built anew when something is saved, whole where a build fails."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from small_data import write_small_data_set
from zonebook import serving
from zonebook.cli import main
from zonebook.errors import ParameterError
from zonebook.parameters import read_parameters
from zonebook.request import BuildRequest
from zonebook.serving import STATE, Served, list_watched, serve_report, serve_site

ROOT = Path(__file__).parents[1]


def read(address: str, path: str = "") -> str:
    with urlopen(address + path, timeout=10) as answer:  # noqa: S310 - this machine
        return str(answer.read().decode())


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, str]]:
    served = Served(tmp_path / "html")
    with serve_site(served, 0) as address:
        yield served, address


def test_before_there_is_a_site_a_page_says_so_and_what_is_wrong(served: tuple[Served, str]) -> None:
    site, address = served
    assert "is being built" in read(address)
    site.note(is_new=False, error="a table <tie> is wrong")
    assert "a table &lt;tie&gt; is wrong" in read(address)


def test_pages_get_the_script_on_their_way_only(served: tuple[Served, str]) -> None:
    site, address = served
    (site.folder / "en").mkdir(parents=True)
    page = site.folder / "en" / "index.html"
    page.write_text("<html><body><p>Привет</p></body></html>", encoding="utf-8")
    (site.folder / "en" / "table.csv").write_text("a,b\n", encoding="utf-8")
    for path in ("en/", "en/index.html"):
        sent = read(address, path)
        assert "Привет" in sent
        assert sent.count(STATE) == 1
    assert STATE not in page.read_text(encoding="utf-8")
    assert read(address, "en/table.csv") == "a,b\n"


@pytest.mark.parametrize("path", ["en/none.html", "../secret.txt", "%2e%2e/secret.txt"])
def test_nothing_else_is_served(path: str, served: tuple[Served, str]) -> None:
    site, address = served
    site.folder.mkdir()
    (site.folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(HTTPError, match="404"):
        read(address, path)


def test_the_state_tells_new_builds_from_failed_ones(served: tuple[Served, str]) -> None:
    site, address = served
    site.note(is_new=True)
    site.note(is_new=False, error="wrong")
    assert json.loads(read(address, STATE.removeprefix("/"))) == {"build": 1, "error": "wrong"}
    site.note(is_new=True)
    assert json.loads(read(address, STATE.removeprefix("/"))) == {"build": 2, "error": ""}


def test_only_this_machine_is_served_and_a_taken_port_has_a_remedy(served: tuple[Served, str]) -> None:
    _, address = served
    assert address.startswith("http://127.0.0.1:")
    port = int(address.rstrip("/").rpartition(":")[2])
    with pytest.raises(ParameterError, match="--port"), serve_site(served[0], port):
        pass


@pytest.mark.heavy
def test_a_saved_file_is_built_and_a_failed_build_leaves_the_last_site(tmp_path: Path) -> None:
    data = write_small_data_set(tmp_path / "data")
    parameters = replace(
        read_parameters(ROOT / "parameters.yml"), languages=("en",), zones=("example-north",), pdf=False
    )
    request = BuildRequest(data, tmp_path / "out", ROOT, parameters, workers=2)
    page, said = request.out / "html" / "en" / "zones" / "example-north.html", list[str]()
    good = (data / "zone.csv").read_text(encoding="utf-8")

    def save() -> Iterator[None]:
        assert "Example North SEZ" in page.read_text(encoding="utf-8")
        (data / "zone.csv").write_text(good.replace("Example North SEZ", "Example Renamed SEZ"), encoding="utf-8")
        yield
        assert "Example Renamed SEZ" in page.read_text(encoding="utf-8")
        (data / "zone.csv").write_text(good.replace("technology-innovation", "no-type"), encoding="utf-8")
        yield
        state = json.loads(read(said[0].split()[0], STATE.removeprefix("/")))
        assert state["build"] == 2
        assert "no-type" in state["error"]
        assert "Example Renamed SEZ" in page.read_text(encoding="utf-8")

    serve_report(lambda: request, 0, said.append, save())
    assert [line.startswith("Error:") for line in said].count(True) == 1


def test_what_the_report_is_made_of_is_watched(tmp_path: Path) -> None:
    for name in ("notebooks", "book"):
        (tmp_path / name).mkdir()
    (tmp_path / "own.py").write_text("", encoding="utf-8")
    shutil.copyfile(ROOT / "parameters.yml", tmp_path / "parameters.yml")
    parameters = replace(read_parameters(ROOT / "parameters.yml"), own_metrics=("own.py",))
    request = BuildRequest(tmp_path / "data.xlsx", tmp_path / "out", tmp_path, parameters, workers=1)
    names = {path.name for path in list_watched(request)}
    assert names == {"notebooks", "book", "parameters.yml", "own.py"}


def test_the_command_serves_without_pdfs_and_ends_when_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(serving, "serve_report", lambda request, port, say: asked.append((request(), port)))
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["serve", "data", "--port", "0", "--lang", "en", "--zones", "alabuga"])
    assert result.exit_code == 0, result.output
    ((request, port),) = asked
    assert port == 0
    assert request.parameters.zones == ("alabuga",)
    assert not request.parameters.pdf
