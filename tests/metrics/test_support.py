import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.support import leverage, support_intensity

sums = st.floats(1, 1e12)


@pytest.mark.parametrize("ratio", [support_intensity, leverage])
def test_ratios_of_sums(ratio):
    assert ratio(3, 4) == 0.75
    assert ratio(0, 4) == 0
    assert ratio(3, 0) is None
    with pytest.raises(MetricError, match="at least zero"):
        ratio(-1, 4)


@given(sums, sums, st.floats(1e-3, 1e3))
def test_ratios_know_no_scale_and_turn_round(part, whole, scale):
    assert leverage(part * scale, whole * scale) == pytest.approx(leverage(part, whole))
    assert leverage(part, whole) * leverage(whole, part) == pytest.approx(1)
