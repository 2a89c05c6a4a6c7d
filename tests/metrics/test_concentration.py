import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.concentration import compute_concentration, compute_concentration_ratio

amounts = st.lists(st.floats(0.01, 1e9), min_size=1, max_size=30)


def test_published_concentration():
    oracle = read_case("hhi")
    tolerance = oracle["tolerance"]
    for case, expected in zip(oracle["inputs"]["cases"], oracle["expected"]["cases"], strict=True):
        found = compute_concentration(case.get("values") or case["shares_percent"])
        ours = {
            "hhi": found.hhi,
            "hhi_points": found.points,
            "hhi_normalised": found.normalised,
            "effective_number": found.effective_number,
        }
        for name, number in expected.items():
            assert ours[name] == pytest.approx(number, abs=tolerance[name])


def test_by_hand():
    found = compute_concentration([3, 1])
    assert (found.hhi, found.n, found.normalised) == (0.625, 2, 0.25)
    assert compute_concentration_ratio([3, 1, 4], k=2).share == pytest.approx(7 / 8)


def test_one_partner_has_no_normalised_value():
    found = compute_concentration([7.0])
    assert (found.hhi, found.n, found.normalised, found.effective_number) == (1, 1, None, 1)


@pytest.mark.parametrize("values", [[], [0.0, 0.0]])
def test_no_amounts_are_undefined(values):
    assert compute_concentration(values) is None
    assert compute_concentration_ratio(values) is None


def test_partners_without_an_amount_are_not_counted():
    assert compute_concentration([5, 5, 0]).n == 2


@pytest.mark.parametrize("values", [[5, -1], [5, float("nan")]])
def test_negative_and_missing_amounts_are_refused(values):
    with pytest.raises(MetricError):
        compute_concentration(values)
    with pytest.raises(MetricError):
        compute_concentration_ratio(values)


def test_fewer_partners_than_k_are_flagged():
    found = compute_concentration_ratio([5, 5], k=4)
    assert (found.share, found.covers_all, found.n) == (1, True, 2)
    assert not compute_concentration_ratio([5, 5], k=2).covers_all
    with pytest.raises(MetricError, match="partner"):
        compute_concentration_ratio([5], k=0)


@given(amounts, st.floats(0.001, 1000), st.randoms(use_true_random=False))
def test_bounds_scale_and_order(values, factor, random):
    found = compute_concentration(values)
    again = compute_concentration([value * factor for value in random.sample(values, len(values))])
    assert 1 / len(values) - 1e-12 <= found.hhi <= 1 + 1e-12
    assert found.normalised is None or 0 <= found.normalised <= 1 + 1e-12
    assert again.hhi == pytest.approx(found.hhi)


@given(amounts)
def test_merging_two_partners_never_lowers_it(values):
    if len(values) > 1:
        merged = [values[0] + values[1], *values[2:]]
        assert compute_concentration(merged).hhi >= compute_concentration(values).hhi - 1e-12


@given(amounts, st.integers(1, 35))
def test_the_ratio_grows_with_k(values, k):
    one, more = (compute_concentration_ratio(values, k=number) for number in (k, k + 1))
    assert 0 < one.share <= more.share + 1e-12 <= 1 + 1e-9
