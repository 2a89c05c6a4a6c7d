"""Flows made ready for a gravity model: pairs with distances, separated pairs found (R06)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zonebook.errors import MetricError

_PAIR = ["origin", "destination"]


def prepare_flows(flows: pd.DataFrame, distances: pd.DataFrame) -> pd.DataFrame:
    """Join flows with distances into the pairs a gravity model is fitted on (R06).

    Formula: one row a pair of different places, values of products summed, ``ln_km = ln d_ij``.

    Parameters
    ----------
    flows
        One year: columns ``origin``, ``destination``, ``value_rub`` >= 0, zeros stored as rows.
    distances
        Columns ``origin``, ``destination``, ``km``; a pair may be given in one direction only.

    Returns
    -------
    pandas.DataFrame
        Columns ``origin``, ``destination``, ``value_rub``, ``km``, ``ln_km``, sorted by pair.

    Raises
    ------
    MetricError
        For a negative value.

    Notes
    -----
    A pair that is not in ``flows`` is missing, not zero. Flows inside a place, without a value, or
    without a distance above 0 are left out; compare the number of rows.

    References
    ----------
    Santos Silva & Tenreyro (2006).

    Examples
    --------
    >>> flows = pd.DataFrame({"origin": ["a", "b"], "destination": ["b", "a"], "value_rub": [5.0, 0.0]})
    >>> distances = pd.DataFrame({"origin": ["a"], "destination": ["b"], "km": [1.0]})
    >>> prepare_flows(flows, distances)[["value_rub", "ln_km"]].to_numpy().tolist()
    [[5.0, 0.0], [0.0, 0.0]]
    """
    valued = flows.dropna(subset=[*_PAIR, "value_rub"])
    if (valued["value_rub"] < 0).any():
        raise MetricError("a flow has a negative value")
    summed: pd.DataFrame = valued.groupby(_PAIR, sort=True)["value_rub"].sum().reset_index()
    known = distances[[*_PAIR, "km"]].dropna()
    turned = known.rename(columns={"origin": "destination", "destination": "origin"})
    both = pd.concat([known, turned]).drop_duplicates(_PAIR)
    pairs = summed.merge(both, on=_PAIR, how="inner", validate="one_to_one")
    pairs = pairs[(pairs["origin"] != pairs["destination"]) & (pairs["km"] > 0)].reset_index(drop=True)
    pairs["value_rub"] = pairs["value_rub"].astype("float64")
    pairs["ln_km"] = np.log(pairs["km"].to_numpy(dtype=float))
    return pairs


def find_estimable(pairs: pd.DataFrame, covariates: Sequence[str], *, fixed_effects: bool) -> pd.Series[bool]:
    """Find the pairs that are left when places and dummies without any flow are taken out (R06).

    Formula: drop all pairs of an origin, a destination or a 0/1 covariate whose flows sum to 0, until
    there is none.

    Parameters
    ----------
    pairs, covariates, fixed_effects
        As for ``fit_gravity``.

    Returns
    -------
    pandas.Series
        Whether each pair can be estimated.

    Raises
    ------
    MetricError
        For a negative or missing value, a missing covariate, or a pair given twice.

    References
    ----------
    Correia, Guimaraes & Zylkin (2019) on separation.

    Examples
    --------
    >>> pairs = pd.DataFrame({"origin": ["a", "b"], "destination": ["b", "a"], "value_rub": [5.0, 0.0]})
    >>> find_estimable(pairs, (), fixed_effects=True).tolist()
    [True, False]
    """
    _check_pairs(pairs, covariates)
    used = pd.Series(True, index=pairs.index)
    dummies = [name for name in covariates if pairs[name].isin([0, 1]).all()]
    while used.any():
        flow = pairs["value_rub"].astype("float64").where(used, 0.0)
        empty = pd.Series(False, index=pairs.index)
        for name in _PAIR if fixed_effects else []:
            empty |= flow.groupby(pairs[name]).transform("sum") == 0
        for name in dummies:
            if not (flow[pairs[name] == 1] > 0).any():
                empty |= pairs[name] == 1
        if not (empty & used).any():
            break
        used &= ~empty
    return used


def _check_pairs(pairs: pd.DataFrame, covariates: Sequence[str]) -> None:
    """Refuse pairs that no model can be fitted on."""
    if pairs[["value_rub", *covariates]].isna().any(axis=None):
        raise MetricError("a pair lacks its flow or a covariate", remedy="Leave the pair out.")
    if (pairs["value_rub"] < 0).any():
        raise MetricError("a flow has a negative value")
    if pairs.duplicated(_PAIR).any():
        raise MetricError("a pair is given twice", remedy="Sum its flows first.")
