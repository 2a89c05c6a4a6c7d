"""What was planted in a demonstration data set: the truths that metrics should find again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from zonebook.errors import ParameterError
from zonebook.tables.demo import truths
from zonebook.tables.demo.chains import STAGES, draw_chains, name_chains
from zonebook.tables.demo.exports import Exports, draw_exports, reference_lots
from zonebook.tables.demo.firms import Firms, draw_firms
from zonebook.tables.demo.settings import DEFAULTS, DemoSettings
from zonebook.tables.demo.world import World, build_world


@dataclass(frozen=True, slots=True)
class PlantedMargins:
    """The change of exports from the last year but one to the last, in roubles: kept, new and lost markets."""

    intensive: int
    entry: int
    exit: int

    @property
    def change(self) -> int:
        """The whole change."""
        return self.intensive + self.entry - self.exit


@dataclass(frozen=True, slots=True)
class PlantedZone:
    """The truths of one zone.

    Attributes
    ----------
    zone_id
        Id of the zone.
    clusters
        Number of the cluster of each resident.
    support_years
        First year of support of each supported resident.
    reference_buyer
        The resident whose suppliers' shares are known.
    supplier_shares
        Their shares, by supplier, the same in both years of trade.
    supplier_hhi
        Herfindahl-Hirschman index of those shares.
    reference_exporter
        The resident whose exports are known.
    reference_margins
        The margins of its exports; ``None`` with figures of a single year.
    destination_hhi
        Herfindahl-Hirschman index of its exports by country in the last year.
    margins
        The margins of the exports of all residents, cells of resident, country and product; ``None`` with figures
        of a single year.
    stages
        The stages each value chain has, of research, pilot, serial and service.
    """

    zone_id: str
    clusters: Mapping[str, int]
    support_years: Mapping[str, int]
    reference_buyer: str
    supplier_shares: Mapping[str, float]
    supplier_hhi: float
    reference_exporter: str
    reference_margins: PlantedMargins | None
    destination_hhi: float
    margins: PlantedMargins | None
    stages: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class PlantedStructure:
    """The truths of a data set.

    Attributes
    ----------
    world
        The zones.
    distance_elasticity
        Elasticity of flows between regions, and of the choice of partners outside zones, by distance.
    support_effect
        What support adds to the yearly growth of the logarithm of revenue, from its first year on.
    """

    world: World
    distance_elasticity: float = truths.DISTANCE_ELASTICITY
    support_effect: float = truths.SUPPORT_EFFECT

    @property
    def zone_ids(self) -> tuple[str, ...]:
        """The ids of the zones."""
        return tuple(self.world.zone_id(zone) for zone in range(self.world.settings.zones))

    def zones(self) -> Iterator[PlantedZone]:
        """Yield the truths of every zone."""
        for zone in range(self.world.settings.zones):
            yield _find_truths(self.world, zone)

    def zone(self, zone_id: str) -> PlantedZone:
        """Return the truths of a zone.

        Raises
        ------
        ParameterError
            If there is no such zone.
        """
        if zone_id not in self.zone_ids:
            raise ParameterError(f"there is no zone {zone_id!r}.", remedy="Take one of `zone_ids`.")
        return _find_truths(self.world, self.zone_ids.index(zone_id))


def planted_structure(settings: DemoSettings = DEFAULTS) -> PlantedStructure:
    """Return what is planted in the data set these settings make.

    Parameters
    ----------
    settings
        Those the data set is written with.
    """
    return PlantedStructure(build_world(settings))


def _find_truths(world: World, zone: int) -> PlantedZone:
    firms = draw_firms(world, zone)
    exports, links = draw_exports(world, firms), draw_chains(world, firms)
    ids = firms.ids.to_pylist()
    shares = np.array(truths.SUPPLIER_LOTS) / sum(truths.SUPPLIER_LOTS)
    markets = np.array(truths.EXPORT_LOTS_AFTER) / sum(truths.EXPORT_LOTS_AFTER)
    chains = name_chains(firms, len(links.has_stage))
    return PlantedZone(
        zone_id=world.zone_id(zone),
        clusters=MappingProxyType(dict(zip(ids, firms.clusters.tolist(), strict=True))),
        support_years=MappingProxyType(
            {ids[firm]: int(firms.support_years[firm]) for firm in np.flatnonzero(firms.support_years)}
        ),
        reference_buyer=ids[firms.reference_buyer],
        supplier_shares=MappingProxyType(
            {ids[firm]: float(share) for firm, share in zip(firms.core[1:], shares, strict=True)}
        ),
        supplier_hhi=float((shares**2).sum()),
        reference_exporter=ids[firms.reference_exporter],
        reference_margins=_plan_reference(world, firms),
        destination_hhi=float((markets**2).sum()),
        margins=_add_margins(exports),
        stages=MappingProxyType(
            {
                chain: tuple(stage for stage, is_there in zip(STAGES, row, strict=True) if is_there)
                for chain, row in zip(chains, links.has_stage, strict=True)
            }
        ),
    )


def _plan_reference(world: World, firms: Firms) -> PlantedMargins | None:
    """Return the margins of the reference exporter as planned, in lots."""
    if len(world.settings.all_years) == 1:
        return None
    lot = int(reference_lots(firms)[-2:].min())
    pairs = list(zip(truths.EXPORT_LOTS_BEFORE, truths.EXPORT_LOTS_AFTER, strict=True))
    return PlantedMargins(
        intensive=lot * sum(after - before for before, after in pairs if before and after),
        entry=lot * sum(after for before, after in pairs if not before),
        exit=lot * sum(before for before, after in pairs if not after),
    )


def _add_margins(exports: Exports) -> PlantedMargins | None:
    """Return the margins of all exports as they were drawn."""
    if exports.values.shape[1] == 1:
        return None
    before, after = exports.values[:, -2], exports.values[:, -1]
    is_kept = (before > 0) & (after > 0)
    return PlantedMargins(
        intensive=int((after - before)[is_kept].sum()),
        entry=int(after[before == 0].sum()),
        exit=int(before[after == 0].sum()),
    )
