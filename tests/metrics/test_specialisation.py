import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.specialisation import location_quotient


def test_published_quotient():
    oracle = read_case("location_quotient")
    case = oracle["inputs"]["case1"]
    found = location_quotient(case["e_ir"], case["e_r"], case["e_i"], case["e"])
    assert found == pytest.approx(oracle["expected"]["case1"], abs=oracle["tolerance"]["case1"])


def test_quotients_of_a_whole_region():
    oracle = read_case("location_quotient")
    case = oracle["inputs"]["case2"]
    for here, nation, expected in zip(case["region"], case["nation"], oracle["expected"]["case2"], strict=True):
        found = location_quotient(here, case["region_total"], nation, case["nation_total"])
        assert found == pytest.approx(expected, abs=oracle["tolerance"]["case2"])


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=10))
def test_quotients_weighted_by_the_countrys_shares_make_one(cells):
    # The base includes the region: the rest of the country is added to what is here.
    frame = pd.DataFrame(cells, columns=["here", "elsewhere"])
    country = frame["here"] + frame["elsewhere"]
    whole_here, whole = int(frame["here"].sum()), int(country.sum())
    found = [
        location_quotient(int(here), whole_here, int(total), whole)
        for here, total in zip(frame["here"], country, strict=True)
    ]
    if whole_here == 0:
        assert found == [None] * len(cells)
        return
    assert [quotient is None for quotient in found] == [total == 0 for total in country]
    weighted = sum(q * total / whole for q, total in zip(found, country, strict=True) if q is not None)
    assert weighted == pytest.approx(1)


def test_an_industry_without_anyone_here_is_a_true_zero():
    assert location_quotient(0, 10, 5, 100) == 0
    assert location_quotient(0, 0, 5, 100) is None
    assert location_quotient(0, 10, 0, 100) is None


@pytest.mark.parametrize("employees", [(-1, 1, 1, 1), (2, 1, 1, 1), (1, 2, 3, 2)])
def test_parts_larger_than_their_whole_are_refused(employees):
    with pytest.raises(MetricError, match="employees cannot be"):
        location_quotient(*employees)
