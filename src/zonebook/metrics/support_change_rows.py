"""Rows of what changed from before to after support (S03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import is_missing, read_text
from zonebook.metrics.interval import Interval
from zonebook.metrics.outcome import Outcome, build_row, hide_row
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.support_effects import measure_change
from zonebook.metrics.supported_firms import OUTCOMES, UNIT, SupportedFirms, bound_estimate, read_supported_firms

_MONEY = frozenset({"revenue_rub", "export_rub"})


def change_rows(scope: Scope) -> list[MetricResult]:
    """Return S03: mean change of the logarithm of revenue of supported firms; of exports and employees as series."""
    firms = read_supported_firms(scope, "S03")
    if isinstance(firms, MetricResult):
        return [firms]
    rows = [_change_row(scope, firms, suffix, name) for suffix, name in OUTCOMES.items()]
    return mark_low_n(rows, scope.settings.least_units)


def _change_row(scope: Scope, firms: SupportedFirms, suffix: str, name: str) -> MetricResult:
    metric_id, settings = f"S03.{suffix}" if suffix else "S03", scope.settings
    span = settings.support_span
    prices, price_notes = _read_prices(scope, firms.panel.years) if name in _MONEY else ({}, [])
    logs = firms.logs(name) - np.log([prices.get(year, 1.0) for year in firms.panel.years])
    before, after = (_pick(logs, firms, shift) for shift in (-span, span))
    change = measure_change(
        before, after, seed=settings.seed, draws=settings.bootstraps, least_pairs=settings.least_units
    )
    if change is None:
        reason = [state(Reason.NO_BEFORE_AND_AFTER)]
        return scope.without(metric_id, Status.UNDEFINED, UNIT, reason, replace(firms.basis, n_units=0))
    basis = replace(firms.basis, n_units=change.n)
    if firms.panel.count_respondents((before.notna() & after.notna()).to_numpy()) < settings.least_firms:
        return hide_row(scope, metric_id, UNIT, [state(Reason.TOO_FEW_FIRMS, minimum=settings.least_firms)], basis)
    notes = [state(Reason.REGRESSION_TO_MEAN), state(Reason.YEARS_AROUND, span=span), *price_notes]
    value: Interval | float = change.value
    if change.lower is not None and change.upper is not None:
        value = bound_estimate(change.value, change.lower, change.upper)
        notes.append(state(Reason.BOOTSTRAP, draws=change.draws, seed=change.seed))
    return build_row(scope, metric_id, UNIT, Outcome(value, basis, is_exact=False, notes=notes))


def _pick(logs: NDArray[np.float64], firms: SupportedFirms, shift: int) -> pd.Series[float]:
    """Return each firm's figure so many years from its first year of support, missing where there is none."""
    years = {year: place for place, year in enumerate(firms.panel.years)}
    places = [years.get(int(begin) + shift, -1) if begin == begin else -1 for begin in firms.begins]  # noqa: PLR0124
    found = np.where(np.array(places) >= 0, logs[np.arange(len(places)), places], np.nan)
    return pd.Series(found)


def _read_prices(scope: Scope, years: Sequence[int]) -> tuple[Mapping[int, float], list[str]]:
    """Return the price index of each year and what is said of it; nothing where any year lacks it."""
    rows = scope.records("deflator")
    series = min((read_text(row, "series", "index") for row in rows), default="")
    prices = {
        int(row["year"]): float(row["index_2020"])
        for row in rows
        if read_text(row, "series", "index") == series and not is_missing(row["index_2020"]) and row["index_2020"] > 0
    }
    if not set(years) <= set(prices):
        return {}, [state(Reason.AT_CURRENT_PRICES)]
    return prices, [state(Reason.AT_PRICES, deflator=series)]
