"""Rows of how supported firms parted from firms without support (S04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.event_study import StaggeredEffect, estimate_staggered_effect
from zonebook.metrics.outcome import Outcome, build_row, hide_row
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n
from zonebook.metrics.support_effects import (
    Wording,
    WordingRules,
    choose_wording,
    compute_did_of_means,
    estimate_panel_effect,
)
from zonebook.metrics.supported_firms import OUTCOMES, UNIT, SupportedFirms, bound_estimate, read_supported_firms

_WORDS = {
    Wording.DIFFERENCE: Reason.IS_DIFFERENCE,
    Wording.ASSOCIATION: Reason.IS_ASSOCIATION,
    Wording.EFFECT: Reason.MAY_BE_EFFECT,
}


@dataclass(frozen=True, eq=False)
class _Comparison:
    """What supported firms are compared with, the estimate, and what is to be said of it."""

    effect: StaggeredEffect
    basis: Basis
    notes: Sequence[str]
    is_described_only: bool


def effect_rows(scope: Scope) -> list[MetricResult]:
    """Return S04: how supported firms parted from others since their support, in logarithms of revenue.

    The headline compares firms by their first year of support with firms never supported (Callaway and Sant'Anna).
    Years before and after are series, as are the regression of the whole panel, the difference of four means between
    the first and the last year, and the estimates for exports and employees.
    """
    firms = read_supported_firms(scope, "S04")
    if isinstance(firms, MetricResult):
        return [firms]
    rows = [_effect_row(scope, firms, suffix, name) for suffix, name in OUTCOMES.items()]
    found = _compare(scope, firms, OUTCOMES[""])
    if found is None or rows[0].status is Status.SUPPRESSED:
        return rows
    return [*rows, *_event_rows(scope, found), _pre_trend_row(scope, found), *_panel_rows(scope, firms, found)]


def _compare(scope: Scope, firms: SupportedFirms, name: str) -> _Comparison | None:
    return scope.remember(f"support comparison {name}", lambda: _estimate(scope, firms, name))


def _estimate(scope: Scope, firms: SupportedFirms, name: str) -> _Comparison | None:
    """Compare with firms never supported, else with those not supported yet."""
    settings, (panel, begins) = scope.settings, firms.select(name)
    notes = [state(Reason.AGAINST_NEVER)]
    effect = estimate_staggered_effect(panel, begins, least_firms=settings.least_clusters)
    if effect is None:
        notes = [state(Reason.AGAINST_NOT_YET)]
        effect = estimate_staggered_effect(panel, begins, control="not_yet", least_firms=settings.least_clusters)
    if effect is None:
        return None
    count = panel["party_id"].nunique()
    rules = WordingRules(settings.least_treated, settings.least_clusters, settings.pre_trend)
    word = choose_wording(effect.n_treated, count, effect.pre_trend_p, rules)
    notes = [state(_WORDS[word]), *notes]
    notes.append(state(Reason.FIRMS_COMPARED, treated=effect.n_treated, control=effect.n_control))
    p_value = effect.pre_trend_p
    if p_value is None:
        notes.append(state(Reason.NO_PRE_TREND))
    else:
        notes.append(state(Reason.PRE_TREND, percent=round(100 * p_value) if p_value >= 0.01 else "<1"))
    is_described_only = effect.standard_error is None
    if is_described_only:
        notes.append(state(Reason.DESCRIBED_ONLY, minimum=settings.least_clusters))
    else:
        notes.append(state(Reason.ERRORS_BY_FIRM))
    return _Comparison(effect, replace(firms.basis, n_units=count), notes, is_described_only)


def _effect_row(scope: Scope, firms: SupportedFirms, suffix: str, name: str) -> MetricResult:
    metric_id = f"S04.{suffix}" if suffix else "S04"
    found = _compare(scope, firms, name)
    if found is None:
        reason = [state(Reason.NO_COMPARISON)]
        return scope.without(metric_id, Status.NOT_APPLICABLE, UNIT, reason, firms.basis)
    if _count_fewest(firms, name) < scope.settings.least_firms:
        why = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return hide_row(scope, metric_id, UNIT, why, found.basis)
    effect = found.effect
    return _estimate_row(scope, metric_id, found, (effect.value, effect.lower, effect.upper))


def _count_fewest(firms: SupportedFirms, name: str) -> int:
    """Return how many independent respondents the smaller of the two groups has, supported or not."""
    is_seen = ~np.isnan(firms.logs(name)).all(axis=1)
    is_supported = ~np.isnan(firms.begins)
    groups = [is_seen & is_supported, is_seen & ~is_supported]
    return min(firms.panel.count_respondents(group) for group in groups if group.any())


def _estimate_row(
    scope: Scope, metric_id: str, found: _Comparison, numbers: tuple[float, float | None, float | None]
) -> MetricResult:
    """Return the row of an estimate with its interval, marked where there are too few firms for one."""
    value, lower, upper = numbers
    known = value if lower is None or upper is None else bound_estimate(value, lower, upper)
    row = build_row(scope, metric_id, UNIT, Outcome(known, found.basis, is_exact=False, notes=found.notes))
    return replace(row, status=Status.LOW_N) if found.is_described_only else row


def _event_rows(scope: Scope, found: _Comparison) -> list[MetricResult]:
    """Return the estimates by years since the first year of support; negative ones are years before it."""
    least, rows = scope.settings.least_firms, []
    for row in found.effect.by_event_time.to_dict("records"):
        metric_id, count = f"S04.event.{int(row['event_time'])}", int(row["n_treated"])
        basis = replace(found.basis, n_units=count)
        if count < least:
            rows.append(hide_row(scope, metric_id, UNIT, [state(Reason.TOO_FEW_FIRMS, minimum=least)], basis))
            continue
        numbers = tuple(None if pd.isna(row[name]) else float(row[name]) for name in ("lower", "upper"))
        notes = [found.notes[0], found.notes[-1]] if row["event_time"] >= 0 else [found.notes[-1]]
        own = replace(found, basis=basis, notes=notes)
        rows.append(_estimate_row(scope, metric_id, own, (float(row["value"]), numbers[0], numbers[1])))
    return mark_low_n(rows, scope.settings.least_units)


def _pre_trend_row(scope: Scope, found: _Comparison) -> MetricResult:
    p_value = found.effect.pre_trend_p
    if p_value is None:
        reason = [state(Reason.NO_PRE_TREND)]
        return scope.without("S04.pre_trend", Status.NOT_APPLICABLE, "probability", reason, found.basis)
    return build_row(scope, "S04.pre_trend", "probability", Outcome(p_value, found.basis, is_exact=False))


def _panel_rows(scope: Scope, firms: SupportedFirms, found: _Comparison) -> list[MetricResult]:
    """Return the regression of the whole panel and the difference of four means between first and last year."""
    panel, begins = firms.select(OUTCOMES[""])
    effect = estimate_panel_effect(panel, begins, least_firms=scope.settings.least_clusters)
    rows = []
    if effect is not None:
        word, _, _, *more = found.notes
        counts = state(Reason.FIRMS_COMPARED, treated=effect.n_treated, control=effect.n_control)
        own = replace(
            found,
            basis=replace(found.basis, n_units=effect.n_treated + effect.n_control),
            notes=[word, state(Reason.IN_ONE_REGRESSION), counts, *more],
            is_described_only=effect.standard_error is None,
        )
        rows.append(_estimate_row(scope, "S04.panel", own, (effect.value, effect.lower, effect.upper)))
    return [*rows, *_mean_rows(scope, firms)]


def _mean_rows(scope: Scope, firms: SupportedFirms) -> list[MetricResult]:
    """Return the difference of four means, where firms of both groups are seen in the first and the last year."""
    means = _difference_of_means(firms)
    if means is None:
        return []
    (value, treated, control), years, metric_id = means, firms.panel.years, "S04.two_by_two"
    basis = replace(firms.basis, n_units=int(treated.sum() + control.sum()))
    if min(map(firms.panel.count_respondents, (treated, control))) < scope.settings.least_firms:
        why = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return [hide_row(scope, metric_id, UNIT, why, basis)]
    notes = [
        state(Reason.IS_DIFFERENCE),
        state(Reason.BETWEEN_YEARS, earlier_year=years[0], year=years[-1]),
        state(Reason.FIRMS_COMPARED, treated=int(treated.sum()), control=int(control.sum())),
    ]
    return [build_row(scope, metric_id, UNIT, Outcome(value, basis, is_exact=False, notes=notes))]


def _difference_of_means(firms: SupportedFirms) -> tuple[float, NDArray[np.bool_], NDArray[np.bool_]] | None:
    """Return the 2 x 2 difference between the first and the last year, with the firms seen in both."""
    logs, years = firms.logs(OUTCOMES[""]), firms.panel.years
    ends = logs[:, [0, -1]]
    is_seen = ~np.isnan(ends).any(axis=1)
    treated, control = is_seen & (firms.begins > years[0]), is_seen & np.isnan(firms.begins)
    if len(years) < 2 or not treated.any() or not control.any():
        return None
    (one, two), (three, four) = ends[treated].mean(axis=0), ends[control].mean(axis=0)
    return compute_did_of_means(float(one), float(two), float(three), float(four)), treated, control
