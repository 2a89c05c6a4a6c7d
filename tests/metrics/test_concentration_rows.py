"""L17 and L18: weighted means, distribution, both sides, netting, and what is not shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.deals import deal, resident, residents, rows_of, totals
from metrics.shares import party, tie
from zonebook.metrics.result import Status
from zonebook.page.locale import get_locale
from zonebook.settings import MetricSettings

FIRMS = [*residents("a", "b", "c"), *(party(name, region_iso="RU-TVE") for name in ("s", "t", "u", "v", "w"))]
# a buys 50, 30, 20 (HHI 0.38), b 60, 40 (0.52), c everything from one supplier (1).
DEALS = [deal("s", "a", 50.0), deal("t", "a", 30.0), deal("b", "a", 20.0)]
DEALS += [deal("s", "b", 60.0), deal("t", "b", 40.0), deal("s", "c", 300.0)]
HHI = {"a": 0.38, "b": 0.52, "c": 1.0}


def run(metric_id, *deals, party=FIRMS, **more):
    return rows_of(metric_id, party=party, tie=deals or DEALS, **more)


def test_the_headline_is_the_purchase_weighted_mean_over_buyers():
    row = run("L17").one("L17")
    expected = (100 * 0.38 + 100 * 0.52 + 300) / 500
    assert row.value == pytest.approx(expected)
    assert row.lower == row.value == row.upper
    assert (row.unit, row.n_units, row.status) == ("index", 3, Status.LOW_N)
    assert row.reason == "only 3 to go by; weighted by value"


def test_distribution_over_buyers_each_counted_once():
    found = run("L17")
    for name, level in (("q1", 0.25), ("median", 0.5), ("q3", 0.75)):
        assert found.one(f"L17.{name}").value == pytest.approx(np.quantile(list(HHI.values()), level))
    assert found.one("L17.concentrated").value == 1
    assert run("L17", settings=MetricSettings(concentrated=0.52)).one("L17.concentrated").value == pytest.approx(1 / 3)


def test_the_line_is_written_as_each_language_writes_it():
    reason = run("L17").one("L17.concentrated").reason
    assert "share of firms above 0.25" in get_locale("en").reason(reason)
    assert "доля предприятий, у которых больше 0,25" in get_locale("ru").reason(reason)


def test_a_single_supplier_has_no_normalised_index():
    row = run("L17").one("L17.normalised")
    expected = [(0.38 - 1 / 3) / (1 - 1 / 3), (0.52 - 0.5) / 0.5]
    assert row.value == pytest.approx(np.mean(expected))
    assert "firms left out, with a single partner: 1" in row.reason
    alone = run("L17", *(deal("s", name, 5.0) for name in "abc"))
    assert alone.one("L17").value == 1
    assert (alone.one("L17.normalised").status, alone.one("L17.normalised").reason) == (
        Status.UNDEFINED,
        "firms left out, with a single partner: 3",
    )


def test_the_effective_number_is_that_of_equal_suppliers():
    found = run("L17")
    assert found.one("L17.effective").value == pytest.approx(1 / found.one("L17").value)


def test_customers_are_the_other_side_and_suppressed_where_few():
    # b alone sells, and to a only.
    row = run("L17").one("L17.customers")
    assert (row.status, row.reason) == (Status.SUPPRESSED, "fewer than 3 firms")
    sales = [deal(name, buyer, 10.0) for name in "abc" for buyer in ("s", "t")]
    found = run("L17", *sales)
    assert found.one("L17.customers").value == 0.5
    assert found.one("L17.customers_normalised").value == pytest.approx(0)
    assert (found.one("L17").status, found.one("L17").reason) == (Status.UNDEFINED, "no tie counts for this")


def test_returns_are_netted_and_a_buyer_still_negative_is_left_out():
    deals = [*DEALS, deal("t", "a", -30.0), deal("t", "c", -1.0), *(deal("s", "d", value) for value in (5.0, 5.0))]
    found = run("L17", *deals, party=[*FIRMS, resident("d")])
    row = found.one("L17")
    a = (50 / 70) ** 2 + (20 / 70) ** 2
    assert row.value == pytest.approx((70 * a + 100 * 0.52 + 10) / 180)
    assert "firms left out, returns exceed deliveries: 1" in row.reason
    assert row.lower is None


def test_ties_without_a_value_and_silence_take_the_bounds_away():
    row = run("L17", *DEALS, deal("u", "a", None)).one("L17")
    assert (row.lower, row.upper) == (None, None)
    assert "ties left out, without a value: 1" in row.reason
    answers = [*totals("purchases_rub", {"a": 1.0, "b": 1.0}), *totals("purchases_rub", {"c": None}, responded=False)]
    silent = run("L17", party_year=answers).one("L17")
    assert silent.lower is None
    assert "did not answer: 1 of 3" in silent.reason


@pytest.mark.parametrize("metric_id", ["L17", "L18"])
class TestNothingToMeasure:
    def test_press_is_no_register(self, metric_id):
        row = rows_of(metric_id, party=FIRMS, tie=[tie("t", "a", from_party="s", value_rub=5.0)]).one(metric_id)
        assert (row.status, row.reason) == (
            Status.MISSING_INPUT,
            "needs a register of ties; reported ties are a sample",
        )

    def test_purchases_without_value_are_a_missing_input(self, metric_id):
        row = run(metric_id, deal("s", "a", None)).one(metric_id)
        assert (row.status, row.reason) == (Status.MISSING_INPUT, "no tie of this kind has a value")

    def test_no_purchases_are_undefined(self, metric_id):
        assert run(metric_id, deal("a", "s", 1.0)).one(metric_id).status is Status.UNDEFINED

    def test_two_buyers_are_not_shown(self, metric_id):
        row = run(metric_id, *DEALS[:5]).one(metric_id)
        assert (row.status, row.value) == (Status.SUPPRESSED, None)

    def test_a_group_counts_once(self, metric_id):
        group = [firm | {"holding_id": "g"} for firm in FIRMS[:2]]
        assert run(metric_id, party=[*group, *FIRMS[2:]]).one(metric_id).status is Status.SUPPRESSED


def test_clusters_have_rows_of_their_own():
    firms = [*residents("a", "b", "c", cluster_id="one"), *residents("d", cluster_id="two"), *FIRMS[3:]]
    clusters = [{"cluster_id": name, "zone_id": "home"} for name in ("one", "two")]
    found = rows_of("L17", party=firms, tie=[*DEALS, deal("s", "d", 700.0)], cluster=clusters)
    of = {(row.metric_id, row.scope_id): row for row in found}
    assert of["L17", "one"].value == pytest.approx((100 * 0.38 + 100 * 0.52 + 300) / 500)
    assert of["L17", "two"].status is Status.SUPPRESSED
    assert of["L17", "home"].value == pytest.approx((100 * 0.38 + 100 * 0.52 + 1000) / 1200)
    assert ("L17.normalised", "one") not in of


RATIO_DEALS = [deal(seller, "a", value) for seller, value in zip("stuvw", (40.0, 30.0, 15.0, 10.0, 5.0), strict=True)]
RATIO_DEALS += [deal("s", "b", 60.0), deal("t", "b", 40.0), deal("s", "c", 100.0)]


class TestRatio:
    def test_by_hand_over_buyers(self):
        found = run("L18", *RATIO_DEALS)
        assert found.one("L18").value == pytest.approx((95 + 100 + 100) / 300)
        assert found.one("L18.k3").value == pytest.approx((85 + 100 + 100) / 300)
        assert found.one("L18").reason == (
            "only 3 to go by; the 4 largest partners of each firm; "
            "firms with no more than 4 partners, counted as 1: 2 of 3; weighted by value"
        )

    def test_the_ratio_of_one_or_two_is_never_given(self):
        found = run("L18", *RATIO_DEALS, settings=MetricSettings(ratio_partners=1))
        assert found.one("L18").value == found.one("L18.k3").value
        assert found.ids() == {"L18", "L18.k3", "L18.customers"}


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from("stuvw"), st.sampled_from("abc"), st.floats(1, 1e6)), min_size=1))
def test_indices_keep_their_bounds(found):
    deals = [deal(seller, buyer, value) for seller, buyer, value in found]
    for metric_id, least in (("L17", 1 / 5), ("L18", 4 / 5)):
        row = run(metric_id, *deals).one(metric_id)
        assert row.value is None or least - 1e-9 <= row.value <= 1 + 1e-9
