"""The share of each resident's largest suppliers or customers (L18)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.partner_concentration import PartnerConcentration
from zonebook.metrics.tie_totals import sum_at_places


def compute_partner_ratios(found: PartnerConcentration, k: int = 4) -> NDArray[np.float64]:
    """Compute the share of each resident's k largest suppliers (or customers) (L18).

    Formula: ``CR_k = sum of the k largest s_j``.

    Parameters
    ----------
    found
        The concentration of residents' partners.
    k
        Number of partners counted.

    Returns
    -------
    numpy.ndarray
        Share 0-1 by resident with an amount; 1 by arithmetic where it has no more than k partners.

    Raises
    ------
    MetricError
        For k < 1.

    Notes
    -----
    A published CR1 or CR2 of one resident may itself disclose a firm.

    References
    ----------
    Eurostat and UNCTAD usage; agrees with ``compute_concentration_ratio`` resident by resident.

    Examples
    --------
    >>> import pandas as pd
    >>> from zonebook.metrics.partner_concentration import measure_partner_concentration
    >>> ties = pd.DataFrame({"from_party": list("abcd"), "to_party": "x", "value_rub": [20.0, 50.0, 20.0, 10.0]})
    >>> compute_partner_ratios(measure_partner_concentration(ties, ["x"]), k=3).round(4).tolist()
    [0.9]
    """
    if k < 1:
        raise MetricError(f"a concentration ratio needs at least one partner, got {k}")
    count = found.n_partners
    rank = np.arange(len(found.owners)) - (np.cumsum(count) - count)[found.owners]
    largest = rank < k
    ratio = sum_at_places(found.owners[largest], found.shares[largest], len(count))
    return np.where(count <= k, 1.0, ratio)
