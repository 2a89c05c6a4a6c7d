"""Metric rows as figures draw them: by year, with their sources and the way back to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Cell
from zonebook.page.context import PageContext
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.markup import Markup

ROW_COLUMNS = (
    *("metric_id", "scope_type", "scope_id", "year", "period", "value", "lower", "upper", "unit"),
    *("status", "n_units", "evidence", "source_ids"),
)
FULL_YEAR = "FY"


def select_years(here: PageContext, metric_id: str) -> dict[int, MetricResult]:
    """Return the page's own rows of a series for full years, by year; rows without input are left out."""
    found = {row.year: row for row in here.series_about(metric_id) if row.year is not None and row.period == FULL_YEAR}
    return {year: found[year] for year in sorted(found) if found[year].status is not Status.MISSING_INPUT}


def to_table(rows: Iterable[MetricResult]) -> tuple[tuple[Cell, ...], ...]:
    """Return metric rows as rows of the table behind a figure, in the order of ``ROW_COLUMNS``."""
    return tuple(tuple(getattr(row, column) for column in ROW_COLUMNS) for row in rows)


def list_sources(rows: Iterable[MetricResult]) -> tuple[str, ...]:
    """Return the sources of metric rows, each once."""
    return tuple(dict.fromkeys(source for row in rows for source in split_ids(row.source_ids)))


def link_row(here: PageContext, metric_id: str, words: object) -> Markup:
    """Return words that lead to the first row of a series; those of the country stand on its first page."""
    page = f"{here.root}index.html" if here.scope == "country" and here.kind != "overview" else ""
    return Markup('<a class="zb-row" href="{}#metric-{}">{}</a>').format(page, metric_id, words)


def read_rows(here: PageContext, sentences: Iterable[str], metric_ids: Sequence[str]) -> Markup:
    """Return how to read a figure, and links to the metric rows it is drawn from, if a page lists them."""
    said = Markup(" ").join(sentence for sentence in sentences if sentence)
    if not metric_ids or here.options.column:  # on paper an id leads nowhere
        return said
    links = Markup(", ").join(link_row(here, metric_id, metric_id) for metric_id in metric_ids)
    return Markup("{} {}").format(said, here.locale.html("Metric rows: {links}.", links=links))


def write_value(locale: Locale, row: MetricResult | None, digits: int = 3) -> str:
    """Return a row's value in few digits, else the sign of its status."""
    if row is None or row.value is None:
        return locale.result(row)
    return locale.share(row.value) if row.unit == "share" else locale.amount(row.value, row.unit, digits=digits)
