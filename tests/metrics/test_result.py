"""Results as a table, and back from what pages have recorded of them."""

from dataclasses import replace

import pandas as pd
import pytest

from small_report import make_result
from zonebook.metrics.result import Status, find_latest, read_records, to_frame, to_record, to_results

ROW = make_result("zone", "alabuga")
BARE = replace(ROW, year=None, value=None, lower=None, upper=None, n_units=None, status=Status.MISSING_INPUT)


@pytest.mark.parametrize("is_bare", [True, False])
def test_recorded_rows_are_read_as_the_table_of_their_results(is_bare: bool) -> None:
    recorded = [
        {name: value for name, value in to_record(row).items() if value is not None or not is_bare}
        for row in (ROW, BARE)
    ]
    read = read_records(recorded)
    pd.testing.assert_frame_equal(read, to_frame([ROW, BARE]))
    assert to_results(read) == (ROW, BARE)


def test_no_rows_are_a_table_with_its_columns() -> None:
    pd.testing.assert_frame_equal(read_records([]), to_frame([]))


def test_the_latest_row_of_a_series_is_the_last_with_a_value() -> None:
    newer = replace(BARE, year=2025)
    first_months, whole = replace(ROW, period="9M"), replace(ROW, period="FY")
    other = replace(BARE, scope_id="dubna")
    found = find_latest([first_months, newer, whole, replace(ROW, year=2023), other])
    assert found == {("alabuga", ROW.metric_id): whole, ("dubna", ROW.metric_id): other}
