import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zonebook.errors import DataError, MetricError
from zonebook.metrics.input_output import compute_coefficients, compute_leontief_inverse, read_io_table

NAMES = ["from_region", "from_sector", "to_region", "to_sector", "value_rub"]


def test_published_two_sector_inverse():
    """Miller & Blair (2009), section 2.3."""
    inverse = compute_leontief_inverse(compute_coefficients([[150, 500], [200, 100]], [1000, 2000]))
    assert inverse == pytest.approx(np.array([[1.2541, 0.3300], [0.2640, 1.1221]]), abs=5e-5)


def test_a_table_by_hand():
    rows = [
        ("r", "b", "r", "a", 2.0),
        ("r", "a", "q", "a", 3.0),
        ("r", "b", "r", "a", 1.0),
        ("r", "a", "r", "output", 10.0),
        ("r", "b", "r", "output", 20.0),
        ("q", "a", "q", "output", 30.0),
    ]
    table = read_io_table(pd.DataFrame(rows, columns=NAMES))
    assert list(zip(table.regions, table.sectors, strict=True)) == [("q", "a"), ("r", "a"), ("r", "b")]
    assert table.output.tolist() == [30, 10, 20]
    assert table.deliveries.tolist() == [[0, 0, 0], [3, 0, 0], [0, 3, 0]]


def test_a_sector_without_an_output_row_is_a_data_error():
    rows = [("r", "a", "r", "b", 2.0), ("r", "a", "r", "output", 10.0)]
    with pytest.raises(DataError, match="sector b of r has deliveries but no output"):
        read_io_table(pd.DataFrame(rows, columns=NAMES))


def test_a_sector_without_output_has_no_coefficients():
    assert compute_coefficients([[1, 5], [1, 5]], [10, 0]).tolist() == [[0.1, 0], [0.1, 0]]


def test_a_table_that_uses_more_than_it_makes_is_rejected():
    with pytest.raises(DataError, match="spectral radius 1"):
        compute_leontief_inverse([[0.6, 0.5], [0.5, 0.6]])
    with pytest.raises(DataError):
        compute_leontief_inverse([[1.0]])


@pytest.mark.parametrize(
    ("deliveries", "output"),
    [([[1, 2]], [1]), ([[1]], [1, 2]), ([[-1]], [1]), ([[1]], [np.nan]), (np.ones((0, 0)), [])],
)
def test_what_is_no_table_is_refused(deliveries, output):
    with pytest.raises(MetricError):
        compute_coefficients(deliveries, output)


@given(arrays.arrays(float, (4, 4), elements=st.floats(0, 1)), st.floats(0.001, 1000))
def test_the_inverse_satisfies_its_accounts(deliveries, factor):
    output = deliveries.sum(axis=0) + 1
    coefficients = compute_coefficients(deliveries, output)
    assert compute_coefficients(deliveries * factor, output * factor) == pytest.approx(coefficients)
    inverse = compute_leontief_inverse(coefficients)
    series = sum(np.linalg.matrix_power(coefficients, power) for power in range(400))
    assert inverse == pytest.approx(series, rel=1e-6)
    assert (inverse >= np.eye(4) - 1e-12).all()
