"""Where purchases come from and where sales go, by year: the own region, other regions, abroad."""

from __future__ import annotations

from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.stacks import Layer, Stack, StackPanel, draw_stacks
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table
from zonebook.page.locale import Locale

_PLACES = ("own", "other", "abroad")


def supply_split(here: PageContext) -> Block | None:
    """Return the columns of purchases and sales by place; ``None`` where no year is known."""
    locale = here.locale
    panels = [
        StackPanel(title, _list_stacks(here, prefix))
        for title, prefix in ((locale.text("Purchases"), ""), (locale.text("Sales"), "sales_"))
    ]
    panels = [panel for panel in panels if any(stack.is_whole for stack in panel.stacks)]
    if not panels:
        return None
    rows = [row for panel in panels for stack in panel.stacks for row in stack.rows if row is not None]
    reading = locale.text("Parts of the value of purchases and of sales, by where the partner is.")
    return frame_figure(
        here,
        Plate(
            name="supply-split",
            title=locale.text("Own region, other regions, abroad"),
            reading=read_rows(here, [reading], [f"R10.{place}" for place in _PLACES]),
            alternative=_describe(locale, panels),
            draw=partial(draw_stacks, locale, _layers(locale), panels),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _layers(locale: Locale) -> tuple[Layer, ...]:
    return (
        Layer(locale.text("own region"), "accent", "on-accent"),
        Layer(locale.text("other regions"), "accent-mid"),
        Layer(locale.text("abroad"), "rest"),
    )


def _list_stacks(here: PageContext, prefix: str) -> tuple[Stack, ...]:
    by_place = [select_years(here, f"R10.{prefix}{place}") for place in _PLACES]
    years = sorted({year for rows in by_place for year in rows})
    return tuple(Stack(year, tuple(rows.get(year) for rows in by_place)) for year in years)


def _describe(locale: Locale, panels: list[StackPanel]) -> str:
    sentences = []
    names = [layer.name for layer in _layers(locale)]
    for panel in panels:
        for stack in panel.stacks:
            parts = ", ".join(f"{name} {locale.result(row)}" for name, row in zip(names, stack.rows, strict=True))
            sentences.append(f"{panel.title}, {stack.year}: {parts}.")
    return " ".join(sentences)
