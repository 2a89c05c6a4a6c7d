"""Metrics a data set might bring of its own, for tests: plain functions of tables."""

from zonebook.metrics.interval import Interval


def count_zones(zone):
    """Return the number of zones."""
    return len(zone)


def measure_ties(tie, year):
    """Return an interval, an undefined series and a number."""
    return {"": Interval(len(tie), 0, 9), "nothing": None, "year": year}


def ask_too_much(zone, weather):
    """Ask for what nobody can give."""
