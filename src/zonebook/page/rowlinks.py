"""The way from a number on a page to the metric row it is: anchors in the table of metric rows and links to them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from zonebook.metrics.compute import is_of_flows
from zonebook.metrics.figures import Figure, is_missing
from zonebook.metrics.result import MetricResult
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup

# Pages that have the table of metric rows, and the metric whose row a reported figure is.
_WITH_ROWS = frozenset({"zone", "region", "overview"})
_METRIC_OF = {"export_rub": "X01"}


# Metrics of zones that only the comparison of all of them gives: their rows stand on its page.
OF_COMPARISON = frozenset({"C02", "C04", "C06"})


def name_anchor(row: MetricResult) -> str:
    """Return the anchor of a row's series: ``metric-L01``, for a cluster ``metric-L01--<cluster_id>``.

    So it is for a pair, ``metric-R06--RU-MOW--RU-SPE``, and for what the comparison gives of a zone.
    """
    is_part = row.scope_type in ("cluster", "pair") or _is_of_comparison(row)
    part = f"--{row.scope_id.replace(':', '--')}" if is_part else ""
    return f"metric-{row.metric_id}{part}"


def list_rows(here: PageContext) -> list[MetricResult]:
    """Return the rows that stand in the page's table of metric rows, and in the file of its rows.

    A country page has the rows of everybody before it and lists the country's, the comparison what only it gives of
    zones. A zone's page leaves out what is told of its region.
    """
    if here.kind == "comparison":
        return [row for row in here.rows(*OF_COMPARISON) if _is_of_comparison(row)]
    if here.scope == "country":
        return list(here.own_results)
    return [row for row in here.results if here.scope == "region" or row not in here.told]


def _is_of_comparison(row: MetricResult) -> bool:
    return row.scope_type == "zone" and row.base_id in OF_COMPARISON


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


def name_zone_anchor(zone_id: str) -> str:
    """Return the anchor of a zone's line where zones are set side by side."""
    return f"zone-{zone_id}"


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
    """Return links to the first row of each series behind a figure; nothing on paper, where they lead nowhere."""
    if here.options.column:
        return Markup("")
    series = {name_anchor(row): row for row in rows if row.scope_type != "cluster"}
    links = Markup(", ").join(link_row(row, row.metric_id) for row in series.values())
    return here.locale.html("Metric rows: {links}.", links=links)


def find_address(here: PageContext, row: MetricResult) -> str:
    """Return where a row is found: on this page, on that of its zone, region or country, else in the file of all."""
    anchor = name_row_anchor(row)
    if _is_of_comparison(row):
        return f"#{anchor}" if here.kind == "comparison" else f"{here.root}comparison.html#{anchor}"
    is_here = here.is_own(row) or (row.scope_type == "cluster" and here.scope == "zone")
    if is_here and here.kind in _WITH_ROWS:
        return f"#{anchor}"
    region = _find_region(here, row)
    if region:
        return (
            f"#{anchor}" if (here.kind, here.id) == ("region", region) else f"{here.root}regions/{region}.html#{anchor}"
        )
    if row.scope_type == "zone":
        return f"{here.root}zones/{row.scope_id}.html#{anchor}"
    return f"{here.root}index.html#{anchor}" if row.scope_type == "country" else f"{here.root}data/metrics.csv"


def _find_region(here: PageContext, row: MetricResult) -> str:
    """Return the region on whose page a row stands, of a pair of regions an end that has a page; else empty."""
    if row.scope_type == "region":
        return row.scope_id
    metric = here.options.catalogue.get(row.base_id)
    if row.scope_type != "pair" or metric is None or not is_of_flows(metric):
        return ""
    ends = row.scope_id.split(":")
    if here.scope != "country":
        return find_own_region(here)
    return next((end for end in ends if end in here.remember("regions with a zone", partial(_list_homes, here))), "")


def _list_homes(here: PageContext) -> frozenset[str]:
    return frozenset(str(zone["region_iso"]) for zone in here.records("zone") if zone["type"] != "aggregate")


def find_own_region(here: PageContext) -> str:
    """Return the region a page is about, of a zone the one it lies in; empty for the country or where unknown."""
    if here.scope != "zone":
        return here.id if here.scope == "region" else ""
    region = here.row("zone", here.id).get("region_iso")
    return "" if is_missing(region) else str(region)


def link_home(here: PageContext, row: MetricResult, words: object) -> Markup:
    """Return words, a number as a rule, that lead to the very row they are, on whatever page it stands."""
    return Markup('<a class="zb-row" href="{}">{}</a>').format(find_address(here, row), words)


def name_figure_anchor(indicator: str, year: int, period: str, cumulative: object) -> str:
    """Return the anchor of a reported figure in the table of a zone's figures by year.

    Examples
    --------
    >>> name_figure_anchor("jobs:north", 2024, "point", False)
    'figure-jobs-north-2024-point'
    """
    kind = "-since" if cumulative else ""
    return f"figure-{indicator.replace(':', '-')}{kind}-{year}-{period}"


def link_figure(here: PageContext, figure: Figure, words: object) -> Markup:
    """Return words, a reported figure as a rule, that lead to the metric row it is, else to where it was read.

    A page without either leaves them as they are: the marks of sources stand beside them.
    """
    row = _find_row(here, figure)
    if row is not None:
        return link_home(here, row, words)
    anchor = name_figure_anchor(figure.indicator, figure.year, figure.period, figure.cumulative)
    if here.scope == "zone" and any(figure is one for one in here.figures.get(here.id, ())):
        return Markup('<a class="zb-row" href="#{}">{}</a>').format(anchor, words)
    return Markup("{}").format(words)


def _find_row(here: PageContext, figure: Figure) -> MetricResult | None:
    metric_id = _METRIC_OF.get(figure.indicator)
    if metric_id is None or figure.cumulative or here.kind not in _WITH_ROWS:
        return None
    row = here.metric(metric_id, figure.year, figure.period)
    return row if row is not None and row.value == figure.value else None
