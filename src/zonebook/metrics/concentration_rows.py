"""Rows of how far firms depend on few suppliers or customers (L17, L18); no firm's own figure is among them."""

from __future__ import annotations

import numpy as np

from zonebook.metrics.partner_firms import PartnerFirms, list_firms
from zonebook.metrics.partner_ratios import compute_partner_ratios
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n

# The ratio of one or two partners may give a firm away.
_FEWEST_COUNTED = 3
_QUARTILES = (("q1", 0.25), ("median", 0.5), ("q3", 0.75))


def partner_concentration_rows(scope: Scope) -> list[MetricResult]:
    """Return L17: the purchase-weighted mean HHI of suppliers and its distribution over buyers; of customers as well.

    By year, of the scope and a zone's clusters.
    """
    rows: list[MetricResult] = []
    for firms in list_firms(scope, "L17"):
        if isinstance(firms, MetricResult):
            rows.append(firms)
        elif firms.side.name and not firms.members.is_whole:
            rows.append(_mean_row(firms))
        else:
            rows += [_mean_row(firms), *_spread_rows(firms)]
    return mark_low_n(rows, scope.settings.least_units)


def partner_ratio_rows(scope: Scope) -> list[MetricResult]:
    """Return L18: the purchase-weighted mean share of the k largest suppliers, and of the k largest customers."""
    rows: list[MetricResult] = []
    for firms in list_firms(scope, "L18"):
        if isinstance(firms, MetricResult):
            rows.append(firms)
            continue
        rows.append(_ratio_row(firms, firms.side.suffix("L18"), max(_FEWEST_COUNTED, scope.settings.ratio_partners)))
        if firms.members.is_whole:
            rows.append(_ratio_row(firms, firms.side.suffix("L18", f"k{_FEWEST_COUNTED}"), _FEWEST_COUNTED))
    return mark_low_n(rows, scope.settings.least_units)


def _mean_row(firms: PartnerFirms) -> MetricResult:
    if firms.is_one_firms:
        return firms.members.suppressed(firms.side.suffix("L17"), "index")
    return firms.row(firms.side.suffix("L17"), firms.average(firms.found.hhi), unit="index")


def _spread_rows(firms: PartnerFirms) -> list[MetricResult]:
    """Return the quartiles over firms, the share of concentrated ones, and for a whole scope the other indices."""
    hhi = firms.found.hhi[firms.rows]
    levels = np.quantile(hhi, [quantile for _, quantile in _QUARTILES])
    rows = [
        firms.row(firms.side.suffix("L17", name), float(level), unit="index")
        for (name, _), level in zip(_QUARTILES, levels, strict=True)
    ]
    if not firms.members.is_whole:
        return rows
    line = firms.members.year.scope.settings.concentrated
    if not firms.members.has_few_somewhere:
        above = state(Reason.ABOVE_HHI, line=f"{line:g}")
        rows.append(firms.row(firms.side.suffix("L17", "concentrated"), float((hhi > line).mean()), above))
    return [*rows, *_other_indices(firms)]


def _other_indices(firms: PartnerFirms) -> list[MetricResult]:
    """Return the normalised index of firms with several partners, and the effective number of partners."""
    normalised = firms.found.normalised
    if firms.is_one_firms:
        names = {"normalised": "index", "effective": "count"}
        return [firms.members.suppressed(firms.side.suffix("L17", name), unit) for name, unit in names.items()]
    single = int(np.isnan(normalised[firms.rows]).sum())
    notes = [state(Reason.SINGLE_PARTNER, left_out=single)] if single else []
    mean = firms.average(firms.found.hhi)
    return [
        firms.row(firms.side.suffix("L17", "normalised"), firms.average(normalised), *notes, unit="index"),
        firms.row(firms.side.suffix("L17", "effective"), None if mean is None else 1 / mean, unit="count"),
    ]


def _ratio_row(firms: PartnerFirms, metric_id: str, k: int) -> MetricResult:
    if firms.is_one_firms:
        return firms.members.suppressed(metric_id, "share")
    ratios = compute_partner_ratios(firms.found, k)
    covered = int((firms.found.n_partners[firms.rows] <= k).sum())
    notes = [state(Reason.LARGEST_PARTNERS, k=k)]
    if covered:
        notes.append(state(Reason.COVERS_ALL, k=k, count=covered, total=int(firms.rows.sum())))
    return firms.row(metric_id, firms.average(ratios), *notes)
