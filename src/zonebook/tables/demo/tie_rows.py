"""Ties as they are drawn: numbers of parties, kinds and years; and the rows they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.parties import product_codes
from zonebook.tables.demo.rows import build_rows, hide, look_up, write_numbers
from zonebook.tables.demo.sources import LEDGER, REGISTER, SURVEY
from zonebook.tables.demo.surroundings import ABROAD, list_surroundings
from zonebook.tables.demo.vocabulary import Integers
from zonebook.tables.demo.world import World
from zonebook.tables.schema import TABLES

KINDS = TABLES["tie"].columns["kind"].allowed
STATUSES = TABLES["tie"].columns["status"].allowed
EVIDENCE = ("ledger", "contract", "survey")
_LEVELS = TABLES["tie"].columns["level"].allowed
_SOURCES = (LEDGER, REGISTER, SURVEY)
_GOODS = tuple(KINDS.index(kind) for kind in ("supply", "contract_manufacturing", "export"))
UNKNOWN = -1  # a value nobody stated


@dataclass(frozen=True, eq=False)
class Pool:
    """The parties that ties of a zone may join, by number.

    Residents come first, then the zone's management company and institute, then those outside zones, then the
    residents of other zones.

    Attributes
    ----------
    ids, products
        Id of each party, and the code of its product.
    regions
        Number of its region, below 0 for parties abroad.
    residents
        How many of them are the zone's own residents.
    partners
        Number of the first resident of each zone traded with.
    """

    ids: pa.StringArray
    products: pa.StringArray
    regions: Integers
    residents: int
    partners: dict[int, int]

    @property
    def management(self) -> int:
        """Number of the management company."""
        return self.residents

    @property
    def institute(self) -> int:
        """Number of the zone's institute."""
        return self.residents + 1

    @property
    def outside(self) -> int:
        """Number of the first party outside zones."""
        return self.residents + 2


def gather_pool(world: World, firms: Firms, others: Sequence[Firms]) -> Pool:
    """Return the parties that ties of a zone may join."""
    around = list_surroundings()
    prefix, home = f"z{world.number_of(firms.zone)}", world.regions[firms.zone]
    own = pa.array([f"{prefix}-zone", f"{prefix}-institute"])
    fixed = len(firms) + len(own) + len(around)
    starts = np.cumsum([fixed, *(len(other) for other in others)])
    products = [product_codes(part) for part in (firms, *others)]
    products.insert(1, pa.nulls(len(own) + len(around), pa.string()))
    return Pool(
        ids=pa.concat_arrays(
            [firms.ids, own, around.rows["party_id"].combine_chunks(), *(other.ids for other in others)]
        ),
        products=pa.concat_arrays(products),
        regions=np.concatenate(
            [
                np.full(len(firms) + len(own), home),
                around.regions,
                *(np.full(len(other), world.regions[other.zone]) for other in others),
            ]
        ),
        residents=len(firms),
        partners={other.zone: int(start) for other, start in zip(others, starts, strict=False)},
    )


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties of a zone, as numbers: parties of a pool, kinds, years, values in roubles, statuses and evidence."""

    giver: Integers
    taker: Integers
    kind: Integers
    year: Integers
    value: Integers
    status: Integers
    evidence: Integers

    def __len__(self) -> int:
        return len(self.giver)

    def take(self, rows: Integers) -> Ties:
        """Return some of the ties."""
        return Ties(*(getattr(self, field.name)[rows] for field in fields(Ties)))


def join_ties(parts: Sequence[Ties]) -> Ties:
    """Return ties one after another."""
    return Ties(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Ties)))


def state_ties(
    giver: Integers,
    taker: Integers,
    *,
    kind: str | Integers,
    year: int | Integers,
    value: Integers | None,
    evidence: str,
) -> Ties:
    """Return working ties; what is not an array is the same for all of them."""
    count = len(giver)
    return Ties(
        giver=giver,
        taker=taker,
        kind=np.broadcast_to(KINDS.index(kind) if isinstance(kind, str) else kind, count),
        year=np.broadcast_to(year, count),
        value=np.full(count, UNKNOWN) if value is None else value,
        status=np.zeros(count, dtype=np.int64),
        evidence=np.full(count, EVIDENCE.index(evidence)),
    )


def list_tie_rows(world: World, zone: int, pool: Pool, ties: Ties) -> pa.Table:
    """Return the rows of ``tie``; the level follows from where the two parties are."""
    giver, taker = pool.regions[ties.giver], pool.regions[ties.taker]
    level = np.where((giver == ABROAD) | (taker == ABROAD), 2, np.where(giver == taker, 0, 1))
    product = _name_products(pool, ties)
    numbers = np.arange(1, len(ties) + 1)
    return build_rows(
        "tie",
        {
            "tie_id": write_numbers(f"z{world.number_of(zone)}-t", numbers, 5),
            "from_party": look_up(pool.ids, ties.giver),
            "to_party": look_up(pool.ids, ties.taker),
            "level": look_up(_LEVELS, level),
            "kind": look_up(KINDS, ties.kind),
            "product_scheme": look_up(["HS4"], np.where(np.asarray(product.is_null()), -1, 0)),
            "product": product,
            "year": ties.year,
            "value_rub": hide(ties.value, ties.value == UNKNOWN),
            "status": look_up(STATUSES, ties.status),
            "evidence": look_up(EVIDENCE, ties.evidence),
            "source_id": look_up(_SOURCES, ties.evidence),
        },
    )


def _name_products(pool: Pool, ties: Ties) -> pa.StringArray:
    """Return the product of each tie that moves goods: that of who gives them."""
    return look_up(pool.products, np.where(np.isin(ties.kind, _GOODS), ties.giver, -1))


def draw_codes(rng: np.random.Generator, shares: Sequence[float], count: int) -> NDArray[np.int64]:
    """Return numbers of choices, each with its share."""
    found: NDArray[np.int64] = np.searchsorted(np.cumsum(shares)[:-1], rng.random(count), side="right")
    return found
