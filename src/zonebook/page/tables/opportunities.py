"""Where exports could grow: markets with unused potential, and products near those a zone is strong in."""

from __future__ import annotations

from zonebook.metrics.result import MetricResult, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.followed import ROW_COLUMNS, link_row, to_table
from zonebook.page.products import name_product
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, set_table

_ISO3 = 3


def list_markets(here: PageContext) -> list[MetricResult]:
    """Return the rows of unused potential by country, the largest first."""
    rows = [row for row in here.rows("X19") if len(row.series) == _ISO3 and row.series.isupper()]
    return sorted((row for row in rows if row.value and here.is_own(row)), key=lambda row: -(row.value or 0.0))


def list_near_products(here: PageContext) -> list[MetricResult]:
    """Return the rows of the products without an advantage that are nearest to those with one."""
    rows = [row for row in here.rows("X18") if row.series.isdigit() and here.is_own(row)]
    return sorted((row for row in rows if row.value), key=lambda row: (-(row.value or 0.0), row.series))


def opportunities(here: PageContext) -> Block | None:
    """Return the list of markets and products with unused potential; ``None`` where neither is known."""
    words = here.locale
    markets, products = list_markets(here), list_near_products(here)
    rows = [*markets, *products]
    if not rows:
        return None
    layout = Layout(
        name="opportunities",
        caption=words.text("Where exports could grow"),
        headings=(
            Heading(words.text("Market or product")),
            Heading(words.text("Unused potential, or nearness"), numeric=True),
        ),
        groups=(
            Group(
                words.text("Markets served: what is sold below the potential, a year"),
                tuple(_set_row(here, words.country(row.series), row) for row in markets),
            ),
            Group(
                words.text("Products not yet strong, near those that are: nearness, the most is 100%"),
                tuple(_set_row(here, name_product(here, row.series), row) for row in products),
            ),
        ),
        behind=Behind(ROW_COLUMNS, to_table(rows)),
        note=words.text(
            "The potential of a market is what it buys of the products that are supplied, by how easily it is reached "
            "as present sales show; tariffs are not in it. Names of products are those of their chapters."
        ),
        evidence=weakest_evidence(row.evidence for row in rows),
    )
    return set_table(here, layout)


def _set_row(here: PageContext, name: str, row: MetricResult) -> tuple[Text, ...]:
    words = here.locale
    printed = words.share(row.value) if row.unit == "share" else words.amount(row.value or 0.0, row.unit, digits=2)
    return name, link_row(here, row.metric_id, printed)
