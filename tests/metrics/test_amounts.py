import numpy as np
import pytest

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts


def test_amounts_keep_their_shape():
    assert read_amounts([[1, 0], [2, 3]]).shape == (2, 2)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_amounts_that_no_share_can_be_made_of_are_refused(value):
    with pytest.raises(MetricError, match="exports of Kazakhstan"):
        read_amounts(np.array([1.0, value]), "exports of Kazakhstan")
