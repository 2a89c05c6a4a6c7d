import numpy as np
import pandas as pd
import pytest

from zonebook.metrics.event_study import estimate_event_study, estimate_staggered_effect
from zonebook.metrics.support_effects import estimate_panel_effect

YEARS = range(2017, 2024)


def simulate(effect, begins, *, n=60, trend=0.0, seed=4):
    """Firms in three parts: supported from `begins`, each in turn, and never; `effect(group, since)` is added."""
    rng = np.random.default_rng(seed)
    groups = [*begins, None]
    rows, support = [], {}
    for i in range(n):
        group = groups[i % len(groups)]
        level = rng.normal()
        if group:
            support[f"f{i}"] = group
        for year in YEARS:
            value = level + 0.3 * (year - 2017) + rng.normal(scale=0.2)
            if group:
                value += trend * (year - 2017) + (effect(group, year - group) if year >= group else 0.0)
            rows.append((f"f{i}", year, value))
    return pd.DataFrame(rows, columns=["party_id", "year", "value"]), pd.Series(support)


def test_event_study_finds_what_was_put_in():
    panel, support = simulate(lambda _, since: 1.0 + since, [2020])
    found = estimate_event_study(panel, support)
    values = found.table.set_index("event_time")["value"]
    assert values[-1] == 0
    assert values[[-3, -2]].abs().max() < 0.3
    assert values[[0, 1, 2, 3]].to_numpy() == pytest.approx([1, 2, 3, 4], abs=0.3)
    assert found.pre_trend_p > 0.1
    assert (found.n_treated, found.n_control) == (30, 30)
    assert (found.table["n_treated"] == 30).all()
    shown = found.table[found.table["event_time"] != -1]
    assert ((shown["lower"] < shown["value"]) & (shown["value"] < shown["upper"])).all()


def test_firms_that_already_parted_fail_the_test():
    panel, support = simulate(lambda *_: 0.0, [2020], trend=0.5)
    assert estimate_event_study(panel, support).pre_trend_p < 0.01


def test_years_outside_the_window_are_put_together():
    panel, support = simulate(lambda *_: 1.0, [2020])
    found = estimate_event_study(panel, support, window=(-2, 1))
    assert found.table["event_time"].tolist() == [-2, -1, 0, 1]


def test_without_an_early_year_no_pre_trend_is_tested():
    panel, support = simulate(lambda *_: 1.0, [2018])
    found = estimate_event_study(panel, support)
    assert found.pre_trend_p is None


def test_few_firms_have_values_but_no_errors():
    panel, support = simulate(lambda *_: 1.0, [2020], n=8)
    found = estimate_event_study(panel, support)
    assert found.pre_trend_p is None
    assert found.table[["standard_error", "lower", "upper"]].isna().all(axis=None)
    staggered = estimate_staggered_effect(panel, support, seed=1)
    assert (staggered.standard_error, staggered.lower) == (None, None)


def test_event_study_is_undefined_without_control_or_year_before():
    panel, support = simulate(lambda *_: 1.0, [2020])
    supported = panel[panel["party_id"].isin(support.index)]
    assert estimate_event_study(supported, support) is None
    assert estimate_event_study(panel, support * 0 + 2017) is None
    assert estimate_event_study(panel, pd.Series(dtype=float)) is None


def test_one_first_year_gives_the_differences_of_means():
    panel, support = simulate(lambda *_: 1.0, [2020])
    found = estimate_staggered_effect(panel, support, seed=1, draws=50)
    wide = panel.pivot(index="party_id", columns="year", values="value")
    is_supported = wide.index.isin(support.index)
    for row in found.by_group.itertuples():
        change = wide[row.year] - wide[2019]
        assert row.value == pytest.approx(change[is_supported].mean() - change[~is_supported].mean())
    study = estimate_event_study(panel, support).table.set_index("event_time")["value"]
    by_time = found.by_event_time.set_index("event_time")["value"]
    assert by_time.to_numpy() == pytest.approx(study[by_time.index].to_numpy())


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_effects_that_grow_mislead_the_panel_but_not_the_groups(control):
    panel, support = simulate(lambda _, since: 2.0 * since, [2019, 2021], n=90)
    found = estimate_staggered_effect(panel, support, seed=1, control=control)
    truth = (2 * np.arange(5)).sum() + (2 * np.arange(3)).sum()
    assert found.value == pytest.approx(truth / 8, abs=0.2)
    assert found.lower < truth / 8 < found.upper
    assert abs(estimate_panel_effect(panel, support).value - truth / 8) > 0.3
    early = found.by_event_time[found.by_event_time["event_time"] < -1]
    assert early["value"].abs().max() < 0.3
    assert found.n_treated == 60


def test_not_yet_supported_firms_can_be_the_only_control():
    panel, support = simulate(lambda *_: 1.0, [2019, 2022], n=40)
    panel = panel[panel["party_id"].isin(support.index)]
    assert estimate_staggered_effect(panel, support, seed=1) is None
    found = estimate_staggered_effect(panel, support, seed=1, control="not_yet", draws=50)
    after = found.by_group[found.by_group["year"] >= found.by_group["first_treated"]]
    assert set(after["first_treated"]) == {2019}
    assert after["year"].max() == 2021
    assert found.value == pytest.approx(1, abs=0.2)


def test_the_bootstrap_is_about_the_analytic_error_and_the_seed_decides():
    panel, support = simulate(lambda *_: 1.0, [2020], n=80)
    panel = panel[panel["year"].isin([2019, 2020])]
    found = estimate_staggered_effect(panel, support, seed=1, draws=2000)
    assert found.standard_error == pytest.approx(estimate_panel_effect(panel, support).standard_error, rel=0.1)
    assert estimate_staggered_effect(panel, support, seed=1, draws=99).lower == pytest.approx(
        estimate_staggered_effect(panel, support, seed=1, draws=99).lower, abs=0
    )


def test_a_group_without_the_year_before_is_left_out():
    panel, support = simulate(lambda *_: 1.0, [2017, 2020])
    found = estimate_staggered_effect(panel, support, seed=1, draws=20)
    assert set(found.by_group["first_treated"]) == {2020}
    assert found.n_treated == 20
