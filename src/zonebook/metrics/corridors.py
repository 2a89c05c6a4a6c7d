"""Flows that stand out: the disparity-filter backbone (R08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError

DEFAULT_ALPHA = 0.05

SENSITIVITY_ALPHAS = (0.01, 0.05, 0.10)


def compute_disparity(flows: pd.DataFrame, *, directed: bool = True, home: str | None = None) -> pd.DataFrame:
    """Compute how surprising each flow is against an even split of its ends' totals (R08).

    Formula: ``alpha_ij = (1 - w_ij / s_i)^(k_i - 1)`` at either end, s = strength, k = number of flows;
    directed: out-strength at the origin, in-strength at the destination.

    Parameters
    ----------
    flows
        Columns ``origin``, ``destination``, ``value_rub`` >= 0.
    directed
        Keep the direction; otherwise both directions of a pair are summed.
    home
        The only place of which all flows are known: a flow is judged at this end alone, and flows between other
        places are left out. What is kept so is kept by the whole table too.

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
    edges, places = _sum_flows(flows, directed=directed)
    if home is not None:
        touches = ((edges["origin"] == home) | (edges["destination"] == home)).to_numpy(dtype=bool)
        edges, places = edges[touches].reset_index(drop=True), places[:, touches]
    value = edges["value_rub"].to_numpy(dtype=float)
    if directed:
        at_start, at_end = (_alpha_at(end, value) for end in places)
    else:
        at_start, at_end = _alpha_at(places.ravel(), np.tile(value, 2)).reshape(2, -1)
    alpha = np.minimum(at_start, at_end)
    if home is not None:
        alpha = np.where(edges["origin"] == home, at_start, at_end)
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
    _check_level(alpha)
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
    level, value = disparity["alpha"].to_numpy(dtype=float), disparity["value_rub"].to_numpy(dtype=float)
    marks = np.array([_check_level(alpha) for alpha in alphas], dtype=float)
    kept = level[None, :] < marks[:, None]
    total = float(value.sum())
    shares = kept @ value / total if total else np.full(len(marks), np.nan)
    return pd.DataFrame({"alpha": marks, "n_edges": kept.sum(axis=1), "value_share": pd.array(shares, dtype="Float64")})


def _check_level(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise MetricError(f"a level of significance lies between 0 and 1, got {alpha}")
    return alpha


def _sum_flows(flows: pd.DataFrame, *, directed: bool) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    """Return positive flows between different places, one row a pair, and the numbers of their two places."""
    value = flows["value_rub"].to_numpy(dtype=float, na_value=np.nan)
    ends = [flows[name].astype(object).to_numpy() for name in ("origin", "destination")]
    known = ~np.isnan(value) & ~pd.isna(ends[0]) & ~pd.isna(ends[1])
    if (value[known] < 0).any():
        raise MetricError("a flow has a negative value")
    codes, names = pd.factorize(np.concatenate([end[known] for end in ends]), sort=True)
    places = codes.reshape(2, -1)
    if not directed:
        places = np.sort(places, axis=0)
    pairs, inverse = np.unique(places[0] * max(len(names), 1) + places[1], return_inverse=True)
    sums = np.bincount(inverse, value[known], minlength=len(pairs))
    start, end = np.divmod(pairs, max(len(names), 1))
    kept = (start != end) & (sums > 0)
    start, end = start[kept], end[kept]
    edges = pd.DataFrame({"origin": names[start], "destination": names[end], "value_rub": sums[kept]})
    return edges, np.vstack([start, end])


def _alpha_at(places: NDArray[np.intp], value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha of each flow at the place given for it."""
    strength, degree = np.bincount(places, value)[places], np.bincount(places)[places]
    # The base is rounded to 0 where one flow is all: 0 to the power 0 is 1, as the definition wants.
    return np.asarray(np.maximum(1 - value / strength, 0.0) ** (degree - 1), dtype=float)
