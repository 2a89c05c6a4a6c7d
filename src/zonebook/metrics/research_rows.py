"""Rows of residents' ties with universities and research institutes (L11)."""

from __future__ import annotations

import pandas as pd

from zonebook.metrics.coverage import measure_coverage
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.research_links import RESEARCH_KINDS, select_research_ties
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.trade_sides import Members, cover_parts


def research_link_rows(scope: Scope) -> list[MetricResult]:
    """Return L11: the share of residents with a research tie, by year and cluster; by kind of partner for the whole.

    Residents that did not answer may have such ties: they widen the interval.
    """
    register = read_register(scope)
    if not register:
        return [scope.missing("L11", "share", register.absence)]
    rows = []
    for year in register:
        ends = year.ties["from_party"], year.ties["to_party"]
        parts, notes = cover_parts(year, year.residents[year.residents.isin(ends[0]) | year.residents.isin(ends[1])])
        kinds = year.parties["kind"]
        research = select_research_ties(year.ties, kinds)
        rows += [_link_row(members, "L11", research, *notes) for members in parts]
        for kind in sorted(RESEARCH_KINDS):
            rows.append(_link_row(parts[0], f"L11.{kind}", select_research_ties(research, kinds, {kind}), *notes))
    return mark_low_n(rows, scope.settings.least_units)


def _link_row(members: Members, metric_id: str, research: pd.DataFrame, *notes: str) -> MetricResult:
    found = measure_coverage(research, members.part.members, members.year.responded)
    if found is None:
        return members.row(metric_id, "share", None, undefined=Reason.NO_RESIDENTS)
    silence = [state(Reason.NO_ANSWER, silent=found.silent, total=found.n)] if found.silent else []
    return members.row(metric_id, "share", Interval(found.share, found.lower, found.upper), *silence, *notes)
