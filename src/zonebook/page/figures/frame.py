"""A figure's frame: the drawing at two widths, its caption with unit, sources and evidence, the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zonebook.metrics.result import Evidence
from zonebook.page.block import Block, Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NARROW, NOTE, WIDE
from zonebook.page.figures.svg import Caption, Drawing, write_svg
from zonebook.page.markup import Markup
from zonebook.page.tables.excerpt import MOST_ROWS
from zonebook.page.tables.layout import capitalise, find_evidence, mark_evidence

# Two drawings stand in the page, one is shown; without the site's style sheet too (a notebook opened by itself).
_STYLE = Markup(
    "<style>.zb-narrow{display:none}@media(max-width:600px){.zb-wide{display:none}.zb-narrow{display:block}}"
    ".zb-marks{display:inline-block;vertical-align:top}.zb-marks summary{cursor:pointer}"
    ".zb-marks .zb-cite{white-space:normal;line-height:1.5;vertical-align:baseline;font-size:.9em}</style>"
)
_MOST_MARKS, _MOST_MARKS_ON_PAPER = 12, 6


@dataclass(frozen=True, slots=True)
class Plate:
    """All of a figure but its frame.

    Attributes
    ----------
    name
        Unique on the page: prefix of ids and name of the table behind the figure.
    title
        What it shows, a few words, without a full stop.
    reading
        Unit, period and how to read it, whole sentences.
    alternative
        What the figure shows, for those who do not see it: the finding with its values.
    draw
        Draws it at a given width.
    columns, rows
        The table behind it.
    source_ids
        Sources of what is drawn.
    """

    name: str
    title: str
    reading: str
    alternative: str
    draw: Callable[[float], Sheet]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source_ids: tuple[str, ...]


def frame_figure(here: PageContext, plate: Plate) -> Block:
    """Return a figure as a block: both drawings, the caption, the table behind it."""
    evidence = find_evidence(here, plate.source_ids)
    label = capitalise(here.locale.label("evidence", evidence.value))
    # What is generated says so in the drawing itself: the words travel with a copied picture.
    stamp = label if evidence is Evidence.DEMONSTRATION else ""
    caption = Caption(plate.title, plate.alternative)
    if here.options.column:
        return _frame_for_paper(here, plate, caption, stamp)
    wide = _draw(plate, WIDE, f"zb-{plate.name}", caption, stamp)
    narrow = _draw(plate, NARROW, f"zb-{plate.name}-narrow", caption, stamp)
    html = Markup(
        '{style}<figure class="zb-figure" id="figure-{name}">\n'
        '<div class="zb-wide">{wide}</div>\n<div class="zb-narrow">{narrow}</div>\n'
        '<figcaption><span class="zb-figure-title">{title}.</span> {reading}{mark}{cites} {download}</figcaption>\n'
        "</figure>"
    ).format(
        style=_STYLE,
        name=plate.name,
        wide=Markup(wide.inline),  # noqa: S704 - written by write_svg, which escapes all text
        narrow=Markup(narrow.inline),  # noqa: S704 - as above
        title=plate.title,
        reading=plate.reading,
        mark=mark_evidence(here, evidence),
        cites=_cite(here, plate.source_ids),
        download=_link_table(here, f"figure-{plate.name}"),
    )
    return Block(
        html=str(html),
        text=f"{plate.title}. {plate.alternative} {label}.",
        svg=wide.standalone,
        name=f"figure-{plate.name}",
        columns=plate.columns,
        rows=plate.rows,
        title=plate.title,
    )


def _frame_for_paper(here: PageContext, plate: Plate, caption: Caption, stamp: str) -> Block:
    """Return a figure drawn once, as wide as a column of the paper; what stands under it is the block's HTML."""
    drawing = _draw(plate, here.options.column, f"zb-{plate.name}", caption, stamp)
    few = plate.source_ids if len(plate.source_ids) <= _MOST_MARKS_ON_PAPER else ()
    return Block(
        html=str(Markup("{}{}").format(plate.reading, here.cite(few))),
        text=f"{plate.title}. {plate.alternative}",
        svg=drawing.standalone,
        name=f"figure-{plate.name}",
        title=plate.title,
    )


def _cite(here: PageContext, source_ids: tuple[str, ...]) -> Markup:
    """Return the marks of the sources; many of them folded away behind their number, and of very many the first."""
    marks = here.cite(source_ids[:MOST_ROWS])
    if len(source_ids) <= _MOST_MARKS:
        return marks
    counted = here.locale.plural("{n} source", "{n} sources", len(source_ids))
    if len(source_ids) > MOST_ROWS:
        counted = here.locale.text("{sources}, the first {n}", sources=counted, n=here.locale.number(MOST_ROWS))
    return Markup(' <details class="zb-marks"><summary>{}</summary>{}</details>').format(counted, marks)


def _link_table(here: PageContext, name: str) -> Markup:
    return Markup('<a class="zb-download" href="{}data/{}/{}.csv" download>{}</a>').format(
        here.root, here.path, name, here.locale.text("Download as CSV")
    )


def _draw(plate: Plate, width: float, name: str, caption: Caption, stamp: str) -> Drawing:
    sheet = plate.draw(width)
    if stamp:
        sheet.write_wrapped(0, sheet.bottom + NOTE.leading + 4, stamp, width, NOTE)
    return write_svg(sheet, name, caption)
