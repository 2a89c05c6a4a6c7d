"""Figures on which sources disagree, and figures that their source corrected."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from zonebook.metrics.figures import Figure, is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.survey import survey_figures
from zonebook.page.tables.excerpt import Excerpt, MadeRows
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
from zonebook.tables.frame import list_records

_Key = tuple[str, str, int, str, bool]


def find_disagreements(here: PageContext, zone_id: str) -> tuple[Figure, ...]:
    """Return the figures of a zone that no value fits in all of their sources."""
    found = survey_figures(here).get(zone_id)
    return found.disputed if found else ()


def disagreements(here: PageContext) -> Block | None:
    """Return the figures on which sources disagree, each with what every source says."""
    words = here.locale
    own = [here.total_id] if here.scope == "country" else []
    found = {zone_id: find_disagreements(here, zone_id) for zone_id in (*own, *here.zone_ids)}
    rows_of = _gather(here, [(zone_id, figure) for zone_id, figures in found.items() for figure in figures])
    groups, behind = [], list[Row]()
    for zone_id, figures in found.items():
        said = [(figure, rows_of[_name(zone_id, figure)]) for figure in figures]
        behind.extend(row for _, rows in said for row in rows)
        heading = "" if here.scope == "zone" else here.named("zone", zone_id)
        groups.append(Group(heading, MadeRows(said, partial(_set_disagreement, here))))
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
        excerpt=Excerpt(words.text("the zones that are first by name")) if here.scope != "zone" else None,
    )
    return set_table(here, layout)


def _gather(here: PageContext, found: Collection[tuple[str, Figure]]) -> dict[_Key, list[Row]]:
    """Return the rows of some figures, by what tells a figure from others: not those of all that nobody disputes."""
    wanted, zones = {_name(*one) for one in found}, {zone_id for zone_id, _ in found}
    parts = here.share.parts("zone_year", "zone_id")
    rows = (row for part in parts for row in list_records(part[part["zone_id"].isin(zones)]))
    return dict(gather_rows((row for row in rows if _figure_key(row) in wanted), _figure_key))


def _name(zone_id: str, figure: Figure) -> _Key:
    return zone_id, figure.indicator, figure.year, figure.period, figure.cumulative


def _figure_key(row: Row) -> _Key:
    return str(row["zone_id"]), str(row["indicator"]), int(row["year"]), str(row["period"]), is_cumulative(row)


def _set_disagreement(here: PageContext, said: tuple[Figure, list[Row]]) -> tuple[Text, ...]:
    words, (figure, rows) = here.locale, said
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
        groups=(Group("", MadeRows(corrected, partial(_set_revision, here))),),
        behind=Behind.of((row for versions in corrected for row in versions), FIGURE_COLUMNS),
        evidence=find_evidence(here, (row["source_id"] for versions in corrected for row in versions)),
        excerpt=Excerpt(words.text("the first in the order of the data")) if here.scope != "zone" else None,
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
