"""Whether a report is in step with what it is printed from."""

from dataclasses import replace
from pathlib import Path

import pytest

from zonebook.paper.report_state import ReportOrder, is_printed, read_note, sum_up_order, write_note
from zonebook.parameters import Parameters, override


@pytest.fixture
def order(tmp_path: Path) -> ReportOrder:
    order = ReportOrder("en", Parameters(), tmp_path, tmp_path / "out", "2026-04-01")
    for path, content in (
        (order.book / "zones/a.md", "# A"),
        (order.book / "_toc.yml", "root: a"),
        (order.target, "x"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    write_note(order, state=sum_up_order(order), digest="d")
    return order


def test_nothing_changed(order: ReportOrder) -> None:
    assert is_printed(order)
    assert read_note(order)["digest"] == "d"
    (order.book / "_build").mkdir()
    (order.book / "_build" / "x.md").write_text("not of the book", encoding="utf-8")
    assert is_printed(order)


def test_anything_it_depends_on_makes_it_due(order: ReportOrder) -> None:
    assert not is_printed(replace(order, force=True))
    assert not is_printed(replace(order, cut_off="2026-05-01"))
    assert not is_printed(replace(order, parameters=override(Parameters(), {"publisher": "Department"})))
    assert not is_printed(replace(order, parameters=override(Parameters(), {"colours": {"accent": "#7a2e00"}})))
    (order.book / "zones/a.md").write_text("# Another", encoding="utf-8")
    assert not is_printed(order)


@pytest.mark.parametrize("note", ["", "[]", '{"state": "x"}'])
def test_a_note_that_is_cut_short_is_none(order: ReportOrder, note: str) -> None:
    (order.memory / "report.json").write_text(note, encoding="utf-8")
    assert read_note(order) == {}
    assert not is_printed(order)


def test_a_pdf_that_is_another_one_or_gone_is_printed_again(order: ReportOrder) -> None:
    order.target.write_text("half", encoding="utf-8")
    assert not is_printed(order)
    order.target.unlink()
    assert not is_printed(order)
