"""Employment by class of industry: of zones, of regions with their zones in it, and of the country, their sum."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.rows import build_rows, join_rows, look_up
from zonebook.tables.demo.sources import STATISTICS
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.totals import Totals
from zonebook.tables.demo.vocabulary import (
    HOME,
    Floats,
    Integers,
    class_of_industry,
    list_regions,
    read_numbers,
    read_words,
)
from zonebook.tables.demo.world import World

_EMPLOYED_SHARE = 0.42  # of the population
_SCHEME = "OKVED2"


def count_zone_employment(firms: Firms) -> tuple[Integers, Integers]:
    """Return employees and firms of a zone, by class of industry and year."""
    codes, classes = class_of_industry()[firms.industries], len(read_words("classes")["industry_class"])
    years = firms.employees.shape[1]
    employees, count = np.zeros((classes, years), dtype=np.int64), np.zeros((classes, years), dtype=np.int64)
    np.add.at(employees, codes, firms.employees * firms.is_present)
    np.add.at(count, codes, firms.is_present)
    return employees, count


def list_zone_employment(world: World, zone: int, employees: Integers, firms: Integers) -> pa.Table:
    """Return the rows of ``employment`` of a zone: the classes it has, and all of them together."""
    return _list_rows(world, world.zone_id(zone), employees, firms)


def list_region_employment(world: World, totals: Totals) -> pa.Table:
    """Return the rows of ``employment`` of regions and of the country; regions count their zones in."""
    rng = open_stream(world.settings.seed, Stream.EMPLOYMENT)
    background = _draw_background(rng, len(world.settings.all_years))
    employees = totals.employees + np.rint(background).astype(np.int64)
    sizes = read_numbers("classes", "firm_size")[:, None]
    firms = totals.firms + np.ceil(background / sizes).astype(np.int64)
    parts = [
        _list_rows(world, region, employees[number], firms[number]) for number, region in enumerate(list_regions())
    ]
    return join_rows([*parts, _list_rows(world, HOME, employees.sum(axis=0), firms.sum(axis=0))])


def _draw_background(rng: np.random.Generator, years: int) -> Floats:
    """Return the employees outside zones, by region, class and year."""
    people = read_numbers("regions", "population")[:, None] * _EMPLOYED_SHARE
    shares = read_numbers("classes", "national_share")[None, :]
    level = people * shares * rng.lognormal(0.0, 0.4, (people.shape[0], shares.shape[1]))
    growth = rng.normal(0.0, 0.01, (*level.shape, years)) + rng.normal(0.0, 0.01, (1, level.shape[1], years))
    background: Floats = level[:, :, None] * np.exp(growth.cumsum(axis=2))
    return background


def _list_rows(world: World, geo: str, employees: Integers, firms: Integers) -> pa.Table:
    """Return the rows of one territory; the row without an industry is their sum."""
    codes = read_words("classes")["industry_class"]
    everything = len(codes)
    employees = np.vstack([employees, employees.sum(axis=0)])
    firms = np.vstack([firms, firms.sum(axis=0)])
    industry, year = np.nonzero(firms)
    return build_rows(
        "employment",
        {
            "geo": geo,
            "industry_scheme": _SCHEME,
            "industry": look_up(codes, np.where(industry == everything, -1, industry)),
            "year": np.array(world.settings.all_years)[year],
            "employees": employees[industry, year],
            "firms": firms[industry, year],
            "source_id": STATISTICS,
        },
    )
