"""Figures of the pages: functions of the page's context that return a block, or nothing without data."""

from zonebook.page.figures.destinations import blocs, destinations
from zonebook.page.figures.exports import exports
from zonebook.page.figures.goals import targets, targets_overview
from zonebook.page.figures.history import indicator_history
from zonebook.page.figures.levels import tie_distances, ties_by_level
from zonebook.page.figures.maps import corridors, partner_regions, zones_map
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
