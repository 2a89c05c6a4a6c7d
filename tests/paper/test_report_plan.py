"""What pieces hold, and which of them change with what they depend on: those, and no others."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from zonebook.paper import report_cache
from zonebook.paper.chapter import read_chapter
from zonebook.paper.report_plan import plan_report
from zonebook.paper.report_state import ReportOrder
from zonebook.parameters import Parameters, override

NOTE = '<sup class="zb-cite">[<a href="#source-s1">1</a>]</sup>'
SOURCE = '<ol class="zb-sources"><li id="source-s1" value="1">First, 2025</li></ol>'
SVG = '<svg viewBox="0 0 680 20" width="680"><title>T</title><desc>D</desc><rect fill="#0b5c8a"/></svg>'
FIGURE = f'<figure class="zb-figure" id="figure-f"><div class="zb-wide">{SVG}</div><figcaption>F.</figcaption></figure>'
TABLE = (
    '<table class="zb-table" id="table-t"><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
)
PAGES = {
    "index": ["<h1>Start</h1>", "<p>Read.</p>"],
    "zones/a": ["<h1>Zone A</h1>", f'<p>A{NOTE} and <a href="b.html">B</a>.</p>', FIGURE, TABLE, SOURCE],
    "zones/b": ["<h1>Zone B</h1>", '<p>B and <a href="../methods.html">methods</a>.</p>', TABLE],
    "methods": ["<h1>Methods</h1>", "<p>How.</p>"],
    "methods/L01": ["<h1>L01</h1>", "<p>Localisation.</p>"],
}
TOC = {
    "root": "index",
    "parts": [
        {"caption": "Zones", "chapters": [{"file": "zones/a"}, {"file": "zones/b"}]},
        {"caption": "About", "chapters": [{"file": "methods", "sections": [{"file": "methods/L01"}]}]},
    ],
}
_TO_TABLE = '<a href="zones/b.html#table-t">Read</a>.'
ALL = {"index", "zones/a", "zones/b", "methods"}


def _write(order: ReportOrder, page: str, blocks: list[str]) -> None:
    path = order.book / f"{page}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    outputs = [{"output_type": "display_data", "data": {"text/html": block}} for block in blocks]
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "outputs": outputs}]}), encoding="utf-8")


@pytest.fixture
def order(tmp_path: Path) -> ReportOrder:
    order = ReportOrder("en", Parameters(), tmp_path, tmp_path / "out", "2026-04-01")
    for page, blocks in PAGES.items():
        _write(order, page, blocks)
    _list(order, TOC)
    (order.book / "_config.yml").write_text("title: A report", encoding="utf-8")
    return order


def _list(order: ReportOrder, contents: dict[str, Any]) -> None:
    (order.book / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")


def _sum_up(order: ReportOrder) -> dict[str, str]:
    return {piece.name: piece.sum_up() for piece in plan_report(order).chapters}


def _edit(page: str, old: str, new: str) -> Callable[[ReportOrder], ReportOrder]:
    def change(order: ReportOrder) -> ReportOrder:
        blocks = [block.replace(old, new) for block in PAGES[page]]
        assert blocks != PAGES[page]
        _write(order, page, blocks)
        return order

    return change


def _set(**parameters: Any) -> Callable[[ReportOrder], ReportOrder]:
    return lambda order: replace(order, parameters=override(Parameters(), parameters))


def _leave_out_first_zone(order: ReportOrder) -> ReportOrder:
    _list(order, {**TOC, "parts": [{"caption": "Zones", "chapters": [{"file": "zones/b"}]}, TOC["parts"][1]]})
    return order


def _rename_part(order: ReportOrder) -> ReportOrder:
    _list(order, {**TOC, "parts": [{**TOC["parts"][0], "caption": "Territories"}, TOC["parts"][1]]})
    return order


def _title(order: ReportOrder) -> ReportOrder:
    (order.book / "_config.yml").write_text("title: Another report", encoding="utf-8")
    return order


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        pytest.param(lambda order: order, set(), id="nothing"),
        pytest.param(_edit("zones/a", "A<sup", "An A<sup"), {"zones/a"}, id="words"),
        pytest.param(_edit("zones/a", "#0b5c8a", "#0b5c8b"), {"zones/a"}, id="drawing"),
        pytest.param(_edit("zones/a", "2025", "2026"), {"zones/a"}, id="source"),
        pytest.param(_edit("zones/a", 'value="1">', 'value="7">'), {"zones/a"}, id="number of a source"),
        pytest.param(_edit("zones/a", "<td>1", "<td>2"), {"zones/a"}, id="table"),
        pytest.param(_edit("methods/L01", "Local", "Glocal"), {"methods"}, id="section"),
        pytest.param(_edit("zones/b", "Zone B", "Zone Bee"), {"zones/a", "zones/b"}, id="name that a link says"),
        pytest.param(_edit("index", "Read.", _TO_TABLE), {"index", "zones/b"}, id="place"),
        pytest.param(_edit("zones/a", 'href="b.html"', 'href="c.html"'), {"zones/a"}, id="link to nowhere"),
        pytest.param(_leave_out_first_zone, {"zones/b", "methods"}, id="number of a chapter"),
        pytest.param(_rename_part, {"zones/a", "zones/b"}, id="part"),
        pytest.param(_title, ALL, id="title"),
        pytest.param(_set(colours={"accent": "#7a2e00"}), ALL, id="colours"),
        pytest.param(_set(paper="us-letter"), ALL, id="paper"),
        pytest.param(_set(publish="internal"), ALL, id="mark of the edition"),
        pytest.param(_set(pdf_standards=["ua-1", "a-2a"]), ALL, id="standards"),
        pytest.param(_set(year=2024), ALL, id="year"),
        pytest.param(lambda order: replace(order, cut_off="2026-05-01"), set(), id="date"),
        pytest.param(_edit("index", "<p>", '<p class="zb-evidence-demonstration">'), ALL, id="generated data"),
    ],
)  # fmt: skip
def test_a_change_concerns_those_it_changes(
    order: ReportOrder, change: Callable[[ReportOrder], ReportOrder], changed: set[str]
) -> None:
    before = _sum_up(order)
    written = {piece.name: piece.write() for piece in plan_report(order).chapters}
    order = change(order)
    after = _sum_up(order)
    assert {name for name, digest in after.items() if before[name] != digest} == changed
    for piece in plan_report(order).chapters:
        assert (piece.write() != written[piece.name]) <= (piece.name in changed)


def test_the_cover_alone_says_when_and_how_many(order: ReportOrder) -> None:
    before, after = plan_report(order), plan_report(replace(order, cut_off="2026-05-01"))
    assert before.front.data["date"] == [2026, 4, 1]
    assert after.front.data["date"] == [2026, 5, 1]
    assert before.front.data["words"]["facts"][0] == "2 zones"
    assert before.common == after.common
    assert before.common.data["words"].keys() >= {"year", "index", "continued"}


def test_a_place_that_goes_takes_links_to_it_along(order: ReportOrder) -> None:
    _edit("index", "Read.", _TO_TABLE)(order)
    before = {piece.name: piece for piece in plan_report(order).chapters}
    assert before["zones/b"].manuscript.data["asked"] == {"zones/b#table-t": True}
    _edit("zones/b", TABLE, "<p>None.</p>")(order)
    after = {piece.name: piece for piece in plan_report(order).chapters}
    changed = {name for name, piece in after.items() if piece.sum_up() != before[name].sum_up()}
    assert changed == {"index", "zones/b"}
    assert after["index"].manuscript.data["targets"] == {"zones/b#table-t": "zones/b"}


def test_only_what_is_written_is_loaded(order: ReportOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {piece.name: piece.write() for piece in plan_report(order).chapters}
    loaded: list[str] = []
    load = report_cache.KeptChapters.load

    def note(self: report_cache.KeptChapters, page: str) -> Any:
        loaded.append(page)
        return load(self, page)

    monkeypatch.setattr(report_cache.KeptChapters, "load", note)
    monkeypatch.setattr(report_cache, "read_chapter", None)
    pieces = {piece.name: piece for piece in plan_report(order).chapters}
    assert loaded == []
    assert pieces["methods"].write() == first["methods"]
    assert loaded == ["methods", "methods/L01"]


def test_a_chapter_has_its_numbers_its_notes_and_its_sections(order: ReportOrder) -> None:
    pieces = {piece.name: piece for piece in plan_report(order).chapters}
    zone = pieces["zones/a"].write().data
    labels = [block["label"] for block in zone["chapter"]["blocks"] if "label" in block]
    assert [label.replace("\u00a0", " ") for label in labels] == ["Fig. 2.1", "Table 2.1"]
    assert zone["notes"]["zones/a#source-s1"]["n"] == "1"
    assert (zone["part"], zone["chapter"]["opens"], zone["lowered"]) == ("Zones", "Zones", 0)
    assert pieces["zones/b"].write().data["lowered"] == 1
    assert [section["name"] for section in pieces["methods"].write().data["chapter"]["sections"]] == ["L01"]
    marks = pieces["zones/a"].marks
    assert marks is not None
    assert (marks.number, dict(marks.names)) == (2, {"zones/b": "Zone B", "zones/a#source-s1": "1"})


@pytest.mark.parametrize("lost", ["chapters.json", "chapters/zones/a.json"])
@pytest.mark.parametrize("content", [None, "", "[]", '{"key": "x"'])
def test_what_is_lost_of_what_is_kept_is_read_again(
    order: ReportOrder, lost: str, content: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {piece.name: (piece.sum_up(), piece.write()) for piece in plan_report(order).chapters}
    path = order.memory / lost
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    read: list[str] = []

    def note(path: Path, page: str, locale: Any) -> Any:
        read.append(page)
        return read_chapter(path, page, locale)

    monkeypatch.setattr(report_cache, "read_chapter", note)
    assert {piece.name: (piece.sum_up(), piece.write()) for piece in plan_report(order).chapters} == first
    assert read == ([] if lost == "chapters.json" else ["zones/a"])
    assert path.is_file()


def test_chapters_that_are_no_more_are_not_kept(order: ReportOrder) -> None:
    plan_report(order)
    assert (order.memory / "chapters/zones/a.json").is_file()
    _leave_out_first_zone(order)
    plan_report(order)
    assert not (order.memory / "chapters/zones/a.json").exists()
    assert "zones/a" not in json.loads((order.memory / "chapters.json").read_text(encoding="utf-8"))
