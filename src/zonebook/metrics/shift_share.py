"""Why employment changed: the country, the industry, the place (L14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ShiftShare:
    """Change of employment by industry and in all: what the country, the industry and the place account for.

    ``by_industry``: ``national``, ``structural``, ``regional``, ``change`` and ``is_new``; persons.
    """

    national: float
    structural: float
    regional: float
    by_industry: pd.DataFrame

    @property
    def change(self) -> float:
        """Change in all, persons."""
        return self.national + self.structural + self.regional


def decompose_change(local: pd.DataFrame, country: pd.DataFrame) -> ShiftShare | None:
    """Decompose the change of employment into national, structural and regional parts (L14).

    Formula: ``change_i = e_i g + e_i (g_i - g) + e_i (r_i - g_i)``, g = growth of the country, g_i of the
    industry in the country, r_i here.

    Parameters
    ----------
    local, country
        Employees by industry: columns ``start`` and ``end``, indexed by industry. All industries of the
        country are given, the place among them.

    Returns
    -------
    ShiftShare or None
        Persons, signed; ``None`` (not applicable) if a figure of either year is missing, or the country has
        no employees at the start.

    Raises
    ------
    MetricError
        For a negative number, an industry listed twice or missing in the country, or one that has
        employees here and none in the country.

    Notes
    -----
    An industry that is new here (nobody at the start) has no growth rate: its whole change is regional, and
    ``is_new``.

    References
    ----------
    Dunn (1960); Farhauer & Kroell (2013).

    Examples
    --------
    The country grows by 10 %, its machinery by 20 %, the machinery here by 5 %.

    >>> here = pd.DataFrame({"start": [100.0], "end": [105.0]}, index=["machinery"])
    >>> country = pd.DataFrame({"start": [500.0, 500.0], "end": [600.0, 500.0]}, index=["machinery", "other"])
    >>> found = decompose_change(here, country)
    >>> round(found.national, 6), round(found.structural, 6), round(found.regional, 6)
    (10.0, 10.0, -15.0)
    """
    here, whole = _read_years(local), _read_years(country)
    place = country.index.get_indexer(local.index)
    if (place < 0).any():
        raise MetricError(f"industry {local.index[place < 0][0]!r} is missing in the country")
    if np.isnan(here).any() or np.isnan(whole).any() or not whole[:, 0].sum() > 0:
        return None
    growth = float(whole[:, 1].sum() / whole[:, 0].sum()) - 1
    frame = pd.DataFrame(_split_change(here, whole[place], growth), index=local.index)
    national, structural, regional = (float(frame[name].sum()) for name in ("national", "structural", "regional"))
    return ShiftShare(national, structural, regional, frame)


def _split_change(here: _Floats, base: _Floats, growth: float) -> dict[str, NDArray[Any]]:
    """Return the three parts of the change of every industry."""
    start, change = here[:, 0], here[:, 1] - here[:, 0]
    is_new = start == 0
    if ((base[:, 0] == 0) & ~is_new).any():
        raise MetricError("an industry has employees here and none in the country")
    of_industry = np.divide(base[:, 1], base[:, 0], out=np.ones(len(base)), where=~is_new) - 1
    national = start * growth
    structural = np.where(is_new, 0.0, start * (of_industry - growth))
    regional = change - national - structural
    parts = {"national": national, "structural": structural, "regional": regional, "change": change}
    return {**parts, "is_new": is_new}


def _read_years(table: pd.DataFrame) -> _Floats:
    """Return start and end by industry, refusing what is no table of employees."""
    years = np.column_stack([table[name].to_numpy(dtype=float, na_value=np.nan) for name in ("start", "end")])
    if not table.index.is_unique:
        raise MetricError(f"industry {table.index[table.index.duplicated()][0]!r} is listed twice")
    if (years < 0).any():
        raise MetricError("a number of employees is negative")
    return years
