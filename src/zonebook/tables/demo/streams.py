"""Random numbers: one stream for each kind of thing and each zone, so that none depends on what was drawn before."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What random numbers are drawn for. A number once given stays: it is part of what a seed means."""

    WORLD = 1
    PLACES = 2
    FIRMS = 3
    GROWTH = 4
    SUPPORT = 5
    EXPORTS = 6
    LOCAL_TRADE = 7
    OUTSIDE_TRADE = 8
    CORRIDORS = 9
    PARTNERSHIPS = 10
    CHAINS = 11
    FIGURES = 12
    FLOWS = 13
    EMPLOYMENT = 14
    MARKETS = 15
    SECTORS = 16


def open_stream(seed: int, stream: Stream, *units: int) -> np.random.Generator:
    """Return the random numbers of one kind of thing, for one unit such as a zone.

    Parameters
    ----------
    seed
        Seed of the data set.
    stream
        What the numbers are for.
    units
        Which zone, or which pair of zones.

    Examples
    --------
    >>> first = open_stream(1, Stream.FIRMS, 7).random()
    >>> first == open_stream(1, Stream.FIRMS, 7).random(), first == open_stream(1, Stream.FIRMS, 8).random()
    (True, False)
    """
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(int(stream), *units))))
