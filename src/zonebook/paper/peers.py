"""A value among those of the peers: between which places it lies, as far as the intervals tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zonebook.metrics.result import Evidence, MetricResult

# What tiles show of the metric rows, in their order: more of it is better, so that a place can be told.
SHOWN = ("C05", "L01", "L08", "R01", "X06", "X04")
_STEPS = 50  # on the line of a tile
Key = tuple[str, str, int, str]  # scope, metric, year, period


@dataclass(frozen=True, slots=True)
class Span:
    """A value and the interval it may lie in."""

    value: float
    lower: float
    upper: float

    @classmethod
    def of(cls, row: MetricResult) -> Span:
        """Return the span of a row that has a value; a bound that is not known is the value itself."""
        value = row.value or 0.0
        low, high = (value if bound is None else bound for bound in (row.lower, row.upper))
        return cls(value, min(low, value), max(high, value))


@dataclass(frozen=True, slots=True)
class Place:
    """The best and the worst place a value can have among all, and where all lie on a line from 0 to 1.

    ``own`` is the lower bound, the value and the upper bound; the others are their values alone, rounded to what can be
    seen: a handout is printed again only where that has changed.
    """

    best: int
    worst: int
    of: int
    own: tuple[float, float, float]
    others: tuple[float, ...]


Peers = Mapping[Key, Mapping[str, Span]]
Places = Mapping[Key, Place]


def key_of(row: MetricResult) -> Key:
    """Return what makes values comparable: those of one scope, metric, year and kind of period."""
    return row.scope_type, row.metric_id, row.year or 0, row.period


def gather_peers(rows: Iterable[MetricResult]) -> Peers:
    """Return the values that tiles compare, by what makes them comparable and whose they are.

    Reported figures are lower bounds from whatever was published: they are ranked with nothing.
    """
    found: dict[Key, dict[str, Span]] = {}
    for row in rows:
        if row.metric_id in SHOWN and row.value is not None and row.evidence is not Evidence.REPORTED:
            found.setdefault(key_of(row), {})[row.scope_id] = Span.of(row)
    return found


def find_places(peers: Peers, scope: str, scope_id: str, least: int) -> Places:
    """Return the places of all values of a zone or region, by what makes them comparable.

    Parameters
    ----------
    peers
        The values of all.
    scope, scope_id
        Whose places.
    least
        Fewest values that are ranked.
    """
    own = {key: spans for key, spans in peers.items() if key[0] == scope and scope_id in spans and len(spans) >= least}
    return {
        key: find_place(spans[scope_id], [span for name, span in spans.items() if name != scope_id])
        for key, spans in own.items()
    }


def find_place(own: Span, others: Iterable[Span]) -> Place:
    """Return between which places a value lies: before all that are surely smaller, behind all surely larger.

    Examples
    --------
    >>> others = [Span(5, 5, 5), Span(2, 2, 2), Span(3, 2, 4)]
    >>> find_place(Span(3.5, 3, 4), others)
    Place(best=2, worst=3, of=4, own=(0.34, 0.5, 0.66), others=(0.0, 0.34, 1.0))
    """
    known = tuple(others)
    ahead = sum(other.lower > own.upper for other in known)
    behind = sum(other.upper < own.lower for other in known)
    low = min((own.lower, *(other.value for other in known)))
    wide = max((own.upper, *(other.value for other in known))) - low or 1.0

    def at(value: float) -> float:
        return round((value - low) / wide * _STEPS) / _STEPS

    return Place(
        best=1 + ahead,
        worst=1 + len(known) - behind,
        of=1 + len(known),
        own=(at(own.lower), at(own.value), at(own.upper)),
        others=tuple(sorted(at(other.value) for other in known)),
    )
