"""The shares of the blocs in exports by year: a column a year, on the partition that does not overlap."""

from __future__ import annotations

from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.destinations import GROUPS, name_group
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.stacks import Layer, Stack, StackPanel, draw_stacks
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table
from zonebook.page.locale import Locale

_FEWEST_YEARS = 2
_SERIES = {code: f"X15.{code.lower()}" for code, _, _ in GROUPS}


def bloc_columns(here: PageContext) -> Block | None:
    """Return the columns of the blocs' shares by year; ``None`` for fewer than two years with shares."""
    stacks = list_bloc_stacks(here)
    if not stacks:
        return None
    locale = here.locale
    rows = [row for stack in stacks for row in stack.rows if row is not None]
    sentences = [
        locale.text("Share of exports by value."),
        locale.text("The groups do not overlap: a country stands in the first one it belongs to."),
    ]
    return frame_figure(
        here,
        Plate(
            name="bloc-columns",
            title=locale.text("Blocs in exports by year"),
            reading=read_rows(here, sentences, tuple(_SERIES.values())),
            alternative=_describe(locale, stacks),
            draw=partial(draw_stacks, locale, _layers(locale), (StackPanel("", stacks),)),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def list_bloc_stacks(here: PageContext) -> tuple[Stack, ...]:
    """Return the blocs' shares by year; nothing for fewer than two years with shares."""
    by_group = [select_years(here, metric_id) for metric_id in _SERIES.values()]
    headline = select_years(here, "X15")
    years = [year for year in headline if any(year in rows for rows in by_group) or headline[year].value is None]
    stacks = tuple(Stack(year, _fill(headline[year], by_group, year)) for year in years)
    if sum(stack.is_whole for stack in stacks) < _FEWEST_YEARS:
        return ()
    return stacks


def _fill(
    headline: MetricResult, by_group: list[dict[int, MetricResult]], year: int
) -> tuple[MetricResult | None, ...]:
    """Return the year's row of each group; the headline's, which says why, where the year has none."""
    return tuple(rows.get(year, headline) for rows in by_group)


def _layers(locale: Locale) -> tuple[Layer, ...]:
    on = {"eaeu": "on-accent", "cis": "on-accent"}
    return tuple(Layer(name_group(locale, code), role, on.get(role, "on-bright")) for code, role, _ in GROUPS)


def _describe(locale: Locale, stacks: tuple[Stack, ...]) -> str:
    names = [name_group(locale, code) for code, _, _ in GROUPS]
    sentences = []
    for stack in stacks:
        parts = ", ".join(f"{name} {locale.result(row)}" for name, row in zip(names, stack.rows, strict=True))
        sentences.append(f"{stack.year}: {parts}.")
    return " ".join(sentences)
