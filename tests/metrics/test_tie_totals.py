import numpy as np
import pytest

from networks import list_ties
from zonebook.errors import MetricError
from zonebook.metrics.tie_totals import compare_mirror, drop_loops, sum_at_places, sum_tie_values

TIES = list_ties([("a", "c"), ("b", "c"), ("c", "c"), ("a", "b")], [1.0, 2.0, 9.0, np.nan])


def test_totals_of_both_sides_by_hand():
    assert sum_tie_values(TIES).to_dict() == {"c": 3.0}
    assert sum_tie_values(TIES, side="seller").to_dict() == {"a": 1.0, "b": 2.0}
    with pytest.raises(MetricError, match="buyer"):
        sum_tie_values(TIES, side="owner")


def test_values_are_summed_at_their_places():
    assert sum_at_places(np.array([1, 1, 0]), np.array([1.0, 2.0, 4.0]), 3).tolist() == [4, 3, 0]
    assert sum_at_places(np.array([], dtype=int), np.array([]), 2).tolist() == [0, 0]


def test_ties_need_two_different_ends():
    assert drop_loops(list_ties([("a", "a"), ("a", None), ("a", "b")])).index.tolist() == [2]


def test_the_gap_of_a_mirror_is_reported():
    check = compare_mirror(80.0, 100.0)
    assert (check.gap_rub, check.gap_share) == (-20, 0.2)
    assert compare_mirror(5.0, 5.0).gap_share == 0
    assert compare_mirror(0.0, 0.0).gap_share is None
