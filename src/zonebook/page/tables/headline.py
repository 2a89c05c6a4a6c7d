"""Key figures: the latest figure of each main indicator, with what it may be compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zonebook.metrics.figures import Figure
from zonebook.metrics.result import weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_figure
from zonebook.page.tables.layout import Behind, Text, capitalise, mark_evidence, set_foot

# The indicators of the key figures, in the order they are shown, by the scope of the page.
HEADLINES = {
    "zone": (
        "enterprises",
        "residents",
        "export_rub",
        "revenue_rub",
        "investment_actual_rub",
        "jobs",
        "taxes_rub",
        "area_ha",
    ),
    "country": ("zones", "residents", "investment_actual_rub", "jobs", "revenue_rub", "export_rub", "taxes_rub"),
}
# Growth as a source printed it, by the indicator that grew: as a share, or as a multiple.
GROWTH = {
    "export_rub": ("export_growth_pct", "export_growth_ratio"),
    "revenue_rub": ("revenue_growth_pct", "revenue_growth_ratio"),
    "investment_actual_rub": ("investment_growth_pct", "investment_growth_ratio"),
    "production_rub": ("production_growth_pct", "production_growth_ratio"),
}
WHOLE_PERIODS = frozenset({"FY", "point"})
_COLUMNS = ("indicator", "period", "year", "cumulative", "value", "lower", "upper", "unit", "qualifier", "source_ids")


@dataclass(frozen=True, slots=True)
class Headline:
    """The figure of an indicator to show first, and one of another kind of period beside it."""

    main: Figure
    other: Figure | None = None


def select_headline(figures: Iterable[Figure], indicator: str) -> Headline | None:
    """Return the figure of an indicator to show first.

    That is the latest one of a whole year or a date, unless one for part of a year is more than a
    year younger. The other one is the latest of another kind: a part of a year beside a whole one,
    a sum since foundation beside that of a year.
    """
    known = [figure for figure in figures if figure.indicator == indicator]
    if not known:
        return None
    latest = max(figure.year for figure in known)
    whole = [figure for figure in known if figure.period in WHOLE_PERIODS]
    recent = [figure for figure in whole if figure.year >= latest - 1]
    main = max(recent or known, key=_recency)
    of_other_kind = [f for f in known if (f.period, f.cumulative) != (main.period, main.cumulative)]
    if main in whole:
        return Headline(main, max((f for f in of_other_kind if f.year >= main.year), key=_recency, default=None))
    of_a_year = [figure for figure in whole if not figure.cumulative]
    return Headline(main, max(of_a_year or whole, key=_recency, default=None))


def _recency(figure: Figure) -> tuple[int, bool, bool, str]:
    return figure.year, figure.period in WHOLE_PERIODS, not figure.cumulative, figure.period


def key_figures(here: PageContext) -> Block | None:
    """Return the key figures of the zone or the country as tiles: value, period, change, comparison, source."""
    zone_id = here.id if here.scope == "zone" else here.total_id
    figures = here.figures_about(zone_id)
    found = [headline for name in HEADLINES.get(here.scope, ()) if (headline := select_headline(figures, name))]
    if not found:
        return None
    tiles = Markup("\n").join(_set_tile(here, figures, headline) for headline in found)
    shown = [figure for headline in found for figure in (headline.main, headline.other) if figure]
    evidence = weakest_evidence(figure.evidence for figure in shown)
    html = Markup('<dl class="zb-tiles" id="table-key-figures">\n{}\n</dl>\n{}').format(
        tiles, set_foot(here, "key-figures", mark_evidence(here, evidence))
    )
    behind = Behind.of((to_record(figure) for figure in shown), _COLUMNS)
    return Block(html, name="key-figures", columns=behind.columns, rows=behind.rows)


def to_record(figure: Figure) -> dict[str, object]:
    """Return a figure as a row of a table for download."""
    return {
        "indicator": figure.indicator,
        "period": figure.period,
        "year": figure.year,
        "cumulative": figure.cumulative,
        "value": figure.value,
        "lower": figure.interval.lower,
        "upper": figure.interval.upper,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "source_ids": ";".join(figure.source_ids),
    }


def say_figure(here: PageContext, figure: Figure) -> Markup:
    """Return a figure with its qualifier, its unit and the marks of its sources, linked to where it comes from."""
    printed = here.locale.figure(figure.value, figure.unit, figure.qualifier)
    return Markup("{}{}").format(link_figure(here, figure, printed), here.cite(figure.source_ids))


def say_period(here: PageContext, figure: Figure) -> str:
    """Return the period of a figure as a heading."""
    return here.locale.period(figure.period, figure.year, cumulative=figure.cumulative)


def find_growth(figures: Iterable[Figure], figure: Figure) -> Figure | None:
    """Return the growth of a figure as a source printed it, for the same period."""
    names = GROWTH.get(figure.indicator, ())
    return next(
        (
            growth
            for name in names
            for growth in figures
            if growth.indicator == name and (growth.year, growth.period) == (figure.year, figure.period)
        ),
        None,
    )


def say_growth(here: PageContext, growth: Figure) -> str:
    """Return growth as a source printed it, in words that say so."""
    locale = here.locale
    if growth.unit == "share":
        change = locale.figure(growth.value, "share", growth.qualifier, signed=True)
    elif growth.qualifier == "exact" and growth.value >= 1:
        change = locale.quantity(growth.value, "times")
    else:
        change = locale.text("×{number}", number=locale.figure(growth.value, "", growth.qualifier))
    if growth.period == "FY":
        return locale.text("{change} on the year before, as reported by the source", change=change)
    return locale.text("{change} on the same period of the year before, as reported by the source", change=change)


def find_comparator(here: PageContext, figure: Figure) -> Figure | None:
    """Return the country's figure of the same indicator, year, period type and kind of sum, if one is given."""
    if here.scope == "country":
        return None
    return next(
        (
            total
            for total in here.figures.get(here.total_id, ())
            if (total.indicator, total.year, total.period, total.cumulative, total.unit)
            == (figure.indicator, figure.year, figure.period, figure.cumulative, figure.unit)
        ),
        None,
    )


def _set_tile(here: PageContext, figures: tuple[Figure, ...], headline: Headline) -> Markup:
    main = headline.main
    lines = [
        _line("dt", "label", capitalise(here.indicator(main.indicator))),
        _line("dd", "value", say_figure(here, main)),
        _line("dd", "period", say_period(here, main)),
    ]
    growth = find_growth(figures, main)
    if growth is not None:
        lines.append(
            _line("dd", "change", Markup("{}{}").format(say_growth(here, growth), here.cite(growth.source_ids)))
        )
    if main.disagree:
        wide = here.locale.bounds(main.interval.lower, main.interval.upper, main.unit)
        lines.append(_line("dd", "disagree", here.locale.text("sources disagree: {bounds}", bounds=wide)))
    if headline.other:
        lines.append(_line("dd", "other", _say_other(here, figures, headline.other)))
    total = find_comparator(here, main)
    if total is not None:
        name = here.named("zone", here.total_id)
        lines.append(_line("dd", "compare", Markup("{}: {}").format(name, say_figure(here, total))))
    return Markup('<div class="zb-tile">{}</div>').format(Markup("").join(lines))


def _say_other(here: PageContext, figures: tuple[Figure, ...], figure: Figure) -> Markup:
    said: Text = Markup("{}: {}").format(capitalise(say_period(here, figure)), say_figure(here, figure))
    growth = find_growth(figures, figure)
    if growth is None:
        return Markup("{}").format(said)
    return Markup("{}; {}{}").format(said, say_growth(here, growth), here.cite(growth.source_ids))


def _line(tag: str, role: str, text: Text) -> Markup:
    if tag == "dt":
        return Markup('<dt class="zb-tile-{}">{}</dt>').format(role, text)
    return Markup('<dd class="zb-tile-{}">{}</dd>').format(role, text)
