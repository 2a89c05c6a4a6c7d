"""Rows of what must be hidden so that no firm's figure is given away (Q04).

A table is a set of figures with their total (exports also with the totals of blocs) as a page of the scope shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.contributions import BLOC, EXPORTS, KEYS, TOTAL, Contributions, list_blocs, read_contributions
from zonebook.metrics.disclosure import Verdict, judge_cells
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope

_RULES = {"frequency": "too_few", "dominance": "is_dominated", "p_percent": "is_guessable"}


def _read_verdicts(scope: Scope) -> tuple[Contributions, pd.DataFrame]:
    """Return the verdict on every figure of the scope's tables: parts, totals of blocs, totals."""
    contributions = read_contributions(scope)
    rows = contributions.rows
    if rows.empty:
        return contributions, rows
    exports = rows[rows["table"] == EXPORTS]
    blocs = [
        own.assign(cell=BLOC + own["cell"].map(found))
        for year, own in exports.groupby("year", sort=True)
        if (found := list_blocs(scope, int(str(year)), sorted(set(own["cell"]))))
    ]
    whole = pd.concat([rows, *blocs, rows.assign(cell=TOTAL)], ignore_index=True)
    return contributions, judge_cells(whole, KEYS, scope.rule)


def read_verdicts(scope: Scope) -> tuple[Contributions, pd.DataFrame]:
    """Return what firms add to the scope's tables, and the verdict on each figure, judged once."""
    return scope.remember("verdicts", lambda: _read_verdicts(scope))


def primary_rows(scope: Scope) -> list[MetricResult]:
    """Return Q04: the share of figures to be suppressed by themselves, by year, by table and by rule."""
    contributions, verdicts = read_verdicts(scope)
    if verdicts.empty:
        return [scope.missing_table("Q04", "share", "party_year")]
    table, year = (verdicts.index.get_level_values(name).to_numpy() for name in KEYS[:2])
    verdict = verdicts["verdict"].to_numpy()
    is_hidden, is_open = verdict == Verdict.SUPPRESS.value, verdict == Verdict.REVIEW.value
    broken = {f"Q04.{rule}": verdicts[column].to_numpy(dtype=bool) for rule, column in _RULES.items()}
    found = []
    for one in sorted(set(year.tolist())):
        mine = year == one
        basis = replace(contributions.basis, year=one)
        review = int(is_open[mine].sum())
        notes = [state(Reason.TO_REVIEW, count=review)] if review else []
        found.append(_share_row(scope, "Q04", is_hidden[mine], basis, notes))
        found += [_share_row(scope, metric_id, marks[mine], basis) for metric_id, marks in broken.items()]
        count = replace(basis, n_units=int(mine.sum()))
        found.append(scope.result("Q04.review", Interval.exact(review), "count", count))
        for name in sorted(set(table[mine])):
            found.append(_share_row(scope, f"Q04.{name}", is_hidden[mine & (table == name)], basis))
    return found


def _share_row(
    scope: Scope, metric_id: str, marks: NDArray[np.bool_], basis: Basis, notes: Iterable[str] = ()
) -> MetricResult:
    count, total = int(marks.sum()), len(marks)
    said = [state(Reason.OF_CELLS, count=count, total=total), *notes]
    return scope.result(metric_id, Interval.exact(count / total), "share", replace(basis, n_units=total), said)
