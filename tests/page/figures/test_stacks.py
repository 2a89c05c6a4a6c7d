"""Columns of a whole by year: places of purchases, blocs of exports."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from metric_pages import make_years
from zonebook.metrics.result import MetricResult
from zonebook.page.figures import bloc_columns, supply_split


def _places(prefix: str = "") -> list[MetricResult]:
    shares = {"own": 0.7, "other": 0.1, "abroad": 0.2}
    return [
        row for place, part in shares.items() for row in make_years(f"R10.{prefix}{place}", {2024: part, 2025: part})
    ]


def _blocs(*years: int) -> list[MetricResult]:
    shares = {"eaeu": 0.5, "cis": 0.02, "brics": 0.28, "rest": 0.2}
    rows = [row for name, part in shares.items() for row in make_years(f"X15.{name}", dict.fromkeys(years, part))]
    return [*make_years("X15", dict.fromkeys(years, 0.5)), *rows]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_purchases_and_sales_stand_beside_each_other(lang: str) -> None:
    block = assert_is_sound(supply_split(make_page(lang, results=[*_places(), *_places("sales_")])))
    assert len(block.rows) == 12
    assert supply_split(make_page(results=[])) is None


def test_shares_are_said() -> None:
    said = alternative_of(supply_split(make_page("en", results=_places())))
    assert "Purchases, 2025: own region 70%, other regions 10%, abroad 20%." in said


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_withheld_year_is_hatched_and_has_its_sign(lang: str) -> None:
    rows = [*_blocs(2022, 2023), *make_years("X15", {2024: None})]
    block = assert_is_sound(bloc_columns(make_page(lang, results=rows)))
    assert {"ru": ">к<", "en": ">c<"}[lang] in block.svg
    assert "50" in block.svg


def test_one_year_of_blocs_is_no_series() -> None:
    assert bloc_columns(make_page(results=_blocs(2025))) is None
    assert bloc_columns(make_page(results=[])) is None
