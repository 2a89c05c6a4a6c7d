import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.disclosure import SuppressionRule, Verdict, convert_dominance, judge_cell, judge_cells

contributions = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)


def test_cells_of_the_handbook():
    oracle = read_case("disclosure_control")
    for name, expected in oracle["expected"]["cells"].items():
        found = judge_cell(oracle["inputs"]["cells"][name])
        assert found.n == expected["n"]
        for key in ("top1_share", "top2_share", "p_ratio"):
            assert getattr(found, key) == pytest.approx(expected[key], abs=oracle["tolerance"]["default"])
        flags = (found.too_few, found.is_dominated, found.is_guessable)
        assert flags == (expected["freq_lt_3"], expected["nk_1_90"], expected["p10"])
        is_hidden = expected["suppress_core_rule(freq<3 or nk_1_90 or p10)"]
        assert found.verdict is (Verdict.SUPPRESS if is_hidden else Verdict.PUBLISH)


def test_dominance_of_two_is_a_rule_of_p():
    oracle = read_case("disclosure_control")
    for k, p in zip(oracle["inputs"]["dominance_to_p"]["k"], oracle["expected"]["dominance_to_p"], strict=True):
        assert convert_dominance(k) == pytest.approx(p, abs=oracle["tolerance"]["dominance_to_p"])
    with pytest.raises(MetricError):
        convert_dominance(0)


@given(contributions, st.floats(0.01, 1000), st.randoms(use_true_random=False))
def test_unit_and_order_do_not_matter(values, factor, random):
    shuffled = [value * factor for value in values]
    random.shuffle(shuffled)
    found, other = judge_cell(values), judge_cell(shuffled)
    if found.p_ratio is None or abs(found.p_ratio - 0.1) > 1e-6:
        assert other.verdict is found.verdict


@given(contributions)
def test_a_stricter_rule_never_publishes_more(values):
    strict = SuppressionRule(minimum=5, dominance=0.8, protection=0.25)
    if judge_cell(values).verdict is Verdict.SUPPRESS:
        assert judge_cell(values, rule=strict).verdict is Verdict.SUPPRESS


@given(st.floats(1, 1e6))
def test_one_firm_is_always_suppressed(value):
    found = judge_cell([value])
    assert found.verdict is Verdict.SUPPRESS
    assert (found.too_few, found.is_dominated, found.is_guessable) == (True, True, True)


def test_exactly_the_threshold_is_not_above_it():
    loose = SuppressionRule(protection=0.0)
    assert not judge_cell([90, 5, 5], rule=loose).is_dominated
    assert judge_cell([90.1, 5, 4.9], rule=loose).is_dominated
    assert not judge_cell([100, 50, 10]).is_guessable
    assert judge_cell([100, 50, 9.9]).is_guessable


def test_no_respondent_is_a_structural_zero():
    found = judge_cell([])
    assert (found.verdict, found.n, found.top1_share) == (Verdict.PUBLISH, 0, None)


def test_zeros_are_respondents():
    assert judge_cell([10, 10, 0]).n == 3
    found = judge_cell([0, 0, 0])
    assert (found.verdict, found.top1_share, found.p_ratio) == (Verdict.PUBLISH, None, None)


def test_a_negative_contribution_is_reviewed_by_a_person():
    assert judge_cell([10, 10, 10, -1]).verdict is Verdict.REVIEW
    assert judge_cell([10, 10, 10, -1], respondents=["a", "b", "c", "a"]).verdict is Verdict.REVIEW


def test_firms_of_a_holding_are_one_respondent():
    values = [30, 30, 20, 20, 20]
    assert judge_cell(values).verdict is Verdict.PUBLISH
    assert judge_cell(values, ["h", "h", "h", "h", "x"]).too_few
    assert judge_cell(values, ["h", "h", "x", "y", "z"]).n == 4
    assert judge_cell(values, [None] * 5).n == 5


def test_two_firms_know_each_other():
    assert judge_cell([30, 18], rule=SuppressionRule(minimum=2)).is_guessable


def test_a_table_is_its_cells():
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"zone": rng.choice(list("abc"), 60), "year": rng.integers(2020, 2023, 60)})
    rows["respondent"] = rng.choice(["h1", "h2", "h3", "h4", None], 60)
    rows["value"] = rng.pareto(1.0, 60).round(2)
    table = judge_cells(rows, ["zone", "year"])
    for (zone, year), row in table.iterrows():
        cell = rows[(rows["zone"] == zone) & (rows["year"] == year)]
        alone = judge_cell(cell["value"], cell["respondent"].where(cell["respondent"].notna(), None).tolist())
        assert row["verdict"] == alone.verdict
        assert row["n"] == alone.n
        assert row["total"] == pytest.approx(cell["value"].sum())


def test_an_empty_table_has_no_cells():
    rows = pd.DataFrame({"zone": [], "respondent": [], "value": []})
    assert judge_cells(rows, ["zone"]).empty


def test_wrong_use_is_refused():
    with pytest.raises(MetricError, match="missing"):
        judge_cell([1.0, float("nan")])
    with pytest.raises(MetricError, match="as many respondents"):
        judge_cell([1.0, 2.0], ["a"])
    with pytest.raises(MetricError, match="thresholds"):
        SuppressionRule(dominance=1.5)
