import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.margins import decompose_change

cells = st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.floats(0, 1e6), max_size=9)


def as_series(flows):
    index = pd.MultiIndex.from_tuples(list(flows), names=["product", "country"]) if flows else None
    empty = pd.MultiIndex.from_arrays([[], []], names=["product", "country"])
    return pd.Series(list(flows.values()), index=empty if index is None else index, dtype=float)


@given(cells, cells)
def test_the_three_parts_sum_to_the_change(before, after):
    found = decompose_change(as_series(before), as_series(after))
    assert found.intensive + found.entry - found.exit == pytest.approx(found.change)
    assert found.change == pytest.approx(sum(after.values()) - sum(before.values()), abs=1e-6)
    assert found.left_out == pytest.approx(0, abs=1e-6)
    assert found.entry >= 0
    assert found.exit >= 0


@given(cells, cells, st.floats(0, 1e6))
def test_with_a_minimum_the_rest_is_what_is_left_out(before, after, minimum):
    found = decompose_change(as_series(before), as_series(after), minimum)
    total = sum(after.values()) - sum(before.values())
    assert found.change + found.left_out == pytest.approx(total, abs=1e-5)


@given(cells, cells)
def test_going_back_turns_the_signs(before, after):
    forth, back = (decompose_change(as_series(one), as_series(two)) for one, two in ((before, after), (after, before)))
    assert forth.change == pytest.approx(-back.change)
    assert (forth.entry, forth.n_new) == (pytest.approx(back.exit), back.n_lost)


def test_by_hand():
    before = as_series({("84", "KAZ"): 50, ("84", "BLR"): 20, ("90", "KAZ"): 5})
    after = as_series({("84", "KAZ"): 40, ("90", "KAZ"): 9, ("90", "SRB"): 31})
    found = decompose_change(before, after)
    assert (found.change, found.intensive, found.entry, found.exit) == (5, -6, 31, 20)
    assert (found.n_kept, found.n_new, found.n_lost) == (2, 1, 1)
    assert found.intensive_share == pytest.approx(-1.2)
    assert found.extensive_share == pytest.approx(2.2)


def test_no_change_has_amounts_but_no_shares():
    found = decompose_change(as_series({("84", "KAZ"): 5}), as_series({("84", "BLR"): 5}))
    assert (found.change, found.entry, found.exit) == (0, 5, 5)
    assert found.intensive_share is None
    assert found.extensive_share is None


def test_two_empty_years():
    found = decompose_change(as_series({}), as_series({}))
    assert (found.change, found.n_kept, found.intensive_share) == (0, 0, None)


def test_an_amount_below_the_minimum_is_no_market():
    found = decompose_change(as_series({("84", "KAZ"): 1}), as_series({("84", "KAZ"): 100}), minimum=10)
    assert (found.n_new, found.n_kept, found.entry, found.left_out) == (1, 0, 100, -1)


def test_a_true_zero_is_no_cell_and_repeated_cells_are_summed():
    twice = pd.concat([as_series({("84", "KAZ"): 2}), as_series({("84", "KAZ"): 3})])
    found = decompose_change(as_series({("84", "KAZ"): 0}), twice)
    assert (found.n_new, found.entry) == (1, 5)


def test_cells_of_different_keys_are_refused():
    with pytest.raises(MetricError, match="keys"):
        decompose_change(pd.Series({"84": 1.0}), as_series({("84", "KAZ"): 1}))
