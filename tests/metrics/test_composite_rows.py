import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.indexed import LEVELS, NAMES, SETTINGS, alike, find, row, rows_of, zone_scope
from metrics.shares import make_scope
from zonebook.metrics.composite_rows import index_rows, mean_rows
from zonebook.metrics.reasons import read_reason
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.score_rows import score_rows
from zonebook.page.locale import get_locale
from zonebook.settings import MetricSettings

VALUES = {"L01": 40.0, "L08": 60.0, "R02": 90.0, "R09": 90.0, "X04": 20.0, "X07": 60.0}


def run(function, rows, **scope):
    return function(zone_scope(**scope), rows)


def test_the_index_is_a_geometric_mean_of_arithmetic_ones():
    found = run(index_rows, rows_of(VALUES))
    assert [find(found, f"C05.{level}").value for level in LEVELS] == pytest.approx([50, 90, 30])
    index = find(found, "C05")
    assert index.value == pytest.approx((50 * 90 * 30) ** (1 / 3))
    assert (index.lower, index.upper) == (pytest.approx(index.value), pytest.approx(index.value))
    assert (index.year, index.period, index.unit, index.n_units) == (2024, "FY", "index", 6)
    assert (index.evidence, index.source_ids, index.reason) == (Evidence.REGISTER, "register", "")


def test_bounds_of_indicators_go_through_to_the_index():
    rows = [*rows_of({name: VALUES[name] for name in NAMES if name != "L01"}), row("L01", 40.0, lower=20.0, upper=50.0)]
    found = run(index_rows, rows)
    assert (find(found, "C05.local").lower, find(found, "C05.local").upper) == (pytest.approx(40), pytest.approx(55))
    index = find(found, "C05")
    assert (index.lower, index.upper) == (
        pytest.approx((40 * 90 * 30) ** (1 / 3)),
        pytest.approx((55 * 90 * 30) ** (1 / 3)),
    )


def test_a_figure_without_bounds_has_none_and_the_index_says_so():
    rows = [*rows_of({name: VALUES[name] for name in NAMES if name != "L01"}), row("L01", 40.0, lower=None, upper=None)]
    assert find(run(score_rows, rows), "C01.L01").lower is None
    assert find(run(index_rows, rows), "C05").reason == "figures without known bounds: 1"


def test_an_undefined_level_leaves_the_profile_and_no_index():
    found = run(index_rows, rows_of({"L01": 40.0, "L08": 60.0, "R02": 90.0, "R09": 90.0, "X04": 20.0}))
    assert find(found, "C05").status is Status.UNDEFINED
    assert find(found, "C05").reason == "levels with too few indicators: 1 of 3"
    assert find(found, "C05.international").status is Status.UNDEFINED
    assert find(found, "C05.local").value == pytest.approx(50)


def test_a_missing_indicator_widens_the_interval_and_its_weight_is_not_lost_silently():
    rule = replace(SETTINGS, level_share=0.5)
    rows = rows_of({name: VALUES[name] for name in NAMES if name != "L01"})
    found = run(index_rows, rows, settings=rule)
    local = find(found, "C05.local")
    assert (local.value, local.lower, local.upper) == (pytest.approx(60), pytest.approx(30), pytest.approx(80))
    assert find(found, "C05").reason == "indicators missing, anything from 0 to 100: 1"


def test_reported_figures_have_a_score_and_no_part_in_the_index():
    rows = [
        *rows_of({name: VALUES[name] for name in NAMES if name != "X04"}),
        row("X04", 20.0, evidence=Evidence.REPORTED),
    ]
    score = find(run(score_rows, rows), "C01.X04")
    assert (score.value, score.evidence) == (20, Evidence.REPORTED)
    assert score.reason == "known from reports only, no part of the index"
    index = find(run(index_rows, rows), "C05")
    assert index.status is Status.UNDEFINED
    assert "reported figures left out: 1" in index.reason


def test_generated_figures_make_a_generated_index():
    rows = [
        *rows_of({name: VALUES[name] for name in NAMES if name != "X04"}),
        row("X04", 20.0, evidence=Evidence.DEMONSTRATION),
    ]
    assert find(run(index_rows, rows), "C05").evidence is Evidence.DEMONSTRATION


def test_every_year_has_its_index_and_a_figure_may_be_one_year_old():
    rows = [one for year in (2021, 2022, 2024) for one in rows_of(VALUES, year=year)]
    rows += rows_of({"L01": 80.0}, year=2023)
    found = run(index_rows, rows)
    assert [one.year for one in found if one.metric_id == "C05"] == [2021, 2022, 2023, 2024]
    assert find(found, "C05", year=2023).reason == "figures of an earlier year: 5"
    scores = run(score_rows, rows)
    assert find(scores, "C01.X04", year=2023).reason == "figure of 2022"
    alone = run(index_rows, rows, settings=replace(SETTINGS, index_lag=0))
    assert [one.year for one in alone if one.metric_id == "C05"] == [2021, 2022, 2024]


def test_a_year_without_a_value_is_not_filled_from_the_year_before():
    rows = [*rows_of(VALUES, year=2023), *rows_of(VALUES | {"X04": None}, year=2024)]
    found = run(index_rows, rows)
    assert find(found, "C05", year=2024).status is Status.UNDEFINED
    assert find(found, "C05", year=2023).status is Status.OK


def test_years_to_come_and_parts_of_years_have_no_index():
    rows = [*rows_of(VALUES), *rows_of(VALUES, year=2026), *rows_of(VALUES, year=2025, period="9M")]
    assert {one.year for one in run(index_rows, rows)} == {2024}


def test_rows_of_others_are_not_taken():
    rows = [
        *rows_of(VALUES),
        *rows_of(alike(1.0), zone="elsewhere"),
        row("L01", 5.0, scope_type="cluster", scope_id="k"),
    ]
    assert find(run(index_rows, rows), "C05").value == pytest.approx((50 * 90 * 30) ** (1 / 3))


def test_without_any_indicator_the_input_is_missing():
    for function, metric_id in ((score_rows, "C01"), (mean_rows, "C03"), (index_rows, "C05")):
        found = find(run(function, []), metric_id)
        assert (found.status, found.reason) == (Status.MISSING_INPUT, "no indicator of the index is known")


def test_goalposts_that_are_one_score_nothing():
    rule = replace(SETTINGS, index=LEVELS | {"local": {"L01": (5.0, 5.0), "L08": (0.0, 100.0)}})
    found = run(score_rows, rows_of(VALUES), settings=rule)
    assert find(found, "C01.L01").status is Status.UNDEFINED
    assert find(run(index_rows, rows_of(VALUES), settings=rule), "C05").status is Status.UNDEFINED


def test_means_of_levels():
    found = run(mean_rows, rows_of(VALUES))
    assert find(found, "C03").value == find(found, "C03.geometric").value == pytest.approx((50 * 90 * 30) ** (1 / 3))
    assert find(found, "C03.arithmetic").value == pytest.approx(170 / 3)
    assert find(found, "C03.harmonic").value == pytest.approx(3 / (1 / 50 + 1 / 90 + 1 / 30))
    assert find(found, "C03.local").value == pytest.approx(50)


def test_a_level_of_zero_is_floored_and_the_mean_without_the_floor_shows_it():
    found = run(mean_rows, rows_of(VALUES | {"L01": 0.0, "L08": 0.0}))
    assert find(found, "C03").value == pytest.approx((1 * 90 * 30) ** (1 / 3))
    assert find(found, "C03.unfloored").value == 0
    assert "levels below 1 are raised to it" in find(found, "C03").reason
    assert "raised" not in find(found, "C03.unfloored").reason


@settings(max_examples=12, deadline=None)
@given(st.fixed_dictionaries({name: st.floats(0, 100) for name in NAMES}), st.sampled_from(NAMES))
def test_better_in_one_is_never_worse_in_all(values, name):
    better = values | {name: values[name] / 2 if name == "X07" else min(100.0, values[name] + 10)}
    one, other = (find(run(index_rows, rows_of(each)), "C05").value for each in (values, better))
    assert other >= one - 1e-9
    assert 0 <= one <= 100


@settings(max_examples=12, deadline=None)
@given(st.fixed_dictionaries({name: st.floats(0, 100) for name in NAMES}))
def test_a_zone_is_scored_alone(values):
    """With fixed goalposts a zone's score does not change when others do (trap 6)."""
    alone = find(run(index_rows, rows_of(values)), "C05").value
    among = find(run(index_rows, [*rows_of(alike(90.0), zone="other"), *rows_of(values)]), "C05").value
    assert alone == among


def test_alike_scores_give_that_index():
    assert find(run(index_rows, rows_of(alike(37.0))), "C05").value == pytest.approx(37)


def test_a_region_has_an_index_of_its_own_rows():
    scope = replace(make_scope("region", "RU-MOW"), settings=SETTINGS)
    rows = [*rows_of(alike(20.0)), *(replace(one, scope_type="region", scope_id="RU-MOW") for one in rows_of(VALUES))]
    assert find(index_rows(scope, rows), "C05").value == pytest.approx((50 * 90 * 30) ** (1 / 3))


def test_default_indicators_are_those_of_the_parameters():
    defaults = MetricSettings().index
    middle = {name: (low + high) / 2 for own in defaults.values() for name, (low, high) in own.items()}
    found = find(run(index_rows, rows_of(middle), settings=MetricSettings()), "C05")
    assert found.value == pytest.approx(50)


def test_every_sentence_is_said_in_both_languages():
    rows = [*rows_of(VALUES | {"L01": 130.0, "R02": 0.0, "R09": 0.0}, year=2023), row("L08", 1.0, upper=None)]
    rows.append(row("X04", 3.0, evidence=Evidence.REPORTED))
    rule = replace(SETTINGS, level_share=0.5)
    found = [one for function in (score_rows, mean_rows, index_rows) for one in run(function, rows, settings=rule)]
    sentences = {template for one in found for template, _ in read_reason(one.reason)}
    assert len(sentences) > 6
    for one in filter(None, (one.reason for one in found)):
        assert get_locale("en").reason(one) == one
        russian = get_locale("ru").reason(one)
        assert russian != one
        assert not any("a" <= letter <= "z" for letter in russian.lower())
    assert not any(math.isnan(one.value) for one in found if one.value is not None)
