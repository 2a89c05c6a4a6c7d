"""Figures of the pages: functions of the page's context that return a block, or nothing without data."""

from zonebook.page.figures.destinations import blocs, destinations
from zonebook.page.figures.exports import exports
from zonebook.page.figures.history import indicator_history
from zonebook.page.figures.maps import corridors, partner_regions, zones_map

__all__ = ["blocs", "corridors", "destinations", "exports", "indicator_history", "partner_regions", "zones_map"]
