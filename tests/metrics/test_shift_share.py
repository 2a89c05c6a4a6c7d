import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zonebook.errors import MetricError
from zonebook.metrics.shift_share import decompose_change


def list_years(start, end):
    return pd.DataFrame({"start": start, "end": end}, index=[f"i{number}" for number in range(len(start))], dtype=float)


def test_by_hand():
    found = decompose_change(list_years([100, 50], [105, 80]), list_years([500, 500], [600, 500]))
    parts = found.by_industry
    assert parts["national"].tolist() == pytest.approx([10, 5])
    assert parts["structural"].tolist() == pytest.approx([10, -5])
    assert parts["regional"].tolist() == pytest.approx([-15, 30])
    assert (found.national, found.structural, found.regional) == pytest.approx((15, 5, 15))
    assert found.change == pytest.approx(35)


def test_a_new_industry_is_regional_and_flagged():
    found = decompose_change(list_years([0, 100], [30, 100]), list_years([400, 600], [500, 600]))
    assert found.by_industry["is_new"].tolist() == [True, False]
    assert found.by_industry.loc["i0", ["national", "structural", "regional"]].tolist() == [0, 0, 30]


def test_an_industry_new_to_the_country_is_new_here():
    found = decompose_change(list_years([0, 100], [30, 100]), list_years([0, 600], [30, 600]))
    assert found.by_industry.loc["i0", "regional"] == 30


def test_a_missing_year_is_not_applicable():
    whole = list_years([500, 500], [600, 500])
    assert decompose_change(list_years([100, 50], [np.nan, 80]), whole) is None
    assert decompose_change(list_years([100, 50], [105, 80]), list_years([500, np.nan], [600, 500])) is None
    assert decompose_change(list_years([0], [5]), list_years([0], [5])) is None


def test_industries_must_fit():
    with pytest.raises(MetricError, match="i1"):
        decompose_change(list_years([1, 1], [1, 1]), list_years([5], [5]))
    with pytest.raises(MetricError, match="negative"):
        decompose_change(list_years([-1], [1]), list_years([5], [5]))
    with pytest.raises(MetricError, match="none in the country"):
        decompose_change(list_years([1, 1], [1, 1]), list_years([0, 5], [5, 5]))
    with pytest.raises(MetricError, match="twice"):
        decompose_change(list_years([1], [1]), pd.concat([list_years([5], [5])] * 2))


numbers = arrays.arrays(float, (2, 5), elements=st.integers(0, 10_000))


@given(numbers, numbers, st.floats(0.001, 1000))
def test_the_parts_sum_to_the_change_and_ignore_scale(here, elsewhere, factor):
    whole = here + elsewhere + 1
    found = decompose_change(list_years(*here), list_years(*whole))
    change = here[1].sum() - here[0].sum()
    assert found.change == pytest.approx(change, abs=1e-6)
    assert found.by_industry["change"].sum() == pytest.approx(change, abs=1e-6)
    scaled = decompose_change(list_years(*(here * factor)), list_years(*(whole * factor)))
    assert scaled.structural == pytest.approx(found.structural * factor, abs=1e-6 * factor)


@given(numbers)
def test_the_country_against_itself_has_neither_structure_nor_region(here):
    whole = list_years(*(here + 1))
    found = decompose_change(whole, whole)
    assert (found.structural, found.regional) == (pytest.approx(0, abs=1e-6), pytest.approx(0, abs=1e-6))
