"""Rows of the share of high technology in exports (X21)."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from zonebook.metrics.comparative_advantage import measure_high_tech_share
from zonebook.metrics.export_cells import ALL_GOODS, Flags, Objects
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import explain_no_flows, read_flow_parts
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope

_DIGITS = 4  # of the list's codes: a chapter of two digits holds products of both kinds


def high_tech_rows(scope: Scope) -> list[MetricResult]:
    """Return X21: the share of high-technology products in exports by year, with bounds for codes too coarse to tell.

    Clusters of a zone whose firms state their exports have theirs.
    """
    rows = []
    for part in read_flow_parts(scope):
        rows += part.assign(_high_tech_row(scope, flow) for flow in part.years)
    if not any(row.scope_type == scope.type for row in rows):
        rows.append(scope.missing("X21", "share", explain_no_flows(scope)))
    return rows


def _high_tech_row(scope: Scope, flow: FlowYear) -> MetricResult:
    refused = flow.refused_row("X21", "share")
    if refused is not None:
        return refused
    fine = flow.is_coded & (flow.cells.length >= _DIGITS)
    if flow.amounts.any() and not fine.any():
        reason = [state(Reason.NEEDS_FOUR_DIGITS)]
        return scope.without("X21", Status.MISSING_INPUT, "share", reason, flow.basis)
    if _is_revealing(scope, flow):
        return flow.suppressed_row("X21", "share")
    found = measure_high_tech_share(_split(flow, fine), scope.settings.high_tech)
    notes = [] if found is None or found.is_exact else [state(Reason.COARSE_CODES)]
    return flow.row("X21", "share", found, notes)


def _is_revealing(scope: Scope, flow: FlowYear) -> bool:
    """Tell whether the share, with exports known, would give away what few firms sell, or a product that is hidden."""
    listed = tuple(sorted(scope.settings.high_tech))

    def label(exports: FlowYear) -> tuple[Flags, Objects]:
        top = exports.cells.find_topmost()
        codes = zip(exports.is_coded[top], exports.cells.product[top], strict=True)
        names = ["listed" if coded and code.startswith(listed) else "other" for coded, code in codes]
        return top, np.array(names, dtype=object)

    if "listed" in label(flow)[1] and flow.hide_labels(label).labels:
        return True
    hidden = flow.hide_labels(partial(FlowYear.label_products, digits=max(_DIGITS, flow.digits)))
    return hidden.tells(name for name in hidden.labels if name.startswith(listed))


def _split(flow: FlowYear, fine: Flags) -> pd.Series[float]:
    """Return exports by code, each at the finest level it is stated at; what has no code of the system, as all goods.

    Of a chapter stated beside headings inside it only the rest is left.
    """
    cells, amounts = flow.cells, flow.amounts
    parts = fine & cells.find_topmost(_DIGITS)
    chapters = flow.is_coded & cells.find_topmost(1) & ~fine
    inside: dict[tuple[str, str, str], float] = {}
    for length in {len(code) for code in cells.product[chapters]}:
        rows = zip(cells.exporter[parts], cells.country[parts], cells.product[parts], amounts[parts], strict=True)
        for exporter, country, code, amount in rows:
            key = (exporter, country, code[:length])
            inside[key] = inside.get(key, 0.0) + float(amount)
    keys = zip(cells.exporter[chapters], cells.country[chapters], cells.product[chapters], strict=True)
    rest = [amount - inside.get(key, 0.0) for key, amount in zip(keys, amounts[chapters], strict=True)]
    known = np.maximum(np.array([*amounts[parts], *rest], dtype=float), 0.0)
    unnamed = max(0.0, sum(flow.values.values()) - float(known.sum()))
    labels = [*cells.product[parts], *cells.product[chapters], ALL_GOODS]
    return pd.Series([*known, unnamed], index=pd.Index(labels, dtype=object), dtype=float)
