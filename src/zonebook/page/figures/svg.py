"""From a drawn sheet to SVG text: small, the same bytes every time, colours by role, readable aloud."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl

from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import FONT, FONT_STACK, SETTINGS
from zonebook.palette import ROLE_OF

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_PATH_SPACES = re.compile(r"\s*([A-Za-z])\s*|\s+")
_RECTANGLE = re.compile(r"^M(\S+) (\S+)L(\S+) \2L\3 (\S+)L\1 \4(?:L\1 \2)?[zZ]$")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_KEPT = frozenset({"d", "style", "x", "y", "width", "height", "id", "patternUnits", "fill", "r", "cx", "cy"})


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


def _round_numbers(text: str) -> str:
    return _NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), text)


def _short_path(data: str) -> str:
    return _PATH_SPACES.sub(lambda match: match[1] or " ", _round_numbers(data).strip())


def _short_style(style: str) -> str:
    """Drop what the root element already says and the spaces."""
    rules = (rule.strip().replace(": ", ":", 1) for rule in style.split(";"))
    return ";".join(
        _round_numbers(rule)
        for rule in rules
        if rule and not rule.startswith("font-family") and rule not in ("text-anchor:start", "stroke-linecap:butt")
    )


def _prefixed(value: str, prefix: str) -> str:
    return _REFERENCE.sub(lambda match: f"url(#{prefix}-{match[1]})", value)


class _Writer:
    """Writes matplotlib's tree again without wrappers, with prefixed ids and with tips as ``<title>``."""

    def __init__(self, prefix: str, tips: dict[str, str]) -> None:
        self.prefix = prefix
        self.tips = tips

    def write(self, node: ET.Element) -> Iterator[str]:
        """Yield the text of an element and of those in it."""
        tag = node.tag.removeprefix(_SVG)
        if tag in ("metadata", "style"):
            return
        if tag == "defs" and not any(child.tag != f"{_SVG}style" for child in node):
            return
        tip = self.tips.get(node.get("id", "")) if tag == "g" else None
        if tag == "g" and tip is None:
            for child in node:
                yield from self.write(child)
            return
        if tag == "g":
            opening, tag = f"<g><title>{escape(tip or '')}</title>", "g"
        else:
            opening, tag = self._open(tag, node)
        content = escape(node.text or "") if tag == "text" else ""
        content += "".join("".join(self.write(child)) for child in node)
        yield f"{opening}{content}</{tag}>" if content or tag == "g" else f"{opening[:-1]}/>"

    def _open(self, tag: str, node: ET.Element) -> tuple[str, str]:
        """Return an element's opening tag and its name (a path that is an upright box becomes a rect)."""
        attributes = {key: value for key, value in node.attrib.items() if key in _KEPT}
        if "id" in attributes and tag != "pattern":
            del attributes["id"]
        if "id" in attributes:
            attributes["id"] = f"{self.prefix}-{attributes['id']}"
        for key in ("x", "y", "width", "height"):
            if key in attributes:
                attributes[key] = _round_numbers(attributes[key])
        if "style" in attributes:
            attributes["style"] = _prefixed(_short_style(attributes["style"]), self.prefix)
        if tag == "path":
            attributes["d"] = _short_path(attributes["d"])
            tag = self._as_rectangle(attributes)
        return f"<{tag}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}>", tag

    @staticmethod
    def _as_rectangle(attributes: dict[str, str]) -> str:
        """Say an upright box as ``<rect>``: a third of the bytes, and crisper."""
        match = _RECTANGLE.match(attributes["d"])
        if not match:
            return "path"
        left, right = sorted((float(match[1]), float(match[3])))
        top, bottom = sorted((float(match[2]), float(match[4])))
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        del attributes["d"]
        style = attributes.pop("style", "")
        attributes.update({key: f"{value:.2f}".rstrip("0").rstrip(".") for key, value in box.items()}, style=style)
        return "rect"


def _paint_by_role(svg: str) -> str:
    """Replace each colour by its role's CSS variable, with the colour itself as fallback."""

    def named(match: re.Match[str]) -> str:
        role = ROLE_OF.get(match[0])
        return f"var(--zb-{role},{match[0]})" if role else match[0]

    return _COLOUR.sub(named, svg)


def _matplotlib_svg(sheet: Sheet) -> ET.Element:
    stream = io.StringIO()
    with mpl.rc_context(dict(SETTINGS)):
        sheet.write_svg(stream)
    return ET.fromstring(stream.getvalue())  # noqa: S314 - what matplotlib wrote a moment ago


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
    root = _matplotlib_svg(sheet)
    writer = _Writer(name, sheet.tips)
    body = "".join("".join(writer.write(child)) for child in root)
    title, description = f"{name}-title", f"{name}-desc"
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root.get("viewBox", "")}" role="img"'
        f' aria-labelledby="{title} {description}"'
    )
    words = f'<title id="{title}">{escape(caption.title)}</title>'
    words += f'<desc id="{description}">{escape(caption.description)}</desc>'
    look = f'class="zb-svg" style="width:100%;max-width:{sheet.width * 1.1:.0f}px;height:auto;font-family:{FONT_STACK}"'
    paper = f'width="{sheet.width:g}" height="{sheet.height:g}" font-family="{FONT}"'
    return Drawing(
        inline=f"{start} {look}>{words}{_paint_by_role(body)}</svg>",
        standalone=f"{start} {paper}>{words}{body}</svg>",
    )
