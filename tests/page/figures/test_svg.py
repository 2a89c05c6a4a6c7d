"""From a sheet to SVG: small, escaped, by role, with ids of its own."""

import re
import xml.etree.ElementTree as ET

from zonebook.page.figures.sheet import MARKERS, Sheet
from zonebook.page.figures.style import WIDE, Face, Ink
from zonebook.page.figures.svg import Caption, write_svg
from zonebook.palette import PALETTE

WORDS = Caption("Title <b>", "What it shows & why")


def _sheet() -> Sheet:
    sheet = Sheet(340)
    sheet.box((10, 10), (30.123456, 20), Ink("accent-soft", "accent", hatch="///"), "tip <script>")
    sheet.curve([(0, 0), (50, 90), (100, 0)], Ink(edge="accent", width=2))
    for index, shape in enumerate(MARKERS):
        sheet.mark((20 + 30 * index, 60), 5, Ink("paper", "accent"), shape)
    sheet.write(10, 90, "a  < b & «c» ₽")
    return sheet


def test_text_stays_text_and_is_escaped() -> None:
    drawing = write_svg(_sheet(), "one", WORDS)
    root = ET.fromstring(drawing.inline)  # noqa: S314 - our own drawing
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["a  < b & «c» ₽"]
    assert "<script>" not in drawing.inline
    assert root.find("{http://www.w3.org/2000/svg}desc").text == "What it shows & why"


def test_ids_and_what_refers_to_them_bear_the_name() -> None:
    drawing = write_svg(_sheet(), "one", WORDS)
    ids = set(re.findall(r'\bid="([^"]+)"', drawing.inline))
    assert ids
    assert all(name.startswith("one-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", drawing.inline)) <= ids
    other = write_svg(_sheet(), "two", WORDS)
    assert not ids & set(re.findall(r'\bid="([^"]+)"', other.inline))


def test_a_page_gets_roles_and_a_paper_gets_colours() -> None:
    drawing = write_svg(_sheet(), "one", WORDS)
    assert f"var(--zb-accent,{PALETTE['accent'].light})" in drawing.inline
    assert "var(" not in drawing.standalone
    assert 'width="340"' in drawing.standalone
    assert "Fira Sans" in drawing.standalone
    assert "viewBox" in drawing.inline


def test_bytes_are_the_same_twice_and_few() -> None:
    first, second = write_svg(_sheet(), "one", WORDS), write_svg(_sheet(), "one", WORDS)
    assert first == second
    assert not re.search(r"\d\.\d{3,}", first.inline)
    assert "metadata" not in first.inline
    empty = Sheet(WIDE)
    for index in range(200):
        empty.box((index, 0), (1, 1), Ink("accent"))
    assert len(write_svg(empty, "one", WORDS).inline) < 200 * 100


def test_a_sheet_is_as_high_as_what_is_drawn() -> None:
    sheet = Sheet(340)
    sheet.write(0, 500, "low", Face(size=20))
    assert 500 < sheet.height < 520


def test_a_line_at_the_edge_is_moved_inside() -> None:
    sheet = Sheet(100)
    sheet.write_inside(99, 20, "a long label", Face(anchor="middle"))
    root = ET.fromstring(write_svg(sheet, "one", WORDS).inline)  # noqa: S314 - our own drawing
    text = root.find("{http://www.w3.org/2000/svg}text")
    assert float(text.get("x")) < 80
