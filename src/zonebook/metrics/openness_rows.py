"""Rows of the E-I index and of what group sizes alone would make it (R03)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.adjacency import Network
from zonebook.metrics.expected_openness import compute_ei_from_sizes, simulate_expected_ei
from zonebook.metrics.hidden_parts import is_dominated
from zonebook.metrics.interval import Interval
from zonebook.metrics.openness import measure_ei
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import Part, RegisterYear, read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.wide_network import WideNetwork, explain_silence, read_wide_network

_INSIDE, _OUTSIDE = 1, 0


def openness_rows(scope: Scope) -> list[MetricResult]:
    """Return R03: the index by count and by value, its expectation from permuted labels, and the gap between them.

    The group is the zone, the cluster or the region; for the country its zones are the groups, and every party
    outside zones is one of its own. Clusters have rows for the last year.
    """
    register = read_register(scope)
    if not register:
        return [scope.missing("R03", "index", register.absence)]
    last = register.years[-1]
    parts = [(year, part) for year in register for part in (year.parts if year is last else year.parts[:1])]
    rows = [row for year, part in parts for row in _part_rows(year, part)]
    return mark_low_n(rows, scope.settings.least_units)


def _part_rows(year: RegisterYear, part: Part) -> list[MetricResult]:
    wide, silence = read_wide_network(year), explain_silence(year, part)
    groups, group = _find_groups(year, part, wide)
    network = wide.network if groups.notna().all() else wide.network.select(groups.dropna().index)
    index = measure_ei(network, groups, group=group)
    if index is None:
        return [year.row(part, "R03", "index", None, undefined=Reason.NO_TIE)]
    found = [year.row(part, "R03", "index", index.value if silence else Interval.exact(index.value), *silence)]
    found += _expected_rows(year, part, (network, groups, group), index.value)
    by_value = measure_ei(network, groups, group=group, weighted=True)
    if by_value is not None and _is_one_firms(year, part):
        found.append(year.suppressed(part, "R03.value", "index"))
    elif by_value is not None:
        notes = [state(Reason.WITHOUT_VALUE, left_out=wide.unvalued)] if wide.unvalued else []
        value = by_value.value if notes or silence else Interval.exact(by_value.value)
        found.append(year.row(part, "R03.value", "index", value, state(Reason.BY_VALUE), *notes, *silence))
    return found


def _is_one_firms(year: RegisterYear, part: Part) -> bool:
    """Whether the values of the part's trade are in truth those of few of its firms, or of one."""
    trade, respondents = year.trade[year.trade["value_rub"].notna()], year.parties["respondent"]
    homes = pd.concat([trade["from_party"], trade["to_party"]], ignore_index=True)
    values = pd.concat([trade["value_rub"]] * 2, ignore_index=True)[homes.isin(part.members).to_numpy(dtype=bool)]
    sums = values.groupby(homes.reindex(values.index)).sum()
    return is_dominated(respondents.reindex(sums.index).tolist(), sums.tolist(), year.scope.rule)


def _find_groups(year: RegisterYear, part: Part, wide: WideNetwork) -> tuple[pd.Series[Any], Any]:
    """Return the group of every party of the network, and which of them is asked for.

    A party of this country whose region is not known has no group where regions are the groups.
    """
    arrays, places = wide.arrays, wide.places
    labels: NDArray[Any]
    if part.scope_type == "cluster":
        labels, group = arrays.mark(part.members)[places].astype(int), _INSIDE
    elif part.scope_type == "zone":
        labels, group = (arrays.zone[places] == part.scope_id).astype(int), _INSIDE
    elif part.scope_type == "country":
        zones = arrays.zone[places]
        labels, group = np.where(pd.isna(zones), wide.network.parties.to_numpy(), zones), None
    else:
        labels, group = _label_regions(year, part, wide), _INSIDE
    return pd.Series(labels, index=wide.network.parties), group


def _label_regions(year: RegisterYear, part: Part, wide: WideNetwork) -> NDArray[Any]:
    regions, countries = wide.arrays.home_region[wide.places], wide.arrays.country[wide.places]
    is_abroad = ~pd.isna(countries) & (countries != year.scope.home_country)
    is_known = ~pd.isna(regions) | is_abroad
    labels = np.full(len(regions), None, dtype=object)
    labels[is_known] = _OUTSIDE
    labels[regions == part.scope_id] = _INSIDE
    return labels


def _expected_rows(
    year: RegisterYear, part: Part, grouped: tuple[Network, pd.Series[Any], Any], index: float
) -> list[MetricResult]:
    """Return the index expected of labels dealt at random, and how far the index is from it."""
    (network, groups, group), settings = grouped, year.scope.settings
    silence, draws, seed = explain_silence(year, part), settings.permutations, settings.seed
    said, mean, expected = "", None, None
    if group is not None or year.year == read_register(year.scope).years[-1].year:
        expected = simulate_expected_ei(network, groups, group=group, draws=draws, seed=seed)
        said, mean = state(Reason.DRAWN_RANGE, draws=draws, seed=seed), None if expected is None else expected.mean
    if group is None:
        # Of many groups sizes alone give the mean of all permutations; their range is drawn for the last year.
        mean = compute_ei_from_sizes({str(label): int(count) for label, count in groups.value_counts().items()})
    if mean is None:
        return []
    bounds = mean if expected is None else Interval(mean, min(expected.lower, mean), max(expected.upper, mean))
    return [
        year.row(part, "R03.expected", "index", bounds, said, *silence),
        year.row(part, "R03.gap", "index", abs(index - mean), *silence),
    ]
