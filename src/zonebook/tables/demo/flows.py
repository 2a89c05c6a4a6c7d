"""Flows between regions by a gravity law, distances, and a small input-output table."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.rows import build_rows, look_up
from zonebook.tables.demo.settings import DemoSettings
from zonebook.tables.demo.sources import STATISTICS
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY
from zonebook.tables.demo.vocabulary import Floats, Integers, find_distances, list_regions, read_numbers
from zonebook.tables.demo.world import World

_ROAD_FACTOR = 1.3  # a road is so much longer than the great circle
_LEAST_KM = 100  # regions are wide: goods go so far on average even between a city and the region around it
_SHIPMENT = 50_000_000  # roubles: flows are whole numbers of shipments, so that some are zero
_BATCH = 20.0  # shipments on average that come together: the spread of a flow grows with its root
_REGIONS_WITH_SECTORS = 3
_SECTORS, _OUTPUT = ("A", "C", "M"), "output"
_INTERMEDIATE = 0.55  # part of a sector's output that goes into production


@cache
def road_distances() -> Integers:
    """Return the distance of every two regions by road, in whole kilometres."""
    latitude, longitude = read_numbers("regions", "latitude"), read_numbers("regions", "longitude")
    straight = find_distances(latitude, longitude, latitude, longitude)
    return np.maximum(np.rint(straight * _ROAD_FACTOR), _LEAST_KM).astype(np.int64)


def list_distances() -> pa.Table:
    """Return the rows of ``distance``, each pair of regions once."""
    codes = list_regions()
    origin, destination = np.triu_indices(len(codes), 1)
    return build_rows(
        "distance",
        {
            "origin": look_up(codes, origin),
            "destination": look_up(codes, destination),
            "km": road_distances()[origin, destination],
        },
    )


def expect_flows() -> Floats:
    """Return the flow expected between every two regions in the first year: by size of both and distance."""
    product = read_numbers("regions", "grp_rub")
    size = product / product.sum()
    law = np.outer(size**0.6, size**0.5) * road_distances().astype(float) ** DISTANCE_ELASTICITY
    np.fill_diagonal(law, 0.0)
    expected: Floats = law / law.sum() * 0.2 * product.sum()
    return expected


def list_flows(settings: DemoSettings) -> pa.Table:
    """Return the rows of ``flow_region``: every two regions and year, zeros among them."""
    codes, years = list_regions(), np.array(settings.all_years)
    rng = open_stream(settings.seed, Stream.FLOWS)
    origin, destination = np.nonzero(~np.eye(len(codes), dtype=np.bool_))
    expected = expect_flows()[origin, destination][:, None] * 1.08 ** (years - years[0])
    # A Poisson count with a gamma mean keeps the law's mean; a variance in proportion to it lets no single large
    # flow decide what an estimate gives.
    values = rng.poisson(rng.gamma(expected / _SHIPMENT / _BATCH, _BATCH)) * _SHIPMENT
    pair, year = np.divmod(np.arange(values.size), len(years))
    return build_rows(
        "flow_region",
        {
            "origin": look_up(codes, origin[pair]),
            "destination": look_up(codes, destination[pair]),
            "year": years[year],
            "product": None,
            "value_rub": values.ravel(),
            "source_id": STATISTICS,
        },
    )


def list_sectors(world: World) -> pa.Table:
    """Return the rows of ``io_table`` for the last year: the regions with most zones, three sectors each."""
    rng = open_stream(world.settings.seed, Stream.SECTORS)
    zones = np.bincount(world.regions, minlength=len(list_regions()))
    regions = np.argsort(-zones, kind="stable")[:_REGIONS_WITH_SECTORS]
    size = len(regions) * len(_SECTORS)
    scale = np.repeat(read_numbers("regions", "grp_rub")[regions], len(_SECTORS)) * rng.uniform(0.2, 0.6, size)
    output = np.rint(scale / 1e6).astype(np.int64) * 1_000_000
    # Own region and own sector supply more; columns of coefficients add up to less than 1: the table is productive.
    block = np.kron(np.eye(len(regions)), np.ones((len(_SECTORS), len(_SECTORS)))) * 4 + np.eye(size) * 2 + 1
    block *= rng.uniform(0.5, 1.5, block.shape)
    coefficients = block / block.sum(axis=0) * rng.uniform(0.6, 1.0, size) * _INTERMEDIATE
    deliveries = np.rint(coefficients * output / 1e6).astype(np.int64) * 1_000_000
    supplier, user = np.divmod(np.arange(size * size), size)
    own = np.arange(size)
    codes = [list_regions()[region] for region in regions]
    return build_rows(
        "io_table",
        {
            "from_region": look_up(codes, np.concatenate([supplier, own]) // len(_SECTORS)),
            "from_sector": look_up(_SECTORS, np.concatenate([supplier, own]) % len(_SECTORS)),
            "to_region": look_up(codes, np.concatenate([user, own]) // len(_SECTORS)),
            "to_sector": look_up(
                [*_SECTORS, _OUTPUT], np.concatenate([user % len(_SECTORS), np.full(size, len(_SECTORS))])
            ),
            "year": np.full(size * (size + 1), world.settings.years[1]),
            "value_rub": np.concatenate([deliveries.ravel(), output]),
            "source_id": STATISTICS,
        },
    )
