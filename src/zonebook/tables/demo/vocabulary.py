"""What a demonstration world is made of: real regions, countries, industries and products, and made-up words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

HOME = "RUS"
ZONE_TYPES = ("industrial-production", "technology-innovation", "tourism", "port")
DISTRICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "central": ("Центральная", "Central"),
        "northwestern": ("Северо-Западная", "North-Western"),
        "southern": ("Южная", "Southern"),
        "north-caucasian": ("Кавказская", "Caucasian"),
        "volga": ("Волжская", "Volga"),
        "ural": ("Уральская", "Ural"),
        "siberian": ("Сибирская", "Siberian"),
        "far-eastern": ("Дальневосточная", "Far-Eastern"),
    }
)
_EARTH_KM = 6371.0


@cache
def read_words(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a list of the vocabulary, its cells as text, by column."""
    text = resources.files("zonebook.tables.demo").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    heading, *rows = csv.reader(text.splitlines())
    return MappingProxyType({column: tuple(row[i] for row in rows) for i, column in enumerate(heading)})


@cache
def read_numbers(name: str, column: str) -> Floats:
    """Return a column of numbers of a list of the vocabulary; empty cells are NaN."""
    return np.array([float(cell or "nan") for cell in read_words(name)[column]])


def list_regions() -> tuple[str, ...]:
    """Return the codes of the regions, in the order their numbers refer to."""
    return read_words("regions")["region_iso"]


def list_countries() -> tuple[str, ...]:
    """Return the codes of the partner countries, in the order their numbers refer to."""
    return read_words("countries")["country_iso3"]


@cache
def list_products() -> tuple[str, ...]:
    """Return the four-digit codes of the products that industries export, sorted."""
    return tuple(sorted({code for code in read_words("industries")["product_hs4"] if code}))


@cache
def product_of_industry() -> Integers:
    """Return the number of each industry's product among :func:`list_products`, -1 where it has none."""
    products = list_products()
    return np.array(
        [products.index(code) if code else -1 for code in read_words("industries")["product_hs4"]], dtype=np.int64
    )


@cache
def class_of_industry() -> Integers:
    """Return the number of each industry's two-digit class in the list of classes."""
    classes = read_words("classes")["industry_class"]
    return np.array([classes.index(code[:2]) for code in read_words("industries")["industry"]], dtype=np.int64)


@cache
def theme_of_industry() -> Integers:
    """Return the number of each industry's theme in the list of themes."""
    themes = read_words("themes")["theme"]
    return np.array([themes.index(theme) for theme in read_words("industries")["theme"]], dtype=np.int64)


def find_distances(latitude: Floats, longitude: Floats, to_latitude: Floats, to_longitude: Floats) -> Floats:
    """Return great-circle distances in km, of every place of the first kind to every one of the second."""
    north, east = np.radians(latitude)[:, None], np.radians(longitude)[:, None]
    to_north, to_east = np.radians(to_latitude)[None, :], np.radians(to_longitude)[None, :]
    half = np.sin((to_north - north) / 2) ** 2 + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    distances: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances
