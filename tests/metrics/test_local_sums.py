"""Which sums of local trade may be shown beside those of zones, regions and the country."""

from metrics.deals import deal, residents
from metrics.shares import HOME, OTHER, TOTAL, make_scope
from zonebook.metrics.local_sums import find_safe_years
from zonebook.settings import MetricSettings

THIRD = OTHER | {"zone_id": "third"}
FIRMS = [*residents("a", "b", "c"), *residents("p", "q", "r", zone_id="other"), *residents("x", "y", zone_id="third")]
RING = [deal("a", "b", 10.0), deal("b", "c", 10.0), deal("c", "a", 10.0)]
OTHER_RING = [deal("p", "q", 10.0), deal("q", "r", 10.0), deal("r", "p", 10.0)]
PAIR = [deal("x", "y", 10.0), deal("y", "x", 10.0)]


def find(*deals, scope_type="zone", scope_id="home", settings=MetricSettings()):  # noqa: B008 - frozen
    scope = make_scope(
        scope_type, scope_id, settings=settings, party=FIRMS, tie=deals, zone=[HOME, OTHER, THIRD, TOTAL]
    )  # fmt: skip
    return find_safe_years(scope)


def test_a_year_is_safe_if_neither_buyers_nor_sellers_are_few_or_large():
    assert find(*RING) == {2025}
    assert find(*RING, settings=MetricSettings(least_firms=4)) == frozenset()
    one_buyer = [deal("a", "c", 10.0), deal("b", "c", 10.0)]
    assert find(*one_buyer) == frozenset()
    assert find(*(row | {"from_party": row["to_party"], "to_party": row["from_party"]} for row in one_buyer)) == set()
    assert find(*RING, deal("a", "b", 500.0)) == frozenset()


def test_years_are_judged_one_by_one_and_no_trade_gives_nothing_away():
    assert find(*RING, deal("a", "b", 1.0, year=2024)) == {2025}
    assert find(deal("far", "a", 5.0)) == {2025}
    assert find() == frozenset()


def test_trade_between_zones_is_not_local():
    assert find(*RING, deal("p", "a", 1e6), scope_type="country", scope_id="RUS") == {2025}


def test_a_zone_that_is_hidden_must_not_be_left_over():
    country = {"scope_type": "country", "scope_id": "RUS"}
    assert find(*RING, *OTHER_RING, **country) == {2025}
    # The region of the two zones is hidden with its pair, and the country as well: less home it is that region.
    assert find(*RING, *PAIR, **country) == frozenset()
    assert find(*OTHER_RING, *PAIR, scope_type="region", scope_id="RU-TA") == frozenset()
    assert find(*RING, *OTHER_RING, *PAIR, **country) == frozenset()


def test_hidden_zones_that_hide_each_other_leave_the_sum():
    pairs = [deal("p", "q", 10.0), deal("q", "p", 10.0), *PAIR]
    assert find(*pairs, scope_type="region", scope_id="RU-TA") == {2025}
    assert find(*RING, *pairs, scope_type="country", scope_id="RUS") == {2025}
