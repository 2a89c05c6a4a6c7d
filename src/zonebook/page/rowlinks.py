"""The way from a number on a page to the metric row it is: anchors in the table of metric rows and links to them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from zonebook.metrics.result import MetricResult
from zonebook.page.context import PageContext


def name_anchor(row: MetricResult) -> str:
    """Return the anchor of a row's series: ``metric-L01``, for a cluster ``metric-L01--<cluster_id>``."""
    part = f"--{row.scope_id}" if row.scope_type == "cluster" else ""
    return f"metric-{row.metric_id}{part}"


def name_row_anchor(row: MetricResult) -> str:
    """Return the anchor of a single row: that of its series with year and period.

    Examples
    --------
    >>> from zonebook.metrics.result import Evidence, MetricResult, Status
    >>> numbers = (2024, "FY", 1.0, 1.0, 1.0)
    >>> row = MetricResult("X01", "zone", "z", *numbers, "RUB", Status.OK, "", 1, Evidence.REPORTED, "", "")
    >>> name_row_anchor(row)
    'metric-X01-2024'
    """
    period = f"-{row.period}" if row.period not in ("", "FY") else ""
    return f"{name_anchor(row)}-{row.year or ''}{period}"


def link_row(row: MetricResult, words: object) -> Markup:
    """Return words, a number as a rule, that lead to their metric row."""
    return Markup('<a class="zb-row" href="#{}">{}</a>').format(name_anchor(row), words)


def link_result(here: PageContext, row: MetricResult | None) -> Markup:
    """Return a row's value, or the sign of its status, that leads to the row; the sign for missing without a row."""
    if row is None:
        return Markup("{}").format(here.locale.sign("missing"))
    printed = here.locale.value_and_bounds(row)[0] if row.value is not None else here.locale.result(row)
    return link_row(row, printed)


def name_rows(here: PageContext, rows: Iterable[MetricResult]) -> Markup:
    """Return how the rows behind a figure are found: links to the first row of each series."""
    series = {name_anchor(row): row for row in rows if row.scope_type != "cluster"}
    links = Markup(", ").join(link_row(row, row.metric_id) for row in series.values())
    return here.locale.html("Metric rows: {links}.", links=links)
