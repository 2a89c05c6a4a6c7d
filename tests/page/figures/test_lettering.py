"""Text is measured as a renderer measures it, and broken where it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from zonebook.page.figures.lettering import measure_text, widest, wrap_text
from zonebook.page.figures.style import BODY, Face, register_fonts

LONG = "Ханты-Мансийский автономный округ — Югра и Кабардино-Балкарская Республика"


@pytest.mark.parametrize("text", [LONG, "свыше 1,1 млрд ₽ № 5 → «ёлочки»", "AVAVAV To. 100 %"])
def test_width_is_that_of_the_font_within_kerning(text: str) -> None:
    font = FT2Font(register_fonts()[400])
    font.set_size(1000, 72)
    font.set_text(text)
    true = font.get_width_height()[0] / 64 / 1000 * BODY.size
    assert true * 0.99 <= measure_text(text) <= true * 1.12


def test_lines_break_at_spaces_and_hyphens_but_not_before_a_dash_or_in_a_figure() -> None:
    lines = wrap_text(LONG, 120)
    assert widest(lines) <= 120
    assert not any(line.startswith("—") for line in lines)
    assert " ".join(lines).replace("- ", "-") == LONG
    assert wrap_text("свыше 1,1\u00a0млрд\u00a0₽", 80) == ("свыше", "1,1\u00a0млрд\u00a0₽")


@given(st.text(alphabet="абвгд -/", max_size=60), st.floats(min_value=40, max_value=300))
def test_no_line_is_wider_than_the_width_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = wrap_text(text, width, Face(size=14, weight=600))
    assert widest(lines, Face(size=14, weight=600)) <= width
    kept = "".join(lines).replace(" ", "").replace("-", "")
    assert kept == text.replace(" ", "").replace("-", "")
