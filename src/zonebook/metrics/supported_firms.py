"""The residents of a scope with the first year of support of each: what changes with support are measured on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.firm_panel import FirmPanel, read_firm_panel
from zonebook.metrics.granted_support import GrantedSupport, read_granted_support
from zonebook.metrics.interval import Interval
from zonebook.metrics.result import MetricResult, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

UNIT = "log points"
# Series by suffix and the figure it is of; the headline is that of revenue.
OUTCOMES = {"": "revenue_rub", "export": "export_rub", "employees": "employees"}


@dataclass(frozen=True, eq=False)
class SupportedFirms:
    """The residents of a scope, their figures by year, and the first year of support of each (missing for none)."""

    panel: FirmPanel
    granted: GrantedSupport

    @cached_property
    def begins(self) -> NDArray[np.float64]:
        """First year of support of each firm, missing for those never supported."""
        first = self.granted.first_years.to_dict()
        return np.array([first.get(party, np.nan) for party in self.panel.parties.index], dtype=np.float64)

    @cached_property
    def basis(self) -> Basis:
        """What a figure of these firms rests on."""
        own = replace(self.panel.basis, year=self.panel.years[-1])
        sources = tuple(dict.fromkeys((*own.source_ids, *self.granted.source_ids)))
        return replace(own, source_ids=sources, evidence=weakest_evidence([own.evidence, self.granted.evidence]))

    def logs(self, name: str) -> NDArray[np.float64]:
        """Return the natural logarithms of a figure, missing where it is not above zero."""
        values = self.panel.figures[name]
        return np.log(values, out=np.full(values.shape, np.nan), where=values > 0)

    def select(self, name: str) -> tuple[pd.DataFrame, pd.Series[float]]:
        """Return the logarithms of a figure as a panel, firms by number, and the first years of support."""
        logs = self.logs(name)
        firm, year = np.nonzero(~np.isnan(logs))
        years = np.array(self.panel.years, dtype=int)
        panel = pd.DataFrame({"party_id": firm, "year": years[year], "value": logs[firm, year]})
        return panel, pd.Series(self.begins)


def read_supported_firms(scope: Scope, metric_id: str) -> SupportedFirms | MetricResult:
    """Return the firms of a scope, or the row that says which table is missing."""
    granted, panel = read_granted_support(scope), read_firm_panel(scope)
    if scope.table("support").empty:
        return scope.missing_table(metric_id, UNIT, "support")
    if not panel.years:
        return scope.missing_table(metric_id, UNIT, "party_year")
    return SupportedFirms(panel, granted)


def bound_estimate(value: float, lower: float, upper: float) -> Interval:
    """Return an estimate with its interval, which holds it whatever rounding does."""
    return Interval(value, min(lower, value), max(upper, value))
