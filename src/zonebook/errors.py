"""The errors Zonebook raises: one tree, each with the place it happened and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence


class ZonebookError(Exception):
    """Base of every error Zonebook raises on purpose.

    Parameters
    ----------
    message
        What is wrong, as one sentence for the person who ran the command.
    place
        Where: a file, a table and row, a page, a notebook cell. May be empty.
    remedy
        What to do about it. May be empty.
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{what_to_do}"


class ParameterError(ZonebookError):
    """A parameter is unknown or has a value of the wrong type (the command line exits with 2)."""


class DataError(ZonebookError):
    """A data set cannot be read or breaks a rule of the data contract."""


class MetricError(ZonebookError):
    """A metric is declared or called wrongly. An undefined value is not an error but a result."""


class PageError(ZonebookError):
    """A page's notebook failed. Other pages are not affected."""


class BookError(ZonebookError):
    """The website could not be assembled from the pages."""


class PaperError(ZonebookError):
    """A PDF could not be printed. Other papers are not affected."""


def suggest_name(name: str, known: Sequence[str]) -> str:
    """Return the remedy for a name there is not: the one that was probably meant, else all there are.

    Examples
    --------
    >>> suggest_name("zones", ["zone", "region"]), suggest_name("x", ["zone", "region"])
    ("Did you mean 'zone'?", 'Known are: zone, region.')
    """
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known are: {', '.join(known)}."
