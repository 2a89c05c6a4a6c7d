"""Points of a series: several sources, vintages, labels."""

from figure_pages import figure_row, make_page
from zonebook.page.figures.series import choose_points, group_points, write_short
from zonebook.page.locale import get_locale


def test_short_labels_keep_the_qualifier_and_may_break_after_it() -> None:
    rows = [figure_row(2024, 1.1e9, qualifier="over"), figure_row(2023, 326e6), figure_row(2022, 0.0)]
    points = choose_points(make_page(zone_year=rows), "example", "export_rub")
    assert [write_short(get_locale("ru"), point) for point in points] == ["0", "326\u00a0млн", "свыше 1,1\u00a0млрд"]
    assert [write_short(get_locale("en"), point) for point in points] == ["0", "326\u00a0mn", "over 1.1\u00a0bn"]


def test_full_years_come_before_parts_of_a_year_and_kinds_stay_apart() -> None:
    rows = [figure_row(2024, 1, "Q1"), figure_row(2024, 4), figure_row(2024, 9, "point", cumulative=True)]
    groups = group_points(choose_points(make_page(zone_year=rows), "example", "export_rub"))
    assert list(groups) == [("FY", False), ("point", True), ("Q1", False)]


def test_figures_of_other_zones_and_indicators_are_not_taken() -> None:
    rows = [figure_row(2024, 1, zone_id="other"), figure_row(2024, 2, indicator="revenue_rub")]
    assert choose_points(make_page(zone_year=rows), "example", "export_rub") == ()
