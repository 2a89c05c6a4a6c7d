"""The support granted to a scope's residents: measures with their years, without those only planned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.firm_panel import list_residents
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_column

_COLUMNS = ("party_id", "measure_id", "start", "end", "provider_level", "source_id")


@dataclass(frozen=True, eq=False)
class GrantedSupport:
    """Support of a scope's residents that began in its year or before.

    Attributes
    ----------
    rows
        ``party_id``, ``measure_id``, ``start``, ``end`` as texts, ``provider_level``, ``source_id`` and ``year``, the
        year it began.
    planned
        How many rows were left out because the support is only planned.
    evidence
        The weakest of its sources; of rows without a source a register.
    """

    rows: pd.DataFrame
    planned: int
    evidence: Evidence

    @cached_property
    def first_years(self) -> pd.Series[int]:
        """First year of support by firm, for those supported."""
        return self.rows.groupby("party_id")["year"].min()

    @property
    def is_reported(self) -> bool:
        """Whether any of it is known from publications only: then it is a sample."""
        return self.evidence is Evidence.REPORTED

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """The sources cited."""
        return tuple(dict.fromkeys(str(source) for source in self.rows["source_id"] if source is not None))


def read_granted_support(scope: Scope) -> GrantedSupport:
    """Return the support granted to a scope's residents up to its year, read once."""
    return scope.remember("granted support", lambda: _read(scope))


def _read(scope: Scope) -> GrantedSupport:
    table = scope.table("support")
    columns = {name: np.array(find_column(table, name).array, dtype=object) for name in _COLUMNS}
    rows = pd.DataFrame(columns, dtype=object)
    rows = rows.where(rows.notna(), None)
    is_planned = find_column(table, "planned").fillna(value=False).to_numpy(dtype=bool)
    began = pd.to_numeric(rows["start"].astype(str).str[:4], errors="coerce").to_numpy(dtype=float)
    mine = rows["party_id"].isin(list_residents(scope).index).to_numpy(dtype=bool) & ~np.isnan(began)
    chosen = mine & ~is_planned & (began <= scope.year)
    kept = rows[chosen].assign(year=began[chosen].astype(int)).reset_index(drop=True)
    cited = {source for source in rows.loc[mine, "source_id"] if source is not None}
    kinds = [evidence_of(source, scope.sources) for source in cited] or [Evidence.REGISTER]
    return GrantedSupport(kept, int((mine & is_planned).sum()), weakest_evidence(kinds))
