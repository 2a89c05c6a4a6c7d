"""Metric rows are known by hashes of their series and scopes, in whatever parts they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from row_files import write_row_file
from small_report import make_result
from zonebook.metrics import rowfile
from zonebook.metrics.result import Evidence, MetricResult, Status, to_frame
from zonebook.run.row_digests import RowDigests, digest_metrics

ROW = replace(make_result("zone", "alabuga"), metric_id="X01", evidence=Evidence.REGISTER)
BARE = replace(ROW, metric_id="X02", value=None, lower=None, upper=None, status=Status.MISSING_INPUT)
ROWS = (
    ROW,
    replace(BARE, evidence=Evidence.DEMONSTRATION),
    replace(ROW, scope_id="dubna"),
    replace(ROW, scope_type="country", scope_id="RUS", metric_id="L02", evidence=Evidence.REPORTED),
)


def digest(folder: Path, *rows: MetricResult) -> RowDigests:
    return digest_metrics(write_row_file(to_frame(rows), folder))


def test_they_do_not_depend_on_the_parts_rows_are_read_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = digest(tmp_path, *ROWS)
    monkeypatch.setattr(rowfile, "PART", 1)
    assert digest(tmp_path, *ROWS) == whole
    assert (list(whole.series), list(whole.scopes)) == (["L02", "X01", "X02"], ["country", "zone"])


def test_a_row_without_a_value_has_no_evidence(tmp_path: Path) -> None:
    assert digest(tmp_path, *ROWS).evidence == ("register", "reported")


def test_a_changed_row_changes_its_own_series_and_scope(tmp_path: Path) -> None:
    before = digest(tmp_path, *ROWS)
    after = digest(tmp_path, *ROWS[:2], replace(ROWS[2], value=7.0, upper=7.0), ROWS[3])
    assert {name for name in before.series if before.series[name] != after.series[name]} == {"X01"}
    assert {name for name in before.scopes if before.scopes[name] != after.scopes[name]} == {"zone"}
    assert digest(tmp_path, ROWS[2], *ROWS[1::-1], ROWS[3]).series["X01"] != before.series["X01"]
    assert digest(tmp_path).series == {}
