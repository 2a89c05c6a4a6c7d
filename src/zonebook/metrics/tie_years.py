"""The ties of a scope by year: each year of its register, or, without one, all that is reported."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from zonebook.metrics.counted_firms import find_firms
from zonebook.metrics.hidden_parts import is_dominated, is_few
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import TRADE, read_register
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import Ties, read_ties

_ENDS = ("party_id", "zone_id", "site_id", "region_iso", "country_iso3")


@dataclass(frozen=True, eq=False)
class TieYear:
    """Working ties that held in a year; without a register, all that are known of by then.

    Attributes
    ----------
    ties
        Those of the scope.
    rows
        The ones of the year, turned so that the home end comes first.
    year, period
        The year; ``FY`` from a register, else ``point``.
    notes
        What is to be said of every figure of the year.
    silence
        The sentence on residents that did not answer: their ties are not known, so that counts are lower bounds.
    """

    ties: Ties
    rows: pd.DataFrame
    year: int
    period: str
    notes: tuple[str, ...] = ()
    silence: tuple[str, ...] = ()

    @property
    def is_register(self) -> bool:
        """Whether the ties are those of a register."""
        return self.period == "FY"

    @property
    def trade(self) -> pd.DataFrame:
        """Ties that may have a value of the year: from a register, those in which goods and services are sold."""
        return self.rows[self.rows["kind"].isin(TRADE)] if self.is_register else self.rows

    def is_few(self, rows: pd.DataFrame) -> bool:
        """Whether some ties of a register are those of too few firms of the scope; what is published is public."""
        if not self.is_register:
            return False
        inside = rows["is_inside"].to_numpy(dtype=bool)
        homes = set(rows["home_party_id"].tolist()) | set(rows["partner_party_id"].to_numpy(dtype=object)[inside])
        return is_few((firm.respondent for firm in find_firms(self.ties.scope, homes)), self.ties.scope.rule)

    def is_one_firms(self, rows: pd.DataFrame) -> bool:
        """Whether a mean of ties weighted by their values is in truth that of too few firms, or of one."""
        if not self.is_register:
            return False
        values = pd.to_numeric(rows["value_rub"], errors="coerce").to_numpy(dtype=float, na_value=0.0)
        inside = rows["is_inside"].to_numpy(dtype=bool)
        ends = (rows["home_party_id"].to_numpy(dtype=object), rows["partner_party_id"].to_numpy(dtype=object)[inside])
        amounts = pd.Series(np.concatenate([values, values[inside]])).groupby(np.concatenate(ends)).sum()
        firms = find_firms(self.ties.scope, amounts.index.tolist())
        return is_dominated((firm.respondent for firm in firms), amounts.tolist(), self.ties.scope.rule)

    def suppressed(self, metric_id: str, unit: str, rows: pd.DataFrame) -> MetricResult:
        """Return the row of a figure of ties of too few firms."""
        reason = state(Reason.TOO_FEW_FIRMS, minimum=self.ties.scope.settings.least_firms)
        basis = replace(self.basis(rows), n_units=None)
        return self.ties.scope.without(metric_id, Status.SUPPRESSED, unit, [reason], basis)

    def basis(self, rows: pd.DataFrame) -> Basis:
        """Return what a result computed from some of the ties rests on."""
        return replace(self.ties.basis(rows), year=self.year, period=self.period)

    def is_sample(self, rows: pd.DataFrame) -> bool:
        """Whether some ties are known from publications only."""
        return not self.is_register and self.ties.is_reported(rows)

    def is_part(self, rows: pd.DataFrame) -> bool:
        """Whether there may be more ties than are known: of a sample, or where residents did not answer."""
        return self.is_sample(rows) or bool(self.silence)

    def explain(self, rows: pd.DataFrame, reported: Reason) -> list[str]:
        """Return what is to be said of a figure: of a sample the reason given, of a register who did not answer."""
        return [*([state(reported)] if self.is_sample(rows) else self.silence), *self.notes]


def list_tie_years(scope: Scope) -> tuple[TieYear, ...]:
    """Return the ties of a scope by year; one year only where there is no register."""
    return scope.remember("tie years", lambda: _list_tie_years(scope))


def _list_tie_years(scope: Scope) -> tuple[TieYear, ...]:
    ties, register = read_ties(scope), read_register(scope)
    if not register:
        return (TieYear(ties, ties.actual, scope.year, "point"),)
    return tuple(TieYear(ties, one.ties, one.year, "FY", one.notes, one.silence) for one in register)


def select_other_regions(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ties with a partner in another region of the same country; with an unnamed region if the level says so.

    Of ties with both ends at home only those between two zones count.
    """
    home, partner = rows["home_region_iso"], rows["partner_region_iso"]
    named = partner.notna()
    elsewhere = (named & (partner != home)) | (~named & (rows["level"] == "regional"))
    return rows[elsewhere & ~rows["is_foreign"] & (~rows["is_inside"] | (named & _is_between_zones(rows)))]


def _is_between_zones(rows: pd.DataFrame) -> pd.Series[bool]:
    home, partner = rows["home_zone_id"], rows["partner_zone_id"]
    return home.notna() & partner.notna() & (home != partner)


def view_from_both_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ties with those that have both ends at home twice: each end is a partner of the other."""
    inside = rows[rows["is_inside"].to_numpy(dtype=bool)]
    if inside.empty:
        return rows
    swapped = {f"{end}_{name}": f"{other}_{name}" for end, other in _TURNS for name in _ENDS}
    return pd.concat([rows, inside.rename(columns=swapped)], ignore_index=True)


_TURNS = (("home", "partner"), ("partner", "home"))
