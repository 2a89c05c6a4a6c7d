import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zonebook.errors import DataError, MetricError
from zonebook.metrics.multipliers import average_by_output, compute_linkages, compute_multipliers, count_key_sectors

# Miller & Blair (2009), section 3.3: two regions of three and two sectors.
DELIVERIES = [
    [150, 500, 50, 25, 75],
    [200, 100, 400, 200, 100],
    [300, 500, 50, 60, 40],
    [75, 100, 60, 200, 250],
    [50, 25, 25, 150, 100],
]
OUTPUT = [1000, 2000, 1000, 1200, 800]
REGIONS = ["r", "r", "r", "s", "s"]


def test_published_inter_regional_table():
    found = compute_multipliers(DELIVERIES, OUTPUT, REGIONS)
    # The published inverse has 1.4234 in its corner, which is the first sector's effect on itself.
    first = np.linalg.inv(np.eye(5) - np.array(DELIVERIES) / np.array(OUTPUT))
    assert first[0, 0] == pytest.approx(1.4234, abs=5e-5)
    assert found["multiplier"].tolist() == pytest.approx(first.sum(axis=0).tolist())
    assert found["own"].tolist()[:3] == pytest.approx(first[:3, :3].sum(axis=0).tolist())
    assert found["spillover"].tolist()[3:] == pytest.approx(first[:3, 3:].sum(axis=0).tolist())


def test_published_multipliers_of_two_sectors():
    found = compute_multipliers([[150, 500], [200, 100]], [1000, 2000], ["r", "r"])
    assert found["multiplier"].tolist() == pytest.approx([1.518, 1.452], abs=5e-4)
    assert found["spillover"].tolist() == [0, 0]


def test_linkages_by_hand():
    found = compute_linkages([[0, 10], [0, 0]], [20, 20])
    # Leontief: columns sum to 1 and 1.5; Ghosh: rows sum to 1.5 and 1.
    assert found["backward"].tolist() == pytest.approx([0.8, 1.2])
    assert found["forward"].tolist() == pytest.approx([1.2, 0.8])


def test_a_sector_without_output_is_flagged_and_multiplies_nothing():
    found = compute_multipliers([[1, 5], [1, 5]], [10, 0], ["r", "s"])
    assert found["without_output"].tolist() == [False, True]
    assert found["multiplier"][1] == 1
    assert compute_linkages([[1, 5], [1, 5]], [10, 0])["without_output"].tolist() == [False, True]


def test_what_does_not_fit_is_refused():
    with pytest.raises(MetricError, match="regions"):
        compute_multipliers(DELIVERIES, OUTPUT, ["r"])
    with pytest.raises(DataError, match="spectral"):
        compute_multipliers([[20]], [10], ["r"])


@given(arrays.arrays(float, (4, 4), elements=st.floats(0, 1)), st.permutations(range(4)))
def test_bounds_averages_and_order(deliveries, order):
    output = deliveries.sum(axis=0) + deliveries.sum(axis=1) + 1
    regions = np.array(["r", "r", "s", "q"])
    found = compute_multipliers(deliveries, output, regions)
    assert (found["multiplier"] >= 1 - 1e-12).all()
    assert (found["spillover"] >= 0).all()
    assert (found["own"] + found["spillover"]).tolist() == pytest.approx(found["multiplier"].tolist())
    links = compute_linkages(deliveries, output)
    assert links["backward"].mean() == pytest.approx(1)
    assert links["forward"].mean() == pytest.approx(1)
    again = compute_multipliers(deliveries[np.ix_(order, order)], output[order], regions[order])
    assert again["spillover"].tolist() == pytest.approx(found["spillover"].iloc[order].tolist())


@given(st.lists(st.tuples(st.floats(1, 3), st.floats(0.01, 1e12)), min_size=1), st.floats(1e-6, 1e6))
def test_an_average_by_output_lies_within_and_knows_no_unit(pairs, scale):
    numbers, output = (np.array(column) for column in zip(*pairs, strict=True))
    found = average_by_output(numbers, output)
    assert numbers.min() - 1e-9 <= found <= numbers.max() + 1e-9
    assert average_by_output(numbers, output * scale) == pytest.approx(found)


def test_without_output_there_is_no_average():
    assert average_by_output([1.5, 1.2], [0, 0]) is None
    assert average_by_output([1.5, 1.2], [0, 7]) == 1.2


def test_key_sectors_exceed_the_average_both_ways():
    assert count_key_sectors([1.0, 1.1, 1.2, 0.9], [1.1, 1.0, 1.3, 1.4]) == 1
