import pytest

from metrics.register import PARTIES, ZONES, ledger, pick, run
from metrics.shares import HOME, TOTAL, party
from zonebook.metrics.result import Status
from zonebook.metrics.zone_pair_rows import zone_pair_rows

THIRD = HOME | {"zone_id": "third", "region_iso": "RU-TVE"}
WIDE = [*PARTIES, *(party(name, zone_id="third", kind="resident") for name in ("h", "i", "j"))]
TIES = [ledger("a", "e", 1.0), ledger("b", "f", 2.0), ledger("c", "g", 4.0)]  # three firms at either end
BACK = [ledger("e", "a", 8.0), ledger("f", "b", 16.0), ledger("g", "c", 32.0)]
COUNTRY = ("country", "")


def test_a_zone_counts_other_zones_ties_and_value_both_ways():
    found = run(zone_pair_rows, *TIES, *BACK, ledger("a", "b", 99.0), ledger("a", "far", 99.0))
    assert [pick(found, name).value for name in ("R09", "R09.ties", "R09.value")] == [1, 6, 63]
    assert pick(found, "R09.value").unit == "RUB"
    assert not [row for row in found if row.scope_type == "pair"]


def test_ties_inside_a_zone_alone_are_no_zone_and_no_rouble():
    found = run(zone_pair_rows, ledger("a", "b"), ledger("c", "d"))
    assert [pick(found, name).value for name in ("R09", "R09.ties", "R09.value")] == [0, 0, 0]
    assert pick(found, "R09").status is Status.OK


def test_few_firms_of_the_zone_hide_the_count_few_at_the_other_end_or_a_giant_the_value():
    found = run(zone_pair_rows, ledger("a", "e", 5.0), ledger("a", "f", 5.0), ledger("a", "g", 5.0))
    assert {pick(found, name).status for name in ("R09", "R09.ties", "R09.value")} == {Status.SUPPRESSED}
    found = run(zone_pair_rows, *(ledger(giver, "e", 5.0) for giver in "abc"))
    assert pick(found, "R09.ties").value == 3
    assert pick(found, "R09.value").status is Status.SUPPRESSED
    found = run(zone_pair_rows, ledger("a", "e", 500.0), ledger("b", "f", 5.0), ledger("c", "g", 5.0))
    assert pick(found, "R09.ties").value == 3
    assert pick(found, "R09.value").status is Status.SUPPRESSED


def test_a_region_counts_zones_outside_it():
    found = run(zone_pair_rows, *TIES, scope=("region", "RU-TA"))
    assert pick(found, "R09", "RU-TA").value == 1


def test_the_country_counts_pairs_of_zones_and_gives_rows_of_them():
    tables = {"zone": [*ZONES, THIRD], "party": WIDE, "scope": COUNTRY}
    found = run(zone_pair_rows, *TIES, *BACK, **tables)
    assert pick(found, "R09", "RUS").value == 1
    assert pick(found, "R09.share", "RUS").value == pytest.approx(1 / 3)
    assert pick(found, "R09", "home:other").value == 3
    assert pick(found, "R09.value", "home:other").value == 7
    assert pick(found, "R09.value", "other:home").value == 56


def test_intensity_is_the_count_against_the_totals():
    ties = [*TIES, *BACK, *(ledger(*pair) for pair in (("h", "a"), ("i", "b"), ("j", "c")))]
    found = run(zone_pair_rows, *ties, zone=[*ZONES, THIRD], party=WIDE, scope=COUNTRY)
    # W = 3, all ties 9, given by home 3, taken by other 3.
    assert pick(found, "R09.intensity", "home:other").value == pytest.approx(3 * 9 / (3 * 3))
    assert pick(found, "R09.intensity", "third:home").value == pytest.approx(3 * 9 / (3 * 6))


def test_a_pair_of_few_firms_is_hidden_whole():
    found = run(zone_pair_rows, *TIES[:2], scope=COUNTRY)
    statuses = {row.metric_id: row.status for row in found if row.scope_type == "pair"}
    assert statuses == dict.fromkeys(("R09", "R09.value", "R09.intensity"), Status.SUPPRESSED)


def test_a_hidden_pair_does_not_follow_from_the_total_of_its_zone():
    """Trap: two tables of one family undo each other's suppression by subtraction."""
    ties = [*TIES, *BACK, ledger("h", "a", 1000.0)]
    found = run(zone_pair_rows, *ties, zone=[*ZONES, THIRD], party=WIDE, scope=COUNTRY)
    # The zone's own page shows its total of 1063 RUB: with both directions with the other zone shown, 1000 would be
    # what is left.
    shown = {row.scope_id for row in found if row.metric_id == "R09.value" and row.scope_type == "pair" and row.value}
    assert "third:home" not in shown
    assert len(shown) < 2


def test_reported_ties_give_a_lower_bound_and_nothing_else():
    press = [row | {"evidence": "press", "source_id": "press-a"} for row in TIES[:1]]
    found = run(zone_pair_rows, *press, scope=COUNTRY)
    assert {row.metric_id for row in found} == {"R09", "R09.ties"}
    assert [(row.lower, row.upper) for row in found] == [(1, None)] * 3
    assert pick(found, "R09", "home:other").reason == "reported ties, lower bound"


def test_one_zone_alone_has_no_pair():
    found = run(zone_pair_rows, *TIES, zone=[HOME, TOTAL], scope=COUNTRY)
    assert (found.one("R09").status, found.one("R09").reason) == (
        Status.NOT_APPLICABLE,
        "ties between zones need two zones",
    )


def test_without_ties_the_input_is_missing():
    assert run(zone_pair_rows).one("R09").status is Status.MISSING_INPUT


def test_values_that_are_not_known_make_the_sum_a_lower_bound():
    found = run(zone_pair_rows, *TIES, ledger("a", "f", None))
    row = pick(found, "R09.value")
    assert (row.value, row.lower, row.upper) == (7, 7, None)
    only = run(zone_pair_rows, ledger("a", "f", None))
    assert pick(only, "R09.value").status is Status.SUPPRESSED
    none = run(zone_pair_rows, *(row | {"value_rub": None} for row in TIES))
    assert pick(none, "R09.value").status is Status.MISSING_INPUT
