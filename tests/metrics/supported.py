"""Firms with and without support, made by hand or drawn, for tests of what changes with support."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.employed import firm_year, grant, resident

YEARS = range(2019, 2026)


def simulate(begins: Sequence[int], *, n: int = 40, trend: float = 0.0) -> dict[str, Any]:
    """Firms by turns supported from each of the years, and never; support adds to ln revenue, and the trend before."""
    rng = np.random.default_rng(3)
    groups, firms, figures, support = [*begins, None], [], [], []
    for number in range(n):
        name, group, level = f"r{number:02}", groups[number % len(groups)], rng.normal(18, 1)
        firms.append(resident(name))
        if group:
            support.append(grant(name, f"{group}-06-01"))
        for year in YEARS:
            log = level + 0.05 * (year - 2019) + rng.normal(scale=0.05)
            log += trend * (year - 2019) if group else 0
            log += 0.3 if group and year >= group else 0
            revenue = math.exp(log)
            exports = 0.0 if number % 4 == 0 else revenue / 4
            figures.append(firm_year(name, year, revenue_rub=revenue, export_rub=exports, employees=10.0))
    return {"party": firms, "party_year": figures, "support": support}


def by_hand() -> dict[str, Any]:
    """Three supported firms that double, three others that stay."""
    firms = [resident(f"{kind}{n}") for kind in "st" for n in range(3)]
    figures = [firm_year(f["party_id"], year, revenue_rub=100.0) for f in firms for year in (2022, 2023, 2024)]
    for row in figures:
        if row["party_id"].startswith("s") and row["year"] >= 2023:
            row["revenue_rub"] = 200.0
    return {"party": firms, "party_year": figures, "support": [grant(f"s{n}", "2023") for n in range(3)]}
