"""Where a zone stands on the way to each of its targets: the target, the latest figure, growth required and actual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.adapter import compute_rows
from zonebook.metrics.figures import Figure, select_series
from zonebook.metrics.reasons import Reason, read_reason
from zonebook.metrics.result import MetricResult, find_latest
from zonebook.metrics.scope import Scope
from zonebook.metrics.target_tracks import Track, read_tracks
from zonebook.metrics.targets import Progress
from zonebook.page.context import PageContext

if TYPE_CHECKING:
    import pandas as pd

    from zonebook.tables.share import Share

_Places = NDArray[np.int64]
_NOWHERE: _Places = np.array([], dtype=np.int64)
_OF_ZONES = frozenset({"zone_year", "target"})
_METRICS = ("T01", "T02")
MISSED = "missed"
MET = Progress.TARGET_MET.value
ON_COURSE = Progress.SIGNIFICANT.value
# Classes from best to worst; a standing without a class has too little to be judged by.
CLASSES = (MET, ON_COURSE, Progress.MODERATE.value, Progress.INSUFFICIENT.value, Progress.MOVING_AWAY.value, MISSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A target of a zone with the metric rows that say how far the zone has come.

    ``recent`` is the growth of the last years where the base lies far back, before which something else may have been
    counted. ``afterwards`` is the first figure after the year of a target that has none for the year itself.
    """

    zone_id: str
    track: Track
    attainment: MetricResult | None
    ratio: MetricResult | None
    required: MetricResult | None
    per_year: MetricResult | None
    actual: MetricResult | None
    recent: MetricResult | None = None
    afterwards: Figure | None = None

    @property
    def is_past(self) -> bool:
        """Whether the target's year is not later than the page's."""
        return self.track.is_past

    @property
    def progress(self) -> str:
        """Class of progress, one of :data:`CLASSES`; empty where nothing can be judged."""
        now, year = self.track.now, self.track.goal.year
        reached = self.attainment.value if self.attainment else None
        if now is None or reached is None:
            return ""
        if reached >= 1:
            return MET
        if self.is_past:
            is_missed = year is not None and (now.year >= year or self._fell_short_afterwards)
            return MISSED if is_missed else ""
        return _read_class(self.ratio)

    @property
    def _fell_short_afterwards(self) -> bool:
        """Whether even a year or more after its own the target was not reached."""
        return self.afterwards is not None and self.afterwards.interval.upper < self.track.goal.interval.lower

    @property
    def is_doubtful(self) -> bool:
        """Whether the latest figure is disputed, or a sum since foundation is below an earlier one."""
        return self.has_fallen or (self.track.now is not None and self.track.now.disagree)

    @property
    def has_fallen(self) -> bool:
        """Whether the latest sum since foundation is below an earlier one: a revision, or not the same firms."""
        now = self.track.now
        earlier = self.track.series[:-1]
        return now is not None and now.cumulative and any(f.interval.lower > now.interval.upper for f in earlier)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of the target."""
        return self.track.goal.source_ids


def _read_class(row: MetricResult | None) -> str:
    if row is None:
        return ""
    fields = (fields for template, fields in read_reason(row.reason) if template == Reason.CLASS.value)
    return next((found["progress"] for found in fields), "")


def list_standings(here: PageContext, zone_id: str) -> tuple[Standing, ...]:
    """Return the standings of a zone, targets that are still ahead first, then by year and indicator."""
    if here.scope == "country":
        return here.remember_fact("standings", partial(_list_all, here)).get(zone_id, ())
    return here.remember_fact(
        f"standings {zone_id}", lambda: _list_standings(here, zone_id, here.figures.get(zone_id, ()), here.metric)
    )


def _list_all(here: PageContext) -> Mapping[str, tuple[Standing, ...]]:
    """Return the standings of all zones of a country page: their figures and metric rows are let go of zone by zone.

    Figures are those of indicators with targets alone.
    """
    rows = _LatestRows(here)
    indicators = sorted({str(row["indicator"]) for row in here.records("target")})
    found = {
        zone_id: _list_standings(here, zone_id, figures, rows.find)
        for zone_id, figures in here.go_through_figures(*indicators)
    }
    bare = {str(row["zone_id"]) for row in here.records("target")} - found.keys()
    return found | {zone_id: _list_standings(here, zone_id, (), rows.find) for zone_id in bare}


class _Find(Protocol):
    """Finds the latest row of a series about a scope, by default about what the page is about."""

    def __call__(self, metric_id: str, *, scope_id: str | None = None) -> MetricResult | None:
        """Return it."""


class _LatestRows:
    """The latest row of each zone and series of targets: of all their rows on a country page, no others are kept."""

    def __init__(self, here: PageContext) -> None:
        self._here = here
        self._read = set[str]()
        self._rows: dict[tuple[str, str], MetricResult] = {}
        for metric_id in here.list_series(*_METRICS):
            self._take(metric_id)

    def find(self, metric_id: str, *, scope_id: str | None = None) -> MetricResult | None:
        """Return it, as :meth:`PageContext.metric` does."""
        if scope_id is None:
            return self._here.metric(metric_id)
        if metric_id not in self._read:
            self._take(metric_id)
        return self._rows.get((scope_id, metric_id))

    def _take(self, metric_id: str) -> None:
        self._read.add(metric_id)
        self._rows |= find_latest(self._here.series([metric_id]))


def _list_standings(here: PageContext, zone_id: str, figures: tuple[Figure, ...], find: _Find) -> tuple[Standing, ...]:
    scope = Scope(_take_zone(here, zone_id), here.year, here.options.settings)
    if here.scope != "zone":  # of many zones, a page's sources, figures and targets would be read for each
        targets = here.remember_fact("targets by zone", partial(_group_targets, here)).get(zone_id, [])
        scope = scope.knowing(here.sources, figures, {"target": targets})
    tracks = read_tracks(scope)
    rows = _Rows(here, zone_id, _compute_rows(here, scope), find)
    found = [
        Standing(
            zone_id,
            track,
            attainment=rows.find(f"T01.{track.goal.series}"),
            ratio=rows.find(f"T02.{track.goal.series}"),
            required=rows.find(f"T02.{track.goal.series}.required"),
            per_year=rows.find(f"T02.{track.goal.series}.per_year"),
            actual=rows.find(f"T02.{track.goal.series}.actual"),
            recent=rows.find(f"T02.{track.goal.series}.recent"),
            afterwards=_find_afterwards(figures, track),
        )
        for track in tracks
    ]
    # The order of tracks, important indicators first, is kept within a year.
    return tuple(sorted(found, key=lambda one: (one.is_past, one.track.goal.year or 9999)))


def _group_targets(here: PageContext) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in here.records("target"):
        found.setdefault(str(row["zone_id"]), []).append(row)
    return found


def _take_zone(here: PageContext, zone_id: str) -> Share:
    """Return the page's share as one of a zone; with its own figures and targets alone where there are all zones'."""
    own = {}
    # A country page knows the figures it needs: the table of all is not asked for.
    names = _OF_ZONES - {"zone_year"} if here.scope == "country" else _OF_ZONES
    for name in sorted(names & here.share.tables.keys()):
        table = here.table(name)
        places = here.remember_fact(f"{name} by zone", partial(_find_zones, table))
        own[name] = table.iloc[places.get(zone_id, _NOWHERE)]
    return replace(here.share.with_tables(own), scope_type="zone", scope_id=zone_id)


def _find_zones(table: pd.DataFrame) -> Mapping[str, _Places]:
    """Return where the rows of each zone stand: a frame for each would take ten times as much as the table."""
    found = table.groupby("zone_id", sort=False).indices
    return {str(zone_id): np.asarray(places, dtype=np.int64) for zone_id, places in found.items()}


def _find_afterwards(figures: Iterable[Figure], track: Track) -> Figure | None:
    """Return the first figure after the target's year of the series it is measured by, where the year has none."""
    now, year = track.now, track.goal.year
    if now is None or year is None or not track.is_past or now.year >= year:
        return None
    series = select_series(figures, now.indicator, period=now.period, cumulative=now.cumulative)
    return next((figure for figure in series if figure.year > year and figure.unit == now.unit), None)


def _compute_rows(here: PageContext, scope: Scope) -> Mapping[str, MetricResult]:
    """Return the zone's rows of T01 and T02 where the page does not have them: on that of a region."""
    if here.scope != "region":
        return {}
    return {row.metric_id: row for name in _METRICS for row in compute_rows(here.options.catalogue[name], scope)}


@dataclass(frozen=True, slots=True)
class _Rows:
    here: PageContext
    zone_id: str
    computed: Mapping[str, MetricResult]
    latest: _Find

    def find(self, metric_id: str) -> MetricResult | None:
        """Return a row of the zone; on the country's page of its own total, the country's row."""
        here = self.here
        if here.scope == "region":
            return self.computed.get(metric_id)
        if here.scope == "country" and self.zone_id == here.total_id:
            return self.latest(metric_id)
        return self.latest(metric_id, scope_id=self.zone_id)


def count_classes(standings: Iterable[Standing]) -> dict[str, int]:
    """Return how many standings are of each class, from best to worst, those without a class under an empty name."""
    counts = dict.fromkeys((*CLASSES, ""), 0)
    for standing in standings:
        counts[standing.progress] += 1
    return counts
