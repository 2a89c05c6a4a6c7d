"""Zones side by side: the latest comparable figure of each zone, an indicator a panel, in alphabetical order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.figures import Figure
from zonebook.page.block import Block, Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, WIDE, Face, Ink
from zonebook.page.locale import Locale
from zonebook.page.tables.excerpt import MOST_ROWS
from zonebook.page.tables.layout import capitalise

INDICATORS = ("residents", "jobs", "investment_actual_rub", "revenue_rub", "export_rub", "taxes_rub")
_FEWEST = 3
_OLDEST = 5  # years before the page's year: an older figure is no longer a zone's latest state
_MOST_ROWS = 80
_STROKE = 0.5  # px: strokes nearer to each other look like one
_NAME = Face(size=12.5)
_YEAR = Face(size=12, role="muted", anchor="end")


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: zones by name with their latest figure of one period type."""

    indicator: str
    title: str
    nature: str
    entries: tuple[tuple[str, Figure], ...]


def comparison(here: PageContext) -> Block | None:
    """Return the figure of zones side by side; ``None`` where no indicator is comparable for three zones."""
    panels = tuple(panel for panel in (_choose_panel(here, indicator) for indicator in INDICATORS) if panel)
    if not panels:
        return None
    locale = here.locale
    figures = [figure for panel in panels for _, figure in panel.entries]
    return frame_figure(
        here,
        Plate(
            name="comparison",
            title=locale.text("Zones side by side"),
            reading=locale.text(
                "Latest figure of each zone since {year}, in a panel only figures of one kind; the year stands beside. "
                "Each panel has its own scale. Zones stand in alphabetical order and are not ranked.",
                year=here.year - _OLDEST,
            ),
            alternative=" ".join(_describe(locale, panel) for panel in panels),
            draw=partial(draw_panels, locale, panels),
            columns=(
                "indicator",
                "zone",
                "year",
                "period",
                "cumulative",
                "value",
                "lower",
                "upper",
                "unit",
                "source_ids",
            ),
            rows=_to_table(panels),
            source_ids=tuple(dict.fromkeys(source for figure in figures for source in figure.source_ids)),
        ),
    )


def _to_table(panels: Sequence[Panel]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            panel.indicator,
            name,
            figure.year,
            figure.period,
            figure.cumulative,
            figure.value,
            figure.interval.lower,
            figure.interval.upper,
            figure.unit,
            ";".join(figure.source_ids),
        )
        for panel in panels
        for name, figure in panel.entries
    )


def _choose_panel(here: PageContext, indicator: str) -> Panel | None:
    """Return the figures of the kind that most zones have: period type, and whether since foundation."""
    known = here.figures_of(indicator)
    found = {
        zone_id: [figure for figure in known.get(zone_id, ()) if figure.year >= here.year - _OLDEST]
        for zone_id in here.zone_ids
    }
    natures = Counter(
        nature
        for figures in found.values()
        for nature in {(figure.period, figure.cumulative, figure.unit) for figure in figures}
    )
    if not natures:
        return None
    nature = min(natures, key=lambda key: (-natures[key], key[1], key[0] != "FY", key))
    entries = []
    for zone_id, figures in found.items():
        alike = [figure for figure in figures if (figure.period, figure.cumulative, figure.unit) == nature]
        if alike:
            entries.append((here.named("zone", zone_id), max(alike, key=lambda figure: figure.year)))
    if len(entries) < _FEWEST:
        return None
    locale = here.locale
    period, cumulative, _ = nature
    words = locale.text("since foundation") if cumulative else locale.label("period", period)
    title = capitalise(here.indicator(indicator))
    return Panel(indicator, title, words, tuple(sorted(entries, key=lambda entry: locale.sort_key(entry[0]))))


def _write(locale: Locale, figure: Figure) -> str:
    return locale.figure(figure.value, figure.unit, figure.qualifier)


def _describe(locale: Locale, panel: Panel) -> str:
    values = sorted((figure for _, figure in panel.entries), key=lambda figure: figure.value)
    return locale.plural(
        "{indicator}, {nature}: {n} zone, from {low} to {high}.",
        "{indicator}, {nature}: {n} zones, from {low} to {high}.",
        len(values),
        indicator=panel.title,
        nature=panel.nature,
        low=_write(locale, values[0]),
        high=_write(locale, values[-1]),
    )


def draw_panels(locale: Locale, panels: Sequence[Panel], width: float) -> Sheet:
    """Draw the panels under each other, a row a zone."""
    sheet = Sheet(width)
    y = 0.0
    for panel in panels:
        sheet.write(0, y + 14, panel.title, STRONG)
        sheet.write_wrapped(0, y + 30, panel.nature, width, NOTE)
        y += 36
        y = (_draw_rows if len(panel.entries) <= _MOST_ROWS else _draw_strip)(sheet, locale, panel, y) + 20
    return sheet


def _draw_rows(sheet: Sheet, locale: Locale, panel: Panel, y: float) -> float:
    labels = [_write(locale, figure) for _, figure in panel.entries]
    longest = max(measure_text(name, _NAME) for name, _ in panel.entries)
    left = min(longest, sheet.width * (0.4 if sheet.width >= WIDE else 0.36)) + 12
    years = measure_text("2025", _YEAR) + 10
    right = max(measure_text(label, _NAME) for label in labels) + 12 + years
    across = Scale(0, max(figure.interval.upper for _, figure in panel.entries) or 1, left, sheet.width - right)
    for (name, figure), label in zip(panel.entries, labels, strict=True):
        lines = wrap_text(name, left - 12, _NAME)
        below = sheet.write_lines(0, y + 14, lines, _NAME) - _NAME.leading
        middle = y + 9.7
        sheet.polyline([(left, middle), (across(figure.value), middle)], Ink(edge="peer", width=2))
        if not figure.interval.is_exact:
            ends = [(across(value), middle) for value in (figure.interval.lower, figure.interval.upper)]
            sheet.polyline(ends, Ink(edge="accent", width=2.4))
        sheet.mark((across(figure.value), middle), 4.4, Ink("accent", "paper", 1.0), "circle", f"{name}: {label}")
        sheet.write(across(max(figure.interval.upper, figure.value)) + 9, y + 14, label, _NAME)
        sheet.write(sheet.width, y + 14, str(figure.year), _YEAR)
        y = below + 6
    return y


def _draw_strip(sheet: Sheet, locale: Locale, panel: Panel, y: float) -> float:
    """Draw every zone as a stroke on one line: more zones than rows can show."""
    values = sorted(figure.value for _, figure in panel.entries)
    across = Scale(0, values[-1] or 1, 4, sheet.width - 4)
    sheet.polyline([(0, y + 30), (sheet.width, y + 30)], Ink(edge="axis"))
    if len(values) <= MOST_ROWS:
        for value in values:
            sheet.polyline([(across(value), y + 12), (across(value), y + 30)], Ink(edge="accent", width=0.8))
    else:  # of strokes that cover each other one is drawn
        places = sorted({round(across(value) / _STROKE) * _STROKE for value in values})
        sheet.segments([((x, y + 12), (x, y + 30)) for x in places], Ink(edge="accent", width=0.8))
    unit = panel.entries[0][1].unit
    middle = values[(len(values) - 1) // 2]
    for value, words in ((middle, locale.text("median")), (values[-1], locale.text("largest"))):
        text = f"{words}: {locale.amount(value, unit, digits=3)}"
        sheet.write_inside(across(value), y + (47 if value == middle else 8), text, Face(size=12, anchor="middle"))
    return y + 54
