"""The zones of a demonstration world: where they are, how large, of which type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zonebook.tables.demo.settings import LEAST_RESIDENTS, DemoSettings
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY
from zonebook.tables.demo.vocabulary import (
    DISTRICTS,
    ZONE_TYPES,
    Floats,
    Integers,
    find_distances,
    list_regions,
    read_numbers,
    read_words,
)

TOTAL_ID = "demo-total"
_TYPE_SHARES = (0.58, 0.24, 0.12, 0.06)
# Zones trade with those so many places before and after them in the list, which runs from region to region.
_CORRIDOR_STEPS = (1, 2, 3, 5, 8, 13)
_NEAREST_KM = 25.0


@dataclass(frozen=True, eq=False)
class World:
    """The zones, one number each; all else is worked out zone by zone.

    Attributes
    ----------
    settings
        What the world is made from.
    regions
        Number of each zone's region; zones stand in the order of regions.
    types
        Number of each zone's type.
    residents
        Number of residents of each zone; they add up to zones times the mean.
    latitude, longitude
        Coordinates of each zone, near the centre of its region.
    year_effects
        Growth of the logarithm of revenue that all residents share, by year.
    """

    settings: DemoSettings
    regions: Integers
    types: Integers
    residents: Integers
    latitude: Floats
    longitude: Floats
    year_effects: Floats

    @cached_property
    def width(self) -> int:
        """Digits a zone's number is written with."""
        return max(2, len(str(self.settings.zones)))

    def number_of(self, zone: int) -> str:
        """Return a zone's number as it is written."""
        return f"{zone + 1:0{self.width}d}"

    def zone_id(self, zone: int) -> str:
        """Return a zone's id."""
        return f"demo-{self.district_of(zone)}-{self.number_of(zone)}"

    def region_of(self, zone: int) -> str:
        """Return the code of a zone's region."""
        return list_regions()[int(self.regions[zone])]

    def district_of(self, zone: int) -> str:
        """Return the code of a zone's federal district."""
        return read_words("regions")["federal_district"][int(self.regions[zone])]

    def type_of(self, zone: int) -> str:
        """Return a zone's type."""
        return ZONE_TYPES[self.types[zone]]

    def names_of(self, zone: int) -> tuple[str, str]:
        """Return a zone's name in Russian and in English."""
        russian, english = DISTRICTS[self.district_of(zone)]
        number = self.number_of(zone)
        return f"ОЭЗ «Демо-{russian} {number}»", f"Demo {english} {number} SEZ"

    def partners_of(self, zone: int) -> tuple[int, ...]:
        """Return the zones a zone trades with; the relation holds in both directions."""
        count = self.settings.zones
        steps = (*_CORRIDOR_STEPS, *(-step for step in _CORRIDOR_STEPS))
        return tuple(sorted({(zone + step) % count for step in steps} - {zone}))

    def region_weights(self, zone: int) -> Floats:
        """Return how likely a zone's partner outside zones is in each region: by size and distance; sums to 1."""
        weights: Floats = read_numbers("regions", "grp_rub") ** 0.7 * self.distances_of(zone) ** DISTANCE_ELASTICITY
        shares: Floats = weights / weights.sum()
        return shares

    def distances_of(self, zone: int) -> Floats:
        """Return a zone's distance in km to the centre of each region, at least that across a city."""
        latitude, longitude = read_numbers("regions", "latitude"), read_numbers("regions", "longitude")
        here = slice(zone, zone + 1)
        distances = find_distances(self.latitude[here], self.longitude[here], latitude, longitude)
        known: Floats = np.maximum(distances[0], _NEAREST_KM)
        return known

    def distance_between(self, zone: int, other: int) -> float:
        """Return the distance of two zones in km, at least that across a city."""
        places = [(self.latitude[i : i + 1], self.longitude[i : i + 1]) for i in (zone, other)]
        return max(float(find_distances(*places[0], *places[1])[0, 0]), _NEAREST_KM)


def _draw_sizes(settings: DemoSettings, rng: np.random.Generator) -> Integers:
    """Return the number of residents of each zone: unequal, and exactly the mean on average."""
    spare = (settings.residents - LEAST_RESIDENTS) * settings.zones
    wanted = rng.lognormal(0.0, 0.45, settings.zones)
    exact = wanted / wanted.sum() * spare
    sizes = np.floor(exact).astype(np.int64)
    largest = np.argsort(sizes - exact, kind="stable")[: spare - int(sizes.sum())]
    sizes[largest] += 1
    residents: Integers = sizes + LEAST_RESIDENTS
    return residents


def build_world(settings: DemoSettings) -> World:
    """Return the zones of the demonstration world these settings make."""
    rng = open_stream(settings.seed, Stream.WORLD)
    weights = read_numbers("regions", "population") ** 0.8
    regions = np.repeat(np.arange(len(weights)), rng.multinomial(settings.zones, weights / weights.sum()))
    types = rng.choice(len(ZONE_TYPES), settings.zones, p=_TYPE_SHARES)
    sizes = _draw_sizes(settings, rng)
    latitude = read_numbers("regions", "latitude")[regions] + rng.uniform(-0.35, 0.35, settings.zones)
    longitude = read_numbers("regions", "longitude")[regions] + rng.uniform(-0.6, 0.6, settings.zones)
    return World(
        settings=settings,
        regions=regions.astype(np.int64),
        types=types.astype(np.int64),
        residents=sizes,
        latitude=latitude.round(3),
        longitude=longitude.round(3),
        year_effects=rng.normal(0.06, 0.03, len(settings.all_years)),
    )
