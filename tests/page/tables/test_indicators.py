"""Figures by year, disagreement and corrections."""

from word_pages import change, open_small, read
from zonebook.page import tables
from zonebook.page.context import PageContext


def test_sources_that_disagree_are_both_shown() -> None:
    shown = read(tables.disagreements(open_small("zone", "en")))
    assert "128" in shown
    assert "150" in shown
    assert "the two sources disagree" in shown


def test_figures_of_later_years_are_left_out_and_counted() -> None:
    shown = read(tables.figures_by_year(open_small("zone", "en", year=2023)))
    assert "1.1 bn" not in shown
    assert "figures of later years are left out" in shown


def test_one_figure_of_two_sources_is_one_row_with_two_marks() -> None:
    zone_year = change("zone_year", "example-press,,150,count", "example-press,,128,count")
    block = tables.figures_by_year(open_small("zone", "en", zone_year=zone_year))
    assert block is not None
    row = next(line for line in str(block.html).split("<tr>") if ">128" in line)
    assert row.count('href="#source-') == 2


def open_volga(lang: str) -> PageContext:
    zone = change("zone", "example-north,", "example-other,").replace("example-volga,", "example-north,")
    others = {
        name: change(name, "example-north", "example-other").replace("example-volga", "example-north")
        for name in ("party", "zone_year", "target", "site", "cluster")
    }
    return open_small("zone", lang, zone=zone, **others)


def test_a_corrected_figure_is_shown_before_and_after() -> None:
    shown = read(tables.revisions(open_volga("ru")))
    assert "4,1 млрд ₽" in shown
    assert "4,3 млрд ₽" in shown
    assert "1 марта 2024 г." in shown


def test_without_corrections_there_is_no_table_of_them() -> None:
    assert tables.revisions(open_small("zone", "en")) is None
