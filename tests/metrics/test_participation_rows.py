import math

import pytest

from metrics.register import ledger, pick, run
from zonebook.metrics.participation_rows import participation_rows
from zonebook.metrics.result import Status


def test_the_mean_over_residents_with_ties():
    # a: one partner in its zone, one in the other zone, one elsewhere; b and e: one partner each; c and d: none.
    found = run(participation_rows, ledger("a", "b"), ledger("a", "e"), ledger("a", "far"))
    row = pick(found, "R04")
    assert row.value == pytest.approx((1 - 3 / 9 + 0) / 2)
    assert "over 2 residents with ties" in row.reason
    assert row.unit == "index"


def test_an_isolate_is_left_out_and_not_counted_as_zero():
    """Trap: the Brain Connectivity Toolbox gives an isolate 0."""
    with_isolates = pick(run(participation_rows, ledger("a", "b"), ledger("a", "far")), "R04").value
    assert with_isolates == pytest.approx(0.5 / 2)


def test_nobody_with_a_tie_is_undefined():
    row = pick(run(participation_rows, ledger("a", "far")), "R04", "y")
    assert (row.status, row.value) == (Status.UNDEFINED, None)


def test_z_is_taken_of_ties_inside_the_zone():
    found = run(participation_rows, ledger("a", "b"), ledger("a", "c"), ledger("a", "d"), ledger("b", "far"))
    # Three partners for a, one for the others: mean 1.5, standard deviation of the population sqrt(0.75).
    assert pick(found, "R04.z").value == pytest.approx(1.5 / math.sqrt(0.75))
    assert pick(found, "R04.hubs").value == 0
    assert pick(found, "R04.z", "y").value == pytest.approx(-0.5 / math.sqrt(0.75))


def test_without_a_spread_there_is_no_z():
    row = pick(run(participation_rows, ledger("a", "far")), "R04.z")
    assert (row.status, row.reason) == (Status.UNDEFINED, "all residents have as many ties inside the zone")


def test_partners_abroad_are_told_apart_by_country_and_by_year():
    found = run(
        participation_rows,
        *(ledger("a", partner, year=year) for partner, year in (("kazakh", 2024), ("kazakh", 2025), ("near", 2025))),
    )
    assert [row.value for row in found if row.metric_id == "R04" and row.scope_id == "home"] == [0, 0.5]


def test_reported_ties_give_no_coefficient():
    found = run(participation_rows, ledger("a", "b", evidence="press", source_id="press-a"))
    assert pick(found, "R04").status is Status.MISSING_INPUT
