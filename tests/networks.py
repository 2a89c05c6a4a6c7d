"""Ties and networks for the tests of formulas: frames, graphs of networkx, and random networks."""

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import strategies as st

COLUMNS = ["from_party", "to_party"]


def list_ties(pairs: Iterable[tuple[Any, Any]], values: Iterable[float] | None = None) -> pd.DataFrame:
    """Return ties as a frame, with values if given."""
    frame = pd.DataFrame(list(pairs), columns=COLUMNS)
    return frame if values is None else frame.assign(value_rub=list(values))


def make_graph(ties: pd.DataFrame, parties: Iterable[Any], *, directed: bool = False) -> nx.Graph:
    """Return the same network as networkx has it: loops dropped, repeated ties collapsed."""
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(parties)
    graph.add_edges_from((a, b) for a, b in ties[COLUMNS].itertuples(index=False) if a != b)
    return graph


def draw_ties(n: int, m: int, seed: int) -> pd.DataFrame:
    """Return m random ties among n parties, loops and repeated ties among them, with values."""
    generator = np.random.default_rng(seed)
    return list_ties(generator.integers(0, n, (m, 2)).tolist(), generator.lognormal(size=m))


@st.composite
def networks(draw: st.DrawFn, minimum: int = 1, maximum: int = 12) -> tuple[pd.DataFrame, list[str]]:
    """Draw ties with values among parties, isolates, loops and repeated ties among them."""
    n = draw(st.integers(minimum, maximum))
    parties = [f"p{number:02}" for number in range(n)]
    one = st.sampled_from(parties)
    pairs = draw(st.lists(st.tuples(one, one), max_size=4 * n))
    values = draw(st.lists(st.floats(0.01, 1e9), min_size=len(pairs), max_size=len(pairs)))
    return list_ties(pairs, values), parties


@st.composite
def grouped_networks(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.Series]:
    """Draw a network and a group for each of its parties."""
    ties, parties = draw(networks(minimum=2))
    labels = draw(st.lists(st.sampled_from("xyz"), min_size=len(parties), max_size=len(parties)))
    return ties, pd.Series(labels, index=parties)
