import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.aggregation import aggregate
from zonebook.metrics.composite import CompositeRule, compute_composite, find_complete_levels
from zonebook.metrics.normalisation import normalise_by_goalposts, normalise_min_max

LEVELS = {"local": ["L01", "L08", "L10"], "regional": ["R02", "R03", "R05", "R09"], "international": ["X04"]}
NAMES = [name for own in LEVELS.values() for name in own]
units = st.lists(st.tuples(*[st.none() | st.floats(0, 1)] * len(NAMES)), min_size=1, max_size=8).map(
    lambda rows: pd.DataFrame(rows, columns=NAMES, dtype=float)
)


def read_tai(oracle):
    inputs = oracle["inputs"]
    data = pd.DataFrame(inputs["data"]).T
    low, high = inputs["goalpost_min"], inputs["goalpost_max"]
    return pd.DataFrame({name: normalise_by_goalposts(data[name], low[name], high[name]).scores for name in data}), data


def test_the_technology_achievement_index():
    oracle = read_case("composite_index")
    scores, _ = read_tai(oracle)
    for country, expected in oracle["expected"]["arithmetic"].items():
        row = scores.loc[country]
        assert aggregate(row) == pytest.approx(expected, abs=oracle["tolerance"]["arithmetic"])
        geometric = oracle["expected"]["geometric_floor_0.01"][country]
        assert aggregate(row, method="geometric", floor=0.01) == pytest.approx(geometric, abs=1e-9)
    for country, published in oracle["expected"]["published_2dp"].items():
        assert aggregate(scores.loc[country]) == pytest.approx(published, abs=oracle["tolerance"]["published_2dp"])


def test_published_ranks_cannot_be_rebuilt_from_min_and_max_of_the_sample():
    oracle = read_case("composite_index")
    scores, data = read_tai(oracle)
    sample = pd.DataFrame({name: normalise_min_max(data[name]).scores for name in data})
    shift = scores.mean(axis=1).rank() - sample.mean(axis=1).rank()
    assert shift.abs()["Norway"] >= 4


@settings(max_examples=25)
@given(units)
def test_a_level_needs_two_thirds_and_the_index_every_level(scores):
    found = compute_composite(scores, LEVELS)
    for level, own in LEVELS.items():
        enough = scores[own].notna().sum(axis=1) >= {1: 1, 3: 2, 4: 3}[len(own)]
        assert (found.profile[level].notna() == enough).all()
        means = 100 * scores[own].mean(axis=1)
        np.testing.assert_allclose(found.profile[level][enough], means[enough])
    assert (found.index.notna() == found.profile.notna().all(axis=1)).all()


@settings(max_examples=25)
@given(units)
def test_the_index_lies_in_its_bounds_and_they_close_without_gaps(scores):
    found = compute_composite(scores, LEVELS)
    known = found.index.notna()
    assert (found.lower[known] <= found.index[known] + 1e-9).all()
    assert (found.index[known] <= found.upper[known] + 1e-9).all()
    assert found.index[known].between(0, 100).all()
    whole = scores.notna().all(axis=1)
    np.testing.assert_allclose(found.lower[whole], found.upper[whole])


@settings(max_examples=25)
@given(units.map(lambda frame: frame.fillna(0.3)), st.sampled_from(NAMES))
def test_more_of_an_indicator_is_never_worse(scores, name):
    better = scores.assign(**{name: np.minimum(1, scores[name] + 0.2)})
    assert (compute_composite(better, LEVELS).index >= compute_composite(scores, LEVELS).index - 1e-9).all()


def test_levels_do_not_fully_compensate():
    even = pd.DataFrame({"a": [0.5], "b": [0.5]})
    uneven = pd.DataFrame({"a": [0.1], "b": [0.9]})
    levels = {"local": ["a"], "regional": ["b"]}
    assert compute_composite(uneven, levels).index[0] == pytest.approx(30)
    assert compute_composite(even, levels).index[0] == pytest.approx(50)


def test_within_a_level_they_do():
    levels = {"local": ["a", "b"]}
    found = compute_composite(pd.DataFrame({"a": [0.1], "b": [0.9]}), levels)
    assert found.index[0] == pytest.approx(50)


def test_a_level_of_zero_is_floored_and_said_so():
    found = compute_composite(pd.DataFrame({"a": [0.0, 0.5], "b": [0.64, 0.5]}), {"x": ["a"], "y": ["b"]})
    assert found.index[0] == pytest.approx(8)
    assert found.profile.loc[0, "x"] == 0
    assert found.is_floored.tolist() == [True, False]


def test_an_undefined_level_leaves_the_profile():
    scores = pd.DataFrame({name: [0.5] for name in NAMES}).assign(X04=np.nan)
    found = compute_composite(scores, LEVELS)
    assert np.isnan(found.index[0])
    assert np.isnan(found.lower[0])
    assert found.profile.loc[0, "local"] == pytest.approx(50)
    assert found.present.loc[0].to_dict() == {"local": 3, "regional": 4, "international": 0}


def test_an_indicator_without_a_column_is_missing_for_all():
    found = compute_composite(pd.DataFrame({"L01": [0.5], "L08": [0.7]}), {"local": ["L01", "L08", "L10"]})
    assert found.index[0] == pytest.approx(60)
    assert (found.lower[0], found.upper[0]) == (pytest.approx(40), pytest.approx(220 / 3))


def test_given_weights():
    levels = {"local": ["a", "b"], "regional": ["c"]}
    weights = pd.Series({"a": 3.0, "b": 1.0, "c": 4.0})
    found = compute_composite(pd.DataFrame({"a": [0.4], "b": [0.8], "c": [0.5]}), levels, weights)
    assert found.index[0] == pytest.approx(50)
    with pytest.raises(MetricError, match="weight"):
        compute_composite(pd.DataFrame({"a": [0.4]}), levels, pd.Series({"a": 1.0}))


def test_scores_out_of_bounds_are_refused():
    with pytest.raises(MetricError, match="0-1"):
        compute_composite(pd.DataFrame({"a": [40.0]}), {"local": ["a"]})


def test_two_thirds_are_counted_not_rounded():
    for size, least in ((1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4)):
        frame = pd.DataFrame(np.tril(np.ones((size, size)))).where(lambda values: values > 0)
        complete = find_complete_levels(frame, {"level": list(range(size))})["level"]
        assert complete.tolist() == [present >= least for present in range(1, size + 1)]


@settings(max_examples=25)
@given(units, st.floats(0, 0.3), st.floats(0, 0.3))
def test_bounds_are_those_at_the_corners_and_hold_every_point_between(scores, down, up):
    lower, upper = (scores - down).clip(lower=0), (scores + up).clip(upper=1)
    found = compute_composite(scores, LEVELS, bounds=(lower, upper))
    middle = compute_composite((lower + upper) / 2, LEVELS)
    for part in ("index", "profile"):
        low, high = (getattr(found, f"{'profile_' if part == 'profile' else ''}{end}") for end in ("lower", "upper"))
        point = getattr(middle, part)
        assert not (point < low - 1e-9).any(axis=None)
        assert not (point > high + 1e-9).any(axis=None)
    whole = scores.notna().all(axis=1)
    np.testing.assert_allclose(found.lower[whole], compute_composite(lower, LEVELS).index[whole])
    np.testing.assert_allclose(found.upper[whole], compute_composite(upper, LEVELS).index[whole])


@settings(max_examples=25)
@given(units)
def test_the_harmonic_mean_is_the_least_and_the_arithmetic_the_greatest(scores):
    means = compute_composite(scores, LEVELS).means
    known = means["geometric"]["value"].notna()
    harmonic, geometric, arithmetic = (means[name]["value"][known] for name in ("harmonic", "geometric", "arithmetic"))
    # The floor raises the first two: compare where no level is below it.
    above = (compute_composite(scores, LEVELS).profile[known] >= 1).all(axis=1)
    assert (harmonic[above] <= geometric[above] + 1e-9).all()
    assert (geometric[above] <= arithmetic[above] + 1e-9).all()
    assert (means["unfloored"]["value"][known] <= geometric + 1e-9).all()


def test_the_floor_and_the_share_of_a_level_are_given():
    scores = pd.DataFrame({"a": [0.0], "b": [0.64]})
    rule = CompositeRule(floor=0.25)
    assert compute_composite(scores, {"x": ["a"], "y": ["b"]}, rule=rule).index[0] == pytest.approx(40)
    half = pd.DataFrame({"a": [0.5], "b": [np.nan]})
    assert compute_composite(half, {"x": ["a", "b"]}, rule=CompositeRule(level_share=0.5)).index[0] == pytest.approx(50)
    assert np.isnan(compute_composite(half, {"x": ["a", "b"]}).index[0])


def test_a_bound_on_the_wrong_side_is_refused():
    scores = pd.DataFrame({"a": [0.5]})
    with pytest.raises(MetricError, match="bounds"):
        compute_composite(scores, {"x": ["a"]}, bounds=(scores + 0.1, scores + 0.2))
