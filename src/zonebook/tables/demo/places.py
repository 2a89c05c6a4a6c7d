"""Rows of a zone's places: the zone itself, its sites and its clusters, and the regions of the country."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.rows import build_rows, look_up, write_numbers
from zonebook.tables.demo.sources import NOTE, REGISTER, STATISTICS
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.vocabulary import HOME, Floats, Integers, read_numbers, read_words
from zonebook.tables.demo.world import TOTAL_ID, World

_HECTARES = {"industrial-production": 900.0, "technology-innovation": 180.0, "tourism": 1400.0, "port": 320.0}


@dataclass(frozen=True, eq=False)
class Places:
    """The sites and clusters of a zone.

    Attributes
    ----------
    site_ids, cluster_ids
        Their ids.
    site_of_cluster
        Number of the site each cluster stands on.
    site_areas
        Area of each site; the zone's is their sum.
    established
        Year the zone was established, before all its figures.
    """

    site_ids: pa.StringArray
    cluster_ids: pa.StringArray
    site_of_cluster: Integers
    site_areas: Floats
    established: int


def draw_places(world: World, firms: Firms) -> Places:
    """Return the sites and clusters of a zone."""
    rng = open_stream(world.settings.seed, Stream.PLACES, firms.zone)
    sites, clusters = int(rng.integers(1, 4)), len(firms.themes)
    parts = rng.dirichlet(np.full(sites, 5.0))
    area = _HECTARES[world.type_of(firms.zone)] * rng.lognormal(0.0, 0.5)
    prefix = f"z{world.number_of(firms.zone)}"
    return Places(
        site_ids=write_numbers(f"{prefix}-site", np.arange(1, sites + 1), 1),
        cluster_ids=write_numbers(f"{prefix}-cluster", np.arange(1, clusters + 1), 1),
        site_of_cluster=np.concatenate([np.arange(sites), rng.integers(0, sites, clusters)])[:clusters],
        site_areas=np.maximum((area * parts).round(1), 1.0),
        established=world.settings.years[0] - int(rng.integers(1, 15)),
    )


def list_zone_rows(world: World, zone: int, places: Places) -> pa.Table:
    """Return a zone's row of ``zone``."""
    russian, english = world.names_of(zone)
    return build_rows(
        "zone",
        {
            "zone_id": [world.zone_id(zone)],
            "name_ru": russian,
            "name_en": english,
            "type": world.type_of(zone),
            "country_iso3": HOME,
            "region_iso": world.region_of(zone),
            "established": str(places.established),
            "area_ha": float(places.site_areas.sum().round(1)),
            "latitude": float(world.latitude[zone]),
            "longitude": float(world.longitude[zone]),
            "management_company": f"АО «Демо-Управляющая {world.number_of(zone)}»",
            "management_company_en": f"Demo Management {world.number_of(zone)} JSC",
            "source_id": REGISTER,
            **NOTE,
        },
    )


def list_total_rows() -> pa.Table:
    """Return the row of ``zone`` that stands for all zones together."""
    empty = ("region_iso", "established", "area_ha", "latitude", "longitude")
    return build_rows(
        "zone",
        {
            "zone_id": [TOTAL_ID],
            "name_ru": "Все демонстрационные зоны",
            "name_en": "All demonstration zones",
            "type": "aggregate",
            "country_iso3": HOME,
            **dict.fromkeys(empty),
            "management_company": None,
            "management_company_en": None,
            "source_id": REGISTER,
            **NOTE,
        },
    )


def list_site_rows(world: World, zone: int, places: Places) -> pa.Table:
    """Return the rows of ``site`` of a zone."""
    rng = open_stream(world.settings.seed, Stream.PLACES, zone, 1)
    numbers = range(1, len(places.site_ids) + 1)
    return build_rows(
        "site",
        {
            "site_id": places.site_ids,
            "zone_id": world.zone_id(zone),
            "name_ru": [f"Демо-площадка {world.number_of(zone)}-{number}" for number in numbers],
            "name_en": [f"Demo Site {world.number_of(zone)}-{number}" for number in numbers],
            "latitude": (world.latitude[zone] + rng.uniform(-0.08, 0.08, len(numbers))).round(3),
            "longitude": (world.longitude[zone] + rng.uniform(-0.12, 0.12, len(numbers))).round(3),
            "area_ha": places.site_areas,
            "source_id": REGISTER,
        },
    )


def list_cluster_rows(world: World, firms: Firms, places: Places) -> pa.Table:
    """Return the rows of ``cluster`` of a zone."""
    words = read_words("themes")
    return build_rows(
        "cluster",
        {
            "cluster_id": places.cluster_ids,
            "zone_id": world.zone_id(firms.zone),
            "name_ru": [f"{words['name_ru'][theme]} (демо)" for theme in firms.themes],
            "name_en": [f"{words['name_en'][theme]} (demo)" for theme in firms.themes],
            "site_ids": look_up(places.site_ids, places.site_of_cluster),
            "source_id": REGISTER,
        },
    )


def list_region_rows() -> pa.Table:
    """Return the rows of ``region``: real names, places and sizes."""
    words = read_words("regions")
    texts = ("region_iso", "name_ru", "name_en", "federal_district")
    return build_rows(
        "region",
        {
            **{column: list(words[column]) for column in texts},
            "latitude": read_numbers("regions", "latitude"),
            "longitude": read_numbers("regions", "longitude"),
            "population": read_numbers("regions", "population").astype(np.int64),
            "grp_rub": read_numbers("regions", "grp_rub").astype(np.int64),
            "source_id": STATISTICS,
        },
    )
