"""Sentences on the geography of ties, on markets, and on flows between regions and zones."""

import pytest

from figure_pages import make_page
from metric_pages import make_pair, make_row
from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page import narrative
from zonebook.page.block import Block, to_plain_text


def _say(block: Block | None) -> str:
    return "" if block is None else to_plain_text(block.html).replace("\u00a0", " ")


def _regions(count: float, effective: float, **more: object) -> list[MetricResult]:
    return [make_row("R02.q0", count, unit="count", **more), make_row("R02", effective, unit="count", **more)]


@pytest.mark.parametrize(
    ("effective", "words"), [(5.87, "much narrower"), (20.0, "somewhat narrower"), (30.0, "nearly all of them alike")]
)
def test_the_geography_is_as_wide_as_its_effective_number(effective: float, words: str) -> None:
    assert words in _say(narrative.reach(make_page("en", results=_regions(34.0, effective))))


def test_reported_ties_say_nothing_of_the_width() -> None:
    assert narrative.reach(make_page(results=_regions(34.0, 5.0, evidence=Evidence.REPORTED))) is None


@pytest.mark.parametrize(("index", "words"), [(0.2, "inward:"), (0.65, "no more inward"), (0.9, "outward:")])
def test_ties_turn_inward_or_outward_by_what_is_expected(index: float, words: str) -> None:
    rows = [make_row("R03", index, unit="index"), make_row("R03.expected", 0.63, unit="index", lower=0.5, upper=0.7)]
    assert words in _say(narrative.reach(make_page("en", results=rows)))


def test_russian_reads_whole() -> None:
    said = _say(narrative.reach(make_page("ru", results=_regions(34.0, 5.87))))
    assert said == (
        "Регионов-партнёров: 34, но большая часть связей приходится на немногие из них. "
        "С учётом веса их 5,9: география внутри страны намного уже списка."
    )


@pytest.mark.parametrize(("hhi", "words"), [(0.11, "No single market decides"), (0.6, "one or two of them decide")])
def test_one_market_or_many(hhi: float, words: str) -> None:
    rows = [
        make_row("X06", 25.0, unit="count"),
        make_row("X06.q1", 12.5, unit="count"),
        make_row("X07", hhi, unit="index"),
    ]
    assert words in _say(narrative.markets(make_page("en", results=rows)))


@pytest.mark.parametrize(("kept", "words"), [(3e9, "more or less of the same"), (2e8, "by markets won and lost")])
def test_new_markets_or_more_of_the_same(kept: float, words: str) -> None:
    found = {"X11": kept + 1e9, "X11.kept": kept, "X11.new": 2e9, "X11.lost": 1e9}
    rows = [make_row(name, value, unit="RUB") for name, value in found.items()]
    said = _say(narrative.markets(make_page("en", results=rows)))
    assert words in said
    assert "−1 bn RUB" in said


def test_the_largest_bloc_and_the_roomiest_markets_are_named() -> None:
    shares = {"eaeu": 0.5, "cis": 0.1, "brics": 0.3, "rest": 0.1}
    rows = [make_row(f"X15.{name}", part) for name, part in shares.items()]
    said = _say(narrative.markets(make_page("en", results=[*rows, make_row("X19.KAZ", 2e7, unit="USD")])))
    assert "Largest group of countries: Eurasian Economic Union, 50% of exports." in said
    assert "Kazakhstan (20 mn USD)" in said


def test_under_traded_regions_are_named_and_their_rows_are_on_the_first_page() -> None:
    pair = [
        make_pair("R06", "RU-MOW:RU-TA", 0.25, unit="ratio"),
        make_pair("R06.observed", "RU-MOW:RU-TA", 1e9, unit="RUB"),
        make_pair("R06.expected", "RU-MOW:RU-TA", 4e9, unit="RUB"),
    ]
    of = {"scope_type": "country", "scope_id": "RUS"}
    rows = [*pair, make_row("R07", -1.1, unit="index", **of), make_row("R06.under", 7, unit="count", **of)]
    said = _say(narrative.between_regions(make_page("en", scope="country", results=rows)))
    assert "Moscow → Tatarstan (short of 3 bn RUB, 25% of what is expected)" in said
    assert "less than half of what is expected: 7 of 9." in said
    assert "A distance longer by 1% goes with a flow smaller by 1.1 %." in said
    assert narrative.between_regions(make_page(scope="country")) is None


def test_pairs_of_zones_are_counted() -> None:
    of = {"scope_type": "country", "scope_id": "RUS"}
    rows = [make_row("R09", 24, unit="count", **of), make_row("R09.ties", 488, unit="count", **of)]
    assert narrative.between_zones(make_page(scope="country", results=rows)) is None
    said = _say(
        narrative.between_zones(make_page("ru", scope="country", results=[*rows, make_row("R09.share", 0.86, **of)]))
    )
    assert said == "Пар зон со связями: 24, это 86 % всех пар; связей между зонами: 488."
