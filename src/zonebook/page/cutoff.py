"""The cut-off date of an edition: the date of the latest source of its data, told alike on the site and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zonebook.page.locale import Locale

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def find_cut_off(dates: Iterable[object]) -> str:
    """Return the latest date of sources, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where none is dated.

    Examples
    --------
    >>> find_cut_off(["2025", None, "2026-04", "soon"])
    '2026-04'
    """
    found = (_DATE.match(str(date)) for date in dates)
    return max((match.group() for match in found if match), default="")


def say_cut_off(date: str, locale: Locale) -> str:
    """Return the sentence that names the cut-off date; empty where none is known."""
    return locale.text("Data as of {date}", date=locale.date(date)) if date else ""


def to_day(date: str) -> list[int] | None:
    """Return a date as year, month and day; what it leaves open is the first.

    Examples
    --------
    >>> to_day("2026-04"), to_day("")
    ([2026, 4, 1], None)
    """
    parts = [int(part) for part in date.split("-")] if date else []
    return [*parts, 1, 1][:3] if parts else None
