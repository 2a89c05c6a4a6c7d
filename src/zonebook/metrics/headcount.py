"""Employees of residents by their own industry: what stands in where a zone's employment by industry is not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.employment import Employment, Level, build_employment, count_digits
from zonebook.metrics.figures import read_text
from zonebook.metrics.firm_panel import FirmPanel
from zonebook.metrics.scope import Scope


def cut_code(code: str, digits: int) -> str | None:
    """Return a code of an industry with so many digits; ``None`` if it has fewer.

    Examples
    --------
    >>> cut_code("26.11", 2), cut_code("26.11", 3), cut_code("26", 4)
    ('26', '26.1', None)
    """
    seen = 0
    for place, character in enumerate(code):
        seen += character.isdigit()
        if seen == digits:
            return code[: place + 1]
    return None


def find_sections(scope: Scope) -> Mapping[str, str]:
    """Return the section of each class of two digits."""
    rows = scope.records("industry")
    return {read_text(row, "code"): read_text(row, "section") for row in rows if read_text(row, "level") == "class"}


def list_industries(panel: FirmPanel, level: Level) -> NDArray[np.object_]:
    """Return the industry of each firm at a level, ``None`` where it has no code so fine."""
    if level not in panel.industries_by_level:
        panel.industries_by_level[level] = _list_industries(panel, level)
    return panel.industries_by_level[level]


def _list_industries(panel: FirmPanel, level: Level) -> NDArray[np.object_]:
    schemes, codes = panel.parties["industry_scheme"], panel.parties["industry"]
    known = [None if pd.isna(code) else str(code) for code in codes]
    fits = [pd.isna(scheme) or not level.scheme or scheme == level.scheme for scheme in schemes]
    if level.digits:
        cut = [cut_code(code, level.digits) if code and ok else None for code, ok in zip(known, fits, strict=True)]
    else:
        sections = find_sections(panel.scope)
        cut = [_find_section(code, sections) if code and ok else None for code, ok in zip(known, fits, strict=True)]
    return np.array([*cut, None], dtype=object)[:-1]


def _find_section(code: str, sections: Mapping[str, str]) -> str | None:
    return sections.get(cut_code(code, 2) or "") if count_digits(code) else code


def count_residents(panel: FirmPanel, level: Level, *, steady: bool = False) -> Employment | None:
    """Count the employees of residents by industry.

    Parameters
    ----------
    panel
        The residents.
    level
        How fine industries are told apart.
    steady
        Whether firms whose headcount is missing in any of their years are left out of all: for changes between years.

    Returns
    -------
    Employment or None
        ``None`` where no firm has both headcount and industry. Firms without a headcount are left out and counted.
    """
    mine = np.ones(len(panel.parties), dtype=bool)
    is_silent = panel.is_present & np.isnan(panel.figures["employees"])
    left_out = is_silent.sum(axis=0)
    if steady:
        left_out = np.full_like(left_out, is_silent.any(axis=1).sum())
        mine = np.asarray(~is_silent.any(axis=1), dtype=bool)
    codes = list_industries(panel, level)
    is_named = mine & np.array([code is not None for code in codes], dtype=bool)
    counts = np.where(mine[:, None], panel.figures["employees"], np.nan)
    at = np.flatnonzero((~np.isnan(counts[is_named])).any(axis=0))
    if not len(at):
        return None
    industries, code = np.unique(codes[is_named].astype(str), return_inverse=True)
    known = counts[:, at]
    by_industry = np.zeros((len(industries), len(at)))
    np.add.at(by_industry, code, np.nan_to_num(known[is_named]))
    respondents = panel.respondent_codes
    firms = _count_groups(code, respondents[is_named], ~np.isnan(known[is_named]), len(industries))
    by_industry[firms == 0] = np.nan
    whole_firms = _count_groups(np.zeros(len(mine), dtype=int), respondents, ~np.isnan(known), 1)[0]
    years = [panel.years[place] for place in at]
    whole = zip(years, np.nansum(known, axis=0).tolist(), whole_firms.tolist(), strict=True)
    given = {year: (employees, count) for year, employees, count in whole}
    found = build_employment(level, industries.tolist(), years, (by_industry, firms), given, panel.basis)
    return replace(found, left_out=left_out[at])


def _count_groups(
    code: NDArray[np.int64], respondents: NDArray[np.int64], known: NDArray[np.bool_], size: int
) -> NDArray[np.float64]:
    """Return how many independent respondents each industry has, industries x years."""
    counts = np.zeros((size, known.shape[1]))
    for place in range(known.shape[1]):
        pairs = np.unique(code[known[:, place]] * (respondents.max(initial=0) + 1) + respondents[known[:, place]])
        np.add.at(counts[:, place], pairs // (respondents.max(initial=0) + 1), 1)
    return counts
