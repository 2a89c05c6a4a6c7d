"""Sentences on exports: how much, how they grew by the source's own words, and whether earlier years say the same."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.figures import Figure
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph, state_figure
from zonebook.page.tables.headline import say_figure, select_headline


def exports(here: PageContext) -> Block | None:
    """Return how much is exported, how it grew by the source's own words, and whether earlier years say the same."""
    figures = here.figures.get(here.id if here.scope == "zone" else here.total_id, ())
    headline = select_headline(figures, "export_rub")
    words = here.locale
    if headline is None:
        return set_paragraph(
            [words.html("How much is exported in all is not published; that does not mean that it is zero.")]
        )
    sentences = [state_figure(here, headline.main, figures)]
    if headline.other:
        sentences.append(state_figure(here, headline.other, figures))
    sentences.append(_doubt_growth(here, figures, headline.main))
    sentences.append(_weigh_exports(here))
    return set_paragraph(sentences)


def _doubt_growth(here: PageContext, figures: Sequence[Figure], latest: Figure) -> Markup:
    """Return that an earlier year was reported as high or higher, where one was: growth is then not steady."""
    earlier = [
        figure
        for figure in figures
        if (figure.indicator, figure.period, figure.cumulative) == (latest.indicator, latest.period, latest.cumulative)
        and figure.year < latest.year
        and figure.interval.lower >= latest.interval.value
    ]
    if not earlier:
        return Markup("")
    highest = max(earlier, key=lambda figure: figure.value)
    return here.locale.html(
        "Yet {figure} was reported {period}: the figures do not add up to steady growth.",
        figure=say_figure(here, highest),
        period=here.locale.during(highest.period, highest.year),
    )


def _weigh_exports(here: PageContext) -> Markup:
    row = here.metric("X04")
    if row is None or row.value is None:
        return Markup("")
    printed = here.locale.value_and_bounds(row)[0]
    return here.locale.html(
        "Their share of revenue {period}: {share}{cite}.",
        period=here.locale.during(row.period, row.year),
        share=printed,
        cite=here.cite(row.source_ids),
    )
