"""The build: warnings are errors, what has not changed is not built, stock tools build the staged book too."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from book_process import build_apart
from small_report import SmallReport
from zonebook.book import write_redirect
from zonebook.book.build import list_warnings
from zonebook.book.folder import list_files
from zonebook.errors import BookError
from zonebook.parameters import Parameters

Fresh = Callable[..., SmallReport]


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": ""}
    return subprocess.run(
        command, cwd=cwd, env=environment, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def test_a_warning_is_an_error_that_names_the_page_each_time_it_is_built(fresh: Fresh) -> None:
    report = fresh()
    (report.project / "book" / "sources.md").write_text("# Sources\n\n[x](nowhere.md)\n", encoding="utf-8")
    report.stage()
    for _ in range(2):
        with pytest.raises(BookError, match=r"(?s)1 warning\(s\).*sources\.md.*nowhere") as caught:
            build_apart("en", report.out)
        assert not (report.out / "html" / "en").exists()
    assert caught.value.remedy


def test_an_unchanged_book_is_not_built_again_and_a_changed_page_is(fresh: Fresh) -> None:
    report = fresh()
    report.stage()
    build_apart("en", report.out)
    html = report.out / "html" / "en"
    before = {name: (html / name).stat().st_mtime_ns for name in list_files(html)}
    (html / "zones" / "dubna.html").unlink()
    (html / "data").mkdir()
    (html / "data" / "zone.csv").write_text("zone_id", encoding="utf-8")
    doctrees = report.out / "work" / "en" / "_build" / ".doctrees" / "environment.pickle"
    stamp = doctrees.stat().st_mtime_ns
    report.stage()
    build_apart("en", report.out)
    assert doctrees.stat().st_mtime_ns == stamp
    assert {name: (html / name).stat().st_mtime_ns for name in list_files(html) if name != "data/zone.csv"} == before
    (report.project / "book" / "sources.md").write_text("# Other sources\n", encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    assert "Other sources" in (html / "sources.html").read_text(encoding="utf-8")
    assert (html / "zones" / "alabuga.html").stat().st_mtime_ns == before["zones/alabuga.html"]
    assert (html / "data" / "zone.csv").exists()


def test_stock_jupyter_book_builds_the_staged_book(fresh: Fresh, tmp_path: Path) -> None:
    report = fresh()
    book = report.stage("ru")
    command = Path(sys.executable).with_name("jupyter-book")
    done = run(str(command), "build", str(book), "-W", "--keep-going", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (book / "_build" / "html" / "zones" / "alabuga.html").read_text(encoding="utf-8")
    assert "Резиденты экспортируют" in page
    assert "zb-district-list" in page


def test_plain_sphinx_builds_the_staged_book(fresh: Fresh, tmp_path: Path) -> None:
    report = fresh()
    book = report.stage()
    command = Path(sys.executable).with_name("jupyter-book")
    done = run(str(command), "config", "sphinx", str(book), cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    conf = book / "conf.py"
    # It only registers settings of Jupyter Book's own command; plain Sphinx is told where the book's extension is.
    lines = ["import sys", "sys.path.append('_extensions')"]
    lines += [line for line in conf.read_text(encoding="utf-8").splitlines() if not line.startswith("use_")]
    conf.write_text("\n".join(lines).replace("'jupyter_book', ", ""), encoding="utf-8")
    done = run(sys.executable, "-m", "sphinx", "-q", "-W", str(book), str(tmp_path / "html"), cwd=book)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Residents export" in (tmp_path / "html" / "zones" / "alabuga.html").read_text(encoding="utf-8")


def test_jupyter_book_takes_the_projects_own_files(fresh: Fresh) -> None:
    project = fresh().project
    command = Path(sys.executable).with_name("jupyter-book")
    done = run(str(command), "config", "sphinx", str(project), cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation errors" not in done.stdout + done.stderr


def test_warnings_are_found_in_what_sphinx_writes() -> None:
    output = (
        "\x1b[31m/b/a.md:3: WARNING: one\x1b[39;49;00m".replace("\x1b[31m", "").replace("\x1b[39;49;00m", "")
        + "\n/b/a.md:3: WARNING: one\nWARNING: two\n/b/c.md:: ERROR: three\nbuild finished"
    )
    assert list_warnings(output, Path("/b")) == ["a.md:3: one", "two", "c.md:: three"]


def test_the_first_page_leads_to_the_default_language_without_scripts(tmp_path: Path) -> None:
    write_redirect(Parameters(languages=("ru", "en")), tmp_path)
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=ru/index.html">' in page
    assert '<html lang="ru">' in page
    assert '<a href="en/index.html" lang="en" hreflang="en">English</a>' in page
    assert "<script" not in page
