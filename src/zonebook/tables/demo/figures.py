"""Rows of ``zone_year`` and ``target``: exact sums over residents, first versions, and what news make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.exports import Exports
from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.rows import build_rows
from zonebook.tables.demo.settings import DemoSettings
from zonebook.tables.demo.sources import NEWS, REGISTER
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.vocabulary import Integers
from zonebook.tables.demo.world import World

TARGET_YEAR = 2030
_TARGETS = ("export_rub", "investment_actual_rub", "jobs", "residents")
_POINTS = ("jobs", "residents")
_SUMS = ("budget_infrastructure_rub", "investment_actual_rub", "investment_declared_rub")
_REVISED = ("export_rub", "revenue_rub")
_REVISED_ZONES, _REVISED_YEARS = 0.3, 3
_REPORTED_ZONES = 0.25
_SUM_BEFORE = 4  # investment before the first year, in years of the first
_NINE_MONTHS = 0.71

Figures = Mapping[str, Integers]


class _Figure(NamedTuple):
    """A row of ``zone_year`` but for its zone."""

    year: int
    period: str
    indicator: str
    source_id: str
    vintage: str
    value: float
    unit: str
    cumulative: bool
    qualifier: str
    source_date: str


def sum_figures(world: World, firms: Firms, exports: Exports) -> Figures:
    """Return the figures of a zone by indicator and year: sums over all its residents, silent ones too."""
    rng = open_stream(world.settings.seed, Stream.FIGURES, firms.zone, 2)
    invested = (firms.investment * firms.is_present).sum(axis=0)
    actual = invested.cumsum() + _SUM_BEFORE * invested[0]
    declared, budget = rng.uniform(1.1, 1.7), rng.uniform(0.08, 0.35)
    return {
        "budget_infrastructure_rub": _round(actual * budget, 1_000_000),
        "export_rub": exports.values.sum(axis=0),
        "investment_actual_rub": actual,
        "investment_declared_rub": _round(actual * declared, 1_000_000),
        "jobs": (firms.employees * firms.is_present).sum(axis=0),
        "residents": firms.is_present.sum(axis=0),
        "revenue_rub": (firms.revenue * firms.is_present).sum(axis=0),
        "taxes_rub": _round((firms.revenue * firms.is_present).sum(axis=0) * rng.uniform(0.05, 0.12), 1_000_000),
    }


def _round(values: object, unit: int) -> Integers:
    return np.rint(np.asarray(values, dtype=float) / unit).astype(np.int64) * unit


def list_figure_rows(settings: DemoSettings, zone_id: str, figures: Figures) -> pa.Table:
    """Return the rows of ``zone_year`` that hold figures exactly as they are."""
    return _build(zone_id, list(_state_exactly(settings, figures)))


def list_zone_figure_rows(world: World, zone: int, figures: Figures, area_ha: float) -> pa.Table:
    """Return the rows of ``zone_year`` of a zone.

    Beside the exact figures: its area; first versions of some, corrected later; nine months of the last year; and
    what news say, about or over, which other sources may contradict.
    """
    rng = open_stream(world.settings.seed, Stream.FIGURES, zone, 3)
    rows = list(_state_exactly(world.settings, figures))
    rows += [
        _Figure(
            year, "point", "area_ha", REGISTER, f"{year + 1}-04-01", area_ha, "ha", False, "exact", f"{year + 1}-04-01"
        )
        for year in world.settings.all_years
    ]
    rows += _state_first_versions(rng, world.settings, figures)
    rows += _state_nine_months(world.settings, figures)
    rows += _state_news(rng, world.settings, figures)
    return _build(world.zone_id(zone), rows)


def _build(zone_id: str, rows: list[_Figure]) -> pa.Table:
    columns = dict(zip(_Figure._fields, map(list, zip(*rows, strict=True)), strict=True))
    return build_rows("zone_year", {"zone_id": zone_id, **columns})


def _state_exactly(settings: DemoSettings, figures: Figures) -> Iterator[_Figure]:
    for indicator, values in figures.items():
        for year, value in zip(settings.all_years, values, strict=True):
            yield _state(indicator, year, int(value), f"{year + 1}-04-01")


def _state(indicator: str, year: int, value: float, vintage: str) -> _Figure:
    period = "point" if indicator in _POINTS else "FY"
    unit = "RUB" if indicator.endswith("_rub") else "count"
    return _Figure(year, period, indicator, REGISTER, vintage, value, unit, indicator in _SUMS, "exact", vintage)


def _state_first_versions(rng: np.random.Generator, settings: DemoSettings, figures: Figures) -> Iterator[_Figure]:
    factors = rng.uniform(0.94, 1.03, (len(_REVISED), _REVISED_YEARS))
    if rng.random() >= _REVISED_ZONES:
        return
    for indicator, row in zip(_REVISED, factors, strict=True):
        recent = list(zip(settings.all_years, figures[indicator], strict=True))[-_REVISED_YEARS:]
        for (year, value), factor in zip(recent, row, strict=False):
            yield _state(indicator, year, round(int(value) * factor / 100_000) * 100_000, f"{year + 1}-02-01")


def _state_nine_months(settings: DemoSettings, figures: Figures) -> Iterator[_Figure]:
    last, date = settings.years[1], f"{settings.years[1]}-11-15"
    for indicator in _REVISED:
        part = round(int(figures[indicator][-1]) * _NINE_MONTHS / 1e6) * 1_000_000
        yield _Figure(last, "9M", indicator, REGISTER, date, part, "RUB", False, "exact", date)


def _state_news(rng: np.random.Generator, settings: DemoSettings, figures: Figures) -> Iterator[_Figure]:
    """State the number of enterprises, which news alone give; in some zones also figures the register gives too."""
    last, date = settings.years[1], f"{settings.years[1] + 1}-02-15"
    residents, jobs = int(figures["residents"][-1]), int(figures["jobs"][-1])
    stated = [("enterprises", "point", _round_down(residents * rng.uniform(1.0, 1.4)), "count", "over")]
    draws = rng.random(3)
    if draws[0] < _REPORTED_ZONES:
        stated.append(("revenue_rub", "FY", _round_down(int(figures["revenue_rub"][-1])), "RUB", "over"))
    if draws[1] < _REPORTED_ZONES:
        stated.append(("jobs", "point", round(jobs / 100) * 100, "count", "about"))
    if draws[2] < _REPORTED_ZONES / 2:
        stated.append(("residents", "point", round(residents * 1.1), "count", "exact"))
    for indicator, period, value, unit, qualifier in stated:
        yield _Figure(last, period, indicator, NEWS, date, value, unit, False, qualifier, date)


def _round_down(value: float) -> int:
    """Return a number with its first two digits only.

    Examples
    --------
    >>> _round_down(287), _round_down(9)
    (280, 9)
    """
    unit = int(10 ** max(len(str(int(value))) - 2, 0))
    return int(value) // unit * unit


def list_target_rows(world: World, zone: int, figures: Figures) -> pa.Table:
    """Return the rows of ``target`` of a zone: some within reach at its growth, some not."""
    first, last = world.settings.years
    base = max(first, last - 2)
    target_year = max(TARGET_YEAR, last + 5)
    rng = open_stream(world.settings.seed, Stream.FIGURES, zone, 4)
    values = [int(figures[indicator][base - first]) for indicator in _TARGETS]
    growth = rng.uniform(0.02, 0.16, len(_TARGETS))
    wanted = [_round_up(value * (1 + rate) ** (target_year - base)) for value, rate in zip(values, growth, strict=True)]
    return build_rows(
        "target",
        {
            "zone_id": world.zone_id(zone),
            "indicator": list(_TARGETS),
            "target_year": target_year,
            "target_value": wanted,
            "unit": ["RUB" if indicator.endswith("_rub") else "count" for indicator in _TARGETS],
            "base_year": base,
            "base_value": values,
            "source_id": REGISTER,
            "qualifier": "exact",
        },
    )


def _round_up(value: float) -> int:
    return _round_down(value) + int(10 ** max(len(str(int(value))) - 2, 0))
