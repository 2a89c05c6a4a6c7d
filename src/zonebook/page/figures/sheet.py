"""The sheet a figure is drawn on: matplotlib artists placed in px from the top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TextIO

import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.style import BODY, FONT, Face, Ink
from zonebook.palette import PALETTE

_HORIZONTAL: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
_MARKERS = {
    "circle": Path.unit_circle(),
    "square": Path([(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86), (-0.86, -0.86)], closed=True),
    "diamond": Path([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0), (0, -1.2)], closed=True),
    "triangle": Path([(0, -1.15), (1.1, 0.8), (-1.1, 0.8), (0, -1.15)], closed=True),
    "inverted": Path([(0, 1.15), (1.1, -0.8), (-1.1, -0.8), (0, 1.15)], closed=True),
    "bar": Path([(-0.3, -1.3), (0.3, -1.3), (0.3, 1.3), (-0.3, 1.3), (-0.3, -1.3)], closed=True),
}
MARKERS = tuple(_MARKERS)
_INCH = 72  # px
_HATCH_WIDTH = 1.0  # px


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text on its baseline, with as much of matplotlib's ``Text`` as its SVG writer asks for.

    Matplotlib lays text out by rasterising every string, which is most of a figure's time; here the
    anchor in the SVG does the alignment and widths are measured beforehand, so nothing is left to lay out.
    """

    place: tuple[float, float]
    text: str
    face: Face
    pixels: Affine2D

    def get_transform(self) -> Affine2D:
        return self.pixels

    def get_unitless_position(self) -> tuple[float, float]:
        return self.place

    def get_ha(self) -> str:
        return _HORIZONTAL[self.face.anchor]

    def draw(self, renderer: Any) -> None:
        context = renderer.new_gc()
        context.set_foreground(PALETTE[self.face.role].light)
        x, y = self.pixels.transform(self.place)
        font = _font_properties(self.face)
        renderer.draw_text(context, x, renderer.height - y, self.text, font, 0, ismath=False, mtext=self)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A path with its look; ``tip`` is the id of what is said of it."""

    path: Path
    ink: Ink
    tip: str
    pixels: Affine2D

    def draw(self, renderer: Any) -> None:
        ink, context = self.ink, renderer.new_gc()
        edge = to_rgba(PALETTE[ink.edge].light if ink.edge else "none")
        context.set_linewidth(ink.width if ink.edge else 0)
        context.set_joinstyle("miter")
        if ink.hatch:
            context.set_hatch(ink.hatch)
            context.set_hatch_color(edge)
            context.set_hatch_linewidth(_HATCH_WIDTH)
        context.set_foreground(edge, isRGBA=True)
        if ink.dash and ink.edge:
            context.set_dashes(0, [length * ink.width for length in ink.dash])
        if self.tip:
            renderer.open_group("patch", self.tip)
        fill = to_rgba(PALETTE[ink.fill].light) if ink.fill else None
        renderer.draw_path(context, self.path, self.pixels, fill)
        if self.tip:
            renderer.close_group("patch")


def _place(mark: Path, radius: float, point: tuple[float, float]) -> Path:
    return Path(np.asarray(mark.vertices) * radius + point, mark.codes)


@cache
def _font_properties(face: Face) -> FontProperties:
    return FontProperties(family=FONT, weight=face.weight, size=face.size)


class Sheet:
    """A figure being drawn: a matplotlib figure of a given width whose height grows with its content.

    Coordinates are px, x to the right and y downwards. ``bottom`` is the lowest point drawn so far.

    Parameters
    ----------
    width
        Width in px; nothing may be drawn beyond it.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.bottom = 0.0
        self.tips: dict[str, str] = {}
        self._pixels = Affine2D()
        self._shapes: list[_Shape] = []
        self._lines: list[_Line] = []

    def _add(self, path: Path, ink: Ink, tip: str = "") -> None:
        key = ""
        if tip:
            key = f"tip-{len(self.tips)}"
            self.tips[key] = tip
        self._shapes.append(_Shape(path, ink, key, self._pixels))
        # Control points of a curve lie outside it, so this is never too little.
        lowest = float(np.asarray(path.vertices)[:, 1].max())
        self.bottom = max(self.bottom, lowest + (ink.width / 2 if ink.edge else 0))

    def write(self, x: float, y: float, text: str, face: Face = BODY) -> None:
        """Set one line of text with its baseline at ``y``."""
        self._lines.append(_Line((x, y), text, face, self._pixels))
        self.bottom = max(self.bottom, y + 0.28 * face.size)

    def write_lines(self, x: float, y: float, lines: Sequence[str], face: Face = BODY) -> float:
        """Set lines under each other, the first on baseline ``y``; return the baseline after the last."""
        for line in lines:
            self.write(x, y, line, face)
            y += face.leading
        return y

    def write_wrapped(self, x: float, y: float, text: str, width: float, face: Face = BODY) -> float:
        """Set a text in lines no wider than ``width``; return the baseline after the last."""
        return self.write_lines(x, y, wrap_text(text, width, face), face)

    def write_inside(self, x: float, y: float, text: str, face: Face = BODY) -> None:
        """Set one line, moved sideways where it would run out of the sheet."""
        width = measure_text(text, face)
        before = {"start": 0.0, "middle": width / 2, "end": width}[face.anchor]
        self.write(min(max(x, before), self.width - width + before), y, text, face)

    def box(self, corner: tuple[float, float], size: tuple[float, float], ink: Ink, tip: str = "") -> None:
        """Draw a rectangle from its top left corner."""
        (x, y), (width, height) = corner, size
        points = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        self._add(Path(points, closed=True), ink, tip)

    def boxes(self, corners: Sequence[tuple[float, float]], size: tuple[float, float], ink: Ink) -> None:
        """Draw rectangles of one size and look as one shape."""
        if not corners:
            return
        width, height = size
        steps = ((0, 0), (width, 0), (width, height), (0, height), (0, 0))
        points = [(x + dx, y + dy) for x, y in corners for dx, dy in steps]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(corners)
        self._add(Path(points, codes), ink)

    def polyline(self, points: Sequence[tuple[float, float]], ink: Ink, tip: str = "") -> None:
        """Draw straight strokes through the points; closed and filled where the ink has a fill."""
        self._add(Path([*points, points[0]] if ink.fill else list(points), closed=bool(ink.fill)), ink, tip)

    def segments(self, pairs: Sequence[tuple[tuple[float, float], tuple[float, float]]], ink: Ink) -> None:
        """Draw straight strokes of one look as one shape: the ends of each."""
        if pairs:
            points = [point for pair in pairs for point in pair]
            self._add(Path(points, [Path.MOVETO, Path.LINETO] * len(pairs)), ink)

    def curve(self, points: Sequence[tuple[float, float]], ink: Ink, tip: str = "") -> None:
        """Draw a quadratic curve: start, control point, end."""
        self._add(Path(list(points), [Path.MOVETO, Path.CURVE3, Path.CURVE3]), ink, tip)

    def mark(self, point: tuple[float, float], radius: float, ink: Ink, shape: str = "circle", tip: str = "") -> None:
        """Draw a mark (circle, square, diamond, triangle …) around a point."""
        self._add(_place(_MARKERS[shape], radius, point), ink, tip)

    def marks(self, points: Sequence[tuple[float, float]], radius: float, ink: Ink, shape: str = "circle") -> None:
        """Draw marks of one size and look as one shape."""
        if points:
            mark = _MARKERS[shape]
            self._add(Path.make_compound_path(*(_place(mark, radius, point) for point in points)), ink)

    @property
    def height(self) -> float:
        """Height in px: down to the lowest thing drawn and a margin."""
        return float(round(self.bottom + 4))

    def write_svg(self, stream: TextIO) -> None:
        """Write matplotlib's SVG of what has been drawn, cut to its height: texts above shapes.

        Its writer is handed paths and texts at once: figures and artists around them took a third of a drawing's time.
        """
        width, height = (length / _INCH * _INCH for length in (self.width, self.height))
        self._pixels.clear().scale(1, -1).translate(0, self.height)
        metadata = {"Date": None, "Creator": None}
        renderer: Any = RendererSVG(width, height, stream, _INCH, metadata=metadata)  # type: ignore[no-untyped-call]
        drawn: list[_Shape | _Line] = [*self._shapes, *self._lines]
        for one in drawn:
            one.draw(renderer)
        renderer.finalize()
