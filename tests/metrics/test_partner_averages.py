import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.metrics.partner_averages import average_by_amount


def test_a_mean_leaves_out_what_has_no_figure():
    assert average_by_amount([1.0, 3.0, 9.0], [0.5, 1.0, np.nan]) == 0.875
    assert average_by_amount([0.0], [0.5]) is None
    assert average_by_amount([], []) is None


@given(st.lists(st.tuples(st.floats(0.01, 1e9), st.floats(0, 1)), min_size=1), st.floats(0.001, 1000))
def test_it_lies_between_the_figures_and_ignores_the_scale_of_amounts(pairs, factor):
    amounts, figures = np.array(pairs).T
    found = average_by_amount(amounts, figures)
    assert figures.min() - 1e-9 <= found <= figures.max() + 1e-9
    assert average_by_amount(amounts * factor, figures) == pytest.approx(found)
