"""The history of an indicator: lines only between neighbours of one kind."""

import re

import pytest

from figure_pages import alternative_of, assert_is_sound, figure_row, make_page
from zonebook.page.figures import indicator_history


def _rows(*figures: tuple[int, float, str]) -> list[dict[str, object]]:
    return [figure_row(year, value, period, indicator="jobs", unit="count") for year, value, period in figures]


def _count_lines(svg: str) -> int:
    return len(re.findall(r"stroke-width:2(?:\.0)?[;\"]", svg))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_long_history_of_every_kind_fits(lang: str) -> None:
    periods = ("FY", "point", "H1", "9M", "Q1", "Q3")
    rows = _rows(*((year, 1000.0 * (year - 1990), period) for year in range(1995, 2026) for period in periods))
    rows += [{**row, "cumulative": True, "qualifier": "over"} for row in rows if row["period"] == "point"]
    assert_is_sound(indicator_history(make_page(lang, zone_year=rows), "jobs"))


def test_neighbouring_full_years_are_joined_and_gaps_are_not() -> None:
    joined = indicator_history(make_page("en", zone_year=_rows((2022, 10, "FY"), (2023, 20, "FY"))), "jobs")
    apart = indicator_history(make_page("en", zone_year=_rows((2020, 10, "FY"), (2023, 20, "FY"))), "jobs")
    assert _count_lines(assert_is_sound(joined).svg) == 1
    assert _count_lines(assert_is_sound(apart).svg) == 0


def test_parts_of_a_year_and_kinds_are_never_joined() -> None:
    halves = _rows((2022, 10, "H1"), (2023, 20, "H1"))
    kinds = _rows((2022, 10, "FY"), (2023, 20, "point"))
    for rows in (halves, kinds):
        assert _count_lines(indicator_history(make_page("en", zone_year=rows), "jobs").svg) == 0


def test_alternative_text_tells_first_and_last_figure() -> None:
    said = alternative_of(
        indicator_history(make_page("en", zone_year=_rows((2020, 10, "FY"), (2024, 40, "FY"))), "jobs")
    )
    assert "Jobs created, full year: from 10 (2020) to 40 (2024); 2 reported figures." in said


def test_one_figure_or_none_is_no_history() -> None:
    assert indicator_history(make_page(zone_year=_rows((2020, 10, "FY"))), "jobs") is None
    assert indicator_history(make_page(), "jobs") is None


def test_several_histories_on_a_page_share_no_id() -> None:
    rows = _rows((2020, 10, "FY"), (2024, 40, "FY"))
    page = make_page("en", zone_year=[*rows, *({**row, "indicator": "residents"} for row in rows)])
    html = "".join(indicator_history(page, name).html for name in ("jobs", "residents"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
