import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.corridors import compute_disparity, extract_backbone, summarise_backbones

flows = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.floats(0, 1e6)), min_size=1, max_size=20
)


def list_flows(rows):
    return pd.DataFrame(rows, columns=["origin", "destination", "value_rub"]).astype({"value_rub": float})


def test_by_hand_directed():
    found = compute_disparity(list_flows([("a", "b", 6.0), ("a", "c", 3.0), ("a", "d", 1.0), ("d", "c", 3.0)]))
    by_pair = found.set_index(["origin", "destination"])["alpha"]
    assert by_pair["a", "b"] == pytest.approx(0.4**2)
    assert by_pair["a", "c"] == pytest.approx(0.7**2)  # the end c, where it is half, would give 0.5
    assert by_pair["d", "c"] == pytest.approx(0.5)  # the end d, where it is all, would give 1
    assert by_pair["a", "d"] == pytest.approx(0.9**2)


def test_by_hand_undirected():
    found = compute_disparity(list_flows([("b", "a", 4.0), ("a", "b", 5.0), ("a", "c", 1.0)]), directed=False)
    assert found[["origin", "destination", "value_rub"]].to_numpy().tolist() == [["a", "b", 9.0], ["a", "c", 1.0]]
    assert found["alpha"].tolist() == pytest.approx([0.1, 0.9])


def test_a_single_flow_at_an_end_is_never_a_corridor():
    found = compute_disparity(list_flows([("a", "b", 5.0)]))
    assert found["alpha"].tolist() == [1]
    backbone = extract_backbone(found)
    assert backbone.edges.empty
    assert backbone.value_share == 0


def test_loops_zeros_and_blanks_are_no_flows():
    rows = [("a", "a", 9.0), ("a", "b", 0.0), ("a", "c", np.nan), ("a", "d", 1.0)]
    assert compute_disparity(list_flows(rows))["destination"].tolist() == ["d"]


def test_nothing_at_all_is_empty_and_no_error():
    backbone = extract_backbone(compute_disparity(list_flows([])))
    assert backbone.edges.empty
    assert backbone.value_share is None
    assert summarise_backbones(compute_disparity(list_flows([])))["value_share"].isna().all()


def test_kept_flows_are_ranked_by_the_ratio_where_there_is_one():
    disparity = pd.DataFrame(
        {"origin": ["a", "b"], "destination": ["b", "a"], "value_rub": [9.0, 5.0], "alpha": 0.01, "ratio": [0.5, 2.0]}
    )
    assert extract_backbone(disparity).edges["origin"].tolist() == ["b", "a"]
    assert extract_backbone(disparity.drop(columns="ratio")).edges["origin"].tolist() == ["a", "b"]


def test_what_is_no_level_and_no_flow_is_refused():
    with pytest.raises(MetricError, match="significance"):
        extract_backbone(compute_disparity(list_flows([("a", "b", 1.0)])), 1.0)
    with pytest.raises(MetricError, match="negative"):
        compute_disparity(list_flows([("a", "b", -1.0)]))


@settings(max_examples=30)
@given(flows)
def test_directed_alpha_agrees_with_its_definition(rows):
    found = compute_disparity(list_flows(rows))
    for _, flow in found.iterrows():
        out = found[found["origin"] == flow["origin"]]["value_rub"]
        into = found[found["destination"] == flow["destination"]]["value_rub"]
        ends = [(1 - flow["value_rub"] / end.sum()) ** (len(end) - 1) if len(end) > 1 else 1.0 for end in (out, into)]
        assert flow["alpha"] == pytest.approx(min(ends), abs=1e-12)


@settings(max_examples=30)
@given(flows, st.floats(0.001, 1000))
def test_scale_does_not_matter_and_the_backbone_grows_with_alpha(rows, factor):
    frame = list_flows(rows)
    frame = frame[(frame["value_rub"] == 0) | (frame["value_rub"] > 1e-3)]
    for directed in (True, False):
        found = compute_disparity(frame, directed=directed)
        scaled = compute_disparity(frame.assign(value_rub=frame["value_rub"] * factor), directed=directed)
        assert scaled["alpha"].tolist() == pytest.approx(found["alpha"].tolist())
        assert found["alpha"].between(0, 1).all()
        summary = summarise_backbones(found)
        assert summary["n_edges"].is_monotonic_increasing
        assert summary["value_share"].dropna().between(0, 1 + 1e-9).all()


@settings(max_examples=20)
@given(flows)
def test_seen_from_one_end_no_flow_stands_out_that_does_not_in_the_whole_table(rows):
    whole = compute_disparity(list_flows(rows)).set_index(["origin", "destination"])["alpha"]
    for home in sorted({end for pair in whole.index for end in pair})[:2]:
        own = compute_disparity(list_flows(rows), home=home).set_index(["origin", "destination"])["alpha"]
        assert {pair for pair in whole.index if home in pair} == set(own.index)
        assert (own >= whole.loc[own.index] - 1e-12).all()


def test_one_end_undirected_by_hand():
    table = list_flows([("a", "b", 6.0), ("b", "a", 3.0), ("c", "a", 1.0), ("b", "c", 100.0)])
    found = compute_disparity(table, directed=False, home="a")
    assert found["alpha"].tolist() == pytest.approx([0.1, 0.9])
