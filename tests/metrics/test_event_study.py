import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from zonebook.metrics.event_study import estimate_staggered_effect
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


def test_years_around_support_find_what_was_put_in():
    panel, support = simulate(lambda _, since: 1.0 + since, [2020])
    found = estimate_staggered_effect(panel, support)
    table = found.by_event_time.set_index("event_time")
    assert table.index.tolist() == [-3, -2, 0, 1, 2, 3]
    assert table["value"][[-3, -2]].abs().max() < 0.3
    assert table["value"][[0, 1, 2, 3]].to_numpy() == pytest.approx([1, 2, 3, 4], abs=0.3)
    assert found.pre_trend_p > 0.1
    assert (found.n_treated, found.n_control) == (30, 30)
    assert (table["n_treated"] == 30).all()
    assert ((table["lower"] < table["value"]) & (table["value"] < table["upper"])).all()


@pytest.mark.parametrize("begins", [[2020], [2019, 2021]])
def test_firms_that_already_parted_fail_the_test(begins):
    panel, support = simulate(lambda *_: 0.0, begins, trend=0.5)
    assert estimate_staggered_effect(panel, support).pre_trend_p < 0.01


def test_the_test_of_pre_trends_rejects_about_as_often_as_it_says():
    found = [estimate_staggered_effect(*simulate(lambda *_: 1.0, [2020], seed=seed)).pre_trend_p for seed in range(60)]
    assert np.mean(np.array(found) < 0.1) == pytest.approx(0.1, abs=0.12)
    assert 0.3 < np.mean(found) < 0.7


def test_effects_that_differ_by_group_are_no_pre_trend():
    panel, support = simulate(lambda group, since: 4.0 * since if group == 2019 else 0.0, [2019, 2021], n=90)
    assert estimate_staggered_effect(panel, support).pre_trend_p > 0.05


def test_without_an_early_year_no_pre_trend_is_tested():
    panel, support = simulate(lambda *_: 1.0, [2018])
    assert estimate_staggered_effect(panel, support).pre_trend_p is None


def test_few_firms_have_values_but_no_errors():
    panel, support = simulate(lambda *_: 1.0, [2020], n=8)
    found = estimate_staggered_effect(panel, support)
    assert (found.pre_trend_p, found.standard_error, found.lower, found.upper) == (None, None, None, None)
    assert found.by_event_time[["standard_error", "lower", "upper"]].isna().all(axis=None)
    assert found.value == pytest.approx(1, abs=0.5)
    assert estimate_staggered_effect(panel, support, least_firms=8).standard_error > 0


def test_no_control_or_no_year_before_is_undefined():
    panel, support = simulate(lambda *_: 1.0, [2020])
    supported = panel[panel["party_id"].isin(support.index)]
    assert estimate_staggered_effect(supported, support) is None
    assert estimate_staggered_effect(panel, support * 0 + 2017) is None
    assert estimate_staggered_effect(panel, pd.Series(dtype=float)) is None


def test_firms_that_are_all_alike_have_no_test():
    panel, support = simulate(lambda *_: 1.0, [2020], n=20)
    panel["value"] = panel["year"] - 2017.0
    found = estimate_staggered_effect(panel, support)
    assert (found.value, found.standard_error, found.pre_trend_p) == (0, 0, None)


def test_a_saturated_regression_gives_the_same():
    """In a balanced panel a dummy for each group and year against firms never supported gives ATT(g, t)."""
    panel, support = simulate(lambda group, since: group - 2018.0 + since, [2019, 2021], n=45)
    found = estimate_staggered_effect(panel, support)
    begins = panel["party_id"].map(support)
    names = []
    for group in (2019, 2021):
        for year in set(YEARS) - {group - 1}:
            panel[f"d{group}_{year}"] = ((begins == group) & (panel["year"] == year)).astype(float)
            names.append(f"d{group}_{year}")
    formula = f"value ~ C(party_id) + C(year) + {' + '.join(names)}"
    fit = smf.ols(formula, panel).fit(cov_type="cluster", cov_kwds={"groups": panel["party_id"].factorize()[0]})
    for row in found.by_group.itertuples():
        assert row.value == pytest.approx(fit.params[f"d{row.first_treated}_{row.year}"], abs=1e-9)
    size = found.by_group.query("year >= first_treated")
    combined = " + ".join(
        f"{row.n_treated / size['n_treated'].sum()} * d{row.first_treated}_{row.year}" for row in size.itertuples()
    )
    test = fit.t_test(f"{combined} = 0")
    assert found.value == pytest.approx(test.effect.item(), abs=1e-9)
    assert found.standard_error == pytest.approx(test.sd.item(), rel=0.1)


def test_one_first_year_gives_the_differences_of_means():
    panel, support = simulate(lambda *_: 1.0, [2020])
    found = estimate_staggered_effect(panel, support)
    wide = panel.pivot(index="party_id", columns="year", values="value")
    is_supported = wide.index.isin(support.index)
    for row in found.by_group.itertuples():
        change = wide[row.year] - wide[2019]
        assert row.value == pytest.approx(change[is_supported].mean() - change[~is_supported].mean())


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_effects_that_grow_mislead_the_panel_but_not_the_groups(control):
    panel, support = simulate(lambda _, since: 2.0 * since, [2019, 2021], n=90)
    found = estimate_staggered_effect(panel, support, control=control)
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
    assert estimate_staggered_effect(panel, support) is None
    found = estimate_staggered_effect(panel, support, control="not_yet")
    after = found.by_group[found.by_group["year"] >= found.by_group["first_treated"]]
    assert set(after["first_treated"]) == {2019}
    assert after["year"].max() == 2021
    assert found.value == pytest.approx(1, abs=0.2)


def test_two_years_have_the_error_of_the_difference_of_two_means():
    panel, support = simulate(lambda *_: 1.0, [2020], n=80)
    panel = panel[panel["year"].isin([2019, 2020])]
    found = estimate_staggered_effect(panel, support)
    wide = panel.pivot(index="party_id", columns="year", values="value")
    change, is_supported = wide[2020] - wide[2019], wide.index.isin(support.index)
    by_hand = np.sqrt(sum(part.var() / len(part) for part in (change[is_supported], change[~is_supported])))
    assert found.standard_error == pytest.approx(by_hand)
    assert found.standard_error == pytest.approx(estimate_panel_effect(panel, support).standard_error, rel=0.1)


def test_the_interval_holds_a_known_effect_nineteen_times_of_twenty():
    found = [estimate_staggered_effect(*simulate(lambda *_: 1.0, [2019, 2021], seed=seed)) for seed in range(60)]
    assert 52 <= sum(one.lower < 1.0 < one.upper for one in found) <= 60


def test_a_shift_of_all_does_not_matter_and_the_unit_scales():
    panel, support = simulate(lambda *_: 1.0, [2019, 2021])
    base = estimate_staggered_effect(panel, support)
    moved = estimate_staggered_effect(panel.assign(value=panel["value"] * 3 + 5), support)
    assert (moved.value, moved.standard_error) == pytest.approx((3 * base.value, 3 * base.standard_error))
    assert moved.pre_trend_p == pytest.approx(base.pre_trend_p)


def test_a_group_without_the_year_before_is_left_out():
    panel, support = simulate(lambda *_: 1.0, [2017, 2020])
    found = estimate_staggered_effect(panel, support)
    assert set(found.by_group["first_treated"]) == {2020}
    assert found.n_treated == 20
