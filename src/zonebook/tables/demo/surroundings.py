"""Who residents deal with outside their zone: firms, universities, institutes, authorities, partners abroad."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.rows import build_rows, join_rows
from zonebook.tables.demo.sources import REGISTER
from zonebook.tables.demo.vocabulary import HOME, Integers, list_countries, list_regions, read_numbers, read_words

FIRMS_PER_REGION = 12
_INSTITUTES = 40
_CAPITAL = "RU-MOW"
ABROAD = -1


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The parties outside zones, in the order their numbers refer to.

    Attributes
    ----------
    rows
        Their rows of ``party``.
    regions
        Number of each party's region, :data:`ABROAD` for foreign ones.
    firms, universities, authorities, foreign
        Number of the first party of each kind. Firms stand region by region, universities and authorities one a
        region, foreign partners one a country; the last authority is the federal one. Institutes stand between
        universities and authorities.
    """

    rows: pa.Table
    regions: Integers
    firms: int
    universities: int
    authorities: int
    foreign: int

    def __len__(self) -> int:
        return len(self.regions)

    @property
    def federal(self) -> int:
        """Number of the federal authority."""
        return self.foreign - 1

    @property
    def research_regions(self) -> Integers:
        """Number of the region of each university and institute."""
        return self.regions[self.universities : self.authorities]


@cache
def list_surroundings() -> Surroundings:
    """Return the parties outside zones; they are the same in every demonstration data set."""
    everywhere = np.arange(len(list_regions()))
    largest = np.sort(np.argsort(-read_numbers("regions", "grp_rub"), kind="stable")[:_INSTITUTES])
    capital = list_regions().index(_CAPITAL)
    parts = [
        _list_firms(everywhere),
        _list_by_region(everywhere, "university", "uni", "Демо-университет", "Demo University", "85.22"),
        _list_by_region(largest, "institute", "inst", "Демо-институт", "Demo Institute", "72.19"),
        _list_by_region(everywhere, "government", "gov", "Демо-администрация", "Demo Administration", "84.11"),
        _list_federal(),
        _list_foreign(),
    ]
    starts = np.cumsum([0, *(len(part) for part in parts)])
    regions = np.concatenate(
        [
            np.repeat(everywhere, FIRMS_PER_REGION),
            everywhere,
            largest,
            everywhere,
            [capital],
            np.full(len(list_countries()), ABROAD),
        ]
    )
    return Surroundings(join_rows(parts), regions, *(int(starts[i]) for i in (0, 1, 3, 5)))


def _short(code: str) -> str:
    return code.partition("-")[2].lower()


def _build(columns: dict[str, object]) -> pa.Table:
    return build_rows("party", {"country_iso3": HOME, "source_id": REGISTER, **columns})


def _list_firms(regions: Integers) -> pa.Table:
    codes, words = list_regions(), read_words("regions")
    pairs = [(int(region), number) for region in regions for number in range(1, FIRMS_PER_REGION + 1)]
    industries = read_words("industries")["industry"]
    return _build(
        {
            "party_id": [f"firm-{_short(codes[region])}-{number:02d}" for region, number in pairs],
            "name": [f"АО «Демо-Партнёр {number:02d}» ({words['name_ru'][region]})" for region, number in pairs],
            "name_en": [f"Demo Partner {number:02d} JSC ({words['name_en'][region]})" for region, number in pairs],
            "kind": "firm",
            "region_iso": [codes[region] for region, _ in pairs],
            "industry_scheme": "OKVED2",
            "industry": [industries[(7 * region + 5 * number) % len(industries)] for region, number in pairs],
        }
    )


def _list_by_region(regions: Integers, kind: str, prefix: str, russian: str, english: str, industry: str) -> pa.Table:
    codes, words = list_regions(), read_words("regions")
    return _build(
        {
            "party_id": [f"{prefix}-{_short(codes[region])}" for region in regions],
            "name": [f"{russian} ({words['name_ru'][region]})" for region in regions],
            "name_en": [f"{english} ({words['name_en'][region]})" for region in regions],
            "kind": kind,
            "region_iso": [codes[region] for region in regions],
            "industry_scheme": "OKVED2",
            "industry": industry,
        }
    )


def _list_federal() -> pa.Table:
    return _build(
        {
            "party_id": ["gov-federal"],
            "name": "Демо-администрация (федеральная)",
            "name_en": "Demo Administration (federal)",
            "kind": "government",
            "region_iso": _CAPITAL,
            "industry_scheme": "OKVED2",
            "industry": "84.11",
        }
    )


def _list_foreign() -> pa.Table:
    words = read_words("countries")
    return _build(
        {
            "party_id": [f"foreign-{code.lower()}" for code in list_countries()],
            "name": [f"Демо-партнёры ({name})" for name in words["name_ru"]],
            "name_en": [f"Demo Partners ({name})" for name in words["name_en"]],
            "kind": "foreign",
            "region_iso": None,
            "country_iso3": list(list_countries()),
            "industry_scheme": None,
            "industry": None,
        }
    )
