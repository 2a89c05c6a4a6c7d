"""What the report on paper takes from the data set itself: the date of the latest source."""

from __future__ import annotations

from zonebook.metrics.figures import is_missing
from zonebook.tables.share import DataSet

#: Name of the report's file below ``pdf/<lang>/``, without suffix.
REPORT = "report"


def find_cut_off(data_set: DataSet) -> str:
    """Return the date of the latest source of a data set, ``YYYY-MM-DD`` or shorter; empty where none is dated."""
    share = data_set.country()
    dates = share.table("source")["date"] if share.has("source") else ()
    return max((str(date)[:10] for date in dates if not is_missing(date)), default="")


def to_day(date: str) -> list[int] | None:
    """Return a date as year, month and day; what it leaves open is the first.

    Examples
    --------
    >>> to_day("2026-04"), to_day("")
    ([2026, 4, 1], None)
    """
    parts = [int(part) for part in date.split("-")] if date else []
    return [*parts, 1, 1][:3] if parts else None
