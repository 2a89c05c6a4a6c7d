from functools import partial

import pytest

from metrics.register import ledger
from metrics.register import run as run_register
from metrics.shares import PARTIES, compute, tie
from zonebook.metrics.distance_rows import distance_rows
from zonebook.metrics.geography import great_circle_km
from zonebook.metrics.result import Status
from zonebook.settings import MetricSettings

LEDGER = {"evidence": "ledger", "source_id": "register"}
TIES = [tie("a", "tatar"), tie("b", "tver"), tie("c", "tver"), tie("d", "somewhere"), tie("e", "city", level="local")]


INTERNAL = MetricSettings(publish="internal").in_force
run_internal = partial(run_register, settings=INTERNAL)


def run(*ties, **tables):
    """Return the rows of an internal edition: the ties are those of one firm."""
    return compute(**({"party": PARTIES, "tie": ties, "publish": "internal"} | tables))


def test_distances_are_means_over_ties_with_two_places():
    found = run(*TIES)
    row = found.one("R05.regional")
    assert row.value == pytest.approx((714.2 + 2 * 170.2) / 3, abs=1)
    assert found.one("R05.regional_median").value == pytest.approx(170.2, abs=1)
    assert found.one("R05").n_units == 4
    assert "ties placed at the centre of a region, 4 of 4" in found.one("R05").reason
    assert "ties left out, without coordinates: 1" in found.one("R05").reason


def test_neighbours_in_one_zone_are_no_way_apart():
    row = run(tie("a", "neighbour", level="local")).one("R05")
    assert (row.value, row.status) == (0, Status.LOW_N)


def test_ties_without_places_have_no_distance():
    row = run(tie("a", "kazakh", "export", level="international")).one("R05")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "no tie has coordinates at both ends")


def test_every_year_of_a_register_has_its_distances_by_count_and_by_value():
    ties = [ledger("a", "far", 30.0), ledger("a", "b", 10.0), ledger("c", "near", 60.0), ledger("a", "far", year=2024)]
    found = run_internal(distance_rows, *ties)
    far, near = (float(great_circle_km(55.71, 37.73, *place)) for place in ((56.86, 35.90), (55.75, 37.62)))
    assert found.one("R05", 2024).value == pytest.approx(far)
    assert found.one("R05", 2025).value == pytest.approx((far + near) / 3)
    assert found.one("R05.value", 2025).value == pytest.approx((30 * far + 60 * near) / 100)
    assert found.one("R05.value_median", 2025).value == pytest.approx(near)
    assert [found.one(f"R05.p{part}", 2025).value for part in (25, 75)] == pytest.approx([0, far])
    assert found.one("R05", 2025).period == "FY"


def test_a_sample_has_no_curve_and_no_value_without_all_values():
    found = run(tie("a", "tatar", value_rub=5.0), tie("b", "tver"))
    assert not {row.metric_id for row in found if row.metric_id.startswith(("R05.p", "R05.value"))}


def test_trade_without_a_value_is_left_out_of_the_weighted_distance_and_counted():
    found = run_internal(distance_rows, ledger("a", "far", 30.0), ledger("b", "near", None))
    assert "ties left out, without a value: 1" in found.one("R05.value").reason
    assert found.one("R05.value").n_units == 1


def test_exact_places_and_a_full_register_give_an_exact_distance():
    row = run_internal(distance_rows, ledger("a", "e")).one("R05")
    assert (row.lower, row.upper) == (row.value, row.value)
    assert row.value == pytest.approx(float(great_circle_km(55.71, 37.73, 55.83, 52.04)))
