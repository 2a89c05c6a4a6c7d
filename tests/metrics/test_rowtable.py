"""Rows as columns: the same results as a sequence of them, whole, by series and by scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from small_report import make_result
from zonebook.metrics import rowtable
from zonebook.metrics.result import Evidence, MetricResult, Status, to_frame
from zonebook.metrics.rowfile import RowWriter
from zonebook.metrics.rowtable import RowChain, RowIndex, RowTable, select_series

ROW = replace(make_result("zone", "alabuga"), metric_id="X01")
BARE = replace(ROW, metric_id="X02", value=None, lower=None, upper=None, n_units=None, status=Status.MISSING_INPUT)
ROWS = (
    replace(ROW, scope_type="country", scope_id="RUS", evidence=Evidence.REGISTER),
    replace(ROW, year=None, reason="of the shops"),
    replace(BARE, evidence=Evidence.DEMONSTRATION),
    replace(ROW, metric_id="X01.q1", scope_id="dubna"),
    replace(ROW, scope_id="dubna"),
)


def keep(rows: Sequence[MetricResult], folder: Path, *, parts: int = 1) -> RowTable:
    """Return rows as a table read from a file that was written in parts."""
    with RowWriter(folder / "rows.parquet", whole=True) as writer:
        for part in range(parts):
            writer.write(to_frame(rows[part * len(rows) // parts : (part + 1) * len(rows) // parts]))
    return RowTable.read(folder / "rows.parquet")


@pytest.fixture(params=[1, 3])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> RowTable:
    return keep(ROWS, tmp_path, parts=request.param)


def test_rows_come_out_as_they_were_written(table: RowTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowtable, "_PART", 2)
    assert tuple(table) == ROWS
    assert len(table) == len(ROWS)
    assert (table[0], table[-1], table[1:3]) == (ROWS[0], ROWS[-1], ROWS[1:3])
    with pytest.raises(IndexError):
        table[len(ROWS)]


def test_a_series_and_a_scope_are_found_in_the_order_of_all_rows(table: RowTable) -> None:
    for found in (table, RowIndex(ROWS)):
        assert found.of_series(["X02", "X01", "X01", "R01"]) == tuple(row for row in ROWS if not row.series)
        assert found.of_series(["R01"]) == ()
        assert found.of_scopes("country") == ROWS[:1]
        assert sorted(found.metric_ids) == ["X01", "X01.q1", "X02"]


def test_a_row_without_a_value_has_no_evidence(table: RowTable) -> None:
    for found in (table, RowIndex(ROWS)):
        assert found.evidence == {row.evidence for row in ROWS if row.value is not None}
        assert Evidence.DEMONSTRATION not in found.evidence


def test_no_rows_are_no_results(tmp_path: Path) -> None:
    table = keep((), tmp_path)
    assert (tuple(table), table.of_series(["X01"]), table.of_scopes("zone"), table.evidence) == (
        (),
        (),
        (),
        frozenset(),
    )


def test_a_chain_is_its_parts_one_after_the_other(table: RowTable) -> None:
    chain, last = RowChain(table, (BARE,)), (*ROWS, BARE)
    assert (tuple(chain), len(chain)) == (last, len(last))
    assert (chain[0], chain[-1], chain[3:]) == (last[0], last[-1], last[3:])
    assert tuple(select_series(chain, {"X02"})) == (ROWS[2], BARE)
    assert tuple(select_series(last, {"X02"})) == (ROWS[2], BARE)
    with pytest.raises(IndexError):
        chain[len(last)]


def test_only_what_is_asked_for_is_made(table: RowTable, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def count(columns: Sequence[Sequence[object]]) -> tuple[MetricResult, ...]:
        made.append(len(columns[0]))
        return ()

    monkeypatch.setattr(rowtable, "make_results", count)
    table.of_series(["X02"])
    table.of_scopes("country")
    assert made == [1, 1]
