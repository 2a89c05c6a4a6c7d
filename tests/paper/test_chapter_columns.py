"""Widths of columns: words fit, pages are filled, what does not fit is turned or parted."""

from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from zonebook.paper.chapter_columns import SIZES, TURNED, UPRIGHT, fit_columns, measure_text
from zonebook.paper.press import FONT_FILES

TEXTS = st.text(alphabet="абвгabcd  \n1234", max_size=60)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=5), min_size=1, max_size=40))
def test_every_column_is_printed_within_the_page(columns: list[list[str]]) -> None:
    widths = fit_columns(columns)
    measure = TURNED if widths.turned else UPRIGHT
    for part in widths.parts:
        assert sum(width for _, width in part) <= measure + 0.01
        assert all(width > 0 for _, width in part)
    printed = [number for part in widths.parts for number, _ in part]
    assert sorted(set(printed)) == list(range(len(columns)))
    assert widths.size in SIZES


def test_letters_are_as_wide_as_the_font_has_them() -> None:
    with TTFont(FONT_FILES / "FiraSans-Regular.ttf") as font:
        letters, metrics, unit = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    text = "Щёголь «ОЭЗ» 1 234,5 млн ₽ → QWfi"
    assert measure_text(text) == sum(metrics[letters[ord(letter)]][0] / unit for letter in text)
    assert measure_text("") == 0
    assert measure_text("中") == 0.6


def test_a_table_of_few_words_fills_the_page() -> None:
    (part,) = fit_columns([["Zone", "Alabuga"], ["Residents", "33"]]).parts
    assert abs(sum(width for _, width in part) - UPRIGHT) < 0.01


def test_names_of_rows_stand_on_one_line_before_other_columns_are_widened() -> None:
    columns = [["Zone", *["Demonstration Central 01 SEZ"] * 9], *[["Cooperation index, points", "55.1"]] * 6]
    (part,) = fit_columns(columns).parts
    assert part[0][1] > 100


def test_many_columns_turn_the_page_and_more_are_parted_with_the_first() -> None:
    turned = fit_columns([["Interregional", "value"]] * 11)
    assert turned.turned
    assert len(turned.parts) == 1
    parted = fit_columns([["Interregional", "value"]] * 40)
    assert parted.turned
    assert len(parted.parts) > 1
    assert all(part[0][0] == 0 for part in parted.parts)
