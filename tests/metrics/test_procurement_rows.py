"""L08 and L09: the denominator, bounds, lines, clusters, and what is not shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.deals import deal, resident, residents, rows_of, totals
from metrics.shares import HOME, OTHER, TOTAL, party, tie
from zonebook.metrics.interval import Interval
from zonebook.metrics.result import Evidence, Status
from zonebook.settings import MetricSettings

FIRMS = [*residents("a", "b", "c", "d"), party("far", region_iso="RU-TVE"), party("abroad", kind="foreign")]
PURCHASES = totals("purchases_rub", {"a": 100.0, "b": 200.0, "c": 300.0, "d": 400.0})
DEALS = [deal("b", "a", 30.0), deal("c", "b", 20.0), deal("a", "c", 100.0), deal("far", "a", 60.0)]
DEALS += [deal("far", "d", 90.0), deal("a", "far", 70.0)]


OPEN = MetricSettings(publish="internal").in_force


def run(*deals, party=FIRMS, party_year=PURCHASES, **more):
    return rows_of("L08", party=party, tie=deals or DEALS, party_year=party_year, **more)


def test_a_share_of_a_sum_that_one_firm_dominates_is_that_firms_own():
    giant = [deal("far", "a", 1e6)]
    purchases = totals("purchases_rub", {"a": 1e6, "b": 100.0, "c": 100.0, "d": 100.0})
    found = run(*DEALS, *giant, party_year=purchases)
    assert {found.one(name).status for name in ("L08", "L08.ledger")} == {Status.SUPPRESSED}
    concentrated = rows_of("L17", party=FIRMS, tie=[*DEALS, *giant])
    assert {concentrated.one(name).status for name in ("L17", "L17.normalised", "L17.effective")} == {Status.SUPPRESSED}
    assert rows_of("L18", party=FIRMS, tie=[*DEALS, *giant]).one("L18").status is Status.SUPPRESSED


def test_the_zone_is_a_ratio_of_sums_over_the_firms_own_totals():
    found = run()
    row = found.one("L08")
    assert (row.value, row.lower, row.upper) == (0.15, 0.15, 0.15)
    assert (row.status, row.n_units, row.year, row.period) == (Status.LOW_N, 4, 2025, "FY")
    assert row.evidence is Evidence.REGISTER
    assert row.reason == (
        "only 4 to go by; of all purchases as the firms state them; between the lines of 10 % and 20 %"
    )
    assert found.one("L08.local_rub").value == 150


def test_the_sum_over_the_register_is_a_series_beside_it():
    found = run()
    assert found.one("L08.ledger").value == pytest.approx(150 / 300)
    assert "of what the register of ties holds" in found.one("L08.ledger").reason
    assert found.one("L08.covered").value == pytest.approx(0.3)


def test_an_exhaustive_ledger_gives_the_same_by_both_denominators():
    found = run(party_year=totals("purchases_rub", {"a": 90.0, "b": 20.0, "c": 100.0, "d": 90.0}))
    assert found.one("L08").value == found.one("L08.ledger").value == 0.5
    assert found.one("L08.covered").value == 1


def test_distribution_over_buyers():
    found = run()
    assert found.one("L08.median").value == pytest.approx(np.median([0.3, 0.1, 1 / 3, 0]))
    assert [found.one(f"L08.{name}").value for name in ("above", "above_eased")] == [2, 3]
    assert "of 4 firms" in found.one("L08.above").reason


def test_the_line_itself_counts_as_reached():
    deals = [deal("b", "a", 20.0), deal("a", "b", 40.0), deal("a", "c", 60.0), deal("a", "d", 80.0)]
    found = run(*deals)
    assert found.one("L08").value == 0.2
    assert "at or above the line of 20 %" in found.one("L08").reason
    assert found.one("L08.above").value == 4
    low = run(deal("b", "a", 30.0))
    assert "below the line of 10 %" in low.one("L08").reason
    eased = run(settings=MetricSettings(dependence=0.15, dependence_eased=0.01)).one("L08")
    assert "at or above the line of 15 %" in eased.reason


@pytest.mark.parametrize("table", [None, [], totals("purchases_rub", dict.fromkeys("abcd"))])
def test_without_total_purchases_only_the_numerator_is_published(table):
    more = {} if table is None else {"party_year": table}
    found = rows_of("L08", party=FIRMS, tie=DEALS, **more)
    row = found.one("L08")
    assert (row.status, row.value) == (Status.MISSING_INPUT, None)
    assert row.reason.startswith("the firms' own totals are not known")
    assert ("the data set has no table party_year" in row.reason) is (table is None)
    assert found.one("L08.local_rub").value == 150
    assert found.one("L08.ledger").value == 0.5
    assert found.ids() == {"L08", "L08.ledger", "L08.local_rub"}


def test_a_firm_without_a_total_is_in_neither_side_and_takes_the_bounds_away():
    row = run(party_year=PURCHASES[:3]).one("L08")
    assert (row.value, row.lower, row.upper) == (0.25, None, None)
    assert "firms left out, without a total of their own: 1" in row.reason


def test_a_firm_that_did_not_answer_has_no_total():
    silent = [*PURCHASES[:3], PURCHASES[3] | {"responded": False}]
    assert run(party_year=silent).one("L08").value == 0.25


def test_totals_that_sum_to_nothing_are_undefined_and_no_local_purchases_are_zero():
    nothing = run(deal("far", "a", 5.0), party_year=totals("purchases_rub", dict.fromkeys("abcd", 0.0)))
    assert (nothing.one("L08").status, nothing.one("L08").reason) == (Status.UNDEFINED, "division by zero")
    row = run(deal("far", "a", 5.0)).one("L08")
    assert (row.value, row.upper) == (0, 0)
    assert run(deal("far", "a", 5.0)).one("L08.local_rub").value == 0


def test_more_than_the_whole_is_a_data_error_and_no_share():
    found = run(party_year=[*totals("purchases_rub", {"a": 29.0}), *PURCHASES[1:]])
    row = found.one("L08")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    assert row.reason == "local amounts exceed a firm's own total: the two do not cover the same"
    assert found.one("L08.local_rub").value == 150


def test_a_register_that_holds_more_than_the_totals_is_said():
    row = run(deal("far", "a", 2000.0), deal("b", "a", 1.0)).one("L08.covered")
    assert (row.status, row.reason) == (
        Status.UNDEFINED,
        "the register of ties holds more than the firms' own totals",
    )


def test_a_local_tie_without_a_value_can_be_as_large_as_the_total_leaves_room_for():
    row = run(*DEALS, deal("d", "a", None)).one("L08")
    # Of the 100 that a buys, 30 are local, 60 from outside, 10 of the rest may be.
    assert (row.value, row.lower, row.upper) == (0.15, 0.15, pytest.approx(0.16))
    assert "ties left out, without a value: 1" in row.reason
    wide = run(*DEALS, deal("a", "d", None))
    assert wide.one("L08").upper == pytest.approx(0.46)
    assert "its bounds lie on both sides of a line" in wide.one("L08").reason
    assert (wide.one("L08.local_rub").lower, wide.one("L08.local_rub").upper) == (150, None)
    assert (wide.one("L08.ledger").value, wide.one("L08.ledger").lower) == (0.5, None)


def test_planned_ties_loops_and_other_kinds_are_no_purchases():
    more = [deal("b", "a", 9.0, status="planned"), deal("a", "a", 9.0), deal("b", "a", 9.0, kind="agreement")]
    assert run(*DEALS, *more).one("L08").value == 0.15


def test_a_supplier_of_another_zone_is_not_local():
    there = [*FIRMS, resident("x", zone_id="other")]
    found = run(*DEALS, deal("x", "a", 10.0), party=there, zone=[HOME, OTHER, TOTAL])
    assert found.one("L08").value == 0.15
    assert found.one("L08.ledger").value == pytest.approx(150 / 310)


def test_press_is_no_register():
    row = rows_of("L08", party=FIRMS, tie=[tie("t", "b", from_party="a", value_rub=5.0)]).one("L08")
    assert (row.status, row.value) == (Status.MISSING_INPUT, None)
    assert row.reason == "needs a register of ties; reported ties are a sample"


def test_a_register_without_values_is_a_missing_input_and_not_zero():
    row = run(deal("b", "a", None)).one("L08")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "no tie of this kind has a value")
    # Sales alone say nothing of purchases.
    assert run(deal("a", "far", 5.0)).one("L08").status is Status.MISSING_INPUT


def test_every_year_has_its_rows():
    deals = [*DEALS, deal("b", "a", 10.0, year=2024)]
    found = run(*deals, party_year=[*PURCHASES, *totals("purchases_rub", {"a": 50.0, "b": 50.0, "c": 0.0}, year=2024)])
    assert (found.one("L08", 2024).value, found.one("L08", 2025).value) == (0.1, 0.15)


def test_the_latest_vintage_of_a_total_counts():
    later = [row | {"vintage": "2026-06-01", "purchases_rub": 250.0} for row in PURCHASES]
    assert run(party_year=[*(row | {"vintage": "2026-01-01"} for row in PURCHASES), *later]).one("L08").value == 0.15


CLUSTERED_FIRMS = [*residents("a", "b", "c", cluster_id="one"), *residents("d", "e", cluster_id="two"), resident("f")]
CLUSTERED_DEALS = [deal("d", "a", 10.0), deal("b", "a", 20.0), deal("a", "d", 5.0), deal("a", "f", 1.0)]
CLUSTERED_TOTALS = totals("purchases_rub", dict.fromkeys("abcdef", 100.0))
TWO_CLUSTERS = [{"cluster_id": name, "zone_id": "home"} for name in ("one", "two")]


class TestClusters:
    def rows(self, scope_type):
        found = rows_of(
            "L08", party=CLUSTERED_FIRMS, tie=CLUSTERED_DEALS, party_year=CLUSTERED_TOTALS, cluster=TWO_CLUSTERS
        )
        return {(row.metric_id, row.scope_id): row for row in found if row.scope_type == scope_type}

    def test_a_cluster_buys_in_the_whole_zone(self):
        found = self.rows("cluster")
        assert found["L08", "one"].value == pytest.approx(30 / 300)
        assert found["L08", "one"].n_units == 3

    def test_a_cluster_of_two_firms_is_not_shown(self):
        row = self.rows("cluster")["L08", "two"]
        assert (row.status, row.value, row.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")

    def test_what_stays_in_the_own_cluster_is_a_series(self):
        assert self.rows("cluster")["L08.own_cluster", "one"].value == pytest.approx(20 / 300)
        row = self.rows("zone")["L08.own_cluster", "home"]
        assert row.value == pytest.approx(20 / 500)
        assert "residents without a cluster: 1" in row.reason

    def test_sums_and_counts_are_of_the_whole_zone_only(self):
        # Taken from the zone's, those of one cluster would give those of another that is not shown.
        found = {metric_id for metric_id, _ in self.rows("cluster")}
        assert found == {"L08", "L08.ledger", "L08.covered", "L08.median", "L08.own_cluster"}


class TestDisclosure:
    def test_a_group_of_firms_is_one_respondent(self):
        group = [firm | {"holding_id": "g"} for firm in FIRMS[:3]]
        assert run(party=[*group, *FIRMS[3:]]).one("L08").status is Status.SUPPRESSED
        assert run(party=[*group[:2], *FIRMS[2:]]).one("L08").status is Status.LOW_N

    def test_a_sum_with_one_seller_or_one_large_buyer_is_not_shown(self):
        one_seller = run(deal("a", "b", 1.0), deal("a", "c", 1.0), deal("a", "d", 1.0))
        assert one_seller.one("L08.local_rub").status is Status.SUPPRESSED
        assert one_seller.one("L08").value == 0.003
        large = run(deal("a", "b", 99.0), deal("b", "c", 1.0), deal("c", "d", 1.0), deal("d", "a", 1.0))
        assert large.one("L08.local_rub").status is Status.SUPPRESSED

    def test_no_row_names_a_firm(self):
        for row in run():
            assert not set("abcd") & set(row.metric_id.partition(".")[2].split("_"))


WIDER_PARTIES = [*FIRMS, *residents("x", "y", "z", zone_id="other", region_iso="RU-TA")]
WIDER_ZONES = [HOME, OTHER, TOTAL]
WIDER_TOTALS = [*PURCHASES, *totals("purchases_rub", dict.fromkeys("xyz", 100.0))]


class TestWiderScopes:
    def run(self, *deals, scope_type="country", scope_id="RUS"):
        tables = {"party": WIDER_PARTIES, "tie": deals, "party_year": WIDER_TOTALS, "zone": WIDER_ZONES}
        return rows_of("L08", scope_type, scope_id, **tables)

    def test_local_is_what_stays_in_one_zone(self):
        deals = [deal("x", "y", 10.0), deal("y", "z", 10.0), deal("z", "x", 10.0), deal("a", "x", 50.0)]
        assert self.run(*DEALS, *deals).one("L08").value == pytest.approx(180 / 1300)
        assert self.run(*DEALS, *deals).one("L08.local_rub").value == 180

    def test_zones_without_a_register_are_left_out(self):
        row = self.run(*DEALS, deal("x", "y", 5.0, kind="agreement")).one("L08")
        assert row.value == 0.15
        assert "zones with such ties in the register: 1 of 2" in row.reason

    def test_a_region_adds_up_its_zones(self):
        assert self.run(*DEALS, scope_type="region", scope_id="RU-MOW").one("L08").value == 0.15

    def test_counts_are_not_given_beside_a_zone_that_is_hidden(self):
        deals = [*DEALS, deal("x", "y", 10.0)]
        assert "L08.above" in self.run(*deals).ids()
        tables = {"party": WIDER_PARTIES, "tie": deals, "zone": WIDER_ZONES}
        few = [*PURCHASES, *totals("purchases_rub", dict.fromkeys("xy", 100.0))]
        assert "L08.above" not in rows_of("L08", "country", "RUS", party_year=few, **tables).ids()

    def test_a_hidden_zone_is_not_what_is_left_of_the_country(self):
        # The other zone's sum is not shown: one buyer. Country less home would give it away.
        found = self.run(*DEALS, deal("x", "y", 40.0), deal("z", "y", 40.0))
        assert found.one("L08.local_rub").status is Status.SUPPRESSED


SALES_REVENUE = totals("revenue_rub", {"a": 1000.0, "b": 100.0, "c": 100.0, "d": 300.0})


class TestSales:
    def run(self, *deals, party_year=SALES_REVENUE):
        return rows_of("L09", party=FIRMS, tie=deals or DEALS, party_year=party_year)

    def test_by_hand(self):
        found = self.run()
        assert found.one("L09").value == 0.1
        assert found.one("L09").reason == "only 4 to go by; of all revenue as the firms state it"
        assert found.one("L09.ledger").value == pytest.approx(150 / 220)
        assert found.one("L09.median").value == pytest.approx(np.median([0.1, 0.3, 0.2, 0]))

    def test_sales_and_purchases_are_the_same_flows(self):
        assert self.run().one("L09.local_rub").value == run().one("L08.local_rub").value
        assert self.run().one("L09.gap").value == 0
        assert self.run(deal("a", "far", 5.0)).one("L09.gap").status is Status.UNDEFINED

    def test_sales_above_revenue_are_a_data_error(self):
        row = self.run(party_year=totals("revenue_rub", {"a": 50.0, "b": 100.0, "c": 100.0})).one("L09")
        assert row.status is Status.UNDEFINED

    def test_without_revenue_only_the_numerator_is_known(self):
        found = self.run(party_year=[])
        assert (found.one("L09").status, found.one("L09.local_rub").value) == (Status.MISSING_INPUT, 150)


pairs = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "d", "far"])), min_size=1)


@settings(max_examples=15)
@given(pairs, st.floats(0.01, 100))
def test_the_share_agrees_with_groupby_and_ignores_scale(found, factor):
    deals = [deal(buyer, seller, 1.0 + number) for number, (seller, buyer) in enumerate(found)]
    frame = pd.DataFrame(deals)
    frame = frame[frame["from_party"] != frame["to_party"]]
    firms = list("abcd")
    whole = frame[frame["to_party"].isin(firms)].groupby("to_party")["value_rub"].sum()
    local = frame[frame["to_party"].isin(firms) & frame["from_party"].isin(firms)]["value_rub"].sum()
    own = totals("purchases_rub", {name: float(whole.get(name, 0.0)) * factor for name in firms})
    scaled = [d | {"value_rub": d["value_rub"] * factor} for d in deals]
    row = rows_of("L08", settings=OPEN, party=FIRMS, tie=scaled, party_year=own).one("L08")
    if whole.empty:
        assert row.value is None
    else:
        assert row.value == pytest.approx(local / whole.sum())
        assert Interval(row.value, row.lower, row.upper).is_exact
