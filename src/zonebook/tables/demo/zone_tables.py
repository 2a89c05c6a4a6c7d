"""Everything the tables say of one zone; it depends on nothing but the settings and the zone's number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from zonebook.tables.demo import chains, employment, figures, local_trade, parties, partnerships, places, support
from zonebook.tables.demo.corridor_trade import draw_corridor_trade
from zonebook.tables.demo.exports import Exports, draw_exports, list_export_rows
from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.outside_trade import draw_outside_trade
from zonebook.tables.demo.tie_rows import gather_pool, join_ties, list_tie_rows
from zonebook.tables.demo.totals import Totals
from zonebook.tables.demo.world import World

FirmsOf = Callable[[int], Firms]


def list_zone_tables(world: World, zone: int, firms_of: FirmsOf, totals: Totals) -> Mapping[str, list[pa.Table]]:
    """Return the rows of every table about one zone, and add it to the sums over zones.

    Parameters
    ----------
    world
        The demonstration world.
    zone
        Number of the zone.
    firms_of
        Returns the residents of a zone: this one, or one it trades with.
    totals
        Sums over zones.
    """
    firms = firms_of(zone)
    exports = draw_exports(world, firms)
    site = places.draw_places(world, firms)
    measures, links = support.draw_measures(world, firms), chains.draw_chains(world, firms)
    known = figures.sum_figures(world, firms, exports)
    employees, count = employment.count_zone_employment(firms)
    _add_totals(world, totals, zone, exports, known, (employees, count))
    return {
        "zone": [places.list_zone_rows(world, zone, site)],
        "site": [places.list_site_rows(world, zone, site)],
        "cluster": [places.list_cluster_rows(world, firms, site)],
        "party": [
            parties.list_resident_rows(world, firms, site),
            parties.list_institution_rows(world, zone),
        ],
        "party_year": [parties.list_year_rows(world, firms, exports)],
        "tie": [_list_ties(world, firms_of, firms, exports, (measures, links))],
        "export_flow": [list_export_rows(world, firms, exports)],
        "employment": [employment.list_zone_employment(world, zone, employees, count)],
        "stage_capability": [chains.list_stage_rows(world, firms, links)],
        "support": [support.list_support_rows(world, firms, measures)],
        "zone_year": [figures.list_zone_figure_rows(world, zone, known, float(site.site_areas.sum().round(1)))],
        "target": [figures.list_target_rows(world, zone, known)],
    }


def _list_ties(
    world: World, firms_of: FirmsOf, firms: Firms, exports: Exports, drawn: tuple[support.Measures, chains.Chains]
) -> pa.Table:
    """Return all ties of a zone; those with another zone stand with the first of the two."""
    measures, links = drawn
    others = [firms_of(other) for other in world.partners_of(firms.zone) if other > firms.zone]
    pool = gather_pool(world, firms, others)
    ties = join_ties(
        [
            local_trade.draw_local_trade(world, firms),
            draw_outside_trade(world, firms, pool),
            *(draw_corridor_trade(world, firms, other, pool) for other in others),
            partnerships.draw_research_ties(world, firms, pool),
            partnerships.draw_other_ties(world, firms, pool),
            partnerships.list_export_ties(world, firms, exports, pool),
            support.list_support_ties(world, firms, measures, pool),
            chains.list_chain_ties(world, links),
        ]
    )
    return list_tie_rows(world, firms.zone, pool, ties)


def _add_totals(
    world: World,
    totals: Totals,
    zone: int,
    exports: Exports,
    known: figures.Figures,
    employment_counts: tuple[np.ndarray, np.ndarray],
) -> None:
    region = int(world.regions[zone])
    totals.employees[region] += employment_counts[0]
    totals.firms[region] += employment_counts[1]
    np.add.at(totals.exports, (exports.countries, exports.products), exports.values)
    for indicator, values in known.items():
        totals.add_figure(indicator, values)
