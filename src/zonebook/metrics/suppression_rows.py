"""Rows of what is hidden so that no suppressed figure can be worked out from others (Q05).

Each table is judged by itself: what a zone's page shows of a region's total is not known in either share alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy

from zonebook.metrics.contributions import BLOC, EXPORTS, TOTAL, Contributions, list_blocs
from zonebook.metrics.disclosure import Verdict
from zonebook.metrics.disclosure_rows import read_verdicts
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.suppression import TableFamily, audit_suppression, suppress_secondary

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many figures of a table there are, are hidden by themselves and in addition, and can still be worked out.

    ``recoverable`` counts those that could be if nothing more was hidden. ``is_open`` marks a table that cannot be
    published, because what is already public leaves no way to protect it, or a negative figure is to be reviewed.
    """

    cells: int
    primary: int
    secondary: int
    recoverable: int
    exposed: int
    is_open: bool


def secondary_rows(scope: Scope) -> list[MetricResult]:
    """Return Q05: the share of figures hidden so that no suppressed one can be worked out, for the latest year."""
    contributions, verdicts = read_verdicts(scope)
    if verdicts.empty:
        return [scope.missing_table("Q05", "share", "party_year")]
    latest = int(verdicts.index.get_level_values("year").max())
    tables = {table: _hide(scope, contributions, (table, latest), own) for table, own in _split(verdicts, latest)}
    basis = replace(contributions.basis, year=latest, n_units=sum(hidden.cells for hidden in tables.values()))
    return _hidden_rows(scope, tables, basis)


def _split(verdicts: pd.DataFrame, year: int) -> list[tuple[str, pd.DataFrame]]:
    """Return the verdicts of a year by table, each by part."""
    own = verdicts[verdicts.index.get_level_values("year") == year]
    return [(str(table), cells.droplevel([0, 1])) for table, cells in own.groupby(level="table", sort=True)]


def _hide(scope: Scope, contributions: Contributions, place: Place, cells: pd.DataFrame) -> Hidden:
    is_primary = (cells["verdict"] != Verdict.PUBLISH.value).to_numpy()
    # What is printed by itself cannot be hidden any more.
    is_fixed = np.array([cell == TOTAL and place in contributions.printed for cell in cells.index])
    is_primary = is_primary & ~is_fixed
    count, primary = len(cells), int(is_primary.sum())
    if (cells["verdict"] == Verdict.REVIEW.value).any():
        return Hidden(count, primary, 0, 0, 0, is_open=True)
    if not primary:
        return Hidden(count, 0, 0, 0, 0, is_open=False)
    sums = build_sums(list(cells.index), list_blocs(scope, place[1], list(cells.index)) if place[0] == EXPORTS else {})
    family = TableFamily(
        cells["total"].to_numpy(dtype=float), sums, is_primary, is_fixed, protection=scope.settings.p_percent
    )
    hidden = suppress_secondary(family)
    if hidden is not None and (hidden == is_primary).all():
        return Hidden(count, primary, 0, 0, 0, is_open=False)
    recoverable = int(audit_suppression(family, is_primary)["is_exposed"].sum())
    if hidden is None:
        return Hidden(count, primary, 0, recoverable, recoverable, is_open=True)
    exposed = int(audit_suppression(family, hidden)["is_exposed"].sum())
    return Hidden(count, primary, int(hidden.sum()) - primary, recoverable, exposed, is_open=False)


def build_sums(cells: list[Hashable], blocs: Mapping[str, str]) -> scipy.sparse.csr_array:
    """Return the sums of a table: of its parts or blocs to the total, of the countries of each bloc to it.

    Examples
    --------
    >>> build_sums(["KAZ", "CHN", "bloc:EAEU", "bloc:rest", ""], {"KAZ": "EAEU", "CHN": "rest"}).toarray().tolist()
    [[1.0, 0.0, -1.0, 0.0, 0.0], [0.0, 1.0, 0.0, -1.0, 0.0], [0.0, 0.0, 1.0, 1.0, -1.0]]
    """
    shown = [cell for cell in cells if str(cell).startswith(BLOC)]
    above = {cell: BLOC + blocs[str(cell)] if shown and str(cell) in blocs else TOTAL for cell in cells}
    lines: dict[Hashable, int] = {cell: line for line, cell in enumerate([*shown, TOTAL])}
    sums = np.zeros((len(lines), len(cells)))
    for place, cell in enumerate(cells):
        if cell in lines:
            sums[lines[cell], place] = -1.0
        if cell != TOTAL:
            sums[lines[above[cell] if cell not in shown else TOTAL], place] += 1.0
    return scipy.sparse.csr_array(sums)


def _hidden_rows(scope: Scope, tables: Mapping[str, Hidden], basis: Basis) -> list[MetricResult]:
    cells, secondary = (sum(getattr(one, name) for one in tables.values()) for name in ("cells", "secondary"))
    primary = sum(one.primary for one in tables.values())
    unpublished = sum(one.is_open for one in tables.values())
    notes = [state(Reason.OF_CELLS, count=secondary, total=cells)]
    notes += [state(Reason.NOT_PUBLISHED, count=unpublished)] if unpublished else []
    counts = {
        "recoverable": sum(one.recoverable for one in tables.values()),
        "exposed": sum(one.exposed for one in tables.values()),
        "unpublished": unpublished,
    }
    hidden = (primary + secondary) / cells
    return [
        scope.result("Q05", Interval.exact(secondary / cells), "share", basis, notes),
        scope.result("Q05.hidden", Interval.exact(hidden), "share", basis),
        *(scope.result(f"Q05.{name}", Interval.exact(count), "count", basis) for name, count in counts.items()),
        *(
            scope.result(
                f"Q05.{table}", Interval.exact(one.secondary / one.cells), "share", replace(basis, n_units=one.cells),
                [state(Reason.OF_CELLS, count=one.secondary, total=one.cells)],
            )
            for table, one in tables.items()
        ),
    ]  # fmt: skip
