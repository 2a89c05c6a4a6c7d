import pytest

from metrics.registers import answers, bounds, link, make_register, resident, rows_of
from metrics.shares import make_scope
from oracle_cases import read_case
from zonebook.metrics.cohesion_rows import clustering_rows, giant_component_rows
from zonebook.metrics.result import Status

NAMES = list("abcdef")
TRIANGLE = [("a", "b"), ("b", "c"), ("c", "a")]


def test_published_giant_component_with_the_isolate_counted():
    inputs = read_case("giant_component")["inputs"]
    found = rows_of(giant_component_rows, make_register(map(tuple, inputs["edges"]), inputs["nodes"]))
    assert bounds(found.one("L05")) == (0.9375, 0.9375, 0.9375)
    assert found.one("L05.components").value == 1


def test_islands_are_counted_from_two_residents_on():
    found = rows_of(giant_component_rows, make_register([("a", "b"), ("b", "c"), ("d", "e")], NAMES))
    assert (found.one("L05").value, found.one("L05.components").value) == (3 / 6, 2)


def test_without_ties_the_share_is_one_by_n_and_says_so():
    scope = make_scope(party=list(map(resident, NAMES)), tie=[link("a", "elsewhere")])
    row = rows_of(giant_component_rows, scope).one("L05")
    assert (row.value, row.reason) == (pytest.approx(1 / 6), "no tie between residents")


def test_a_silent_resident_may_join_all_that_have_ties():
    ties = [("a", "b"), ("c", "d")]
    scope = make_register(ties, NAMES, party_year=answers(NAMES, silent="e"))
    row = rows_of(giant_component_rows, scope).one("L05")
    # f answered and named nobody: it stays alone.
    assert bounds(row) == pytest.approx((2 / 6, 2 / 6, 5 / 6))


def test_of_one_firm_nothing_is_shown():
    assert rows_of(giant_component_rows, make_register([("a", "a")], ["a"])).one("L05").status is Status.SUPPRESSED


def test_by_hand_a_triangle_with_a_tail():
    found = rows_of(clustering_rows, make_register([*TRIANGLE, ("c", "d")], NAMES))
    # Triples: one at a, one at b, three at c; the triangle closes three of them.
    assert found.one("L04").value == pytest.approx(3 / 5)
    assert found.one("L04.local").value == pytest.approx((1 + 1 + 1 / 3) / 6)
    assert found.one("L04.local").reason == "residents with fewer than two partners, counted as 0: 3 of 6"
    assert found.one("L04.expected").value == pytest.approx(4 / 15)


def test_published_clustering():
    oracle = read_case("clustering_transitivity")
    names = [f"m{number:02}" for number in range(1, 22)]
    pairs = [(f"m{a:02}", f"m{b:02}") for a, b in oracle["inputs"]["edges"]]
    found = rows_of(clustering_rows, make_register(pairs, names))
    assert found.one("L04").value == pytest.approx(oracle["expected"]["transitivity_global"])
    assert found.one("L04.local").value == pytest.approx(oracle["expected"]["average_local_clustering"])


def test_without_two_partners_transitivity_is_undefined_and_the_mean_is_zero():
    found = rows_of(clustering_rows, make_register([("a", "b")], NAMES))
    assert (found.one("L04").status, found.one("L04").reason) == (
        Status.UNDEFINED,
        "no resident has two partners",
    )
    assert found.one("L04.local").value == 0
    assert "L04.expected" not in found.ids()


def test_two_residents_have_no_triangle():
    row = rows_of(clustering_rows, make_register([("a", "b")], ["a", "b"])).one("L04")
    assert (row.status, row.reason) == (Status.UNDEFINED, "fewer than 3 residents")


def test_clusters_have_rows_of_their_own():
    clusters = dict.fromkeys("abc", "x") | dict.fromkeys("def", "y")
    scope = make_register([*TRIANGLE, ("c", "d")], NAMES, clusters)
    assert rows_of(clustering_rows, scope, "x").one("L04").value == 1
    assert rows_of(giant_component_rows, scope, "y").one("L05").value == pytest.approx(1 / 3)
