"""Matplotlib's SVG renderer, handed paths and texts at once, with what they share found once.

Figures and artists around them took a third of a drawing's time; a context for each shape and a style for each line of
text, and writing them at length (see ``scribe``), most of the rest.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from zonebook.page.figures.scribe import Scribe
from zonebook.page.figures.style import FONT, SETTINGS, Face, Ink
from zonebook.palette import PALETTE

_HORIZONTAL: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
_INCH = 72  # px
_HATCH_WIDTH = 1.0  # px
_UNSAID = dict.fromkeys(("Date", "Creator", "Format", "Type"))


@dataclass(frozen=True, slots=True)
class _Line:
    """As much of matplotlib's ``Text`` as its SVG writer asks for.

    Matplotlib lays text out by rasterising every string, which is most of a figure's time; here the
    anchor in the SVG does the alignment and widths are measured beforehand, so nothing is left to lay out.
    """

    face: Face

    def get_transform(self) -> Affine2D:
        return Affine2D()

    def get_unitless_position(self) -> tuple[float, float]:
        return 0.0, 0.0

    def get_ha(self) -> str:
        return _HORIZONTAL[self.face.anchor]


class Pen(RendererSVG):
    """Matplotlib's renderer for a drawing of a size: px from the top left corner, y downwards.

    Parameters
    ----------
    width, height
        Size of the drawing.
    prefix, tips
        Those of its :class:`Scribe`.
    """

    writer: Any

    def __init__(self, width: float, height: float, prefix: str = "", tips: Mapping[str, str] | None = None) -> None:
        self._top, width, height = height, width / _INCH * _INCH, height / _INCH * _INCH
        super().__init__(width, height, io.StringIO(), "", _INCH, metadata=_UNSAID)  # type: ignore[no-untyped-call]
        self.writer = self.scribe = Scribe(prefix, tips or {})
        self._pixels = Affine2D().scale(1, -1).translate(0, self._top)
        self._turned: Transform | None = None
        self._styles: dict[tuple[Any, Any], str] = {}

    def draw_shape(self, path: Path, ink: Ink, tip: str = "") -> None:
        """Draw a path with its look; ``tip`` is the id of what is said of it."""
        context, fill = _dip(ink)
        if tip:
            self.open_group("patch", tip)  # type: ignore[no-untyped-call]
        self.draw_path(context, path, self._pixels, fill)  # type: ignore[no-untyped-call]
        if tip:
            self.close_group("patch")  # type: ignore[no-untyped-call]

    def draw_line(self, x: float, y: float, text: str, face: Face) -> None:
        """Draw a line of text on its baseline."""
        # As matplotlib's transform and the one that turns it upside down would place it.
        place = {"x": f"{x + 0.0:f}", "y": f"{self.height - (self._top - y):f}"}
        self.scribe.element("text", text, {"style": _find_style(face), **place})

    def _make_flip_transform(self, transform: Transform) -> Transform:
        """Return what turns a transform's results upside down: matplotlib's, made once for all paths."""
        if transform is not self._pixels:
            turned: Transform = super()._make_flip_transform(transform)  # type: ignore[no-untyped-call]
            return turned
        if self._turned is None:
            self._turned = super()._make_flip_transform(transform)  # type: ignore[no-untyped-call]
        return self._turned

    def _get_style(self, gc: Any, rgbFace: Any) -> str:  # noqa: N803 - the interface is matplotlib's
        """Return the style of a path: matplotlib's, found once for all paths with one ink."""
        key = gc, rgbFace
        if key not in self._styles:
            self._styles[key] = super()._get_style(gc, rgbFace)  # type: ignore[no-untyped-call]
        return self._styles[key]


@contextmanager
def settled() -> Iterator[None]:
    """Let matplotlib have the settings of drawings for a while; its own way copies three hundred others."""
    kept = {name: mpl.rcParams[name] for name in SETTINGS}
    mpl.rcParams.update(SETTINGS)
    try:
        yield
    finally:
        mpl.rcParams.update(kept)


@cache
def _dip(ink: Ink) -> tuple[Any, tuple[float, float, float, float] | None]:
    """Return the context that paths with an ink are drawn in, and their fill."""
    edge = to_rgba(PALETTE[ink.edge].light if ink.edge else "none")
    context: Any = GraphicsContextBase()
    context.set_linewidth(ink.width if ink.edge else 0)
    context.set_joinstyle("miter")
    if ink.hatch:
        context.set_hatch(ink.hatch)
        context.set_hatch_color(edge)
        context.set_hatch_linewidth(_HATCH_WIDTH)
    context.set_foreground(edge, isRGBA=True)
    if ink.dash and ink.edge:
        context.set_dashes(0, [length * ink.width for length in ink.dash])
    return context, to_rgba(PALETTE[ink.fill].light) if ink.fill else None


@cache
def _find_style(face: Face) -> str:
    """Return the style that matplotlib gives a line of text of a face."""
    pen = Pen(1, 1)
    context: Any = GraphicsContextBase()
    context.set_foreground(PALETTE[face.role].light)
    font = FontProperties(family=FONT, weight=face.weight, size=face.size)
    pen.draw_text(context, 0, 1, "x", font, 0, mtext=_Line(face))  # type: ignore[no-untyped-call]
    return pen.scribe.style
