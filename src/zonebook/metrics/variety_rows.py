"""Rows of related and unrelated variety (L15, L16), from employment or residents by fine classes of industry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.employment import Employment, Level, choose_level, count_digits, read_employment_table
from zonebook.metrics.firm_panel import FirmPanel, read_firm_panel
from zonebook.metrics.headcount import count_residents, cut_code, list_industries
from zonebook.metrics.outcome import Outcome, build_row, hide_row
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.variety import Variety, measure_variety

GROUP_DIGITS = 2  # related industries share these: the divisions of the classification
_FINE_DIGITS = 4  # classes of the classification; finer ones are put together
_UNIT = "bits"


class _Part(NamedTuple):
    """Whose variety is measured: the scope's or a cluster's employment by industry, and what is said of it."""

    scope_type: str
    scope_id: str
    employment: Employment
    without_class: int


@dataclass(frozen=True, eq=False)
class _Varieties:
    """The parts of a scope that have fine classes, and its employment by groups alone where that is all there is."""

    fine: tuple[_Part, ...]
    coarse: Employment | None


def related_variety_rows(scope: Scope) -> list[MetricResult]:
    """Return L15 by year: variety within groups of industries, of the scope and of each cluster of a zone."""
    found = _read_varieties(scope)
    if found.fine:
        return _list_rows(scope, found.fine, "L15", lambda variety: variety.related)
    if found.coarse is not None:
        return [scope.missing("L15", _UNIT, state(Reason.COARSE_CLASSES))]
    return [scope.missing_table("L15", _UNIT, "employment")]


def unrelated_variety_rows(scope: Scope) -> list[MetricResult]:
    """Return L16 by year: variety between groups of industries, of the scope and of each cluster of a zone."""
    found = _read_varieties(scope)
    parts = found.fine
    # A region is more than the residents of its zones: its own employment comes first, however coarse.
    if found.coarse is not None and (scope.type != "zone" or not parts):
        parts = (_Part(scope.type, scope.id, found.coarse, 0),)
    if not parts:
        return [scope.missing_table("L16", _UNIT, "employment")]
    return _list_rows(scope, parts, "L16", lambda variety: variety.unrelated)


def _read_varieties(scope: Scope) -> _Varieties:
    return scope.remember("varieties", lambda: _find_varieties(scope))


def _find_varieties(scope: Scope) -> _Varieties:
    """Return employment by fine classes, else that of residents, else by whatever classes there are."""
    table = read_employment_table(scope)
    levels = table.list_levels(scope.id)
    own = choose_level({(year, level) for year, level in levels if level.digits > GROUP_DIGITS})
    given = table.select(scope.id, own) if own is not None else None
    panel = read_firm_panel(scope)
    residents = _count_fine(scope, panel) if given is None or scope.type == "zone" else []
    if given is not None:
        return _Varieties((_Part(scope.type, scope.id, given, 0), *residents[1:]), None)
    groups = choose_level({(year, level) for year, level in levels if level.digits == GROUP_DIGITS})
    return _Varieties(tuple(residents), table.select(scope.id, groups) if groups is not None else None)


def _count_fine(scope: Scope, panel: FirmPanel) -> list[_Part]:
    """Return the employment of residents by fine classes: of all of them first, then of each cluster of a zone."""
    level = _find_level(panel)
    if level is None:
        return []
    panels = [(scope.type, scope.id, panel)]
    if scope.type == "zone":
        panels += [("cluster", name, own) for name, own in panel.split("cluster_id")]
    parts = []
    for scope_type, scope_id, own in panels:
        has_class = np.array([code is not None for code in list_industries(own, level)], dtype=bool)
        found = count_residents(own.select(has_class), level)
        if found is not None:
            parts.append(_Part(scope_type, scope_id, found, int((~has_class).sum())))
    return parts if parts and parts[0].scope_type == scope.type else []


def _find_level(panel: FirmPanel) -> Level | None:
    """Return the finest level of residents' industries, of four digits at most; the scheme of most of them."""
    codes = {str(code) for code in panel.parties["industry"] if code is not None}
    digits = max((min(count_digits(code), _FINE_DIGITS) for code in codes), default=0)
    return Level(digits, panel.scheme) if digits > GROUP_DIGITS else None


def _list_rows(
    scope: Scope, parts: tuple[_Part, ...], metric_id: str, pick: Callable[[Variety], float]
) -> list[MetricResult]:
    rows = []
    for part in parts:
        made = [_variety_row(scope, part, metric_id, year, pick) for year in part.employment.years]
        rows += assign_rows(made, part.scope_type, part.scope_id)
    return mark_low_n(rows, scope.settings.least_units)


def _variety_row(
    scope: Scope, part: _Part, metric_id: str, year: int, pick: Callable[[Variety], float]
) -> MetricResult:
    known, least = part.employment, scope.settings.least_firms
    at = known.years.index(year)
    basis = known.basis_of(year, float(known.whole_firms[at]))
    if 0 < known.whole_firms[at] < least:
        return hide_row(scope, metric_id, _UNIT, [state(Reason.TOO_FEW_FIRMS, minimum=least)], basis)
    variety = measure_variety(*_group(known, at))
    reason = Reason.IN_CLASSES if known.level.digits > GROUP_DIGITS else Reason.IN_ONE_LEVEL
    notes = [state(reason, digits=known.level.digits), *known.notes_of(year)]
    if part.without_class:
        notes.append(state(Reason.WITHOUT_CLASS, digits=known.level.digits, left_out=part.without_class))
    is_exact = known.is_exact(year) and not part.without_class
    value = None if variety is None else pick(variety)
    return build_row(scope, metric_id, _UNIT, Outcome(value, basis, is_exact, notes, Reason.NO_EMPLOYEES))


def _group(known: Employment, at: int) -> tuple[NDArray[np.float64], list[str]]:
    """Return the employees of each class of a year and the group it belongs to."""
    groups = [cut_code(industry, GROUP_DIGITS) or industry for industry in known.industries]
    return np.nan_to_num(known.employees[:, at]), groups
