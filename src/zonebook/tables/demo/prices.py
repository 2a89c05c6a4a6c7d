"""Prices and exchange rates of the demonstration world: plainly made up, growing at an even pace."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.rows import build_rows, join_rows
from zonebook.tables.demo.settings import DemoSettings
from zonebook.tables.demo.sources import REGISTER
from zonebook.tables.demo.vocabulary import Floats

_BASE_YEAR = 2020
_INFLATION, _DEPRECIATION = 0.06, 0.04
_RATES_OF_BASE_YEAR = {"CNY": 10.0, "EUR": 80.0, "USD": 70.0}


def usd_rates(settings: DemoSettings) -> Floats:
    """Return roubles for a US dollar, by year."""
    return _rates(settings, "USD")


def _rates(settings: DemoSettings, currency: str) -> Floats:
    years = np.array(settings.all_years)
    rates: Floats = _RATES_OF_BASE_YEAR[currency] * (1 + _DEPRECIATION) ** (years - _BASE_YEAR)
    return rates.round(2)


def list_rates(settings: DemoSettings) -> pa.Table:
    """Return the rows of ``fx``."""
    return join_rows(
        build_rows(
            "fx",
            {
                "year": np.array(settings.all_years),
                "currency": currency,
                "rub_per_unit": _rates(settings, currency),
                "source_id": REGISTER,
            },
        )
        for currency in _RATES_OF_BASE_YEAR
    )


def list_deflators(settings: DemoSettings) -> pa.Table:
    """Return the rows of ``deflator``."""
    years = np.array(settings.all_years)
    index = ((1 + _INFLATION) ** (years - _BASE_YEAR)).round(4)
    return build_rows("deflator", {"year": years, "index_2020": index, "source_id": REGISTER})
