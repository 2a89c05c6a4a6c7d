"""The tables of a page. Each takes the page and returns a block, or ``None`` where there is nothing to show."""

from zonebook.page.tables.country import comparison, corridors, partner_countries, zone_figures, zones
from zonebook.page.tables.goals import targets, targets_of_zones
from zonebook.page.tables.headline import key_figures
from zonebook.page.tables.indicators import disagreements, figures_by_year, revisions
from zonebook.page.tables.profile import clusters, profile, residents, sites
from zonebook.page.tables.provenance import metric_rows, missing, rerun, sources
from zonebook.page.tables.ties import destinations, international_ties, local_ties, partner_regions, regional_ties

__all__ = [
    "clusters",
    "comparison",
    "corridors",
    "destinations",
    "disagreements",
    "figures_by_year",
    "international_ties",
    "key_figures",
    "local_ties",
    "metric_rows",
    "missing",
    "partner_countries",
    "partner_regions",
    "profile",
    "regional_ties",
    "rerun",
    "residents",
    "revisions",
    "sites",
    "sources",
    "targets",
    "targets_of_zones",
    "zone_figures",
    "zones",
]
