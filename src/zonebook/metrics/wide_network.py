"""The network of a register's year with partners in it: residents, and everyone they have ties with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.adjacency import Network, build_network
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import TRADE, Part, RegisterYear
from zonebook.metrics.tie_arrays import TieArrays, read_tie_arrays


@dataclass(frozen=True, eq=False)
class WideNetwork:
    """Residents first, then their partners; ties among partners are not on record.

    Attributes
    ----------
    network
        Ties of any kind; values are what is sold in the year.
    places
        Where each party of the network stands among the scope's parties.
    residents
        Number of residents.
    arrays
        What is known of the parties.
    unvalued
        Number of ties of trade without a value.
    """

    network: Network
    places: NDArray[np.intp]
    residents: int
    arrays: TieArrays
    unvalued: int


def read_wide_network(year: RegisterYear) -> WideNetwork:
    """Return the network of a year, built once."""
    return year.scope.remember(f"wide network {year.year}", lambda: _build(year))


def _build(year: RegisterYear) -> WideNetwork:
    arrays = read_tie_arrays(year.scope)
    ends = [pd.Index(year.ties[end], dtype=object) for end in ("from_party", "to_party")]
    partners = ends[0].append(ends[1]).unique()
    nodes = year.residents.append(partners[year.residents.get_indexer(partners) < 0])
    is_trade = year.ties["kind"].isin(TRADE)
    sold = year.ties[["from_party", "to_party"]].assign(value_rub=year.ties["value_rub"].where(is_trade))
    unvalued = int((is_trade & year.ties["value_rub"].isna()).sum())
    network = build_network(sold, nodes, valued=True)
    places = arrays.ties.parties.index.get_indexer(nodes)
    return WideNetwork(network, places, len(year.residents), arrays, unvalued)


def explain_silence(year: RegisterYear, part: Part) -> tuple[str, ...]:
    """Return the sentence on residents of a part that did not answer, if there are any."""
    silent = int(part.members.isin(year.silent).sum()) if len(year.silent) else 0
    return (state(Reason.NO_ANSWER, silent=silent, total=len(part.members)),) if silent else ()
