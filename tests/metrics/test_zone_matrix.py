import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.zone_matrix import (
    ZoneMatrix,
    build_zone_matrix,
    choose_hidden,
    compute_intensity,
    find_derivable,
    mask_small_cells,
)

ZONES = pd.Series({"a1": "north", "a2": "north", "b1": "south", "b2": "south", "c1": "west", "firm": None})
TIES = list_ties(
    [("a1", "b1"), ("a1", "b2"), ("a2", "b1"), ("a1", "a2"), ("b1", "c1"), ("a1", "firm")],
    [10.0, 20.0, np.nan, 99.0, 5.0, 7.0],
)


def test_by_hand():
    matrix = build_zone_matrix(TIES, ZONES)
    assert list(matrix.counts.index) == ["north", "south", "west"]
    assert matrix.counts.to_numpy().tolist() == [[0, 3, 0], [0, 0, 1], [0, 0, 0]]
    assert matrix.values.loc["north", "south"] == 30
    assert matrix.unvalued.loc["north", "south"] == 1
    assert matrix.firms.loc["north", "south"] == 2


def test_one_seller_to_many_buyers_rests_on_one_firm():
    zones = pd.Series({"s": "a"} | {f"b{n}": "b" for n in range(5)})
    ties = list_ties([("s", f"b{n}") for n in range(5)], [1.0] * 5)
    assert build_zone_matrix(ties, zones).firms.loc["a", "b"] == 1


def test_intensity_has_the_algebra_of_the_published_location_quotient():
    case = read_case("location_quotient")["inputs"]["case1"]
    own, region, industry, total = case["e_ir"], case["e_r"], case["e_i"], case["e"]
    # Rows: this region and the rest; columns: this industry and the rest. Laid out off the diagonal.
    cells = [[0, 0, own, region - own], [0, 0, industry - own, total - region - industry + own], [0] * 4, [0] * 4]
    assert compute_intensity(pd.DataFrame(cells)).iloc[0, 2] == pytest.approx(0.3847623, abs=1e-7)


def test_the_diagonal_is_excluded_and_empty_zones_are_undefined():
    found = compute_intensity(pd.DataFrame([[50.0, 4.0, 0.0], [4.0, 0.0, 2.0], [0.0, 0.0, 0.0]]))
    assert found.isna().to_numpy().tolist() == [[True, False, False], [False, True, False], [True, True, True]]
    assert found.iloc[0, 1] == pytest.approx(4 * 10 / (4 * 4))
    assert found.iloc[0, 2] == 0
    assert compute_intensity(pd.DataFrame([[0.0, 0.0], [0.0, 0.0]])).isna().all(axis=None)


def test_cells_of_few_firms_are_hidden_and_empty_ones_stay_zero():
    matrix = build_zone_matrix(TIES, ZONES)
    shown = mask_small_cells(matrix.values, matrix.firms)
    assert shown.loc["north", "south"] is pd.NA
    assert shown.loc["west", "north"] == 0
    assert mask_small_cells(matrix.values, matrix.firms, minimum=2).loc["north", "south"] == 30


def test_what_is_no_matrix_is_refused():
    with pytest.raises(MetricError, match="square"):
        compute_intensity(pd.DataFrame([[0.0, -1.0], [1.0, 0.0]]))
    with pytest.raises(MetricError, match="twice"):
        build_zone_matrix(TIES, pd.Series(["x", "y"], index=["a1", "a1"]))


def test_no_zones_are_an_empty_matrix():
    assert build_zone_matrix(TIES, pd.Series({"a1": None}, dtype="string")).counts.shape == (0, 0)


@given(st.lists(st.tuples(st.sampled_from(sorted(ZONES.index)), st.sampled_from(sorted(ZONES.index))), max_size=30))
def test_nothing_between_zones_is_lost(pairs):
    ties = list_ties(pairs, [2.0] * len(pairs))
    matrix = build_zone_matrix(ties, ZONES)
    between = [(a, b) for a, b in pairs if "firm" not in (a, b) and ZONES[a] != ZONES[b]]
    assert int(matrix.counts.to_numpy().sum()) == len(between)
    assert matrix.values.to_numpy().sum() == 2 * len(between)
    intensity = compute_intensity(matrix.counts)
    same = compute_intensity(matrix.values)
    pd.testing.assert_frame_equal(intensity, same)


def test_firms_of_one_group_count_once():
    zones = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    ties = pd.DataFrame({"from_party": ["a", "b"], "to_party": ["c", "d"], "value_rub": [1.0, 1.0]})
    assert build_zone_matrix(ties, zones).firms.loc["x", "y"] == 2
    grouped = pd.Series({"a": "group", "b": "group", "c": "c", "d": "d"})
    assert build_zone_matrix(ties, zones, grouped).firms.loc["x", "y"] == 1


def test_a_cell_follows_from_totals_only_where_no_other_can_make_up_for_it():
    shown = np.ones(3, dtype=bool)
    triangle = np.array([[0, 1], [1, 2], [2, 0]])
    assert find_derivable(triangle, shown).all()  # three totals, three cells
    assert not find_derivable(np.vstack([triangle, [1, 0]]), shown)[[0, 3]].any()
    assert find_derivable(np.array([[0, 1], [0, 2]]), shown).all()
    assert not find_derivable(np.array([[0, 1], [0, 2]]), np.array([True, False, False])).any()


@given(st.integers(0, 500))
def test_cells_of_few_firms_are_hidden_and_do_not_follow_from_totals_where_that_can_be_had(seed):
    generator = np.random.default_rng(seed)
    count = generator.integers(0, 4, (6, 6)) * generator.integers(0, 2, (6, 6))
    np.fill_diagonal(count, 0)
    names = list("uvwxyz")
    tables = [pd.DataFrame(table, index=names, columns=names) for table in (count, count * 10.0, count, 0 * count)]
    totals = pd.Series(generator.random(6) < 0.7, index=names)
    hidden = choose_hidden(ZoneMatrix(*tables), totals)
    few = (count > 0) & (count < 3)
    assert hidden[few].all()
    assert not hidden[count == 0].any()
    cells = np.argwhere(hidden)
    exposed = cells[find_derivable(cells, totals.to_numpy())] if len(cells) else cells
    for start, end in exposed[few[exposed[:, 0], exposed[:, 1]]]:
        touching = np.zeros((6, 6), dtype=bool)
        touching[[start, end]] = touching[:, [start, end]] = True
        assert hidden[touching & (count > 0)].all()  # nothing more there to hide
