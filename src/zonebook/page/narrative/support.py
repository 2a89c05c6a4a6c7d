"""Sentences on support: who is reached, what changed, and what that may be called."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.support_change import find_wording
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.rowlinks import link_home
from zonebook.page.tables.layout import Text


def support(here: PageContext) -> Block | None:
    """Return who support reaches, which cluster least, and how supported firms changed; ``None`` without a value."""
    sentences: list[Text | None] = [
        _say_reach(here),
        say_least_reached(here),
        _say_change(here, here.metric("S03")),
        say_difference(here),
    ]
    return set_paragraph(sentences)


def _say_reach(here: PageContext) -> Markup | None:
    row = here.metric("S01")
    if row is None or row.value is None:
        return None
    words = here.locale
    return words.html(
        "Share of residents with support {period}: {share}{cite}.",
        period=words.during(row.period, row.year),
        share=link_home(here, row, words.value_and_bounds(row)[0]),
        cite=here.cite(row.source_ids),
    )


def find_lowest_cluster(here: PageContext, metric_id: str) -> MetricResult | None:
    """Return the cluster with the lowest value of a share, of those of the latest year that may be shown.

    ``None`` with fewer than two clusters, or where the lowest is no lower than the zone as a whole.
    """
    own = here.metric(metric_id)
    rows = [
        row
        for row in here.rows(metric_id.partition(".")[0])
        if row.scope_type == "cluster" and row.metric_id == metric_id and row.status is Status.OK
    ]
    latest = max((row.year or 0 for row in rows), default=0)
    known: Sequence[MetricResult] = [row for row in rows if row.year == latest and row.value is not None]
    if len(known) < 2 or own is None or own.value is None:
        return None
    lowest = min(known, key=lambda row: (row.value or 0.0, row.scope_id))
    return lowest if (lowest.value or 0.0) < own.value else None


def say_least_reached(here: PageContext) -> Markup | None:
    """Return which cluster support reaches least."""
    row = find_lowest_cluster(here, "S01")
    if row is None:
        return None
    words = here.locale
    return words.html(
        "Least reached is the cluster “{cluster}”: {share}.",
        cluster=here.named("cluster", row.scope_id),
        share=link_home(here, row, words.value_and_bounds(row)[0]),
    )


def _say_change(here: PageContext, row: MetricResult | None) -> Markup | None:
    if row is None or row.value is None:
        return None
    words = here.locale
    return words.html(
        "From before to after support, revenue of supported firms changed by {value} in logarithms ({bounds}; firms: "
        "{firms}); firms are chosen for support, so this change is not due to it alone.",
        value=link_home(here, row, words.amount(row.value, digits=2, signed=True)),
        bounds=say_interval(here, row),
        firms=words.number(row.n_units),
    )


def say_interval(here: PageContext, row: MetricResult) -> str:
    """Return the 95% interval of an estimate, or that it has none."""
    words = here.locale
    if row.lower is None or row.upper is None:
        return words.text("no interval, too few firms")
    low, high = (words.amount(end, digits=2, signed=True) for end in (row.lower, row.upper))
    return words.text("95% interval: {lower} to {upper}", lower=low, upper=high)


def say_difference(here: PageContext) -> Markup | None:
    """Return how supported firms parted from others, and whether that may be called an effect."""
    row = here.metric("S04")
    if row is None or row.value is None:
        return None
    words = here.locale
    said = words.html(
        "Revenue of supported firms against firms without support: {value} in logarithms ({bounds}; firms: {firms}).",
        value=link_home(here, row, words.amount(row.value, digits=2, signed=True)),
        bounds=say_interval(here, row),
        firms=words.number(row.n_units),
    )
    return Markup("{} {}").format(said, words.label("support.wording", find_wording(row)))
