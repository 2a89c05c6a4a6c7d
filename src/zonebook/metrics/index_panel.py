"""The indicators of the cooperation index by unit and year, from the rows of other metrics, on one scale (C01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.composite import SCALE, Composite, CompositeRule, compute_composite, read_weights
from zonebook.metrics.index_figures import Key, Scale, choose_figures, read_bounds
from zonebook.metrics.normalisation import normalise_by_goalposts
from zonebook.metrics.result import Evidence, MetricResult, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

_BOUNDS = ("value", "lower", "upper")


@dataclass(frozen=True, eq=False)
class IndexPanel:
    """The figures the index of each unit and year is made of.

    Attributes
    ----------
    scope
        The zone, the region, or the country with all its zones as units.
    levels
        Indicators of each level.
    figures
        By unit and year, the row of each indicator: that of the year, else of one not much earlier.
    absent
        By unit and indicator, the latest row that has no value.
    """

    scope: Scope
    levels: Mapping[str, tuple[str, ...]]
    figures: Mapping[Key, Mapping[str, MetricResult]]
    absent: Mapping[tuple[str, str], MetricResult]

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """The scale of each indicator, in the order of the levels."""
        return {name: Scale.of(posts) for own in self.scope.settings.index.values() for name, posts in own.items()}

    @cached_property
    def weights(self) -> pd.Series[Any]:
        """The weight of each indicator."""
        given = self.scope.settings.index_weights
        return read_weights(self.levels, pd.Series(dict(given), dtype=float) if given else None)

    @cached_property
    def rule(self) -> CompositeRule:
        """The floor of level scores, and the part of a level's indicators that must be there."""
        return CompositeRule(self.scope.settings.score_floor, self.scope.settings.level_share)

    @cached_property
    def lines(self) -> Mapping[Key, int]:
        """The line of each unit and year in the frames of the panel."""
        return {key: line for line, key in enumerate(self.figures)}

    @cached_property
    def values(self) -> dict[str, pd.DataFrame]:
        """Values, lower and upper bounds by line and indicator, in their units; infinite where no bound is known.

        A value without any bounds is taken as it is.
        """
        cells = np.full((3, len(self.figures), len(self.scales)), np.nan)
        for i, figures in enumerate(self.figures.values()):
            for j, name in enumerate(self.scales):
                if name in figures:
                    cells[:, i, j] = read_bounds(figures[name])
        columns = pd.Index(list(self.scales))
        return {name: pd.DataFrame(part, columns=columns) for name, part in zip(_BOUNDS, cells, strict=True)}

    @cached_property
    def _normalised(self) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
        size = len(self.figures)
        columns: dict[str, dict[str, NDArray[np.float64]]] = {name: {} for name in _BOUNDS}
        clipped: dict[str, NDArray[np.bool_]] = {}
        for name, scale in self.scales.items():
            parts = pd.Series(np.concatenate([self.values[bound][name].to_numpy() for bound in _BOUNDS]))
            found = normalise_by_goalposts(parts, scale.low, scale.high, lower_is_better=scale.is_reversed)
            scores = np.full(3 * size, np.nan) if found is None else found.scores.to_numpy()
            value, first, second = scores.reshape(3, size)
            lower, upper = (second, first) if scale.is_reversed else (first, second)
            for bound, part in zip(_BOUNDS, (value, lower, upper), strict=True):
                columns[bound][name] = part
            clipped[name] = np.zeros(size, bool) if found is None else found.is_clipped.to_numpy()[:size]
        return {bound: pd.DataFrame(own) for bound, own in columns.items()}, pd.DataFrame(clipped)

    @property
    def scores(self) -> Mapping[str, pd.DataFrame]:
        """Scores of all figures in 0-1, reported ones among them, with their bounds."""
        return self._normalised[0]

    @property
    def is_clipped(self) -> pd.DataFrame:
        """Which figures lie beyond the ends of their scale."""
        return self._normalised[1]

    @cached_property
    def is_registered(self) -> pd.DataFrame:
        """Which figures may enter an index: what is only reported is shown as such, never ranked."""
        marks = [
            [name in own and own[name].evidence is not Evidence.REPORTED for name in self.scales]
            for own in self.figures.values()
        ]
        return pd.DataFrame(
            np.array(marks, dtype=bool).reshape(len(marks), len(self.scales)), columns=list(self.scales)
        )

    @cached_property
    def composite(self) -> Composite:
        """Index and level profile by line."""
        value, lower, upper = (self.scores[bound].where(self.is_registered) for bound in _BOUNDS)
        return compute_composite(value, self.levels, self.weights, (lower, upper), self.rule)

    @cached_property
    def profile(self) -> NDArray[np.float64]:
        """Level scores with their bounds, 0-100: lines x levels x (value, lower, upper)."""
        found = self.composite
        return np.stack([found.profile, found.profile_lower, found.profile_upper], axis=-1)

    @cached_property
    def means(self) -> Mapping[str, NDArray[np.float64]]:
        """The ways from levels to one number with their bounds, 0-100: each lines x (value, lower, upper)."""
        return {name: table.to_numpy(dtype=float) for name, table in self.composite.means.items()}

    @cached_property
    def marks(self) -> NDArray[np.float64]:
        """Scores with their bounds, 0-100, reported ones among them: lines x indicators x (value, lower, upper)."""
        return np.stack([SCALE * self.scores[bound].to_numpy() for bound in _BOUNDS], axis=-1)

    def list_used(self, key: Key) -> list[MetricResult]:
        """Return the rows that enter the index of a unit and year."""
        return [
            row
            for name, row in self.figures[key].items()
            if row.evidence is not Evidence.REPORTED and self.scales[name].has_extent
        ]

    def count_reported(self, key: Key) -> int:
        """Return how many figures of a unit and year are only reported."""
        return sum(row.evidence is Evidence.REPORTED for row in self.figures[key].values())

    def list_sources(self, key: Key) -> tuple[str, ...]:
        """Return the sources of the figures of a unit and year, reported ones among them."""
        rows = self.figures.get(key, {}).values()
        return tuple(dict.fromkeys(source for row in rows for source in row.source_ids.split(";") if source))

    def find_basis(self, key: Key) -> Basis:
        """Return what the index of a unit and year rests on; its units are the indicators."""
        rows = self.list_used(key)
        sources = dict.fromkeys(source for row in rows for source in row.source_ids.split(";") if source)
        return Basis(
            year=key[1],
            period="FY",
            evidence=weakest_evidence(row.evidence for row in rows),
            source_ids=tuple(sources),
            vintage=max((row.vintage for row in rows), default=""),
            n_units=len(rows),
        )


def read_panel(scope: Scope, rows: Sequence[MetricResult]) -> IndexPanel:
    """Return the index's indicators out of metric rows, read once: of the scope itself, or of the country's zones."""
    return scope.remember("index panel", lambda: _read_panel(scope, rows))


def _read_panel(scope: Scope, rows: Sequence[MetricResult]) -> IndexPanel:
    levels = {level: tuple(own) for level, own in scope.settings.index.items()}
    found = choose_figures(scope, rows, frozenset(name for own in levels.values() for name in own))
    return IndexPanel(scope, levels, found.by_key, found.absent)
