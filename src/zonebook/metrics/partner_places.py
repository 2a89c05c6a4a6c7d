"""Where partners are: the own region, other regions, abroad (R10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

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

    def __add__(self, other: PartnerSplit) -> PartnerSplit:
        """Return the amounts of two splits together."""
        return PartnerSplit(
            self.own_region + other.own_region,
            self.other_regions + other.other_regions,
            self.abroad + other.abroad,
            self.unknown + other.unknown,
        )


OWN, OTHER, ABROAD, UNKNOWN = range(4)


def find_places(
    regions: ArrayLike, countries: ArrayLike, home_regions: ArrayLike, home_country: str
) -> NDArray[np.intp]:
    """Tell for each partner whether it is in the home region, in another one, abroad, or not known where.

    Formula: own region where the regions agree; else abroad where the country is another; else another region where
    one is named.

    Parameters
    ----------
    regions, countries
        ISO codes of each partner, ``None`` where not known.
    home_regions
        ISO 3166-2 code of the home region, one for all or one for each partner.
    home_country
        ISO 3166-1 alpha-3 code of the home country.

    Returns
    -------
    numpy.ndarray
        0 own region, 1 another region, 2 abroad, 3 unknown.

    References
    ----------
    Identity: local + inter-regional + import = 1.

    Examples
    --------
    >>> find_places(["RU-MOW", "RU-TUL", None, None], ["RUS", None, "KAZ", "RUS"], "RU-MOW", "RUS").tolist()
    [0, 1, 2, 3]
    """
    region, country = np.asarray(regions, dtype=object), np.asarray(countries, dtype=object)
    home = np.broadcast_to(np.asarray(home_regions, dtype=object), region.shape)
    has_region, has_country = ~pd.isna(region), ~pd.isna(country)
    is_own = has_region & ~pd.isna(home) & (region == home)
    is_abroad = has_country & (country != home_country) & ~is_own
    # Where home itself is not known, no region can be told from it.
    is_other = has_region & ~is_own & ~is_abroad & ~pd.isna(home)
    return np.select([is_own, is_abroad, is_other], [OWN, ABROAD, OTHER], UNKNOWN).astype(np.intp)


def sum_places(places: NDArray[np.intp], values: ArrayLike) -> PartnerSplit:
    """Sum amounts by where the partner is.

    Formula: sum of values for each place.

    Parameters
    ----------
    places
        As of ``find_places``.
    values
        Amounts >= 0, RUB, or 1 for each tie; not a number for a tie without value, which is left out.

    Raises
    ------
    MetricError
        For a negative value.

    Returns
    -------
    PartnerSplit
        Amounts by place.

    References
    ----------
    Identity: local + inter-regional + import = 1.

    Examples
    --------
    >>> sum_places(np.array([0, 1, 2]), [30.0, 10.0, 60.0]).shares
    (0.3, 0.1, 0.6)
    """
    amounts = np.asarray(values, dtype=float)
    if (amounts < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    known = ~np.isnan(amounts)
    sums = np.bincount(places[known], amounts[known], minlength=4)
    return PartnerSplit(*(float(amount) for amount in sums))


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
    region, country = (partners[name].astype(object).to_numpy() for name in ("region_iso", "country_iso3"))
    places = find_places(region, country, home_region, home_country)
    return sum_places(places, partners["value_rub"].astype("float64").to_numpy())
