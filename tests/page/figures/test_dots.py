"""Rows of estimates over one axis: values, intervals and signs in place at any width."""

import pytest

from zonebook.page.figures.dots import Axis, Dot, draw_dots, list_bounds
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NARROW, WIDE

AXIS = Axis(0.0, 1.0, ((0.0, "0"), (0.5, "0.5"), (0.501, "0.501"), (1.0, "1")), "a title of the axis", base=0.0)
DOTS = (Dot("a name", "0.4", 0.4, 0.3, 0.6), Dot("withheld", "c", is_own=False), Dot("exact", "1", 1.0, 1.0, 1.0))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_bottom_is_below_everything_drawn(width: float) -> None:
    sheet = Sheet(width)
    bottom = draw_dots(sheet, 10, DOTS, AXIS)
    assert bottom > 10 + len(DOTS) * 20
    assert sheet.bottom <= bottom + 8
    assert {tip.split(":")[0] for tip in sheet.tips.values()} == {"a name", "withheld", "exact"}


def test_bounds_of_rows_without_a_value_are_none() -> None:
    assert list_bounds(DOTS) == [0.4, 0.3, 0.6, 1.0, 1.0, 1.0]
