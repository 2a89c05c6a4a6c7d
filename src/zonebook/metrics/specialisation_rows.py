"""Rows of the location quotient (L12), from employment of a zone or region and of its country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.specialisation import location_quotient
from zonebook.metrics.ties import find_column

_ALL = ""  # the industry of a row over all industries


@dataclass(frozen=True, slots=True)
class _Employment:
    """Employees by industry, here and in the country, of one year and one level of one classification."""

    year: int
    here: pd.DataFrame
    country: pd.DataFrame
    wholes: tuple[float, float]
    basis: Basis


def location_quotient_rows(scope: Scope) -> list[MetricResult]:
    """Return L12 by industry for the latest year; the headline is the industry with the largest quotient."""
    employment = _read_employment(scope)
    if employment is None:
        return [scope.missing_table("L12", "ratio", "employment")]
    rows = [_quotient_row(scope, employment, str(industry)) for industry in employment.here.index]
    known = [row for row in rows if row.value is not None]
    largest = max(known, key=lambda row: (row.value or 0, row.metric_id)) if known else rows[0]
    named = state(Reason.INDUSTRY, industry=largest.series)
    return [replace(largest, metric_id="L12", reason=join_reasons([named, largest.reason])), *rows]


def _read_employment(scope: Scope) -> _Employment | None:
    """Return the latest year with employment both here and in the country, at the finest level both have."""
    table = scope.table("employment")
    table = table[(table["year"] <= scope.year).fillna(False).astype(bool)]
    codes = table["industry"].astype("string").fillna(_ALL)
    levels = find_column(table, "industry_scheme").fillna("").astype(str) + codes.map(_level_of)
    table = table.assign(industry=codes, level=levels)[table["employees"].notna()]
    here = table[(table["geo"] == scope.id).astype(bool)]
    country = table[(table["geo"] == scope.home_country).astype(bool)]
    common = _levels(here) & _levels(country)
    if not common:
        return None
    year, level = max(common, key=lambda key: (key[0], _digits(key[1]), key[1]))
    totals = [_read_total(part, year, level.partition(":")[0]) for part in (here, country)]
    parts = [
        part[((part["year"] == year) & (part["level"] == level)).astype(bool)].set_index("industry").sort_index()
        for part in (here, country)
    ]
    sums = [float(part["employees"].sum()) for part in parts]
    wholes = (totals[0], totals[1]) if totals[0] is not None and totals[1] is not None else (sums[0], sums[1])
    sources = tuple(dict.fromkeys(s for part in parts for s in find_column(part, "source_id").dropna().astype(str)))
    evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
    return _Employment(year, parts[0], parts[1], wholes, Basis(year, "FY", evidence, sources))


def _levels(table: pd.DataFrame) -> set[tuple[int, str]]:
    """Return the years and levels a table has rows of; those over all industries are no level."""
    named = table[table["industry"] != _ALL]
    return {(int(year), str(level)) for year, level in zip(named["year"], named["level"], strict=True)}


def _read_total(table: pd.DataFrame, year: int, scheme: str) -> float | None:
    """Return the employees of all industries, where the table has a row of them."""
    is_total = (table["industry"] == _ALL) & (table["year"] == year)
    of_scheme = table[(is_total & (find_column(table, "industry_scheme").fillna("") == scheme)).astype(bool)]
    return float(of_scheme["employees"].iloc[0]) if len(of_scheme) else None


def _level_of(code: str) -> str:
    """Return how fine a class is: sections are letters, classes have two digits, then more."""
    return f":{sum(character.isdigit() for character in str(code))}"


def _digits(level: str) -> int:
    return int(level.rpartition(":")[2])


def _quotient_row(scope: Scope, employment: _Employment, industry: str) -> MetricResult:
    here, country = employment.here, employment.country
    metric_id = f"L12.{industry}"
    firms = find_column(here, "firms").get(industry)
    count = None if firms is None or pd.isna(firms) else int(firms)
    basis = replace(employment.basis, n_units=count)
    if count is not None and 0 < count < scope.settings.least_firms:
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return scope.without(metric_id, Status.SUPPRESSED, "ratio", reason, replace(basis, n_units=None))
    if industry not in country.index:
        return scope.without(metric_id, Status.MISSING_INPUT, "ratio", _no_country_row(), basis)
    quotient = location_quotient(
        float(here["employees"].to_dict()[industry]),
        employment.wholes[0],
        float(country["employees"].to_dict()[industry]),
        employment.wholes[1],
    )
    if quotient is None:
        return scope.without(metric_id, Status.UNDEFINED, "ratio", [state(Reason.NO_DENOMINATOR)], basis)
    return scope.result(metric_id, Interval.exact(quotient), "ratio", basis)


def _no_country_row() -> Sequence[str]:
    return [state(Reason.NO_ROWS, table="employment")]
