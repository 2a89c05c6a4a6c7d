"""The E-I index that group sizes alone would give: exact and by permutation of labels (R03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import Network
from zonebook.metrics.openness import Arcs, read_arcs, sum_by_side

_DRAWS_AT_ONCE = 64  # permutations compared together: memory of ties x 64 bytes


@dataclass(frozen=True, slots=True)
class ExpectedEI:
    """E-I index under random labels: mean and 5-95 % range over the draws of the seed."""

    mean: float
    lower: float
    upper: float
    draws: int
    seed: int


def compute_ei_from_sizes(sizes: Mapping[Any, int], group: Any = None) -> float | None:
    """Compute the E-I index that ties at random would have, from group sizes alone (R03).

    Formula: of the pairs of parties (of one group: pairs with an end in it), ``(E - I) / (E + I)``.

    Parameters
    ----------
    sizes
        Number of parties of each group.
    group
        Label of one group; ``None`` for the network as a whole.

    Returns
    -------
    float or None
        In [-1, 1]; ``None`` if there is no such pair.

    Raises
    ------
    KeyError
        If the group is not among the sizes.

    Notes
    -----
    For the network as a whole this is exactly the mean over all permutations of labels, whatever the
    ties and their values.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    >>> compute_ei_from_sizes({"small": 2, "rest": 8}, "small")
    0.8823529411764706
    """
    n = sum(sizes.values())
    if group is None:
        internal = sum(size * (size - 1) / 2 for size in sizes.values())
        pairs = n * (n - 1) / 2
    else:
        own = sizes[group]
        internal = own * (own - 1) / 2
        pairs = internal + own * (n - own)
    return (pairs - 2 * internal) / pairs if pairs else None


def simulate_expected_ei(
    ties: pd.DataFrame | Network,
    groups: pd.Series[Any],
    *,
    group: Any = None,
    weighted: bool = False,
    draws: int = 1000,
    seed: int = 0,
) -> ExpectedEI | None:
    """Simulate the E-I index with the group labels dealt anew among the parties (R03).

    Formula: mean of ``EI`` over ``draws`` random permutations of labels; ties and group sizes stay.

    Parameters
    ----------
    ties, groups, group, weighted
        As for ``measure_ei``.
    draws, seed
        Number of permutations and seed of the random numbers.

    Returns
    -------
    ExpectedEI or None
        Mean and 5-95 % range, in [-1, 1]; ``None`` where the index is undefined in every draw.

    Raises
    ------
    MetricError
        If the group is unknown, a value negative, or draws < 1.

    Notes
    -----
    A draw in which no tie touches the group has no index and is left out.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    Every permutation of this network has the same index, so the range is a point.

    >>> ties = pd.DataFrame({"from_party": ["a", "b", "c"], "to_party": ["b", "c", "a"]})
    >>> found = simulate_expected_ei(ties, pd.Series({"a": "x", "b": "y", "c": "y"}), draws=100, seed=1)
    >>> round(found.mean, 4), round(found.lower, 4), round(found.upper, 4)
    (0.3333, 0.3333, 0.3333)
    """
    if draws < 1:
        raise MetricError(f"the expected E-I index needs at least one draw, got {draws}")
    arcs, code = read_arcs(ties, groups, group, weighted=weighted)
    values = _draw_indices(arcs, code, draws, np.random.default_rng(seed))
    if values.size == 0:
        return None
    lower, upper = np.quantile(values, (0.05, 0.95))
    return ExpectedEI(float(values.mean()), float(lower), float(upper), draws, seed)


def _draw_indices(arcs: Arcs, code: np.intp | None, draws: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Return the E-I index of every draw in which a tie counts."""
    found = []
    for start in range(0, draws, _DRAWS_AT_ONCE):
        labels = _deal_labels(arcs.codes, code, min(_DRAWS_AT_ONCE, draws - start), generator)
        external, internal = sum_by_side(arcs, labels, None if code is None else np.intp(1))
        total = external + internal
        found.append((external - internal)[total > 0] / total[total > 0])
    return np.concatenate(found)


def _deal_labels(
    codes: NDArray[np.intp], code: np.intp | None, draws: int, generator: np.random.Generator
) -> NDArray[Any]:
    """Return labels dealt anew, parties x draws; of one group, 1 for its members and 0 for all others."""
    if code is None:
        # One byte a label where that is enough: comparing labels is what costs.
        labels = codes.astype(np.min_scalar_type(int(codes.max(initial=0))))
        return np.ascontiguousarray(generator.permuted(np.tile(labels, (draws, 1)), axis=1).T)
    # As many parties as the group has, those with the smallest random keys: four times as quick as a permutation.
    # That two of them are equal where it matters happens once in millions of draws.
    members = int((codes == code).sum())
    keys = generator.integers(0, 2**32, (draws, len(codes)), dtype=np.uint32)
    largest = np.partition(keys, members - 1, axis=1)[:, members - 1 : members]
    return np.ascontiguousarray((keys <= largest).T).view(np.uint8)
