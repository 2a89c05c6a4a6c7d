"""Figures of the pages: functions of the page's context that return a block, or nothing without data."""

from zonebook.page.figures.exports import exports
from zonebook.page.figures.history import indicator_history

__all__ = ["exports", "indicator_history"]
