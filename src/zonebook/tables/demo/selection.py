"""Who is supported, and from when: larger and faster growing residents more often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zonebook.tables.demo.vocabulary import Flags, Floats, Integers

NEVER = 0
_SUPPORTED_SHARE = -0.65  # log odds of a resident of mean size and growth
_BY_SIZE, _BY_GROWTH = 0.6, 0.5
_YEARS_BEFORE = 2  # years every supported resident is seen before its support


@dataclass(frozen=True, eq=False)
class Candidates:
    """Residents as those who support them see them: size and growth, and who was there from the first year."""

    log_size: Floats
    growth: Floats
    is_present: Flags


def draw_support_years(rng: np.random.Generator, candidates: Candidates, years: tuple[int, ...]) -> Integers:
    """Return the first year of support of each resident, :data:`NEVER` for those never supported.

    Support begins in different years, never before the third, so that all are seen before it; where there are fewer
    years, in the last.
    """
    odds = (
        _SUPPORTED_SHARE + _BY_SIZE * _standardise(candidates.log_size) + _BY_GROWTH * _standardise(candidates.growth)
    )
    chosen = rng.random(len(odds)) < 1 / (1 + np.exp(-odds))
    possible = np.array(years[_YEARS_BEFORE:] or years[-1:], dtype=np.int64)
    starts = possible[rng.integers(0, len(possible), len(odds))]
    return np.where(chosen & candidates.is_present, starts, NEVER)


def _standardise(values: Floats) -> Floats:
    spread = float(values.std())
    standardised: Floats = (values - values.mean()) / (spread if spread > 0 else 1.0)
    return standardised
