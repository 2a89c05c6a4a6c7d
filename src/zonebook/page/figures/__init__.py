"""Figures of the pages: functions of the page's context that return a block, or nothing without data."""

from zonebook.page.figures.attainments import targets_overview
from zonebook.page.figures.blocs import blocs
from zonebook.page.figures.corridors import corridors
from zonebook.page.figures.destinations import destinations
from zonebook.page.figures.distances import tie_distances
from zonebook.page.figures.exports import exports
from zonebook.page.figures.goals import targets
from zonebook.page.figures.history import indicator_history
from zonebook.page.figures.levels import ties_by_level
from zonebook.page.figures.maps import zones_map
from zonebook.page.figures.partners import partner_regions
from zonebook.page.figures.peers import comparison

__all__ = [
    "blocs",
    "comparison",
    "corridors",
    "destinations",
    "exports",
    "indicator_history",
    "partner_regions",
    "targets",
    "targets_overview",
    "tie_distances",
    "ties_by_level",
    "zones_map",
]
