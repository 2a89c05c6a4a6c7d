"""The colours of the site are those of the figures."""

from zonebook.book.colours import COLOURS_FILE, make_colours


def test_the_style_sheet_is_in_step_with_the_palette() -> None:
    assert COLOURS_FILE.read_text(encoding="utf-8") == make_colours(), "run: make fix"
