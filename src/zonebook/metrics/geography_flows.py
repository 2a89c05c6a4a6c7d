"""Flows between places: corridors that stand out (R08), ties and intensity between zones (R09)."""

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


@dataclass(frozen=True, slots=True, eq=False)
class ZoneMatrix:
    """Ties between zones, from rows to columns: number, value (RUB) and firms behind each cell.

    ``firms`` is the smaller of the numbers of firms at the two ends, so that a cell with one seller and
    many buyers counts as one. ``unvalued`` is the number of ties without a value.
    """

    counts: pd.DataFrame
    values: pd.DataFrame
    firms: pd.DataFrame
    unvalued: pd.DataFrame


def build_zone_matrix(ties: pd.DataFrame, zones: pd.Series[Any]) -> ZoneMatrix:
    """Count and sum the ties between every two zones (R09).

    Formula: ``W_ab = sum of ties from parties of zone a to parties of zone b``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, ``value_rub``.
    zones
        Zone of each party by party id, blank for none.

    Returns
    -------
    ZoneMatrix
        Four matrices, zones x zones, in the order of their ids; the diagonal is 0.

    Raises
    ------
    MetricError
        If a party has two zones.

    Notes
    -----
    The diagonal (ties inside a zone) is excluded. Every row of ``ties`` is one tie.

    References
    ----------
    Own definition; the intensity is after Frankel.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a"], "to_party": ["b", "c"], "value_rub": [5.0, None]})
    >>> matrix = build_zone_matrix(ties, pd.Series({"a": "north", "b": "south", "c": "south"}))
    >>> int(matrix.counts.loc["north", "south"]), float(matrix.values.loc["north", "south"])
    (2, 5.0)
    """
    if not zones.index.is_unique:
        raise MetricError(f"party {zones.index[zones.index.duplicated()][0]!r} is listed twice")
    names: pd.Index[Any] = pd.Index(sorted(zones.dropna().unique()), dtype=object)
    start = names.get_indexer(pd.Index(ties["from_party"].map(zones), dtype=object))
    end = names.get_indexer(pd.Index(ties["to_party"].map(zones), dtype=object))
    kept = (start >= 0) & (end >= 0) & (start != end)
    cells, rows = start[kept] * len(names) + end[kept], ties[kept]
    value = rows["value_rub"].to_numpy(dtype=float, na_value=np.nan)

    def lay_out(numbers: NDArray[Any]) -> pd.DataFrame:
        return pd.DataFrame(numbers.reshape(len(names), -1), index=names, columns=names)

    size = len(names) ** 2
    unvalued = np.bincount(cells[np.isnan(value)], minlength=size)
    sellers = _count_distinct(cells, rows["from_party"], size)
    buyers = _count_distinct(cells, rows["to_party"], size)
    return ZoneMatrix(
        counts=lay_out(np.bincount(cells, minlength=size)),
        values=lay_out(np.bincount(cells, np.nan_to_num(value), size)),
        firms=lay_out(np.minimum(sellers, buyers)),
        unvalued=lay_out(unvalued),
    )


def compute_intensity(matrix: pd.DataFrame) -> pd.DataFrame:
    """Compute how much denser ties between two zones are than their totals would make them (R09).

    Formula: ``I_ab = W_ab W_.. / (s_a s_b)``, s_a = sum of row a, s_b = sum of column b.

    Parameters
    ----------
    matrix
        Counts or values, zones x zones, >= 0; the diagonal is not counted.

    Returns
    -------
    pandas.DataFrame
        ``Float64`` in [0, inf), 1 = as the totals imply; missing on the diagonal and where s_a or s_b is 0.

    Raises
    ------
    MetricError
        If the matrix is not square or has a negative cell.

    References
    ----------
    Frankel-type intensity index; the algebra is that of the location quotient.

    Examples
    --------
    >>> flows = pd.DataFrame([[0, 4, 0], [4, 0, 0], [0, 2, 0]], index=list("abc"), columns=list("abc"))
    >>> compute_intensity(flows).loc["a"].round(4).tolist()
    [<NA>, 1.6667, <NA>]
    """
    flow = matrix.to_numpy(dtype=float, copy=True)
    if flow.shape[0] != flow.shape[1] or (flow < 0).any():
        raise MetricError("an intensity needs a square matrix without negative cells")
    np.fill_diagonal(flow, 0)
    by_chance = np.outer(flow.sum(axis=1), flow.sum(axis=0))
    defined = by_chance > 0
    np.fill_diagonal(defined, False)
    ratio = np.divide(flow * flow.sum(), by_chance, out=np.zeros_like(flow), where=defined)
    frame = pd.DataFrame(ratio, index=matrix.index, columns=matrix.columns, dtype="Float64")
    return frame.where(defined)


def mask_small_cells(matrix: pd.DataFrame, firms: pd.DataFrame, minimum: int = 3) -> pd.DataFrame:
    """Hide the cells that rest on fewer than ``minimum`` firms (R09, Q04).

    Formula: missing where ``0 < firms < minimum``.

    Parameters
    ----------
    matrix
        Counts, values or intensities, zones x zones.
    firms
        Firms behind each cell.
    minimum
        Least number of firms of a published cell.

    Returns
    -------
    pandas.DataFrame
        ``Float64``; a cell without any tie stays 0, since nobody is disclosed by it.

    Examples
    --------
    >>> cells = pd.DataFrame([[0.0, 7.0]])
    >>> mask_small_cells(cells, pd.DataFrame([[0, 2]])).loc[0].tolist()
    [0.0, <NA>]
    """
    return matrix.astype("Float64").mask((firms > 0) & (firms < minimum))


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


def _count_distinct(cells: NDArray[np.intp], parties: pd.Series[Any], size: int) -> NDArray[np.intp]:
    """Count the different parties in each cell."""
    pairs = pd.DataFrame({"cell": cells, "party": parties.to_numpy(dtype=object)}).drop_duplicates()
    return np.bincount(pairs["cell"].to_numpy(dtype=np.intp), minlength=size)
