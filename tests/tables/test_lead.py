"""Leads are followed as a dictionary of lists would be, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from zonebook.tables.lead import Lookup, connect, find_distinct, look_up, sort_unique

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=10, unique=True)
CODES = st.lists(st.integers(-1, 4), max_size=12)


@given(PAIRS, CODES)
def test_cells_lead_where_their_values_do(pairs: list[tuple[int, int]], codes: list[int]) -> None:
    sources, targets = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    cells, found = connect(sources, targets, 5).follow(np.array(codes, dtype=np.int64))
    expected = [(cell, target) for cell, code in enumerate(codes) for source, target in pairs if source == code]
    assert sorted(zip(cells.tolist(), found.tolist(), strict=True)) == sorted(expected)
    assert cells.tolist() == sorted(cells.tolist())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=6))
def test_texts_lead_to_all_their_targets(pairs: list[tuple[str, int]]) -> None:
    lookup = look_up(
        pa.array([text for text, _ in pairs], pa.string()), np.array([n for _, n in pairs], dtype=np.int64)
    )
    positions, targets = lookup.find(pa.array(["c", "x", "a"]))
    expected = [(position, target) for position, text in enumerate("cxa") for name, target in pairs if name == text]
    assert sorted(zip(positions.tolist(), targets.tolist(), strict=True)) == sorted(expected)


def test_rows_can_be_looked_up_by_their_keys() -> None:
    lookup = Lookup(pa.array(["p", "q"]), connect(np.array([1]), np.array([7]), 2))
    assert [found.tolist() for found in lookup.find(pa.array(["q", "p"]))] == [[0], [7]]


@given(st.lists(st.integers(0, 30), max_size=40))
def test_numbers_are_sorted_each_once(numbers: list[int]) -> None:
    array = np.array(numbers, dtype=np.int64)
    assert sort_unique(array).tolist() == find_distinct(array).tolist() == sorted(set(numbers))
