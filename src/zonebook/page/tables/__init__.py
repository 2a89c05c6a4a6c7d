"""The tables of a page. Each takes the page and returns a block, or ``None`` where there is nothing to show."""

from zonebook.page.tables.cluster_parts import cluster_parts
from zonebook.page.tables.cluster_rows import cluster_comparison
from zonebook.page.tables.corridors import corridors, partner_countries
from zonebook.page.tables.country import comparison, zone_figures, zones
from zonebook.page.tables.disagreements import disagreements, revisions
from zonebook.page.tables.goals import targets, targets_of_zones
from zonebook.page.tables.headline import key_figures
from zonebook.page.tables.indicators import figures_by_year
from zonebook.page.tables.metric_rows import metric_rows
from zonebook.page.tables.opportunities import opportunities
from zonebook.page.tables.partners import destinations, partner_regions
from zonebook.page.tables.profile import profile
from zonebook.page.tables.provenance import missing
from zonebook.page.tables.quality import mends, quality_by_zone
from zonebook.page.tables.region_gaps import region_gaps, region_standing
from zonebook.page.tables.register import (
    international_tie_counts,
    local_tie_counts,
    regional_tie_counts,
    residents_by_industry,
)
from zonebook.page.tables.sites import clusters, residents, sites
from zonebook.page.tables.sources import rerun, sources
from zonebook.page.tables.ties import international_ties, local_ties, regional_ties
from zonebook.page.tables.zone_metrics import zone_metrics

__all__ = [
    "cluster_comparison",
    "cluster_parts",
    "clusters",
    "comparison",
    "corridors",
    "destinations",
    "disagreements",
    "figures_by_year",
    "international_tie_counts",
    "international_ties",
    "key_figures",
    "local_tie_counts",
    "local_ties",
    "mends",
    "metric_rows",
    "missing",
    "opportunities",
    "partner_countries",
    "partner_regions",
    "profile",
    "quality_by_zone",
    "region_gaps",
    "region_standing",
    "regional_tie_counts",
    "regional_ties",
    "rerun",
    "residents",
    "residents_by_industry",
    "revisions",
    "sites",
    "sources",
    "targets",
    "targets_of_zones",
    "zone_figures",
    "zone_metrics",
    "zones",
]
