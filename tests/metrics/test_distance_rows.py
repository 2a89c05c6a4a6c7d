import pytest

from metrics.shares import PARTIES, compute, tie
from zonebook.metrics.result import Status

LEDGER = {"evidence": "ledger", "source_id": "register"}
TIES = [tie("a", "tatar"), tie("b", "tver"), tie("c", "tver"), tie("d", "somewhere"), tie("e", "city", level="local")]


def run(*ties, **tables):
    return compute(**({"party": PARTIES, "tie": ties} | tables))


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
