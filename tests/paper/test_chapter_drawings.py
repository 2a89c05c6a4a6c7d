"""Drawings on paper: colours of light paper, parts of high ones."""

import re

from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Ink
from zonebook.page.figures.svg import Caption, write_svg
from zonebook.paper.chapter_drawings import MOST_HEIGHT, read_drawing


def _draw(lines: int, headings: tuple[int, ...] = ()) -> str:
    rows = []
    for line in range(lines):
        weight = "font-weight:600;" if line in headings else ""
        rows.append(f'<text style="{weight}fill:var(--zb-ink,#1b1f24)" x="0" y="{20 + 16 * line}">n{line}</text>')
    high = 30 + 16 * lines
    grid = f'<path d="M10 0L10 {high}" style="stroke:#e3e7eb"/>'
    words = "<title>T</title><desc>D</desc><defs><g id='x'/></defs>"
    return f'<svg viewBox="0 0 680 {high}">{words}{grid}{"".join(rows)}</svg>'


def test_a_low_drawing_is_one_part_in_plain_colours() -> None:
    drawing = read_drawing(_draw(3))
    assert [height for _, height in drawing.parts] == [78.0]
    assert "var(" not in drawing.parts[0][0]
    assert (drawing.width, drawing.alternative) == (680.0, "D")


def test_parts_of_a_high_one_hold_every_line_once_and_together_are_as_high() -> None:
    drawing = read_drawing(_draw(150))
    assert len(drawing.parts) > 2
    assert all(height <= MOST_HEIGHT for _, height in drawing.parts)
    assert sum(height for _, height in drawing.parts) == 30 + 16 * 150
    lines = [line for svg, _ in drawing.parts for line in re.findall(r">(n\d+)<", svg)]
    assert lines == [f"n{line}" for line in range(150)]
    assert all("<defs>" in svg for svg, _ in drawing.parts)


def test_a_part_ends_before_a_heading_where_there_is_one() -> None:
    first, second, *_ = read_drawing(_draw(80, headings=(0, 30))).parts
    assert ">n29<" in first[0]
    assert re.findall(r">(n\d+)<", second[0])[0] == "n30"


def test_upright_lines_end_with_their_part() -> None:
    parts = read_drawing(_draw(80)).parts
    top = 0.0
    for svg, height in parts:
        ends = [float(end) for end in re.search(r"M10 (\S+)L10 (\S+?)\"", svg).groups()]  # type: ignore[union-attr]
        assert top - 0.01 <= ends[0] < ends[1] <= top + height + 0.01
        top += height


def test_what_the_package_draws_is_parted_too() -> None:
    sheet = Sheet(680)
    for line in range(90):
        sheet.write(0, 20 + line * 16, f"n{line}")
        sheet.box((100, 10 + line * 16), (50, 10), Ink(fill="accent"), tip=f"tip {line}")
    drawing = read_drawing(write_svg(sheet, "zb-x", Caption("T", "D")).inline)
    assert [svg.count("<rect") for svg, _ in drawing.parts] == [svg.count("<text") for svg, _ in drawing.parts]
    assert sum(svg.count("<rect") for svg, _ in drawing.parts) == 90
