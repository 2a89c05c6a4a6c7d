"""Where a page's numbers come from: its metric rows, and what is missing for others."""

from __future__ import annotations

from collections.abc import Iterable

from zonebook.metrics.result import Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.layout import set_foot
from zonebook.tables.schema import TABLES


def name_metric(here: PageContext, base_id: str) -> Markup:
    """Return a metric's id and name, linked to the page of its method."""
    name = here.locale.of(here.options.catalogue[base_id].name) if base_id in here.options.catalogue else ""
    pattern = Markup('<a class="zb-page" href="{}methods/{}.html">{}</a> {}')
    return pattern.format(here.root, base_id, base_id, name)


def missing(here: PageContext) -> Block | None:
    """Return which metrics of the page have no input, by the table that would bring it."""
    words = here.locale
    by_table: dict[str, dict[str, None]] = {}
    for row in here.own_results:
        if row.status is Status.MISSING_INPUT and not row.series:
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
    return absent or [table for table in needed if table not in inputs.tables] or needed


def _set_missing(here: PageContext, table: str, metric_ids: Iterable[str]) -> Markup:
    words = here.locale
    heading = words.of(TABLES[table].heading) if table in TABLES else table
    names = Markup("; ").join(name_metric(here, metric_id) for metric_id in metric_ids)
    return Markup("<li><strong>{}</strong> (<code>{}</code>): {}</li>").format(heading, table, names)
