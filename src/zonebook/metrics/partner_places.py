"""Where partners are: the own region, other regions, abroad (R10)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from zonebook.errors import MetricError


@dataclass(frozen=True, slots=True)
class PartnerSplit:
    """Amounts with partners of the own region, of other regions, abroad, and of unknown place (RUB or ties)."""

    own_region: float
    other_regions: float
    abroad: float
    unknown: float

    @property
    def interregional_share(self) -> float | None:
        """Other regions in the domestic total, ``None`` if there is no domestic partner of known region."""
        domestic = self.own_region + self.other_regions
        return self.other_regions / domestic if domestic else None

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """Own region, other regions and abroad in all that has a known place; they sum to 1."""
        placed = self.own_region + self.other_regions + self.abroad
        return (self.own_region / placed, self.other_regions / placed, self.abroad / placed) if placed else None


def split_by_place(partners: pd.DataFrame, home_region: str, home_country: str = "RUS") -> PartnerSplit:
    """Split purchases or sales by where the partner is (R10).

    Formula: ``share = sum outside the region / sum domestic``; own region + other regions + abroad = all.

    Parameters
    ----------
    partners
        One row a tie, of the end that is not at home: columns ``region_iso``, ``country_iso3`` and
        ``value_rub`` (pass 1 for every row to count ties).
    home_region
        ISO 3166-2 code of the home region.
    home_country
        ISO 3166-1 alpha-3 code of the home country.

    Returns
    -------
    PartnerSplit
        Amounts by place; ``interregional_share`` 0-1, ``None`` without a domestic partner.

    Raises
    ------
    MetricError
        For a negative value.

    Notes
    -----
    A partner whose country is not known, or whose region is not known in the home country, is in
    ``unknown`` and in no share. Rows without a value are left out.

    References
    ----------
    Identity: local + inter-regional + import = 1.

    Examples
    --------
    >>> partners = pd.DataFrame({
    ...     "region_iso": ["RU-MOW", "RU-TUL", None],
    ...     "country_iso3": ["RUS", "RUS", "KAZ"],
    ...     "value_rub": [30.0, 10.0, 60.0],
    ... })
    >>> split = split_by_place(partners, "RU-MOW")
    >>> split.interregional_share, split.shares
    (0.25, (0.3, 0.1, 0.6))
    """
    rows = partners.dropna(subset=["value_rub"])
    values = rows["value_rub"].astype("float64")
    if (values < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    country, region = rows["country_iso3"].astype("string"), rows["region_iso"].astype("string")
    at_home = (region == home_region).fillna(value=False)
    domestic = ((country == home_country).fillna(value=False) | country.isna()) & region.notna()
    abroad = (country != home_country).fillna(value=False) & ~at_home
    own = float(values[at_home.to_numpy(dtype=bool)].sum())
    other = float(values[(domestic & ~at_home).to_numpy(dtype=bool)].sum())
    foreign = float(values[abroad.to_numpy(dtype=bool)].sum())
    placed = at_home | domestic | abroad
    return PartnerSplit(own, other, foreign, float(values[~placed.to_numpy(dtype=bool)].sum()))
