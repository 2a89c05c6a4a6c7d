"""Flows that stand out: the disparity-filter backbone (R08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError

DEFAULT_ALPHA = 0.05

SENSITIVITY_ALPHAS = (0.01, 0.05, 0.10)


def compute_disparity(flows: pd.DataFrame, *, directed: bool = True) -> pd.DataFrame:
    """Compute how surprising each flow is against an even split of its ends' totals (R08).

    Formula: ``alpha_ij = (1 - w_ij / s_i)^(k_i - 1)`` at either end, s = strength, k = number of flows;
    directed: out-strength at the origin, in-strength at the destination.

    Parameters
    ----------
    flows
        Columns ``origin``, ``destination``, ``value_rub`` >= 0.
    directed
        Keep the direction; otherwise both directions of a pair are summed.

    Returns
    -------
    pandas.DataFrame
        One row a positive flow: ``origin``, ``destination``, ``value_rub``, ``alpha`` (the smaller of the
        two ends, 0-1), sorted by origin and destination.

    Raises
    ------
    MetricError
        For a negative value.

    Notes
    -----
    A place with a single flow has alpha 1 at that end. Flows of a place with itself, zeros and rows
    without a value are no edges; repeated rows are summed.

    References
    ----------
    Serrano, Boguna & Vespignani (2009).

    Examples
    --------
    Nine tenths of what leaves a goes to b: (1 - 0.9)^(2 - 1) = 0.1.

    >>> flows = pd.DataFrame({"origin": ["a", "a"], "destination": ["b", "c"], "value_rub": [90.0, 10.0]})
    >>> compute_disparity(flows)["alpha"].round(4).tolist()
    [0.1, 0.9]
    """
    edges = _sum_flows(flows, directed=directed)
    value = edges["value_rub"].to_numpy(dtype=float)
    if directed:
        starts, ends = edges["origin"], edges["destination"]
        alpha = np.minimum(_alpha_at(starts, value), _alpha_at(ends, value))
    else:
        both = pd.concat([edges["origin"], edges["destination"]], ignore_index=True)
        at_ends = _alpha_at(both, np.concatenate([value, value]))
        alpha = np.minimum(at_ends[: len(value)], at_ends[len(value) :])
    return edges.assign(alpha=alpha)


@dataclass(frozen=True, slots=True, eq=False)
class Backbone:
    """The corridors: flows kept at a level of significance, and their share of all value."""

    edges: pd.DataFrame
    alpha: float
    value_share: float | None


def extract_backbone(disparity: pd.DataFrame, alpha: float = DEFAULT_ALPHA) -> Backbone:
    """Keep the flows that an even split would hardly give (R08).

    Formula: keep where ``min(alpha_ij, alpha_ji) < alpha``.

    Parameters
    ----------
    disparity
        Result of ``compute_disparity``; further columns (the ratio of R06) travel along.
    alpha
        Level of significance, 0-1; report it from 0.01 to 0.10.

    Returns
    -------
    Backbone
        Flows kept, by ``ratio`` if that column is there, else by value, highest first; share of value kept
        0-1, ``None`` without any flow.

    Raises
    ------
    MetricError
        If alpha is not between 0 and 1.

    Notes
    -----
    If no flow is kept the backbone is empty, which is a finding and not an error.

    References
    ----------
    Serrano, Boguna & Vespignani (2009).

    Examples
    --------
    >>> flows = pd.DataFrame({"origin": ["a", "a"], "destination": ["b", "c"], "value_rub": [99.0, 1.0]})
    >>> backbone = extract_backbone(compute_disparity(flows))
    >>> backbone.edges["destination"].tolist(), backbone.value_share
    (['b'], 0.99)
    """
    if not 0 < alpha < 1:
        raise MetricError(f"a level of significance lies between 0 and 1, got {alpha}")
    kept = disparity[disparity["alpha"] < alpha]
    by = "ratio" if "ratio" in kept.columns else "value_rub"
    kept = kept.sort_values([by, "origin", "destination"], ascending=[False, True, True], na_position="last")
    total = float(disparity["value_rub"].sum())
    return Backbone(kept.reset_index(drop=True), alpha, float(kept["value_rub"].sum()) / total if total else None)


def summarise_backbones(disparity: pd.DataFrame, alphas: Iterable[float] = SENSITIVITY_ALPHAS) -> pd.DataFrame:
    """Show how the backbone depends on the level of significance (R08).

    Formula: number of flows kept and their share of value, for each alpha.

    Parameters
    ----------
    disparity
        Result of ``compute_disparity``.
    alphas
        Levels of significance.

    Returns
    -------
    pandas.DataFrame
        Columns ``alpha``, ``n_edges``, ``value_share`` (missing without any flow).

    Raises
    ------
    MetricError
        If an alpha is not between 0 and 1.

    Examples
    --------
    >>> flows = pd.DataFrame({"origin": ["a", "a"], "destination": ["b", "c"], "value_rub": [97.0, 3.0]})
    >>> summarise_backbones(compute_disparity(flows))["n_edges"].tolist()
    [0, 1, 1]
    """
    found = [extract_backbone(disparity, alpha) for alpha in alphas]
    return pd.DataFrame(
        {
            "alpha": [backbone.alpha for backbone in found],
            "n_edges": [len(backbone.edges) for backbone in found],
            "value_share": pd.array([backbone.value_share for backbone in found], dtype="Float64"),
        }
    )


def _sum_flows(flows: pd.DataFrame, *, directed: bool) -> pd.DataFrame:
    """Return positive flows between different places, one row a pair."""
    found = flows[["origin", "destination", "value_rub"]].dropna()
    found = found.assign(value_rub=found["value_rub"].astype("float64"))
    if (found["value_rub"] < 0).any():
        raise MetricError("a flow has a negative value")
    found = found[found["origin"] != found["destination"]]
    if not directed:
        swapped = (found["origin"] > found["destination"]).to_numpy(dtype=bool)
        origin = found["origin"].where(~swapped, found["destination"])
        found = found.assign(origin=origin, destination=found["destination"].where(~swapped, found["origin"]))
    summed: pd.DataFrame = found.groupby(["origin", "destination"])["value_rub"].sum().reset_index()
    return summed[summed["value_rub"] > 0].reset_index(drop=True)


def _alpha_at(places: pd.Series[Any], value: ArrayLike) -> NDArray[np.float64]:
    """Return alpha of each flow at the place given for it."""
    weight = pd.Series(np.asarray(value, dtype=float))
    key = places.astype(object).to_numpy()
    strength = weight.groupby(key).transform("sum").to_numpy()
    degree = weight.groupby(key).transform("size").to_numpy()
    # The base is rounded to 0 where one flow is all: 0 to the power 0 is 1, as the definition wants.
    return np.asarray(np.maximum(1 - weight.to_numpy() / strength, 0.0) ** (degree - 1), dtype=float)
