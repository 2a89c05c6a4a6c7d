"""Figures on which sources disagree, and figures that their source corrected."""

from __future__ import annotations

from zonebook.metrics.figures import Figure, is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.headline import say_figure, say_period
from zonebook.page.tables.indicators import (
    FIGURE_COLUMNS,
    Row,
    gather_rows,
    is_cumulative,
    name_figure,
    order_figures,
    say_value,
)
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    join_text,
    set_small,
    set_table,
)


def find_disagreements(here: PageContext, zone_id: str) -> tuple[Figure, ...]:
    """Return the figures of a zone that no value fits in all of their sources."""
    return tuple(figure for figure in here.figures.get(zone_id, ()) if figure.disagree)


def disagreements(here: PageContext) -> Block | None:
    """Return the figures on which sources disagree, each with what every source says."""
    words = here.locale
    own = [here.total_id] if here.scope == "country" else []
    rows_of = dict(gather_rows(here.records("zone_year"), _figure_key))
    groups, behind = [], []
    for zone_id in (*own, *here.zone_ids):
        lines = []
        for figure in find_disagreements(here, zone_id):
            said = rows_of[zone_id, figure.indicator, figure.year, figure.period, figure.cumulative]
            behind.extend(said)
            lines.append(_set_disagreement(here, figure, said))
        groups.append(Group("" if here.scope == "zone" else here.named("zone", zone_id), tuple(lines)))
    layout = Layout(
        name="disagreements",
        caption=words.text("Figures on which sources disagree"),
        headings=(
            Heading(words.text("Indicator")),
            Heading(words.text("Period")),
            Heading(words.text("What the sources say")),
            Heading(words.text("Shown on this page"), numeric=True),
        ),
        groups=tuple(groups),
        behind=Behind.of(behind, FIGURE_COLUMNS),
        note=words.text("Shown is the figure of the most authoritative source, then of the latest one."),
        evidence=find_evidence(here, (row["source_id"] for row in behind)),
    )
    return set_table(here, layout)


def _figure_key(row: Row) -> tuple[str, str, int, str, bool]:
    return str(row["zone_id"]), str(row["indicator"]), int(row["year"]), str(row["period"]), is_cumulative(row)


def _set_disagreement(here: PageContext, figure: Figure, rows: list[Row]) -> tuple[Text, ...]:
    words = here.locale
    values = []
    for _, same in gather_rows(sorted(rows, key=order_figures), name_figure):
        notes = dict.fromkeys(note for row in same if (note := words.column(row, "note")))
        mark = here.cite([row["source_id"] for row in same])
        values.append(Markup("<div>{}{}{}</div>").format(say_value(here, same[0]), mark, set_small("; ".join(notes))))
    return (
        capitalise(here.indicator(figure.indicator)),
        say_period(here, figure),
        join_text(values, ""),
        say_figure(here, figure),
    )


def revisions(here: PageContext) -> Block | None:
    """Return the figures that their own source corrected: the first and the latest version of each."""
    words = here.locale
    rows = [
        row for row in here.records("zone_year") if row["zone_id"] in here.zone_ids and int(row["year"]) <= here.year
    ]
    corrected = [
        sorted(same, key=_vintage)
        for _, same in gather_rows(rows, lambda row: (*_figure_key(row), row["source_id"]))
        if len({_vintage(row) for row in same}) > 1
    ]
    layout = Layout(
        name="revisions",
        caption=words.text("Figures corrected by their source"),
        headings=(
            Heading(words.text("Indicator")),
            Heading(words.text("Period")),
            Heading(words.text("First published"), numeric=True),
            Heading(words.text("Latest version"), numeric=True),
        ),
        groups=(Group("", tuple(_set_revision(here, versions) for versions in corrected)),),
        behind=Behind.of((row for versions in corrected for row in versions), FIGURE_COLUMNS),
        evidence=find_evidence(here, (row["source_id"] for versions in corrected for row in versions)),
    )
    return set_table(here, layout)


def _vintage(row: Row) -> str:
    return "" if is_missing(row["vintage"]) else str(row["vintage"])


def _set_revision(here: PageContext, versions: list[Row]) -> tuple[Text, ...]:
    first, last = versions[0], versions[-1]
    return (
        capitalise(here.indicator(str(first["indicator"]))),
        here.locale.period(str(first["period"]), first["year"], cumulative=is_cumulative(first)),
        Markup("{}{}").format(say_value(here, first), _say_date(here, first)),
        Markup("{}{}{}").format(say_value(here, last), here.cite(last["source_id"]), _say_date(here, last)),
    )


def _say_date(here: PageContext, row: Row) -> Markup:
    return set_small(here.locale.date(_vintage(row)) if _vintage(row) else "")
