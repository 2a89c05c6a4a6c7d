"""What a region supplies to others and takes from them: its largest flows, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, STRONG, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, to_table, write_value

Panel = tuple[str, tuple[tuple[str, MetricResult], ...]]


def region_flows(here: PageContext) -> Block | None:
    """Return the bars of a region's largest flows; ``None`` where they are not known."""
    locale = here.locale
    panels = tuple(
        (title, _list_flows(here, prefix))
        for title, prefix in ((locale.text("Supplies to"), "to."), (locale.text("Takes from"), "from."))
    )
    panels = tuple(panel for panel in panels if panel[1])
    if not panels:
        return None
    rows = [row for _, flows in panels for _, row in flows]
    reading = locale.text(
        "The largest flows of the whole region with others, in {unit}.", unit=locale.label("unit", rows[0].unit)
    )
    return frame_figure(
        here,
        Plate(
            name="region-flows",
            title=locale.text("What the region supplies and takes, {year}", year=rows[0].year),
            reading=read_rows(here, [reading], [flows[0][1].metric_id for _, flows in panels]),
            alternative=" ".join(
                f"{title}: " + "; ".join(f"{name} {write_value(locale, row)}" for name, row in flows) + "."
                for title, flows in panels
            ),
            draw=partial(draw_flows, here, panels),
            columns=("name", *ROW_COLUMNS),
            rows=tuple((name, *cells) for _, flows in panels for (name, row) in flows for cells in to_table([row])),
            source_ids=list_sources(rows),
        ),
    )


def _list_flows(here: PageContext, prefix: str) -> tuple[tuple[str, MetricResult], ...]:
    found = [
        (here.place(row.series.removeprefix(prefix)), row)
        for row in here.rows("R08")
        if row.series.startswith(prefix) and row.value and here.is_own(row)
    ]
    return tuple(sorted(found, key=lambda flow: (-(flow[1].value or 0.0), here.locale.sort_key(flow[0]))))


def draw_flows(here: PageContext, panels: Sequence[Panel], width: float) -> Sheet:
    """Draw the panels under each other on one scale, a bar a region."""
    sheet = Sheet(width)
    locale = here.locale
    flows = [flow for _, found in panels for flow in found]
    left = min(max(measure_text(name, BODY) for name, _ in flows), width * 0.4) + 12
    room = max(measure_text(write_value(locale, row), BODY) for _, row in flows) + 22
    scale = Scale(0, max(row.value or 0.0 for _, row in flows), left, width - room)
    y = 0.0
    for index, (title, found) in enumerate(panels):
        sheet.write(0, y + 14, title, STRONG)
        y += 24
        ink = Ink("accent") if index == 0 else Ink("accent-soft", "accent", 1.0)
        for name, row in found:
            after = sheet.write_lines(0, y + 13, wrap_text(name, left - 10, BODY), BODY)
            end = scale(row.value or 0.0)
            printed = write_value(locale, row)
            sheet.box((left, y + 3), (max(end - left, 1), 12), ink, f"{name}: {printed}")
            sheet.write(end + 6, y + 13.5, printed, BODY)
            y = after - BODY.leading + 8
        y += 12
    return sheet
