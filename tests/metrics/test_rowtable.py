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
    replace(ROW, metric_id="X03", value=1.5, lower=1.0, upper=None),
    replace(ROW, metric_id="X03", year=2020, value=0.0, lower=-0.0, upper=0.0),
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
        assert found.of_series(["X02", "X01", "X01", "R01"]) == (*ROWS[:3], ROWS[4])
        assert found.of_series(["R01"]) == ()
        assert found.of_scopes("country") == ROWS[:1]
        assert sorted(found.metric_ids) == ["X01", "X01.q1", "X02", "X03"]
    assert sorted(table.scope_types) == sorted({row.scope_type for row in ROWS})


def test_of_a_series_the_rows_of_a_kind_of_scope_can_be_had(table: RowTable) -> None:
    for found in (table, RowIndex(ROWS)):
        assert found.of_series(["X01"], "country") == ROWS[:1]
        assert found.of_series(["X02", "X01"], "zone") == (ROWS[1], ROWS[2], ROWS[4])
        assert found.of_series(["X01"], "region") == ()


def test_bounds_are_those_that_were_written(table: RowTable) -> None:
    (apart, zero) = table.of_series(["X03"])
    assert (apart.lower, apart.upper) == (1.0, None)
    assert [str(number) for number in (zero.value, zero.lower, zero.upper)] == ["0.0", "-0.0", "0.0"]


def test_many_rows_take_few_bytes(tmp_path: Path) -> None:
    rows = [replace(ROW, scope_id=f"zone-{number}", value=float(number)) for number in range(2_000)]
    rows = [replace(row, lower=row.value, upper=row.value) for row in rows]
    table = keep(rows, tmp_path)
    columns = [column.codes for column in table._codes.values()]
    held = sum(column.nbytes for column in (*columns, table._spans.values, *table._spans.bounds.values()))
    assert held < 24 * len(rows)
    assert tuple(table) == tuple(rows)


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
