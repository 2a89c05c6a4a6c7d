import subprocess
import sys

import pytest

from metrics.registers import answers, bounds, link, make_register, resident, rows_of
from metrics.shares import HOME, OTHER, TOTAL, make_scope, party
from oracle_cases import read_case
from zonebook.metrics.modularity_rows import modularity_rows
from zonebook.metrics.result import Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

NAMES = list("abcdef")
TRIANGLES = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "e"), ("d", "f"), ("e", "f")]
SIDES = dict.fromkeys("abc", "x") | dict.fromkeys("def", "y")


def karate():
    inputs = read_case("modularity")["inputs"]
    names = [f"m{number:02}" for number in range(inputs["n"])]
    clusters = {name: f"club-{side}" for name, side in zip(names, inputs["membership"], strict=True)}
    return make_register([(names[a], names[b]) for a, b in inputs["edges"]], names, clusters)


def test_published_split_of_the_karate_club_and_the_best_partition_beside_it():
    found = rows_of(modularity_rows, karate())
    assert found.one("L06").value == pytest.approx(read_case("modularity")["expected"]["Q"])
    # The best partition known has a modularity of 0.4198, in four groups.
    assert 0.40 < found.one("L06.best").value <= 0.4198
    assert found.one("L06.best_groups").value in (3, 4)
    assert found.one("L06.best").reason == "groups found by the Louvain method, seed 1"


def test_the_example_of_networkx_with_planted_clusters_found_again():
    found = rows_of(modularity_rows, make_register(TRIANGLES, NAMES, SIDES))
    assert bounds(found.one("L06")) == pytest.approx((0.357142857142857,) * 3)
    assert found.one("L06.best").value == pytest.approx(0.357142857142857)
    assert found.one("L06.best_groups").value == 2
    # By hand: 6 of 7 arcs inside; leaving 4/7 and 3/7, arriving 3/7 and 4/7.
    assert found.one("L06.directed").value == pytest.approx(6 / 7 - (4 * 3 + 3 * 4) / 49)


def test_one_cluster_gives_zero():
    row = rows_of(modularity_rows, make_register(TRIANGLES, NAMES, dict.fromkeys(NAMES, "x"))).one("L06")
    assert (row.value, row.status) == (0, Status.OK)


def test_residents_without_a_cluster_are_one_more_and_counted():
    row = rows_of(modularity_rows, make_register(TRIANGLES, NAMES, dict.fromkeys("abc", "x"))).one("L06")
    assert (row.value, row.reason) == (pytest.approx(0.357142857142857), "residents without a cluster: 3")


def test_without_clusters_the_input_is_missing_and_the_best_partition_stays():
    found = rows_of(modularity_rows, make_register(TRIANGLES, NAMES))
    assert (found.one("L06").status, found.one("L06").reason) == (
        Status.MISSING_INPUT,
        "no resident is assigned to a cluster",
    )
    assert found.one("L06.best").value == pytest.approx(0.357142857142857)


def test_without_ties_it_is_undefined():
    parties = [resident(name, cluster_id=SIDES[name]) for name in NAMES]
    found = rows_of(modularity_rows, make_scope(party=parties, tie=[link("a", "elsewhere")]))
    assert (found.one("L06").status, found.one("L06").reason) == (Status.UNDEFINED, "no tie between residents")
    assert found.ids() == {"L06"}


def test_silent_residents_take_the_bounds_away():
    scope = make_register(TRIANGLES, NAMES, SIDES, party_year=answers(NAMES, silent="a"))
    row = rows_of(modularity_rows, scope).one("L06")
    assert (row.lower, row.upper, row.reason) == (None, None, "did not answer: 1 of 6")


def test_in_a_large_network_no_partition_is_sought():
    share = make_register(TRIANGLES, NAMES, SIDES).share
    row = rows_of(modularity_rows, Scope(share, 2025, MetricSettings(large_network=5))).one("L06.best")
    assert (row.status, row.reason) == (Status.NOT_APPLICABLE, "not sought among more than 5 residents")


def test_the_country_is_also_told_by_zone():
    parties = [party(name, kind="resident", zone_id="home" if name in "abc" else "other") for name in NAMES]
    ties = [link(*pair) for pair in TRIANGLES]
    scope = make_scope("country", "RUS", zone=[HOME, OTHER, TOTAL], party=parties, tie=ties)
    found = rows_of(modularity_rows, scope)
    assert found.one("L06").status is Status.MISSING_INPUT
    assert found.one("L06.zones").value == pytest.approx(0.357142857142857)


def test_the_partition_is_the_same_in_every_process():
    code = (
        "import networkx as nx, pandas as pd; from zonebook.metrics.modularity import find_groups\n"
        "graph = nx.gnm_random_graph(60, 150, seed=3)\n"
        "ties = pd.DataFrame([(f'p{a}', f'p{b}') for a, b in graph.edges], columns=['from_party', 'to_party'])\n"
        "print(find_groups(ties, [f'p{n}' for n in graph.nodes], seed=1).tolist())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
