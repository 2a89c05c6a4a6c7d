"""Why employment changed: the country, the industry, the place (L14)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from zonebook.errors import MetricError


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
    absent = here.index.difference(whole.index)
    if len(absent):
        raise MetricError(f"industry {absent[0]!r} is missing in the country")
    base = whole.reindex(here.index)
    if here.isna().any(axis=None) or whole.isna().any(axis=None) or not whole["start"].sum() > 0:
        return None
    growth = float(whole["end"].sum() / whole["start"].sum()) - 1
    frame = _split_change(here, base, growth)
    national, structural, regional = (float(frame[name].sum()) for name in ("national", "structural", "regional"))
    return ShiftShare(national, structural, regional, frame)


def _split_change(here: pd.DataFrame, base: pd.DataFrame, growth: float) -> pd.DataFrame:
    """Return the three parts of the change of every industry."""
    start, change = here["start"], here["end"] - here["start"]
    is_new = start == 0
    if ((base["start"] == 0) & ~is_new).any():
        raise MetricError("an industry has employees here and none in the country")
    of_industry = base["end"] / base["start"].where(~is_new) - 1
    national = start * growth
    structural = (start * (of_industry - growth)).where(~is_new, 0.0)
    regional = change - national - structural
    parts = {"national": national, "structural": structural, "regional": regional, "change": change}
    return pd.DataFrame({**parts, "is_new": is_new})


def _read_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return start and end by industry, refusing what is no table of employees."""
    years = table[["start", "end"]].astype("float64")
    if not years.index.is_unique:
        raise MetricError(f"industry {years.index[years.index.duplicated()][0]!r} is listed twice")
    if (years < 0).any(axis=None):
        raise MetricError("a number of employees is negative")
    return years
