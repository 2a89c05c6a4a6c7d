import pytest

from metrics.register import PARTIES, ledger, pick, run
from metrics.shares import party
from zonebook.metrics.openness_rows import openness_rows
from zonebook.metrics.result import Evidence, Status

# Inside the zone: a-b, b-c. Outward: a-e, a-far, d-kazakh.
TIES = [ledger("a", "b", 10.0), ledger("b", "c", 30.0), ledger("a", "e", 20.0), ledger("a", "far", 5.0)]
TIES.append(ledger("d", "kazakh", 35.0, kind="export", level="international"))


def test_the_index_of_a_zone_by_count_and_by_value():
    found = run(openness_rows, *TIES)
    row = pick(found, "R03")
    assert row.value == pytest.approx((3 - 2) / 5)
    assert (row.lower, row.upper, row.unit, row.year, row.period) == (row.value, row.value, "index", 2025, "FY")
    assert pick(found, "R03.value").value == pytest.approx((60 - 40) / 100)


def test_the_expected_index_stands_beside_with_its_range_and_the_gap():
    found = run(openness_rows, *TIES)
    row, expected = pick(found, "R03"), pick(found, "R03.expected")
    assert expected.lower <= expected.value <= expected.upper
    # Seven parties, four of them in the zone: of the pairs with an end in it 12 lead outward and 6 stay.
    assert expected.value == pytest.approx((12 - 6) / 18, abs=0.06)
    assert pick(found, "R03.gap").value == pytest.approx(abs(row.value - expected.value))
    assert "1000 draws" in expected.reason
    assert "seed 1" in expected.reason


def test_a_group_that_is_the_whole_network_gives_minus_one():
    """Trap: only ties inside, nobody outside."""
    found = run(openness_rows, ledger("a", "b"), ledger("c", "d"))
    assert [pick(found, name).value for name in ("R03", "R03.expected", "R03.gap")] == [-1, -1, 0]


def test_clusters_are_groups_of_their_own():
    found = run(openness_rows, *TIES)
    # Cluster x has a and b: one tie inside, b-c, a-e and a-far leave it.
    assert pick(found, "R03", "x").value == pytest.approx((3 - 1) / 4)
    assert pick(found, "R03", "x").scope_type == "cluster"
    assert pick(found, "R03", "y").value == 1


def test_clusters_have_rows_for_the_last_year_alone():
    found = run(openness_rows, *TIES, ledger("a", "b", year=2024))
    assert {row.year for row in found if row.scope_type == "cluster"} == {2025}
    assert pick(found, "R03", year=2024).value == -1


def test_regions_are_the_groups_of_a_region_and_an_unknown_region_is_left_out():
    ties = [*TIES, ledger("a", "near"), ledger("a", "lost")]
    row = pick(run(openness_rows, *ties, scope=("region", "RU-MOW")), "R03", "RU-MOW")
    assert row.value == pytest.approx((3 - 3) / 6)


def test_zones_are_the_groups_of_the_country():
    found = run(openness_rows, *TIES, ledger("e", "f"), scope=("country", ""))
    assert pick(found, "R03", "RUS").value == pytest.approx((3 - 3) / 6)
    # Nine parties, four in one zone and three in the other, the two outside alone: 9 pairs of 36 stay.
    assert pick(found, "R03.expected", "RUS").value == pytest.approx((27 - 9) / 36)


def test_silence_takes_the_bounds_away_and_is_said():
    answers = [{"party_id": p, "year": 2025, "responded": p != "b"} for p in "abcd"]
    row = pick(run(openness_rows, *TIES, party_year=answers), "R03")
    assert (row.lower, row.upper) == (None, None)
    assert "did not answer: 1 of 4" in row.reason


def test_a_cluster_without_a_tie_has_no_index():
    row = pick(run(openness_rows, ledger("a", "far")), "R03", "y")
    assert (row.status, row.value, row.reason) == (Status.UNDEFINED, None, "no tie counts for this")


def test_trade_without_value_is_said_and_without_any_there_is_no_series():
    some = run(openness_rows, *(ledger(*pair, 10.0) for pair in ("ab", "bc", "ca")), ledger("a", "far", None))
    giant = run(openness_rows, ledger("a", "far", 900.0), *(ledger(*pair, 10.0) for pair in ("ab", "bc", "ca")))
    assert pick(giant, "R03.value").status is Status.SUPPRESSED
    assert pick(some, "R03.value").value == -1
    assert "ties left out, without a value: 1" in pick(some, "R03.value").reason
    assert "R03.value" not in run(openness_rows, ledger("a", "b", None)).ids()


def test_reported_ties_give_no_index():
    """Trap: a press-based list is a convenience sample."""
    row = pick(run(openness_rows, ledger("a", "b", evidence="press", source_id="press-a")), "R03")
    assert (row.status, row.evidence) == (Status.MISSING_INPUT, Evidence.REPORTED)
    assert "needs a register of ties" in row.reason


def test_few_residents_are_marked():
    few = [party("a", zone_id="home", kind="resident"), party("far", region_iso="RU-TVE", country_iso3="RUS")]
    assert pick(run(openness_rows, ledger("a", "far"), party=few), "R03").status is Status.LOW_N
    assert len(PARTIES) > len(few)


def test_the_range_of_many_groups_is_drawn_for_the_last_year_alone():
    ties = [*TIES, ledger("e", "f"), ledger("e", "f", year=2024), ledger("a", "b", year=2024)]
    found = run(openness_rows, *ties, scope=("country", ""))
    earlier, last = (pick(found, "R03.expected", "RUS", year=year) for year in (2024, 2025))
    assert (earlier.lower, earlier.reason) == (None, "")
    assert last.lower <= last.value <= last.upper
