"""What a demonstration data set is made from: how many zones and residents, which years, which seed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from zonebook.errors import ParameterError

LEAST_RESIDENTS = 15
_LIMITS = {
    "zones": (1, 100_000),
    "residents": (LEAST_RESIDENTS, 10_000),
    "seed": (0, 2**63 - 1),
}
_EARLIEST, _LATEST, _LONGEST = 2000, 2090, 30
_TIES = (4.0, 200.0)
_YEARS = re.compile(r"\s*(\d{4})\s*(?:[-–—]\s*(\d{4})\s*)?")


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """What a demonstration data set is made from; the same settings give the same bytes.

    Attributes
    ----------
    zones
        Number of zones, 1 to 100,000.
    residents
        Mean number of residents a zone, at least 15; zones differ in size.
    years
        First and last year of the figures.
    seed
        Seed of everything that is drawn.
    ties_per_resident
        Rows of the table ``tie`` a resident, on average.

    Raises
    ------
    ParameterError
        For a value that is not of its type or outside its range, with the range.
    """

    zones: int = 56
    residents: int = 230
    years: tuple[int, int] = (2019, 2025)
    seed: int = 1
    ties_per_resident: float = 12.0

    def __post_init__(self) -> None:
        for name, (least, most) in _LIMITS.items():
            _check_number(name, getattr(self, name), least, most)
        _check_years(self.years)
        if not _is_number(self.ties_per_resident) or not _TIES[0] <= self.ties_per_resident <= _TIES[1]:
            raise ParameterError(
                f"'ties_per_resident' cannot be {self.ties_per_resident!r}.",
                remedy=f"Give a number from {_TIES[0]:g} to {_TIES[1]:g}.",
            )

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every year from the first to the last."""
        return tuple(range(self.years[0], self.years[1] + 1))

    @property
    def tie_years(self) -> tuple[int, ...]:
        """The years trade between parties is given for: the last two."""
        return self.all_years[-2:]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check_number(name: str, value: Any, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ParameterError(
            f"the number of {name} cannot be {value!r}." if name != "seed" else f"the seed cannot be {value!r}.",
            remedy=f"Give a whole number from {least} to {most}.",
        )


def _check_years(years: Any) -> None:
    is_pair = isinstance(years, tuple) and len(years) == 2 and all(type(year) is int for year in years)
    if not is_pair or not _EARLIEST <= years[0] <= years[1] <= _LATEST or years[1] - years[0] >= _LONGEST:
        shown = "-".join(map(str, years)) if is_pair else repr(years)
        raise ParameterError(
            f"the years cannot be {shown}.",
            remedy=f"Give the first and the last year, such as 2019-2025: within {_EARLIEST}-{_LATEST}, at most "
            f"{_LONGEST} of them.",
        )


DEFAULTS = DemoSettings()


def read_years(text: str) -> tuple[int, int]:
    """Return the first and last year of a range as people write it.

    Raises
    ------
    ParameterError
        For a text that is no range of years.

    Examples
    --------
    >>> read_years("2019-2025"), read_years("2024")
    ((2019, 2025), (2024, 2024))
    """
    match = _YEARS.fullmatch(text)
    years = (int(match[1]), int(match[2] or match[1])) if match else text
    _check_years(years)
    return (int(years[0]), int(years[1]))
