"""Where members of a group stand in a drawing: places that follow from ids and move little between editions."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
_STEPS = 24
_HOME = 0.12  # pull towards the place that follows from the id: what keeps an edition like the one before
_TIE = 0.004  # pull of a tie
_ROOM = 0.62  # radius of a group of n in units of sqrt(n): members then fill about half of its disc
_SIZES = 8


def find_radius(size: int) -> float:
    """Return the radius of the disc that so many members stand in, in units of the distance between two of them.

    It grows by steps, so that one more member seldom changes it.
    """
    step = _SIZES * math.ceil(max(size, 1) / _SIZES)
    return _ROOM * math.sqrt(step) + 0.5


def place_group(ids: Sequence[str], pairs: NDArray[np.intp]) -> Places:
    """Return where the members of a group stand around its middle.

    Each has a place of its own in the disc that only its id decides; tied members are drawn together a little, those
    that overlap are moved apart. A member more or less so moves its neighbours only.

    Parameters
    ----------
    ids
        The members.
    pairs
        The tied ones among them, two positions in a row.

    Returns
    -------
    array
        x and y of each, in units of the distance between two members.
    """
    homes = np.array([_find_home(name) for name in ids]).reshape(-1, 2) * (find_radius(len(ids)) - 0.5)
    places = homes.copy()
    for _ in range(_STEPS):
        step = _HOME * (homes - places)
        if len(pairs):
            pull = _TIE * (places[pairs[:, 1]] - places[pairs[:, 0]])
            np.add.at(step, pairs[:, 0], pull)
            np.add.at(step, pairs[:, 1], -pull)
        places = _separate(places + step)
    return places


def _find_home(name: str) -> tuple[float, float]:
    """Return a point of the unit disc that follows from a text."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    first, second = (int.from_bytes(part, "big") / 2**32 for part in (digest[:4], digest[4:]))
    angle, distance = 2 * math.pi * first, math.sqrt(second)
    return distance * math.cos(angle), distance * math.sin(angle)


def _separate(places: Places) -> Places:
    """Return places with those that stand closer than 1 moved apart by most of what is missing."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - slow, and few need it

    close = cKDTree(places).query_pairs(1.0, output_type="ndarray")
    if not len(close):
        return places
    apart = places[close[:, 1]] - places[close[:, 0]]
    distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
    move = apart * ((1.0 - distance) / distance * 0.8)[:, None]
    moved = places.copy()
    np.add.at(moved, close[:, 1], move * 0.5)
    np.add.at(moved, close[:, 0], -move * 0.5)
    return moved
