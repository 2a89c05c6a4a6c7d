"""L23: rounds of a zone, what leaves the third one open, and what is not shown."""

import pytest

from metrics.deals import deal, residents, rows_of, totals
from metrics.shares import HOME, OTHER, TOTAL, party, tie
from zonebook.metrics.result import Status

FIRMS = [*residents("a", "b", "c"), party("far", region_iso="RU-TVE")]
DEALS = [deal("b", "a", 50.0), deal("a", "b", 20.0), deal("far", "c", 70.0)]
PURCHASES = totals("purchases_rub", {"a": 100.0, "b": 80.0, "c": 70.0})


def run(*deals, party=FIRMS, party_year=PURCHASES, **more):
    return rows_of("L23", party=party, tie=deals or DEALS, party_year=party_year, **more)


def test_rounds_by_hand():
    row = run().one("L23")
    # R2 = 50 + 20; b spends a quarter locally, a half: R3 = 50/4 + 20/2.
    assert row.value == pytest.approx(1 + 70 / 250 + 22.5 / 250)
    assert row.lower == row.value == row.upper
    assert (row.unit, row.n_units, row.status) == ("ratio", 3, Status.LOW_N)


def test_a_seller_of_unknown_purchases_opens_the_third_round():
    own = [*PURCHASES[:2], *totals("purchases_rub", {"d": 20.0})]
    row = run(*DEALS, deal("c", "a", 10.0), party=[*FIRMS, *residents("d")], party_year=own).one("L23")
    known, second = 50 / 4 + 20 * 0.6, 80
    assert row.value == row.lower == pytest.approx(1 + (second + known) / 200)
    assert row.upper == pytest.approx(1 + (second + known + 10) / 200)
    assert "the purchases of a local seller are not known" in row.reason
    assert "firms left out, without a total of their own: 1" in row.reason


def test_with_no_seller_known_it_is_not_applicable():
    firms = [*FIRMS, *residents("d")]
    row = run(deal("d", "a", 50.0), party=firms).one("L23")
    assert (row.status, row.value) == (Status.NOT_APPLICABLE, None)
    assert row.reason == "the purchases of a local seller are not known"


def test_undefined_and_missing_inputs():
    nothing = run(deal("far", "a", 0.0), party_year=totals("purchases_rub", dict.fromkeys("abc", 0.0)))
    assert (nothing.one("L23").status, nothing.one("L23").reason) == (Status.UNDEFINED, "division by zero")
    assert run(party_year=[]).one("L23").status is Status.MISSING_INPUT
    assert run(deal("b", "a", None)).one("L23").reason == "no tie of this kind has a value"
    excess = run(party_year=totals("purchases_rub", {"a": 49.0, "b": 80.0, "c": 70.0})).one("L23")
    assert (excess.status, excess.value) == (Status.UNDEFINED, None)
    press = rows_of("L23", party=FIRMS, tie=[tie("t", "a", from_party="b", value_rub=5.0)]).one("L23")
    assert press.status is Status.MISSING_INPUT


def test_two_buyers_are_not_shown():
    assert run(party_year=PURCHASES[:2]).one("L23").status is Status.SUPPRESSED


def test_money_that_goes_to_another_zone_is_gone():
    firms = [*FIRMS, *residents("x", "y", "z", zone_id="other")]
    own = [*PURCHASES, *totals("purchases_rub", dict.fromkeys("xyz", 0.0))]
    found = rows_of(
        "L23", "country", "RUS", party=firms, tie=[*DEALS, deal("x", "c", 9.0), deal("far", "x", 0.0)],
        party_year=own, zone=[HOME, OTHER, TOTAL],
    )  # fmt: skip
    assert found.one("L23").value == pytest.approx(run().one("L23").value)


def test_a_cluster_s_money_is_followed_through_the_zone():
    firms = [*residents("a", "b", "c", cluster_id="one"), *residents("d", "e", "f", cluster_id="two")]
    deals = [deal("d", "a", 10.0), deal("a", "d", 40.0)]
    clusters = [{"cluster_id": name, "zone_id": "home"} for name in ("one", "two")]
    own = totals("purchases_rub", dict.fromkeys("abcdef", 100.0))
    found = rows_of("L23", party=firms, tie=deals, party_year=own, cluster=clusters)
    of = {row.scope_id: row.value for row in found}
    assert of["one"] == pytest.approx(1 + 10 / 300 + 10 * 0.4 / 300)
    assert of["two"] == pytest.approx(1 + 40 / 300 + 40 * 0.1 / 300)
