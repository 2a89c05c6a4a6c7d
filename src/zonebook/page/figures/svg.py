"""From a drawn sheet to SVG text: small, the same bytes every time, colours by role, readable aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from zonebook.page.figures.scribe import write_number
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import FONT, FONT_STACK
from zonebook.palette import ROLE_OF

_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing says in words: its name (short) and what it shows (the alternative text)."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as SVG text.

    ``inline`` stands in a page: coloured by CSS variables, as wide as its column allows.
    ``standalone`` is a file of its own in plain light colours, for papers.
    """

    inline: str
    standalone: str


def _paint_by_role(svg: str) -> str:
    """Replace each colour by its role's CSS variable, with the colour itself as fallback."""

    def named(match: re.Match[str]) -> str:
        role = ROLE_OF.get(match[0])
        return f"var(--zb-{role},{match[0]})" if role else match[0]

    return _COLOUR.sub(named, svg)


def write_svg(sheet: Sheet, name: str, caption: Caption) -> Drawing:
    """Return a sheet as SVG text, once for a page and once for paper.

    Parameters
    ----------
    sheet
        The drawing.
    name
        Prefix of every id in it; must be unique on a page.
    caption
        Title and alternative text, told to screen readers.
    """
    body, box = sheet.draw(name), " ".join(map(write_number, (0, 0, sheet.width, sheet.height)))
    title, description = f"{name}-title", f"{name}-desc"
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-labelledby="{title} {description}"'
    )
    words = f'<title id="{title}">{escape(caption.title)}</title>'
    words += f'<desc id="{description}">{escape(caption.description)}</desc>'
    look = f'class="zb-svg" style="width:100%;max-width:{sheet.width * 1.1:.0f}px;height:auto;font-family:{FONT_STACK}"'
    paper = f'width="{sheet.width:g}" height="{sheet.height:g}" font-family="{FONT}"'
    return Drawing(
        inline=f"{start} {look}>{words}{_paint_by_role(body)}</svg>",
        standalone=f"{start} {paper}>{words}{body}</svg>",
    )
