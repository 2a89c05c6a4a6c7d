"""Leads: which targets (shares, rows) each value of a column leads to, followed for all cells at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Codes, Positions


@dataclass(frozen=True, slots=True)
class Leads:
    """The targets that each of many positions leads to: none, one or several.

    Attributes
    ----------
    bounds
        Per position where its targets begin, and the end of the last. The last position is that of empty cells,
        which lead nowhere.
    targets
        The targets, those of the first position first.
    """

    bounds: Positions
    targets: Codes

    def follow(self, codes: Codes) -> tuple[Positions, Codes]:
        """Return for cells of given positions (-1 where empty) which cell leads to which target, cells in order."""
        counts = np.diff(self.bounds)
        if counts.max(initial=0) <= 1:  # most columns: no value leads to more than one target
            only = np.full(len(counts), MISSING, dtype=self.targets.dtype)
            only[counts > 0] = self.targets
            found = only[codes]
            cells = np.flatnonzero(found != MISSING)
            return cells, found[cells]
        per_cell = counts[codes]
        cells = np.repeat(np.arange(len(codes)), per_cell)
        within = np.arange(len(cells)) - np.repeat(np.cumsum(per_cell) - per_cell, per_cell)
        return cells, self.targets[self.bounds[:-1][codes[cells]] + within]


def connect(sources: Codes, targets: Codes, count: int) -> Leads:
    """Return the leads from so many positions to targets, given as pairs in any order."""
    order = np.argsort(sources, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(sources, minlength=count + 1))])
    return Leads(bounds.astype(np.int64), targets[order])


@dataclass(frozen=True, slots=True)
class Lookup:
    """What texts lead to.

    Attributes
    ----------
    values
        The texts, each once.
    leads
        What each of them leads to, by its position.
    """

    values: pa.StringArray
    leads: Leads

    def find(self, values: pa.StringArray) -> tuple[Positions, Codes]:
        """Return which of some texts, by position, leads to which target."""
        return self.leads.follow(np.asarray(pc.fill_null(pc.index_in(values, value_set=self.values), MISSING)))


def look_up(texts: pa.StringArray, targets: Codes) -> Lookup:
    """Return a lookup of texts, given as pairs of text and target."""
    encoded = pc.dictionary_encode(texts)
    return Lookup(encoded.dictionary, connect(np.asarray(encoded.indices), targets, len(encoded.dictionary)))


def sort_unique(numbers: Positions) -> Positions:
    """Return numbers sorted, each once; numpy's own way, by hashing, takes ten times as long here.

    The stable sort is the one that gains by runs in order, of which there are many here.
    """
    return drop_repeated(np.sort(numbers, kind="stable"))


def drop_repeated(numbers: Positions) -> Positions:
    """Return sorted numbers, each once."""
    return numbers[np.append(True, numbers[1:] != numbers[:-1])] if len(numbers) else numbers


def find_distinct(numbers: Positions) -> Positions:
    """Return numbers from 0 on sorted, each once; without sorting where many of them are equal."""
    span = int(numbers.max(initial=-1)) + 1
    if span > len(numbers):
        return sort_unique(numbers)
    is_there = np.zeros(span, dtype=np.bool_)
    is_there[numbers] = True
    return np.flatnonzero(is_there)
