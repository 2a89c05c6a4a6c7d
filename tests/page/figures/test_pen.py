"""What the pen draws is what matplotlib's own renderer draws, written in short."""

import io
import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from zonebook.page.figures.pen import Pen, settled
from zonebook.page.figures.style import BODY, FONT, NOTE, STRONG, Face, Ink
from zonebook.palette import PALETTE

WIDTH, HEIGHT = 340.0, 123.0
PATHS = {
    "box": Path([(1.23456, 2), (30, 2), (30, 40.98765), (1.23456, 40.98765), (1.23456, 2)], closed=True),
    "strokes": Path([(0, 0), (10.5, 20.25), (33.333333, 7)]),
    "curve": Path([(0, 0), (50, 90), (100, 0)], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
    "marks": Path.make_compound_path(Path.unit_circle(), Path([(5, 5), (9, 9), (5, 9), (5, 5)], closed=True)),
}
INKS = {
    "filled": Ink("accent"),
    "edged": Ink("paper", "accent", 1.5),
    "dashed": Ink(edge="alert", width=2, dash=(3, 2)),
    "hatched": Ink("accent-soft", "accent", hatch="///"),
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read_numbers(element: ET.Element) -> list[float]:
    if element.tag.endswith("path"):
        return [float(number) for number in NUMBER.findall(element.attrib["d"])]
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return [x, y, x + width, y, x + width, y + height, x, y + height]


def read_style(element: ET.Element) -> dict[str, str]:
    rules = (rule.split(":") for rule in element.attrib["style"].split(";"))
    found = {name.strip(): re.sub(r"#(?:one-)?h\w{10}", "#hatch", value.strip()) for name, value in rules}
    return {name: value for name, value in found.items() if name != "font-family" and value not in ("start", "butt")}


def list_elements(svg: str) -> list[ET.Element]:
    root = ET.fromstring(f"<svg>{svg}</svg>")  # noqa: S314 - our own drawing
    return [node for node in root.iter() if "style" in node.attrib]


def draw_as_matplotlib(draw: Any) -> list[ET.Element]:
    stream = io.StringIO()
    pixels = Affine2D().scale(1, -1).translate(0, HEIGHT)
    with settled():
        renderer: Any = RendererSVG(WIDTH, HEIGHT, stream, metadata={"Date": None})
        draw(renderer, renderer.new_gc(), pixels)
        renderer.finalize()
    root = ET.fromstring(stream.getvalue())  # noqa: S314 - as above
    return [node for node in root.iter() if "style" in node.attrib]


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("path", PATHS)
def test_a_shape_is_drawn_as_matplotlib_draws_it(path: str, ink: str) -> None:
    look = INKS[ink]

    def draw(renderer: Any, context: Any, pixels: Affine2D) -> None:
        edge = to_rgba(PALETTE[look.edge].light if look.edge else "none")
        context.set_linewidth(look.width if look.edge else 0)
        context.set_joinstyle("miter")
        context.set_foreground(edge, isRGBA=True)
        if look.dash:
            context.set_dashes(0, [length * look.width for length in look.dash])
        if look.hatch:
            context.set_hatch(look.hatch)
            context.set_hatch_color(edge)
            context.set_hatch_linewidth(1.0)
        fill = to_rgba(PALETTE[look.fill].light) if look.fill else None
        renderer.draw_path(context, PATHS[path], pixels, fill)

    pen = Pen(WIDTH, HEIGHT, "one")
    with settled():
        for _ in range(2):  # the second is drawn from what is known of the first
            pen.draw_shape(PATHS[path], look)
        pen.finalize()
    drawn, expected = list_elements("".join(pen.scribe.parts)), draw_as_matplotlib(draw)
    assert len(drawn) == len(expected) + 1
    for ours, theirs in zip(drawn[1:], expected, strict=True):
        numbers = read_numbers(theirs)
        assert read_numbers(ours) == pytest.approx(numbers[: len(read_numbers(ours))], abs=0.011)
        assert read_style(ours) == read_style(theirs)


@pytest.mark.parametrize("face", [BODY, STRONG, NOTE, Face(size=10.0, anchor="middle"), Face(anchor="end")], ids=str)
def test_a_line_is_set_as_matplotlib_sets_it(face: Face) -> None:
    def draw(renderer: Any, context: Any, pixels: Affine2D) -> None:
        context.set_foreground(PALETTE[face.role].light)
        x, y = pixels.transform((20.125, 30.75))
        font = FontProperties(family=FONT, weight=face.weight, size=face.size)
        anchor = {"start": "left", "middle": "center", "end": "right"}[face.anchor]
        text = SimpleNamespace(
            get_transform=lambda: pixels, get_unitless_position=lambda: (20.125, 30.75), get_ha=lambda: anchor
        )
        renderer.draw_text(context, x, HEIGHT - y, "a < b", font, 0, mtext=text)

    pen = Pen(WIDTH, HEIGHT)
    with settled():
        pen.draw_line(20.125, 30.75, "a < b", face)
    (ours,), (theirs,) = list_elements("".join(pen.scribe.parts)), draw_as_matplotlib(draw)
    assert (ours.text, read_style(ours)) == (theirs.text, read_style(theirs))
    placed = [float(theirs.attrib[name]) for name in ("x", "y")]
    assert [float(ours.attrib[name]) for name in ("x", "y")] == pytest.approx(placed, abs=0.006)


def test_what_is_said_of_a_shape_stands_in_its_group_and_other_groups_leave_no_trace() -> None:
    pen = Pen(WIDTH, HEIGHT, "one", {"tip-0": "more & more"})
    pen.draw_shape(PATHS["box"], INKS["filled"], "tip-0")
    pen.draw_shape(PATHS["box"], INKS["filled"], "unknown")
    pen.finalize()
    written = "".join(pen.scribe.parts)
    assert written.startswith("<g><title>more &amp; more</title><rect ")
    assert written.count("<g>") == written.count("</g>") == 1
    assert written.count("<rect ") == 2


def test_settings_are_as_before_when_a_drawing_is_done() -> None:
    before = dict(mpl.rcParams)
    with settled():
        assert (mpl.rcParams["svg.fonttype"], mpl.rcParams["svg.hashsalt"]) == ("none", "zonebook")
    assert dict(mpl.rcParams) == before
