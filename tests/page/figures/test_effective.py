"""Numbers and effective numbers of partners by year."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from metric_pages import make_row, make_years
from zonebook.metrics.result import Evidence, Status
from zonebook.page.figures import effective_destinations, effective_regions

COUNTS = {2024: 31.0, 2025: 34.0}
REGIONS = [
    *make_years("R02.q0", COUNTS, unit="count"),
    *make_years("R02", {2024: 5.388, 2025: 5.867}, unit="count"),
    *make_years("R02.q2", {2024: 2.63, 2025: 2.74}, unit="count"),
]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_three_numbers_end_with_their_names_and_values(lang: str) -> None:
    block = assert_is_sound(effective_regions(make_page(lang, results=REGIONS)))
    assert len(block.rows) == 6
    assert 'href="#metric-R02.q2"' in block.html


def test_values_are_said_by_year() -> None:
    said = alternative_of(effective_regions(make_page("en", results=REGIONS)))
    assert "Effective number (q = 1): 2024: 5.39; 2025: 5.87." in said


def test_one_year_makes_no_line_and_a_withheld_year_is_marked() -> None:
    assert effective_regions(make_page(results=[row for row in REGIONS if row.year == 2025])) is None
    rows = [*make_years("X06", {2022: 20.0, 2023: 21.0, 2024: None}, unit="count")]
    block = assert_is_sound(effective_destinations(make_page("ru", results=rows)))
    assert ">к<" in block.svg
    assert "2024: к" in alternative_of(block)


def test_years_without_input_are_no_points() -> None:
    missing = make_row("R02.q0", None, 2023, status=Status.MISSING_INPUT, evidence=Evidence.REPORTED)
    assert effective_regions(make_page(results=[missing])) is None
