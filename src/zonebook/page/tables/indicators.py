"""Every reported figure of a zone, by indicator and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zonebook.metrics.figures import PERIODS, is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import name_figure_anchor
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    set_table,
)

Row = Mapping[str, Any]


FIGURE_COLUMNS = (
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
    shown = sorted((row for row in rows if int(row["year"]) <= here.year), key=order_figures)
    later = len(rows) - len(shown)
    words = here.locale
    groups = tuple(
        Group(capitalise(here.indicator(indicator)), tuple(_figure_rows(here, of_indicator)))
        for indicator, of_indicator in gather_rows(shown, lambda row: str(row["indicator"]))
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
        behind=Behind.of(shown, FIGURE_COLUMNS),
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


def order_figures(row: Row) -> tuple[str, bool, int, int, float, str]:
    """Return the key rows of figures are sorted by: indicator, kind of sum, year, period, the largest first."""
    period = PERIODS.index(str(row["period"])) if row["period"] in PERIODS else len(PERIODS)
    return (
        str(row["indicator"]),
        is_cumulative(row),
        int(row["year"]),
        period,
        -float(row["value"]),
        str(row["source_id"]),
    )


def is_cumulative(row: Row) -> bool:
    """Whether a figure is a sum since foundation."""
    return not is_missing(row["cumulative"]) and bool(row["cumulative"])


def gather_rows(rows: Iterable[Row], key: Any) -> list[tuple[Any, list[Row]]]:
    """Return rows with the same key together, in the order their keys first came."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.items())


def name_figure(row: Row) -> tuple[object, ...]:
    """Return what makes two rows of one indicator the same figure, whoever printed it."""
    qualifier = "exact" if is_missing(row["qualifier"]) else row["qualifier"]
    return row["year"], row["period"], is_cumulative(row), row["value"], row["unit"], qualifier


def _figure_rows(here: PageContext, rows: list[Row]) -> Iterator[tuple[Text, ...]]:
    """Yield a row of the table for each figure; sources that print the same one stand together."""
    words, seen = here.locale, set[str]()
    for _, same in gather_rows(rows, name_figure):
        row = same[0]
        dates = dict.fromkeys(
            words.date(given["source_date"]) for given in same if not is_missing(given["source_date"])
        )
        notes = dict.fromkeys(note for given in same if (note := words.column(given, "note")))
        yield (
            _set_anchor(row, words.period(str(row["period"]), row["year"], cumulative=is_cumulative(row)), seen),
            Markup("{}{}").format(say_value(here, row), here.cite([one["source_id"] for one in same], titled=False)),
            "; ".join(dates),
            "; ".join(notes),
        )


def _set_anchor(row: Row, text: str, seen: set[str]) -> Markup:
    """Return the period of a figure, with the anchor that links from its numbers lead to on the first of its rows."""
    anchor = name_figure_anchor(str(row["indicator"]), int(row["year"]), str(row["period"]), is_cumulative(row))
    if anchor in seen:
        return Markup("{}").format(text)
    seen.add(anchor)
    return Markup('<span id="{}">{}</span>').format(anchor, text)


def say_value(here: PageContext, row: Row) -> str:
    """Return the value of a row with its unit and its source's qualifier."""
    qualifier = "exact" if is_missing(row["qualifier"]) else str(row["qualifier"])
    return here.locale.figure(float(row["value"]), str(row["unit"]), qualifier)
