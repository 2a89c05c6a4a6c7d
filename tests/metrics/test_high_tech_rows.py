import pytest

from metrics.trade_tables import flow, rows_of
from zonebook.metrics.result import Status

SHARE = "high_tech_rows:high_tech_rows"


def share(*flows, **tables):
    return rows_of(SHARE, export_flow=flows, **tables).one("X21")


def test_products_of_the_list_over_all_exports():
    row = share(flow("KAZ", 30.0, "8802"), flow("SRB", 20.0, "854231"), flow("SRB", 50.0, "2709"))
    assert (row.value, row.lower, row.upper, row.reason) == (0.5, 0.5, 0.5, "")


def test_codes_too_coarse_widen_the_upper_bound_only():
    row = share(flow("KAZ", 30.0, "8802"), flow("SRB", 20.0, "85"), flow("SRB", 50.0, "27"))
    assert (row.value, row.lower, row.upper) == (0.3, 0.3, 0.5)
    assert row.reason == "the upper bound takes in codes too coarse to tell"


def test_the_rest_of_a_chapter_and_of_a_total_is_not_known():
    row = share(flow("KAZ", 40.0, "85"), flow("KAZ", 30.0, "8542"), flow("SRB", 60.0), flow("SRB", 50.0, "2709"))
    assert (row.value, row.upper) == (pytest.approx(0.3), pytest.approx(0.5))


def test_chapters_alone_cannot_tell():
    row = share(flow("KAZ", 30.0, "85"), flow("SRB", 50.0, "27"))
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "needs product codes of at least four digits")
    assert share(flow("KAZ", 30.0, "2651", product_scheme="OKPD2")).status is Status.MISSING_INPUT


def test_no_high_technology_is_a_true_zero_and_no_exports_undefined():
    assert share(flow("KAZ", 30.0, "2709")).value == 0
    assert share(flow("KAZ", 0.0, "2709")).status is Status.UNDEFINED


def test_a_share_that_few_firms_make_is_not_shown():
    rows = [flow("KAZ", 10.0, "2709", exporter_id=f"f{number}") for number in range(1, 5)]
    assert share(*rows, flow("KAZ", 10.0, "8542", exporter_id="f5")).status is Status.SUPPRESSED
    more = [flow("KAZ", 10.0, "8542", exporter_id=f"f{number}") for number in range(1, 5)]
    assert share(*rows, *more).value == 0.5
