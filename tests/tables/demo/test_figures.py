"""Figures of zones: exact sums, corrected and contradicted ones, targets within and out of reach."""

import pandas as pd

from demo_data import Demo


def _list_register(demo: Demo) -> pd.Series:
    """Return the latest figures of the register for whole years, by zone, indicator and year."""
    rows = demo.tables["zone_year"]
    rows = rows[(rows["source_id"] == "demo-register") & rows["period"].isin(["FY", "point"])]
    latest = rows.drop_duplicates(["zone_id", "indicator", "year"], keep="last")
    return latest.set_index(["zone_id", "indicator", "year"])["value"].astype(float).sort_index()


def test_exports_of_a_zone_are_the_sum_of_its_residents(demo: Demo) -> None:
    figures, zone_of = _list_register(demo), demo.residents["zone_id"]
    for year in demo.settings.all_years:
        flows = demo.list_exports(year)
        sums = flows.groupby(flows.index.get_level_values(0).map(zone_of)).sum()
        assert figures.xs(("export_rub", year), level=("indicator", "year")).reindex(sums.index).equals(sums)


def test_residents_of_a_zone_are_those_present(demo: Demo) -> None:
    figures, since = _list_register(demo), demo.residents["since"].astype(int)
    for year in demo.settings.all_years:
        present = demo.residents[since <= year].groupby("zone_id").size().astype(float)
        assert figures.xs(("residents", year), level=("indicator", "year")).reindex(present.index).equals(present)


def test_all_zones_together_are_their_sum(demo: Demo) -> None:
    figures = _list_register(demo).drop("area_ha", level="indicator")
    sums = figures.drop("demo-total").groupby(level=["indicator", "year"]).sum()
    assert figures["demo-total"].sort_index().equals(sums)


def test_cumulative_figures_never_fall(demo: Demo) -> None:
    rows = demo.tables["zone_year"]
    names = rows.loc[rows["cumulative"], "indicator"].unique()
    assert set(names) == {"investment_actual_rub", "investment_declared_rub", "budget_infrastructure_rub"}
    figures = _list_register(demo)
    for name in names:
        assert (figures.xs(name, level="indicator").groupby(level="zone_id").diff().dropna() >= 0).all()


def test_some_figures_are_corrected_contradicted_or_inexact(demo: Demo) -> None:
    rows = demo.tables["zone_year"]
    keys = ["zone_id", "year", "period", "indicator"]
    assert rows.groupby([*keys, "source_id"]).size().max() == 2
    assert rows.groupby(keys)["source_id"].nunique().max() == 2
    assert {"exact", "over"} <= set(rows["qualifier"])
    assert {"FY", "9M", "point"} == set(rows["period"])


def test_nine_months_are_a_part_of_the_year(demo: Demo) -> None:
    rows, figures = demo.tables["zone_year"], _list_register(demo)
    part = rows[rows["period"] == "9M"].set_index(["zone_id", "indicator", "year"])["value"].astype(float)
    assert (part / figures.reindex(part.index)).between(0.5, 0.9).all()


def test_some_targets_are_within_reach_and_some_are_not(demo: Demo) -> None:
    target, figures, last = demo.tables["target"], _list_register(demo), demo.settings.years[1]
    assert (target["target_value"] > target["base_value"]).all()
    keys = list(zip(target["zone_id"], target["indicator"], strict=True))
    value = figures.reindex([(*key, last) for key in keys]).to_numpy()
    base_year, goal, base = (target[name].to_numpy(dtype=float) for name in ("base_year", "target_value", "base_value"))
    actual = (value / base) ** (1 / (last - base_year)) - 1
    needed = (goal / value) ** (1 / (target["target_year"].to_numpy(dtype=float) - last)) - 1
    assert 0.2 < (actual >= needed).mean() < 0.8
