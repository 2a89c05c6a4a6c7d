"""What a book holds: its pages with their titles, and the zones and regions by federal district."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.book.outcome import Job, Outcome
from zonebook.page.locale import Locale, is_missing
from zonebook.page.subdivisions import find_country, name_subdivision
from zonebook.page_kinds import PageKind
from zonebook.tables.share import Share

# The districts of Russia from west to east; groups of other countries follow by name.
_WEST_TO_EAST = (
    "central",
    "northwestern",
    "southern",
    "north-caucasian",
    "volga",
    "ural",
    "siberian",
    "far-eastern",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a zone or region: where it is, what it is called, and the row of its zone or region."""

    target: str
    title: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class District:
    """A federal district, or a country abroad, with the pages of its zones and regions sorted by name.

    ``short`` is its name where the heading above says what it is.
    """

    code: str
    title: str
    short: str
    zones: tuple[Page, ...]
    regions: tuple[Page, ...]

    @property
    def target(self) -> str:
        """Path of the district's own page."""
        return f"districts/{self.code}"


@dataclass(frozen=True, slots=True)
class Contents:
    """The pages of a book.

    Attributes
    ----------
    districts
        Zones and regions by federal district, west to east, then by country.
    targets
        Pages of each kind of page (``zone``, ``overview``) in reading order, under the names they have in the book.
    """

    districts: tuple[District, ...]
    targets: Mapping[str, tuple[str, ...]]


ROOT_PAGE = "index"


def list_contents(
    outcomes: Sequence[Outcome], share: Share, locale: Locale, kinds: Sequence[PageKind], root_kind: str
) -> Contents:
    """Return what the book holds, from the pages that were to be made and the tables of zones and regions.

    Parameters
    ----------
    outcomes
        What became of each page of the book's language.
    share
        All tables; ``zone`` and ``region`` are read.
    locale
        Language of the book.
    kinds
        Kinds of pages.
    root_kind
        The kind that is the book's first page.
    """
    regions = _rows_by_key(share.table("region"), "region_iso")
    zones = _rows_by_key(share.table("zone"), "zone_id")
    districts = _group_pages(outcomes, zones, regions, locale)
    order = {page.target: n for n, page in enumerate(p for d in districts for p in (*d.zones, *d.regions))}
    targets = {}
    for kind in kinds:
        own = [outcome.job.target for outcome in outcomes if outcome.job.kind == kind.name]
        own.sort(key=lambda target: order.get(target, len(order)))
        targets[kind.name] = (ROOT_PAGE,) if kind.name == root_kind and own else tuple(own)
    return Contents(districts, targets)


def _rows_by_key(table: pd.DataFrame, key: str) -> dict[str, Mapping[str, Any]]:
    return {str(record[key]): record for record in table.to_dict("records")}  # type: ignore[misc]


def _group_pages(
    outcomes: Iterable[Outcome],
    zones: Mapping[str, Mapping[str, Any]],
    regions: Mapping[str, Mapping[str, Any]],
    locale: Locale,
) -> tuple[District, ...]:
    found: dict[str, dict[str, dict[str, Page]]] = {}
    names: dict[str, tuple[str, str]] = {}
    for outcome in outcomes:
        job = outcome.job
        if job.scope not in ("zone", "region"):
            continue
        row = (zones if job.scope == "zone" else regions).get(job.id, {})
        region = regions.get(str(row.get("region_iso")), {})
        country = find_country(job.id) if job.scope == "region" else row.get("country_iso3")
        code, *named = _district_of(country, region, locale)
        names.setdefault(code, (named[0], named[1]))
        # A zone may have pages of several kinds; the list names each zone once, by the first kind.
        pages = found.setdefault(code, {}).setdefault(job.scope, {})
        pages.setdefault(job.id, Page(job.target, locale.name(row) if row else name_page(job, locale), row))
    districts = [
        District(code, *names[code], _by_name(pages.get("zone"), locale), _by_name(pages.get("region"), locale))
        for code, pages in found.items()
    ]
    return tuple(sorted(districts, key=_place_of(locale)))


def name_page(job: Job, locale: Locale) -> str:
    """Return what a zone or region that the tables do not name is called."""
    return name_subdivision(job.id, locale.lang) if job.scope == "region" else job.id


def _district_of(country: object, region: Mapping[str, Any], locale: Locale) -> tuple[str, str, str]:
    """Return code, title and short name of the group a zone or region is listed in."""
    code = region.get("federal_district")
    if not is_missing(code):
        short = locale.label("federal_district", code)
        title = locale.text("{district} Federal District", district=short) if code in _WEST_TO_EAST else short
        return str(code), title, short
    if not is_missing(country) and country:
        return str(country).lower(), locale.country(country), locale.country(country)
    return "other", locale.text("Other places"), locale.text("Other places")


def _by_name(pages: Mapping[str, Page] | None, locale: Locale) -> tuple[Page, ...]:
    return tuple(sorted((pages or {}).values(), key=lambda page: (locale.sort_key(page.title), page.target)))


def _place_of(locale: Locale) -> Callable[[District], tuple[int, str, str]]:
    order = {code: position for position, code in enumerate(_WEST_TO_EAST)}
    return lambda district: (
        order.get(district.code, len(order)),
        locale.sort_key(district.title),
        district.code,
    )
