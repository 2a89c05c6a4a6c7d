"""Residents: sizes, clusters, industries and figures of plausible spread."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demo_data import Demo


@pytest.fixture(scope="module")
def last(demo: Demo) -> pd.DataFrame:
    """The figures of residents that answered for the last year."""
    rows = demo.tables["party_year"]
    rows = rows[(rows["year"] == demo.settings.years[1]) & rows["responded"]].set_index("party_id")
    return rows.drop(columns=["vintage", "responded"]).astype(float)


def test_zones_differ_in_size_and_have_the_mean_asked_for(demo: Demo) -> None:
    sizes = demo.residents["zone_id"].value_counts()
    assert sizes.sum() == demo.settings.zones * demo.settings.residents
    assert sizes.min() >= 15
    assert sizes.max() > 1.5 * sizes.min()


def test_sizes_of_residents_are_lognormal(last: pd.DataFrame) -> None:
    size = np.log(last["employees"])
    assert 0.9 < size.std() < 1.4
    assert abs(stats.skew(size)) < 0.3
    assert 30 < np.exp(size.median()) < 70


def test_figures_are_in_proportion(last: pd.DataFrame) -> None:
    per_head = last["revenue_rub"] / last["employees"]
    assert 2e6 < per_head.quantile(0.05) < per_head.quantile(0.95) < 4e7
    whole = last.sum()
    assert 0.04 < whole["export_rub"] / whole["revenue_rub"] < 0.15
    assert 0.4 < whole["purchases_rub"] / whole["revenue_rub"] < 0.7
    assert 0.01 < whole["rnd_rub"] / whole["revenue_rub"] < 0.08
    assert 0.03 < whole["capex_rub"] / whole["revenue_rub"] < 0.15
    assert (last["export_rub"] <= last["revenue_rub"]).all()
    assert 0.15 < (last["export_rub"] > 0).mean() < 0.45


def test_revenue_grows_from_year_to_year_at_a_plausible_pace(demo: Demo) -> None:
    sums = demo.tables["party_year"].groupby("year")["revenue_rub"].sum()
    growth = sums.pct_change().dropna()
    assert growth.between(0.0, 0.3).all()


def test_clusters_have_a_theme_of_industries(demo: Demo) -> None:
    residents = demo.residents
    assert residents.groupby("zone_id")["cluster_id"].nunique().between(3, 5).all()
    assert residents.groupby("cluster_id").size().min() >= 5
    assert residents.groupby("cluster_id")["industry"].nunique().max() <= 4


def test_residents_begin_in_different_years_and_have_figures_since(demo: Demo) -> None:
    begun = demo.residents["since"].astype(int)
    first = demo.tables["party_year"].groupby("party_id")["year"].min()
    assert 0.1 < (begun > demo.settings.years[0]).mean() < 0.3
    assert (first == begun.clip(lower=demo.settings.years[0])).all()


def test_few_stay_silent_and_their_figures_are_missing_not_zero(demo: Demo) -> None:
    rows = demo.tables["party_year"]
    silent = rows[~rows["responded"]]
    assert 0.02 < len(silent) / len(rows) < 0.1
    assert silent[["employees", "revenue_rub", "export_rub", "purchases_rub"]].isna().all(axis=None)
    assert rows.loc[rows["responded"], ["employees", "revenue_rub", "export_rub"]].notna().all(axis=None)
