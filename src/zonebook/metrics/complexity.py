"""Economic complexity of exporters and products, and of a zone by its products (X17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.metrics.comparative_advantage import read_advantages

_RELATIVE_GAP = 1e-9  # eigenvalues nearer than this are the same one, and their vectors arbitrary


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """Complexity as z-scores with the population's standard deviation.

    ``eci`` by exporter and ``pci`` by product; ``diversity`` and ``ubiquity`` are the numbers of advantages behind
    them. Exporters and products without any advantage are in ``excluded_exporters`` and ``excluded_products``.
    """

    eci: pd.Series[Any]
    pci: pd.Series[Any]
    diversity: pd.Series[Any]
    ubiquity: pd.Series[Any]
    excluded_exporters: tuple[Any, ...]
    excluded_products: tuple[Any, ...]


def measure_complexity(advantages: pd.DataFrame) -> Complexity | None:
    """Measure the complexity of exporters and of products from who has an advantage in what (X17).

    Formula: ECI is the second eigenvector of ``D^-1 M U^-1 M'``, D diversity and U ubiquity; PCI is ``U^-1 M' ECI``;
    both as z-scores, with the sign that makes ECI rise with diversity.

    Parameters
    ----------
    advantages
        Exporters x products, true where RCA >= 1 (``mark_advantages`` of ``compute_rca`` of the raw trade matrix).

    Returns
    -------
    Complexity or None
        ``None`` where the measure is not defined: fewer than two exporters or products with advantages, parts of
        the matrix without a link, all alike, two vectors equally good, or a sign diversity does not settle.

    Raises
    ------
    MetricError
        For a matrix that is not of true and false: amounts would be taken for advantages.

    Notes
    -----
    Never fitted on a zone alone: a zone takes the products' complexity from the world
    (``compute_zone_complexity``). Solved as an eigenproblem: the method of reflections breaks down after about 80
    rounds. PCI of other programs differs by scale and origin only.

    References
    ----------
    Hidalgo & Hausmann (2009); Hausmann et al. (2014). By hand: exporters with products 1-3, 2-3 and 3 alone rank in
    that order, and the product of one exporter is the most complex.

    Examples
    --------
    >>> advantages = pd.DataFrame([[1, 1, 1], [0, 1, 1], [0, 0, 1]], index=list("abc"), columns=[1, 2, 3]).astype(bool)
    >>> found = measure_complexity(advantages)
    >>> found.eci.abs().round(4).to_dict(), int(found.pci.idxmax())
    ({'a': 1.2247, 'b': 0.0, 'c': 1.2247}, 1)
    """
    presence = read_advantages(advantages)
    rows: NDArray[np.bool_] = np.asarray(presence.any(axis=1))
    columns: NDArray[np.bool_] = np.asarray(presence.any(axis=0))
    matrix = presence[np.ix_(rows, columns)].astype(float)
    if min(matrix.shape) < 2 or not _is_connected(matrix):
        return None
    diversity, ubiquity = matrix.sum(axis=1), matrix.sum(axis=0)
    vector = _second_vector(matrix, diversity, ubiquity)
    if vector is None:
        return None
    eci, pci = _standardise(vector), _standardise(matrix.T @ vector / ubiquity)
    exporters, products = advantages.index[rows], advantages.columns[columns]
    return Complexity(
        eci=pd.Series(eci, exporters),
        pci=pd.Series(pci, products),
        diversity=pd.Series(diversity.astype(int), exporters),
        ubiquity=pd.Series(ubiquity.astype(int), products),
        excluded_exporters=tuple(advantages.index[~rows]),
        excluded_products=tuple(advantages.columns[~columns]),
    )


def compute_zone_complexity(pci: pd.Series[Any], rca: pd.Series[Any], threshold: float = 1.0) -> float | None:
    """Compute the complexity of a zone: the mean complexity of the products it has an advantage in (X17).

    Formula: ``ECI_zone = mean of PCI_p over p with RCA_p >= 1``.

    Parameters
    ----------
    pci
        Complexity of products in world trade, as by ``measure_complexity``.
    rca
        The zone's advantages against world trade by product.
    threshold
        Advantage begins here.

    Returns
    -------
    float or None
        In standard deviations of products; ``None`` where the zone has no advantage in a product with a complexity.

    Notes
    -----
    On the scale of PCI, not of ECI: compare with the same mean of other exporters.

    References
    ----------
    Hausmann et al. (2014). By hand: the mean of 2 and 1.

    Examples
    --------
    >>> compute_zone_complexity(pd.Series({"84": 2.0, "90": 1.0, "27": -1.0}), pd.Series({"84": 3.0, "90": 1.0}))
    1.5
    """
    wanted = rca.index[(rca >= threshold).to_numpy(dtype=bool, na_value=False)]
    found = pci[pci.index.isin(wanted)]
    return float(found.mean()) if len(found) else None


def _is_connected(matrix: NDArray[np.float64]) -> bool:
    """Say whether all exporters and products hang together."""
    rows, columns = np.nonzero(matrix)
    size = sum(matrix.shape)
    graph = scipy.sparse.coo_array((np.ones(len(rows)), (rows, columns + matrix.shape[0])), shape=(size, size))
    return int(scipy.sparse.csgraph.connected_components(graph, directed=False, return_labels=False)) == 1


def _second_vector(
    matrix: NDArray[np.float64], diversity: NDArray[np.float64], ubiquity: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Return the eigenvector of the second eigenvalue with its sign, ``None`` if either is not settled."""
    # The matrix of the formula is similar to a symmetric one, whose eigenproblem is well conditioned.
    scaled = matrix / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)
    # Of many exporters only the three largest eigenvalues are looked at.
    last = len(scaled) - 1
    eigenvalues, vectors = scipy.linalg.eigh(
        scaled @ scaled.T, subset_by_index=(max(0, last - 2), last), check_finite=False
    )
    third = eigenvalues[-3] if len(eigenvalues) > 2 else 0.0
    if eigenvalues[-2] - max(0.0, third) < _RELATIVE_GAP:
        return None
    vector = np.asarray(vectors[:, -2] / np.sqrt(diversity), dtype=float)
    slope = float((vector - vector.mean()) @ (diversity - diversity.mean()))
    if abs(slope) < _RELATIVE_GAP * np.linalg.norm(vector) * np.linalg.norm(diversity):
        return None
    return vector if slope > 0 else -vector


def _standardise(values: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation: NDArray[np.float64] = values - values.mean()
    return deviation / float(values.std())
