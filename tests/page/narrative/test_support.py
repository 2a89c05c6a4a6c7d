"""Sentences on support and on where the zone stands: said only of values, and never more than the rows allow."""

import pytest

from figure_pages import make_page
from standing_rows import levels, row
from word_pages import read
from zonebook.metrics.reasons import Reason
from zonebook.page.narrative import quality, ranks, standing, support


def estimate(reason: Reason, **more: object) -> object:
    return row("S04", 0.15, **{"lower": 0.1, "upper": 0.2, "unit": "log points", "reason": reason.value, **more})


@pytest.mark.parametrize(
    ("reason", "is_effect"),
    [(Reason.IS_DIFFERENCE, False), (Reason.IS_ASSOCIATION, False), (Reason.MAY_BE_EFFECT, True)],
)
def test_an_effect_is_claimed_only_where_the_row_says_so(reason: Reason, is_effect: bool) -> None:
    said = read(support(make_page("en", results=[estimate(reason)])))
    assert "+0.15 in logarithms (95% interval: +0.1 to +0.2; firms: 100)" in said
    assert ("may be read as an effect" in said) == is_effect


def test_an_estimate_without_an_interval_says_so() -> None:
    said = read(support(make_page("en", results=[estimate(Reason.IS_DIFFERENCE, lower=None, upper=None)])))
    assert "no interval, too few firms" in said


def test_the_least_reached_cluster_is_named_only_below_the_zone() -> None:
    clusters = [
        {"cluster_id": "a", "zone_id": "example", "name_ru": "А", "name_en": "A"},
        {"cluster_id": "b", "zone_id": "example", "name_ru": "Б", "name_en": "B"},
    ]
    shares = [row("S01", value, scope_type="cluster", scope_id=name) for name, value in (("a", 0.3), ("b", 0.5))]
    low = read(support(make_page("en", results=[row("S01", 0.4), *shares], cluster=clusters)))
    assert "Least reached is the cluster “A”: 30%." in low
    high = read(support(make_page("en", results=[row("S01", 0.2), *shares], cluster=clusters)))
    assert "Least reached" not in high


def test_nothing_is_said_of_nothing() -> None:
    page = make_page("en")
    assert [say(page) for say in (support, standing, ranks, quality)] == [None] * 4


def test_without_an_index_the_weakest_level_known_is_told() -> None:
    said = read(standing(make_page("en", results=levels("example", 70.0, None, 50.0, None))))
    assert "There is no index, because a level has too few figures" in said
    assert "the weakest level known is international, 50 of 100 points" in said


def test_the_country_page_tells_how_sure_ranks_are_and_what_moves_them() -> None:
    country = {"scope_type": "country", "scope_id": "RUS"}
    rows = [
        row("C06", 2.0, unit="rank"),
        row("C06.printed", 1.0, unit="count", **country),
        row("C06.distinguishable", 0.2, **country),
        row("C07", 0.5, reason="strongest choice: weights; design of 1024 points for each choice, seed 1", **country),
        row("Q03", 0.4, **country),
    ]
    page = make_page("en", scope="country", results=rows)
    said = read(ranks(page))
    assert "Zones with an index: 1; of these with a place sure enough to be printed: 1." in said
    assert "Pairs of zones that can be told apart: 20%. What moves the places most: the weights." in said
    assert read(quality(page)) == "The country as a whole: figures with “over” or “about”: 40%."
