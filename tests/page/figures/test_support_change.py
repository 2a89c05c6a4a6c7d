"""Changes with support: intervals and numbers of firms beside them, no effect claimed where none is shown."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from standing_rows import row
from zonebook.metrics.reasons import Reason
from zonebook.metrics.result import Status
from zonebook.page.figures import support_change, support_events
from zonebook.page.figures.support_change import find_wording

UNIT = "log points"
EVENTS = [
    row("S04.event.-3", -0.02, lower=-0.1, upper=0.06, unit=UNIT, n_units=30),
    row("S04.event.-2", None, unit=UNIT, n_units=2, status=Status.SUPPRESSED),
    row("S04.event.0", 0.1, lower=0.02, upper=0.18, unit=UNIT, n_units=40),
    row("S04.event.1", 0.2, lower=0.05, upper=0.35, unit=UNIT, n_units=25),
]


def difference(reason: Reason = Reason.IS_DIFFERENCE) -> list:
    return [
        row("S03", 0.12, lower=0.05, upper=0.2, unit=UNIT, n_units=51),
        row("S04", 0.15, lower=0.09, upper=0.2, unit=UNIT, n_units=218, reason=reason.value),
        row("S04.export", None, unit=UNIT, status=Status.SUPPRESSED),
    ]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_changes_have_intervals_and_numbers_of_firms(lang: str) -> None:
    block = assert_is_sound(support_change(make_page(lang, results=difference())))
    assert [cells[0] for cells in block.rows] == ["S03", "S04", "S04.export"]
    assert block.rows[0][2:4] == (0.05, 0.2)
    assert "(218)" in alternative_of(block)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_years_before_support_are_drawn_too_and_withheld_ones_hatched(lang: str) -> None:
    block = assert_is_sound(support_events(make_page(lang, results=[*difference(), *EVENTS])))
    assert [cells[0] for cells in block.rows] == [-3, -2, 0, 1]
    assert block.rows[1][2] is None


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (Reason.IS_DIFFERENCE, "difference"),
        (Reason.IS_ASSOCIATION, "association"),
        (Reason.MAY_BE_EFFECT, "effect"),
        (Reason.AGAINST_NEVER, "difference"),
    ],
)
def test_an_effect_is_called_so_only_where_the_row_allows_it(reason: Reason, word: str) -> None:
    assert find_wording(difference(reason)[1]) == word
    html = support_events(make_page("en", results=[*difference(reason), *EVENTS])).html
    assert ("may be read as an effect" in html) == (word == "effect")


def test_without_estimates_there_is_no_figure() -> None:
    assert support_change(make_page()) is None
    assert support_events(make_page(results=EVENTS[:2])) is None
