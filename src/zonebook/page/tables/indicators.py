"""Every reported figure by year, figures on which sources disagree, and figures that were corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from zonebook.metrics.figures import PERIODS, Figure, is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.tables.headline import say_figure, say_period
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

Row = Mapping[str, Any]
_COLUMNS = (
    "zone_id",
    "indicator",
    "year",
    "period",
    "cumulative",
    "value",
    "unit",
    "qualifier",
    "source_id",
    "source_date",
    "vintage",
    "note",
)


def figures_by_year(here: PageContext) -> Block | None:
    """Return every reported figure of the zone up to the page's year, by indicator and period; plans among them."""
    rows = [row for row in here.records("zone_year") if row["zone_id"] == here.id]
    shown = sorted((row for row in rows if int(row["year"]) <= here.year), key=_order)
    later = len(rows) - len(shown)
    words = here.locale
    groups = tuple(
        Group(capitalise(here.indicator(indicator)), tuple(_figure_rows(here, of_indicator)))
        for indicator, of_indicator in _gather(shown, lambda row: str(row["indicator"]))
    )
    layout = Layout(
        name="figures-by-year",
        caption=words.text("All reported figures by indicator and period"),
        headings=(
            Heading(words.text("Period")),
            Heading(words.text("Value"), numeric=True),
            Heading(words.text("Date of the source")),
            Heading(words.text("Remark")),
        ),
        groups=groups,
        behind=Behind.of(shown, _COLUMNS),
        note=_say_later(here, later),
        evidence=find_evidence(here, (row["source_id"] for row in shown)),
    )
    return set_table(here, layout)


def _say_later(here: PageContext, later: int) -> str:
    rule = here.locale.text("Figures of different periods and sums since foundation are not compared with each other.")
    if not later:
        return rule
    left_out = here.locale.plural(
        "{n} figure of a later year is left out.", "{n} figures of later years are left out.", later
    )
    return f"{rule} {left_out}"


def _order(row: Row) -> tuple[str, bool, int, int, float, str]:
    period = PERIODS.index(str(row["period"])) if row["period"] in PERIODS else len(PERIODS)
    return (
        str(row["indicator"]),
        _is_cumulative(row),
        int(row["year"]),
        period,
        -float(row["value"]),
        str(row["source_id"]),
    )


def _is_cumulative(row: Row) -> bool:
    return not is_missing(row["cumulative"]) and bool(row["cumulative"])


def _gather(rows: Iterable[Row], key: Any) -> list[tuple[Any, list[Row]]]:
    """Return rows with the same key together, in the order their keys first came."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.items())


def _same_figure(row: Row) -> tuple[object, ...]:
    qualifier = "exact" if is_missing(row["qualifier"]) else row["qualifier"]
    return row["year"], row["period"], _is_cumulative(row), row["value"], row["unit"], qualifier


def _figure_rows(here: PageContext, rows: list[Row]) -> Iterator[tuple[Text, ...]]:
    """Yield a row of the table for each figure; sources that print the same one stand together."""
    words = here.locale
    for _, same in _gather(rows, _same_figure):
        row = same[0]
        dates = dict.fromkeys(
            words.date(given["source_date"]) for given in same if not is_missing(given["source_date"])
        )
        notes = dict.fromkeys(note for given in same if (note := words.column(given, "note")))
        yield (
            words.period(str(row["period"]), row["year"], cumulative=_is_cumulative(row)),
            Markup("{}{}").format(_say_value(here, row), here.cite([one["source_id"] for one in same], titled=False)),
            "; ".join(dates),
            "; ".join(notes),
        )


def _say_value(here: PageContext, row: Row) -> str:
    qualifier = "exact" if is_missing(row["qualifier"]) else str(row["qualifier"])
    return here.locale.figure(float(row["value"]), str(row["unit"]), qualifier)


def find_disagreements(here: PageContext, zone_id: str) -> tuple[Figure, ...]:
    """Return the figures of a zone that no value fits in all of their sources."""
    return tuple(figure for figure in here.figures.get(zone_id, ()) if figure.disagree)


def disagreements(here: PageContext) -> Block | None:
    """Return the figures on which sources disagree, each with what every source says."""
    words = here.locale
    own = [here.total_id] if here.scope == "country" else []
    rows_of = dict(_gather(here.records("zone_year"), _figure_key))
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
        behind=Behind.of(behind, _COLUMNS),
        note=words.text("Shown is the figure of the most authoritative source, then of the latest one."),
        evidence=find_evidence(here, (row["source_id"] for row in behind)),
    )
    return set_table(here, layout)


def _figure_key(row: Row) -> tuple[str, str, int, str, bool]:
    return str(row["zone_id"]), str(row["indicator"]), int(row["year"]), str(row["period"]), _is_cumulative(row)


def _set_disagreement(here: PageContext, figure: Figure, rows: list[Row]) -> tuple[Text, ...]:
    words = here.locale
    values = []
    for _, same in _gather(sorted(rows, key=_order), _same_figure):
        notes = dict.fromkeys(note for row in same if (note := words.column(row, "note")))
        mark = here.cite([row["source_id"] for row in same])
        values.append(Markup("<div>{}{}{}</div>").format(_say_value(here, same[0]), mark, set_small("; ".join(notes))))
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
        for _, same in _gather(rows, lambda row: (*_figure_key(row), row["source_id"]))
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
        behind=Behind.of((row for versions in corrected for row in versions), _COLUMNS),
        evidence=find_evidence(here, (row["source_id"] for versions in corrected for row in versions)),
    )
    return set_table(here, layout)


def _vintage(row: Row) -> str:
    return "" if is_missing(row["vintage"]) else str(row["vintage"])


def _set_revision(here: PageContext, versions: list[Row]) -> tuple[Text, ...]:
    first, last = versions[0], versions[-1]
    return (
        capitalise(here.indicator(str(first["indicator"]))),
        here.locale.period(str(first["period"]), first["year"], cumulative=_is_cumulative(first)),
        Markup("{}{}").format(_say_value(here, first), _say_date(here, first)),
        Markup("{}{}{}").format(_say_value(here, last), here.cite(last["source_id"]), _say_date(here, last)),
    )


def _say_date(here: PageContext, row: Row) -> Markup:
    return set_small(here.locale.date(_vintage(row)) if _vintage(row) else "")
