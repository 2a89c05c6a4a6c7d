import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.survival import build_spells, compare_survival, estimate_survival

spells = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=40)


def test_the_textbook_table():
    oracle = read_case("export_survival_km")
    inputs, expected = oracle["inputs"], oracle["expected"]
    treated = estimate_survival(inputs["durations_a"], inputs["event_a"])
    for key, tolerance in (("S_a", oracle["tolerance"]["S_a"]), ("S_a_full", oracle["tolerance"]["default"])):
        for week, share in expected[key].items():
            assert treated.survival_at(float(week)) == pytest.approx(share, abs=tolerance)
    assert treated.median == expected["median_a"]
    assert estimate_survival(inputs["durations_b"], inputs["event_b"]).median == expected["median_b"]


def test_log_rank_of_the_textbook_table():
    inputs = read_case("export_survival_km")["inputs"]
    groups = ["6-MP"] * len(inputs["durations_a"]) + ["placebo"] * len(inputs["durations_b"])
    found = compare_survival(
        inputs["durations_a"] + inputs["durations_b"], inputs["event_a"] + inputs["event_b"], groups
    )
    assert found.statistic == pytest.approx(16.79, abs=0.01)  # Kleinbaum & Klein, table of the log-rank test
    assert found.degrees == 1
    assert found.p_value < 0.001


@given(spells)
def test_curve_falls_from_one_within_bounds(rows):
    durations, events = zip(*rows, strict=True)
    found = estimate_survival(durations, events)
    share = found.table["survival"].to_numpy()
    assert ((share >= -1e-12) & (share <= 1)).all()
    assert (np.diff(share) < 0).all()
    assert found.survival_at(0) == 1


@given(spells)
def test_kaplan_meier_step_by_step(rows):
    share, steps = 1.0, {}
    for time in sorted({duration for duration, _ in rows}):
        alive = sum(duration >= time for duration, _ in rows)
        ended = sum(duration == time and event for duration, event in rows)
        share *= 1 - ended / alive
        steps[time] = share
    found = estimate_survival(*zip(*rows, strict=True))
    for time, expected in steps.items():
        assert found.survival_at(time) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=40))
def test_without_censoring_it_is_the_share_that_lasts_longer(durations):
    found = estimate_survival(durations, [True] * len(durations))
    for time in range(13):
        assert found.survival_at(time) == pytest.approx(np.mean(np.array(durations) > time), abs=1e-9)


def test_no_event_has_no_median():
    found = estimate_survival([3, 5], [0, 0])
    assert (found.median, found.survival_at(10), found.n_ended, len(found.table)) == (None, 1.0, 0, 0)


def test_exactly_half_is_the_median():
    assert estimate_survival([1, 2, 3, 4], [1, 1, 1, 1]).median == 2


def test_no_spells_are_undefined():
    assert estimate_survival([], []) is None
    assert compare_survival([], [], []) is None


def test_one_group_and_no_event_cannot_be_compared():
    assert compare_survival([1, 2], [1, 1], ["a", "a"]) is None
    assert compare_survival([1, 2], [0, 0], ["a", "b"]) is None


def test_log_rank_does_not_depend_on_names_of_groups():
    durations, events = [1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 0]
    one = compare_survival(durations, events, list("aabbcc"))
    assert one.degrees == 2
    assert one.statistic == pytest.approx(compare_survival(durations, events, list("ccaabb")).statistic)


@pytest.mark.parametrize(("durations", "events"), [([0], [1]), ([float("nan")], [1]), ([1, 2], [1])])
def test_spells_that_cannot_be_are_refused(durations, events):
    with pytest.raises(MetricError):
        estimate_survival(durations, events)


def panel(**years):
    return pd.DataFrame([{"country": c, "year": y} for c, ys in years.items() for y in ys])


def test_spells_by_hand():
    flows = panel(ALIVE_AT_START=[2018, 2019, 2020], ENDED=[2019, 2020], ALIVE=[2021, 2022], TWO=[2019, 2021])
    found = build_spells(flows, 2018, 2022)
    rows = found[["country", "start", "duration", "is_event"]].to_numpy().tolist()
    assert rows == [
        ["ALIVE", 2021, 2, False],
        ["ENDED", 2019, 2, True],
        ["TWO", 2019, 1, True],
        ["TWO", 2021, 1, True],
    ]
    filled = build_spells(flows, 2018, 2022, filled_gap=1)
    assert filled.loc[filled["country"] == "TWO", ["start", "duration"]].to_numpy().tolist() == [[2019, 3]]


def test_an_exporter_is_part_of_the_relation_and_rows_count_once():
    flows = pd.DataFrame({"exporter": ["a", "b", "b"], "country": "KAZ", "year": [2020, 2021, 2021]})
    found = build_spells(flows, 2019, 2022)
    assert found[["exporter", "duration"]].to_numpy().tolist() == [["a", 1], ["b", 1]]


def test_a_missing_product_is_a_key_of_its_own():
    flows = pd.DataFrame({"country": "KAZ", "product": [None, None, "84"], "year": [2020, 2021, 2020]})
    assert sorted(build_spells(flows, 2019, 2022)["duration"]) == [1, 2]


@given(st.sets(st.integers(2010, 2025), max_size=16))
def test_spells_hold_every_year_once(years):
    flows = pd.DataFrame({"country": "KAZ", "year": sorted(years)})
    found = build_spells(flows, 2009, 2025)
    assert found["duration"].sum() == len(years)
    bridged = build_spells(flows, 2009, 2025, filled_gap=1)
    assert len(bridged) <= len(found)
    assert bridged["duration"].sum() >= len(years)


def test_wrong_use_is_refused():
    with pytest.raises(MetricError):
        build_spells(panel(A=[2020]), 2022, 2020)
    with pytest.raises(MetricError):
        build_spells(pd.DataFrame({"year": [2020]}), 2019, 2022)


def test_spells_that_end_together_do_not_tell_groups_apart():
    assert compare_survival([1, 1], [1, 1], ["a", "b"]) is None


def test_a_group_last_seen_before_the_first_end_is_left_out():
    found = compare_survival([1, 2, 3, 4], [0, 1, 1, 1], ["a", "b", "c", "b"])
    assert found.degrees == 1
    assert found.statistic == pytest.approx(compare_survival([2, 3, 4], [1, 1, 1], ["b", "c", "b"]).statistic)
    assert compare_survival([1, 2], [0, 1], ["a", "b"]) is None


def test_the_interval_is_that_of_the_textbook():
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = estimate_survival(weeks, ended)
    # R, survfit with conf.type = "log-log", on the data of Freireich et al. (1963), from memory.
    known = found.interval_at(6)
    assert (known.lower, known.upper) == pytest.approx((0.620, 0.952), abs=0.001)
    assert found.interval_at(5) is None
    assert estimate_survival([1, 1], [1, 1]).interval_at(1) is None
