"""Sentences on how wide the geography of ties really is, whether it is inward, and where supply comes from."""

from __future__ import annotations

from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.followed import link_row
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph

# Parts of the number of partners below which the effective number says that few of them count.
_NARROW, _NARROWER = 0.4, 0.75


def reach(here: PageContext) -> Block | None:
    """Return how wide the domestic geography is and how inward the ties are; ``None`` from reported ties alone."""
    return set_paragraph([_say_regions(here), _say_openness(here), _say_distance(here), _say_supply(here)])


def find_row(here: PageContext, metric_id: str) -> MetricResult | None:
    """Return the page's latest row of a series that has a value and is not only reported."""
    row = here.metric(metric_id)
    return row if row is not None and row.value is not None and row.evidence is not Evidence.REPORTED else None


def link_number(here: PageContext, row: MetricResult, digits: int = 2) -> Markup:
    """Return a row's number, short, that leads to the row."""
    number = row.value or 0.0
    return link_row(here, row.metric_id, here.locale.number(number, None if number == int(number) else digits))


def link_share(here: PageContext, row: MetricResult) -> Markup:
    """Return a row's share in whole per cent, that leads to the row."""
    return link_row(here, row.metric_id, here.locale.share(row.value, decimals=0))


def _say_regions(here: PageContext) -> Markup | None:
    count, effective = find_row(here, "R02.q0"), find_row(here, "R02")
    if count is None or effective is None or not count.value:
        return None
    part, words = (effective.value or 0.0) / count.value, here.locale
    numbers = {"count": link_number(here, count), "effective": link_number(here, effective)}
    if part < _NARROW:
        return words.html(
            "Partner regions: {count}, but a few of them have most of the ties. Counted by weight there are "
            "{effective}: the domestic geography is much narrower than the list.",
            **numbers,
        )
    if part < _NARROWER:
        return words.html(
            "Partner regions: {count}; counted by weight, {effective}: the domestic geography is somewhat narrower "
            "than the list.",
            **numbers,
        )
    return words.html(
        "Partner regions: {count}; counted by weight, {effective}: ties are spread over nearly all of them alike.",
        **numbers,
    )


def _say_openness(here: PageContext) -> Markup | None:
    index, expected = find_row(here, "R03"), find_row(here, "R03.expected")
    if index is None or expected is None or expected.lower is None or expected.upper is None:
        return None
    words, value = here.locale, index.value or 0.0
    numbers = {"index": link_number(here, index), "expected": link_number(here, expected)}
    if value < expected.lower:
        return words.html(
            "Ties turn inward: the E–I index is {index}, where size alone would give {expected}.", **numbers
        )
    if value > expected.upper:
        return words.html(
            "Ties turn outward: the E–I index is {index}, where size alone would give {expected}.", **numbers
        )
    return words.html(
        "Ties are no more inward than size implies: the E–I index is {index}, expected {expected}.", **numbers
    )


def _say_distance(here: PageContext) -> Markup | None:
    median, far = find_row(here, "R05.median"), find_row(here, "R05.p90")
    if median is None or far is None:
        return None
    words = here.locale
    return words.html(
        "Half of all ties reach no farther than {median}, a tenth go beyond {far}.",
        median=link_row(here, median.metric_id, words.amount(median.value or 0.0, "km", digits=2)),
        far=link_row(here, far.metric_id, words.amount(far.value or 0.0, "km", digits=2)),
    )


def _say_supply(here: PageContext) -> Markup | None:
    rows = [find_row(here, f"R10.{place}") for place in ("own", "other", "abroad")]
    own, other, abroad = rows
    if own is None or other is None or abroad is None:
        return None
    return here.locale.html(
        "Purchases: own region {own}, other regions {other}, abroad {abroad}.",
        own=link_share(here, own),
        other=link_share(here, other),
        abroad=link_share(here, abroad),
    )
