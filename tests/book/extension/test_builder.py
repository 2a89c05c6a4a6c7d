"""Pages read and written in several processes: the same site, the same warnings."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from book_process import build_apart
from small_report import SmallReport
from zonebook.book.folder import list_files
from zonebook.errors import BookError

Fresh = Callable[..., SmallReport]


def read_site(out: Path) -> dict[str, bytes]:
    folder = out / "html" / "ru"
    return {name: (folder / name).read_bytes() for name in list_files(folder, leave_out=("data", "notebooks"))}


def test_the_site_is_the_same_whatever_the_number_of_processes(built: SmallReport, fresh: Fresh) -> None:
    report = fresh()
    report.stage("ru")
    build_apart("ru", report.out, jobs=3)
    assert read_site(report.out) == read_site(built.out)
    assert not (report.out / "work" / "ru" / "_build" / "jupyter_execute").exists()


def test_a_warning_in_any_process_is_an_error(fresh: Fresh) -> None:
    report = fresh()
    for name in ("sources", "glossary", "about"):
        (report.project / "book" / f"{name}.md").write_text(f"# {name}\n\n[x](nowhere.md)\n", encoding="utf-8")
    report.stage()
    with pytest.raises(BookError, match=r"(?s)3 warning\(s\).*about\.md.*glossary\.md.*sources\.md"):
        build_apart("en", report.out, jobs=2)


def test_the_index_of_a_page_that_changed_takes_the_place_of_the_old_one(fresh: Fresh) -> None:
    report = fresh()
    sources = report.project / "book" / "sources.md"
    sources.write_text("# Sources\n\nAardvark.\n", encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    index = report.out / "html" / "en" / "searchindex.js"
    first = index.read_text(encoding="utf-8")
    assert '"aardvark"' in first
    sources.write_text("# Sources\n\nBuffalo.\n", encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    second = index.read_text(encoding="utf-8")
    assert '"aardvark"' not in second
    assert '"buffalo"' in second
    sources.write_text("# Sources\n\nAardvark.\n", encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    assert index.read_text(encoding="utf-8") == first


def test_the_index_is_left_alone_where_pages_have_no_other_words(fresh: Fresh) -> None:
    report = fresh()
    sources, index = report.project / "book" / "sources.md", report.out / "work/en/_build/html/searchindex.js"

    def build(text: str) -> tuple[int, str]:
        sources.write_text(text, encoding="utf-8")
        report.stage()
        build_apart("en", report.out)
        assert text.rpartition("n")[2].strip(" .\n") in report.page("sources")
        return index.stat().st_mtime_ns, index.read_text(encoding="utf-8")

    first = build("# Sources\n\nAardvark in 2023.\n")
    assert build("# Sources\n\nAardvark in 2024.\n") == first
    assert build("# The sources\n\nAardvark in 2024.\n")[1] != first[1]
    assert build("# Sources\n\nAardvark in 2024.\n")[1] == first[1]


def test_the_index_forgets_a_page_that_is_no_more(fresh: Fresh) -> None:
    report = fresh()
    toc, index = report.project / "_toc.yml", report.out / "html/en/searchindex.js"
    without, last = toc.read_text(encoding="utf-8"), "      - file: book/rerun\n"
    (report.project / "book" / "extra.md").write_text("# Extra\n\nAardvark.\n", encoding="utf-8")
    toc.write_text(without.replace(last, f"      - file: book/extra\n{last}"), encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    assert '"aardvark"' in index.read_text(encoding="utf-8")
    toc.write_text(without, encoding="utf-8")
    report.stage()
    build_apart("en", report.out)
    changed = index.read_text(encoding="utf-8")
    assert '"aardvark"' not in changed
    shutil.rmtree(report.out / "work" / "en")
    build_apart("en", report.out)
    assert index.read_text(encoding="utf-8") == changed
