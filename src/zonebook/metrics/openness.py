"""Whether ties go outward or stay inside groups: the E-I index (R03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import Network, build_adjacency
from zonebook.metrics.mixing import encode_groups


@dataclass(frozen=True, slots=True)
class EIIndex:
    """External and internal ties (counts, or RUB if weighted) and their balance."""

    external: float
    internal: float

    @property
    def value(self) -> float:
        """External less internal, over both."""
        return (self.external - self.internal) / (self.external + self.internal)


@dataclass(frozen=True, slots=True)
class Arcs:
    """Ties as arrays of party positions and weights; codes are the groups of the parties."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    weights: NDArray[np.float64]
    codes: NDArray[np.intp]


def measure_ei(
    ties: pd.DataFrame | Network, groups: pd.Series[Any], *, group: Any = None, weighted: bool = False
) -> EIIndex | None:
    """Measure whether ties go outward or stay inside groups (R03).

    Formula: ``EI = (E - I) / (E + I)``; of one group: E = ties with exactly one end in it, I = with both.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``, direction kept; or a network of the
        parties with a group.
    groups
        Group (zone, region, cluster) of each party, indexed by party id.
    group
        Label of one group; ``None`` for the network as a whole.
    weighted
        Weigh ties by value; ties without one are left out.

    Returns
    -------
    EIIndex or None
        Value in [-1, 1] with E and I; ``None`` if E + I = 0.

    Raises
    ------
    MetricError
        If the group is unknown, or a tie has a negative value.

    Notes
    -----
    Parties without a group are left out with their ties: whether those are external is not known. A group
    that is the whole network gives -1. Always shown with the expected value (``simulate_expected_ei``): a
    small group is external by arithmetic.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    The chief executive of Krackhardt's firm (1987) is a department alone: all ties are external.

    >>> ties = pd.DataFrame({"from_party": ["a", "b", "c"], "to_party": ["b", "c", "a"]})
    >>> measure_ei(ties, pd.Series({"a": "head", "b": "shop", "c": "shop"}), group="head").value
    1.0
    """
    arcs, code = read_arcs(ties, groups, group, weighted=weighted)
    external, internal = sum_by_side(arcs, arcs.codes[:, None], code)
    return EIIndex(float(external[0]), float(internal[0])) if external[0] + internal[0] > 0 else None


def compute_ei_of_mixing(mixing: pd.DataFrame | NDArray[Any]) -> EIIndex | None:
    """Compute the E-I index of a mixing matrix: off-diagonal cells are external (R03).

    Formula: ``E = sum of cells off the diagonal, I = trace``.

    Parameters
    ----------
    mixing
        Ties between groups, groups x groups, >= 0.

    Returns
    -------
    EIIndex or None
        ``None`` for an empty matrix.

    References
    ----------
    Krackhardt & Stern (1988); the matrix is table I of Newman (2003).

    Examples
    --------
    >>> table = [[506, 32, 69, 26], [23, 308, 114, 38], [26, 46, 599, 68], [10, 14, 47, 32]]
    >>> round(compute_ei_of_mixing(np.array(table)).value, 6)
    -0.475996
    """
    matrix = np.asarray(mixing, dtype=float)
    internal = float(np.trace(matrix))
    external = float(matrix.sum()) - internal
    return EIIndex(external, internal) if external + internal > 0 else None


def read_arcs(
    ties: pd.DataFrame | Network, groups: pd.Series[Any], group: Any, *, weighted: bool
) -> tuple[Arcs, np.intp | None]:
    """Return the ties among parties with a known group, and the code of the group asked for."""
    known = groups.dropna()
    codes, labels = encode_groups(known)
    if group is not None and group not in labels:
        raise MetricError(f"no party belongs to group {group!r}")
    matrix = build_adjacency(ties, known.index, weighted=weighted).tocoo()
    if (matrix.data < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    arcs = Arcs(matrix.row.astype(np.intp), matrix.col.astype(np.intp), matrix.data, codes)
    return arcs, None if group is None else np.intp(labels.index(group))


def sum_by_side(
    arcs: Arcs, labels: NDArray[Any], code: np.intp | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum external and internal weights for every column of labels (parties x draws)."""
    if code is not None:
        labels = labels == code
        starts, ends = labels[arcs.rows], labels[arcs.columns]
        internal, external = starts & ends, starts ^ ends
    else:
        internal = labels[arcs.rows] == labels[arcs.columns]
        external = ~internal
    if (arcs.weights == 1).all():
        return external.sum(axis=0, dtype=np.int32).astype(float), internal.sum(axis=0, dtype=np.int32).astype(float)
    return arcs.weights @ external, arcs.weights @ internal
