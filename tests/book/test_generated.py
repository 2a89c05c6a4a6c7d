"""What is generated from the catalogue and the data is made anew where something it is made from has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from small_report import SmallData, SmallReport, make_share
from zonebook.book import forget_derived, generated, stage
from zonebook.book.folder import list_files
from zonebook.parameters import override

Fresh = Callable[..., SmallReport]
MAKERS = ("make_method_page", "make_method_table", "make_test_table", "make_catalogue", "make_source_list")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What has been made, by the name of what makes it; to be emptied by the test."""
    names: set[str] = set()

    def note(name: str) -> None:
        make = getattr(stage, name)
        monkeypatch.setattr(stage, name, lambda *values: names.add(name) or make(*values))

    for name in MAKERS:
        note(name)
    return names


def read(report: SmallReport) -> dict[str, bytes]:
    """Return the staged files."""
    book = report.stage()
    return {name: (book / name).read_bytes() for name in list_files(book)}


def test_nothing_is_generated_twice_from_the_same(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    first = read(report)
    assert made == set(MAKERS)
    made.clear()
    assert read(report) == first
    assert made == set()


def test_a_changed_source_makes_the_list_of_sources_anew(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    first = read(report)
    made.clear()
    share = make_share()
    sources = share.table("source").assign(title=["A new report", "=cmd"])
    changed = SmallData(replace(share, tables={**share.tables, "source": sources}))
    second = read(replace(report, data_set=changed))
    assert made == {"make_source_list"}
    assert {name for name in first if first[name] != second[name]} == {"sources.md"}
    assert b"A new report" in second["sources.md"]


def test_another_number_of_rows_makes_the_catalogue_anew(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    read(report)
    made.clear()
    share = make_share()
    fewer = SmallData(replace(share, tables={**share.tables, "source": share.table("source").head(1)}))
    read(replace(report, data_set=fewer))
    assert made == {"make_source_list", "make_catalogue"}


def test_changed_prose_is_there_with_what_is_generated_below(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    first = read(report)
    made.clear()
    page = report.project / "book" / "methods.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    second = read(report)
    assert made == {"make_method_table", "make_test_table"}
    assert {name for name in first if first[name] != second[name]} == {"methods.md"}
    assert "One more sentence." in second["methods.md"].decode()
    assert len(second["methods.md"]) > len(first["methods.md"])


def test_a_changed_setting_makes_the_method_pages_anew(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    first = read(report)
    made.clear()
    second = read(replace(report, parameters=override(report.parameters, {"least_units": 4})))
    assert made == {"make_method_page"}
    changed = {name for name in first if first[name] != second[name]}
    assert changed
    assert all(name.startswith("methods/") for name in changed)


def test_changed_words_make_all_anew(fresh: Fresh, made: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    report = fresh()
    read(report)
    made.clear()
    monkeypatch.setattr(generated, "_hash_words", lambda: "changed")
    read(report)
    assert made == set(MAKERS)


def test_what_is_forgotten_or_gone_is_made_anew(fresh: Fresh, made: set[str]) -> None:
    report = fresh()
    first = read(report)
    made.clear()
    (report.stage() / "sources.md").unlink()
    assert read(report) == first
    assert made == {"make_source_list"}
    forget_derived("en", report.out)
    assert read(report) == first
    assert made == set(MAKERS)


def test_other_languages_have_other_keys() -> None:
    keys = {generated.key_generated(lang, values) for lang in ("ru", "en") for values in ((), ("a",))}
    assert len(keys) == 4
