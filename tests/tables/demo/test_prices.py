"""Prices and rates: every year, growing evenly."""

import pytest

from demo_data import Demo


def test_the_deflator_is_one_in_2020_and_grows(demo: Demo) -> None:
    index = demo.tables["deflator"].set_index("year")["index_2020"].astype(float)
    assert index[2020] == 1
    assert index.pct_change().dropna().to_numpy() == pytest.approx(0.06, abs=1e-3)


def test_rates_of_three_currencies_stand_for_every_year(demo: Demo) -> None:
    rates = demo.tables["fx"].pivot(index="year", columns="currency", values="rub_per_unit").astype(float)
    assert list(rates.columns) == ["CNY", "EUR", "USD"]
    assert tuple(rates.index) == demo.settings.all_years
    assert (rates.pct_change().dropna() > 0).all(axis=None)
