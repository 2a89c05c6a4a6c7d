import networkx as nx
import pytest

from metrics.registers import answers, bounds, link, make_register, resident, rows_of
from metrics.shares import make_scope, tie
from oracle_cases import read_case
from zonebook.metrics.broker_rows import broker_rows
from zonebook.metrics.result import Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

NAMES = list("abcde")


def test_published_brokers_of_florence_without_direction():
    inputs = read_case("betweenness_undirected")["inputs"]
    found = rows_of(broker_rows, make_register(map(tuple, inputs["edges"]), inputs["nodes"]))
    assert round(found.one("L19.undirected").value, 3) == 0.522


def test_published_brokers_of_krackhardts_managers():
    oracle = read_case("betweenness_directed")
    names = [f"m{number:02}" for number in range(1, 22)]
    scope = make_register([(f"m{a:02}", f"m{b:02}") for a, b in oracle["inputs"]["edges"]], names)
    found = rows_of(broker_rows, scope)
    scores = sorted(oracle["expected"]["betweenness"].values(), reverse=True)
    assert bounds(found.one("L19")) == pytest.approx((scores[0] / (20 * 19),) * 3)
    assert found.one("L19.top3").value == pytest.approx(oracle["expected"]["share_top3"])
    ranked = [found.one(f"L19.rank{place}").value for place in range(1, 11)]
    assert ranked == pytest.approx([score / (20 * 19) for score in scores[:10]])


def test_by_hand_a_chain_of_three_has_one_broker():
    found = rows_of(broker_rows, make_register([("a", "b"), ("b", "c")], NAMES))
    assert found.one("L19").value == pytest.approx(1 / (4 * 3))
    assert found.one("L19.undirected").value == pytest.approx(2 / (4 * 3))
    assert found.one("L19.top1").value == 1


def test_residents_equal_at_the_cut_are_counted_and_the_share_stays_that_of_k():
    ties = [("a", "b"), ("b", "c"), ("c", "d")]
    row = rows_of(broker_rows, make_register(ties, NAMES)).one("L19.top1")
    assert (row.value, row.reason) == (0.5, "equal at the cut, residents in all: 2")


def test_nobody_is_named():
    scope = make_register([("hub-one", "b"), ("b", "c"), ("hub-one", "d")], ["hub-one", *NAMES[1:]])
    for row in broker_rows(scope):
        assert "hub-one" not in f"{row.metric_id} {row.reason} {row.scope_id}"


def test_without_a_path_the_largest_is_zero_and_the_share_of_the_first_undefined():
    found = rows_of(broker_rows, make_register([("a", "b")], NAMES))
    assert bounds(found.one("L19")) == (0, 0, 0)
    assert (found.one("L19.top1").status, found.one("L19.top1").reason) == (
        Status.UNDEFINED,
        "no resident stands between two others",
    )


def test_two_residents_have_no_broker():
    row = rows_of(broker_rows, make_register([("a", "b")], ["a", "b"])).one("L19")
    assert (row.status, row.reason) == (Status.UNDEFINED, "fewer than 3 residents")


def test_silent_residents_take_the_bounds_away():
    scope = make_register([("a", "b"), ("b", "c")], NAMES, party_year=answers(NAMES, silent="d"))
    assert bounds(rows_of(broker_rows, scope).one("L19"))[1:] == (None, None)


def test_a_large_network_is_sampled_with_its_error_and_for_the_last_year_only():
    graph = nx.gnm_random_graph(80, 240, seed=2, directed=True)
    names = [f"p{number:02}" for number in graph]
    pairs = [(names[a], names[b]) for a, b in graph.edges]
    ties = [link(a, b, year=year) for year in (2023, 2024) for a, b in pairs]
    share = make_scope(party=list(map(resident, names)), tie=ties).share
    exact = rows_of(broker_rows, Scope(share, 2025)).one("L19", 2024)
    settings = MetricSettings(large_network=50, pivots=40, seed=7)
    sampled = rows_of(broker_rows, Scope(share, 2025, settings))
    row = sampled.one("L19")
    assert row.year == 2024
    assert row.reason == "from shortest paths of 40 residents, drawn with seed 7"
    assert 0 <= row.lower < exact.value < row.upper <= 1
    assert bounds(sampled.one("L19.top3"))[1:] == (None, None)
    assert "L19.undirected" not in sampled.ids()
    again = rows_of(broker_rows, Scope(share, 2025, settings)).one("L19")
    assert bounds(again) == bounds(row)


def test_trap_no_brokers_from_reported_ties():
    (row,) = broker_rows(make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=2024)]))
    assert (row.metric_id, row.status) == ("L19", Status.MISSING_INPUT)
