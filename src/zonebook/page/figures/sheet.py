"""The sheet a figure is drawn on: matplotlib artists placed in px from the top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.pen import Pen, settled
from zonebook.page.figures.style import BODY, Face, Ink

_MARKERS = {
    "circle": Path.unit_circle(),
    "square": Path([(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86), (-0.86, -0.86)], closed=True),
    "diamond": Path([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0), (0, -1.2)], closed=True),
    "triangle": Path([(0, -1.15), (1.1, 0.8), (-1.1, 0.8), (0, -1.15)], closed=True),
    "inverted": Path([(0, 1.15), (1.1, -0.8), (-1.1, -0.8), (0, 1.15)], closed=True),
    "bar": Path([(-0.3, -1.3), (0.3, -1.3), (0.3, 1.3), (-0.3, 1.3), (-0.3, -1.3)], closed=True),
}
MARKERS = tuple(_MARKERS)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text on its baseline."""

    x: float
    y: float
    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class _Shape:
    """A path with its look; ``tip`` is the id of what is said of it."""

    path: Path
    ink: Ink
    tip: str


def _place(mark: Path, radius: float, point: tuple[float, float]) -> Path:
    return Path(np.asarray(mark.vertices) * radius + point, mark.codes)


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
        self._shapes: list[_Shape] = []
        self._lines: list[_Line] = []

    def _add(self, path: Path, ink: Ink, tip: str = "") -> None:
        key = ""
        if tip:
            key = f"tip-{len(self.tips)}"
            self.tips[key] = tip
        self._shapes.append(_Shape(path, ink, key))
        # Control points of a curve lie outside it, so this is never too little.
        lowest = float(np.asarray(path.vertices)[:, 1].max())
        self.bottom = max(self.bottom, lowest + (ink.width / 2 if ink.edge else 0))

    def write(self, x: float, y: float, text: str, face: Face = BODY) -> None:
        """Set one line of text with its baseline at ``y``."""
        self._lines.append(_Line(x, y, text, face))
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

    def draw(self, prefix: str) -> str:
        """Return what has been drawn as SVG elements, cut to its height: texts above shapes.

        Every id in it starts with the prefix.
        """
        pen = Pen(self.width, self.height, prefix, self.tips)
        with settled():
            for shape in self._shapes:
                pen.draw_shape(shape.path, shape.ink, shape.tip)
            for line in self._lines:
                pen.draw_line(line.x, line.y, line.text, line.face)
            pen.finalize()  # type: ignore[no-untyped-call]
        return "".join(pen.scribe.parts)
