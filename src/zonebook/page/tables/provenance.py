"""Where a page's numbers come from: its metric rows, and what is missing for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from markupsafe import Markup

from zonebook.metrics.result import RESULT_COLUMNS, Evidence, MetricResult, Status, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_foot, set_small, set_table
from zonebook.tables.schema import TABLES


def metric_rows(here: PageContext) -> Block | None:
    """Return every metric row behind the page: value, interval, status, reason, evidence, sources."""
    words = here.locale
    rows = [row for row in here.results if here.is_own(row)]
    groups, seen = [], set[str]()
    for base_id in dict.fromkeys(row.base_id for row in rows):
        of_metric = [row for row in rows if row.base_id == base_id]
        groups.append(Group(_name_metric(here, base_id), tuple(_set_result(here, row, seen) for row in of_metric)))
    layout = Layout(
        name="metric-rows",
        caption=words.text("Metric rows behind this page"),
        headings=(
            Heading(words.text("Row")),
            Heading(words.text("Period")),
            Heading(words.text("Value"), numeric=True),
            Heading(words.text("Interval"), numeric=True),
            Heading(words.text("Remark")),
        ),
        groups=tuple(groups),
        behind=Behind.of((asdict(row) for row in rows), RESULT_COLUMNS),
        evidence=weakest_evidence(row.evidence for row in rows if row.value is not None),
    )
    return set_table(here, layout)


def _name_metric(here: PageContext, base_id: str) -> Markup:
    """Return a metric's id and name, linked to the page of its method."""
    name = here.locale.of(here.options.catalogue[base_id].name) if base_id in here.options.catalogue else ""
    pattern = Markup('<a class="zb-page" href="{}methods/{}.html">{}</a> {}')
    return pattern.format(here.root, base_id, base_id, name)


def _set_result(here: PageContext, row: MetricResult, seen: set[str]) -> tuple[Text, ...]:
    words = here.locale
    printed, wide = words.value_and_bounds(row) if row.value is not None else (words.result(row), "")
    reason = capitalise(words.reason(row.reason, here.indicator))
    if row.value is not None and row.evidence is not Evidence.REPORTED:
        reason = "; ".join(filter(None, (reason, words.label("evidence", row.evidence.value))))
    explained = reason if row.status is Status.OK else _say_status(here, row, reason)
    return (
        _anchor(row, seen),
        words.period(row.period, row.year) if row.period and row.year else "",
        Markup("{}{}").format(printed, here.cite(row.source_ids, titled=False)),
        wide,
        explained,
    )


def _say_status(here: PageContext, row: MetricResult, reason: str) -> Markup:
    status = capitalise(here.locale.label("metric.status", row.status.value))
    return Markup('<span class="zb-missing">{}</span>{}').format(status, set_small(reason))


def _anchor(row: MetricResult, seen: set[str]) -> Markup:
    """Return the id of a row; the first row of a series is what links to ``#metric-<id>`` lead to."""
    if row.metric_id in seen:
        return Markup("{}").format(row.metric_id)
    seen.add(row.metric_id)
    return Markup('<span id="metric-{0}">{0}</span>').format(row.metric_id)


def missing(here: PageContext) -> Block | None:
    """Return which metrics of the page have no input, by the table that would bring it."""
    words = here.locale
    by_table: dict[str, dict[str, None]] = {}
    for row in here.results:
        if here.is_own(row) and row.status is Status.MISSING_INPUT and not row.series:
            for table in _find_absent(here, row.base_id):
                by_table.setdefault(table, {})[row.base_id] = None
    if not by_table:
        return None
    items = Markup("\n").join(_set_missing(here, table, list(ids)) for table, ids in sorted(by_table.items()))
    intro = words.text("These tables would bring what this page cannot say. None of it is zero: it is not known.")
    html = Markup('<div class="zb-missing-list"><p>{}</p>\n<ul>\n{}\n</ul></div>\n{}').format(
        intro, items, set_foot(here, "missing")
    )
    rows = tuple((table, ";".join(ids)) for table, ids in sorted(by_table.items()))
    return Block(html, name="missing", columns=("table", "metric_ids"), rows=rows)


def _find_absent(here: PageContext, base_id: str) -> list[str]:
    """Return the tables a metric needs and the data set does not bring, or those without a row for this page."""
    needed = list(here.options.catalogue[base_id].tables) if base_id in here.options.catalogue else []
    inputs = here.inputs or here.share
    absent = [table for table in needed if not inputs.has(table)]
    return absent or [table for table in needed if inputs.table(table).empty] or needed


def _set_missing(here: PageContext, table: str, metric_ids: Iterable[str]) -> Markup:
    words = here.locale
    heading = words.of(TABLES[table].heading) if table in TABLES else table
    names = Markup("; ").join(_name_metric(here, metric_id) for metric_id in metric_ids)
    return Markup("<li><strong>{}</strong> (<code>{}</code>): {}</li>").format(heading, table, names)
