import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.support_coverage import compute_overlap, count_combinations, measure_coverage, select_support

FIRMS = list("abcdef")
pairs = st.sets(st.tuples(st.sampled_from(FIRMS), st.sampled_from(["tax", "loan", "land"])))


def tabulate(rows):
    return pd.DataFrame(sorted(rows), columns=["party_id", "measure_id"], dtype="string")


@given(pairs)
def test_coverage_counts_firms_once(rows):
    found = measure_coverage(tabulate(rows), FIRMS)
    assert found.n_supported == len({firm for firm, _ in rows})
    assert 0 <= found.share <= 1
    assert found.mean_measures == pytest.approx(len(rows) / len(FIRMS))
    assert (found.mean_measures_of_supported is None) == (not rows)
    twice = pd.concat([tabulate(rows), tabulate(rows)])
    assert measure_coverage(twice, FIRMS) == found


@given(pairs)
def test_overlap_is_the_jaccard_index(rows):
    found = compute_overlap(tabulate(rows), ["tax", "loan", "land"])
    of = {measure: {firm for firm, m in rows if m == measure} for measure in found.columns}
    for one in found.columns:
        for other in found.columns:
            union = of[one] | of[other]
            if union:
                assert found.loc[one, other] == pytest.approx(len(of[one] & of[other]) / len(union))
            else:
                assert pd.isna(found.loc[one, other])


@given(pairs)
def test_combinations_add_up_to_all_firms(rows):
    found = count_combinations(tabulate(rows), FIRMS)
    assert found["n_firms"].sum() == len(FIRMS)
    assert (found["n_firms"] * found["n_measures"]).sum() == len(rows)
    assert found["measures"].is_unique


def test_planned_support_and_firms_elsewhere_do_not_count():
    support = tabulate([("a", "tax"), ("b", "tax"), ("z", "tax")]).assign(planned=[False, True, False])
    found = measure_coverage(support, FIRMS)
    assert (found.n_supported, found.n_firms, found.n_measures) == (1, 6, 1)
    assert count_combinations(support, FIRMS)["n_firms"].tolist() == [5, 1]
    assert compute_overlap(support[support["party_id"] == "b"], ["tax"]).isna().all(axis=None)


def test_coverage_is_undefined_without_firms():
    assert measure_coverage(tabulate([]), []) is None


def test_no_support_is_a_true_zero():
    found = measure_coverage(tabulate([]), FIRMS)
    assert (found.share, found.mean_measures, found.mean_measures_of_supported) == (0, 0, None)


def test_support_of_a_year():
    support = pd.DataFrame(
        {
            "party_id": list("abcde"),
            "measure_id": "tax",
            "start": ["2023-12-31", "2024", "2025-01-01", "2020", "2024-06-01"],
            "end": ["2023-12-31", None, None, "2024-01-01", "2024-07-01"],
            "planned": pd.array([False, pd.NA, False, False, True], dtype="boolean"),
        }
    )
    assert select_support(support, 2024)["party_id"].tolist() == ["b", "d"]


def test_support_without_a_start_is_refused():
    support = pd.DataFrame({"party_id": ["a"], "measure_id": ["tax"], "start": [None], "end": [None]})
    with pytest.raises(MetricError, match="no start"):
        select_support(support, 2024)
