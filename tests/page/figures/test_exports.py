"""Exports by year: every figure drawn, periods kept apart, qualifiers kept."""

import pytest

from figure_pages import alternative_of, assert_is_sound, figure_row, make_page
from zonebook.page.figures import exports

ROWS = [
    figure_row(2019, 326e6),
    figure_row(2020, 1.2e9),
    figure_row(2024, 1.1e9, qualifier="over"),
    figure_row(2020, 159.4e6, "H1"),
    figure_row(2025, 1e9, "H1", qualifier="about", source_id="press-b"),
]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("years", [1, 6, 30])
def test_any_number_of_years_fits(lang: str, years: int) -> None:
    rows = [figure_row(1996 + index, 10.0 ** (6 + index % 5), qualifier="over") for index in range(years)]
    assert_is_sound(exports(make_page(lang, zone_year=rows)))


def test_alternative_text_tells_the_largest_year_and_keeps_over() -> None:
    said = alternative_of(exports(make_page("en", zone_year=ROWS)))
    assert "Largest for a full year: 1.2 bn RUB, 2020." in said
    assert "2024: over 1.1 bn RUB" in said
    assert "свыше 1,1 млрд ₽" in alternative_of(exports(make_page("ru", zone_year=ROWS)))


def test_parts_of_a_year_never_stand_among_full_years() -> None:
    block = assert_is_sound(exports(make_page("en", zone_year=ROWS)))
    assert "First half-year, RUB" in block.svg
    assert "Full year, RUB" in block.svg
    assert "not comparable with full years" in block.html


def test_sources_that_disagree_are_both_drawn_and_sources_that_agree_are_one() -> None:
    rows = [figure_row(2024, 1e9), figure_row(2024, 1.3e9, source_id="press-b"), figure_row(2023, 9e8)]
    block = assert_is_sound(exports(make_page("en", zone_year=[*rows, figure_row(2023, 9e8, source_id="press-b")])))
    values = [(row[0], row[3], row[-1]) for row in block.rows]
    assert values == [(2023, 9e8, "press-a;press-b"), (2024, 1e9, "press-a"), (2024, 1.3e9, "press-b")]


def test_sums_since_foundation_plans_and_later_years_are_left_out() -> None:
    rows = [figure_row(2019, 615e6, "point", cumulative=True), figure_row(2030, 9e9, "plan"), figure_row(2026, 2e9)]
    assert exports(make_page(zone_year=rows)) is None


def test_nothing_reported_is_no_figure() -> None:
    assert exports(make_page()) is None


def test_generated_data_say_so_in_the_drawing_itself() -> None:
    block = assert_is_sound(exports(make_page("en", zone_year=[figure_row(2024, 1e9, source_id="made-up")])))
    assert "Demonstration data" in block.svg
    assert "zb-evidence-demonstration" in block.html
    assert "emonstration" not in exports(make_page("en", zone_year=ROWS)).svg


def test_a_source_is_taken_at_its_last_word() -> None:
    rows = [figure_row(2024, 1e9, vintage="2025-01-01"), figure_row(2024, 1.2e9, vintage="2025-06-01")]
    block = exports(make_page("en", zone_year=rows))
    assert [row[3] for row in block.rows] == [1.2e9]


def test_two_drawings_of_the_same_data_are_the_same_bytes() -> None:
    first, second = (exports(make_page(zone_year=ROWS)) for _ in range(2))
    assert first == second
