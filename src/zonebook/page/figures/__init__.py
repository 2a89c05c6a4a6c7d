"""Figures of the pages: functions of the page's context that return a block, or nothing without data."""

from zonebook.page.figures.advantages import advantages
from zonebook.page.figures.attainments import targets_overview
from zonebook.page.figures.backbone import backbone
from zonebook.page.figures.bloc_columns import bloc_columns
from zonebook.page.figures.blocs import blocs
from zonebook.page.figures.brokers import brokers
from zonebook.page.figures.chains import value_chains
from zonebook.page.figures.concentration import supplier_concentration
from zonebook.page.figures.corridors import corridors
from zonebook.page.figures.coverage import coverage
from zonebook.page.figures.destinations import destinations
from zonebook.page.figures.distances import tie_distances
from zonebook.page.figures.effective import effective_destinations, effective_regions
from zonebook.page.figures.exports import exports
from zonebook.page.figures.gaps import gravity_gaps
from zonebook.page.figures.goals import targets
from zonebook.page.figures.history import indicator_history
from zonebook.page.figures.index import index_by_zone, index_profile
from zonebook.page.figures.levels import ties_by_level
from zonebook.page.figures.lorenz import lorenz_curve
from zonebook.page.figures.maps import zones_map
from zonebook.page.figures.margins import export_margins
from zonebook.page.figures.network import network
from zonebook.page.figures.openness import openness
from zonebook.page.figures.outlook import target_outlooks
from zonebook.page.figures.partners import partner_regions
from zonebook.page.figures.peers import comparison
from zonebook.page.figures.purchases import purchases
from zonebook.page.figures.ranks import rank_choices, rank_intervals
from zonebook.page.figures.region_flows import region_flows
from zonebook.page.figures.robustness import robustness
from zonebook.page.figures.specialisation import specialisation
from zonebook.page.figures.supply import supply_split
from zonebook.page.figures.support import support_combinations, support_coverage
from zonebook.page.figures.support_change import support_change, support_events
from zonebook.page.figures.survival import export_survival
from zonebook.page.figures.zone_matrix import zone_matrix

__all__ = [
    "advantages",
    "backbone",
    "bloc_columns",
    "blocs",
    "brokers",
    "comparison",
    "corridors",
    "coverage",
    "destinations",
    "effective_destinations",
    "effective_regions",
    "export_margins",
    "export_survival",
    "exports",
    "gravity_gaps",
    "index_by_zone",
    "index_profile",
    "indicator_history",
    "lorenz_curve",
    "network",
    "openness",
    "partner_regions",
    "purchases",
    "rank_choices",
    "rank_intervals",
    "region_flows",
    "robustness",
    "specialisation",
    "supplier_concentration",
    "supply_split",
    "support_change",
    "support_combinations",
    "support_coverage",
    "support_events",
    "target_outlooks",
    "targets",
    "targets_overview",
    "tie_distances",
    "ties_by_level",
    "value_chains",
    "zone_matrix",
    "zones_map",
]
