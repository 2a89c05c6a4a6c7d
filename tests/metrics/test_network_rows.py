import pytest

from metrics.registers import answers, bounds, link, make_register, resident, rows_of
from metrics.shares import make_scope, tie
from oracle_cases import read_case
from zonebook.metrics.network_rows import density_rows, reciprocity_rows
from zonebook.metrics.result import Status

NAMES = list("abcde")


def krackhardt():
    inputs = read_case("network_density_reciprocity")["inputs"]
    edges = inputs.get("edges") or read_case("betweenness_directed")["inputs"]["edges"]
    names = [f"m{number:02}" for number in range(1, 22)]
    return make_register([(f"m{a:02}", f"m{b:02}") for a, b in edges], names)


def test_published_density_with_mean_degree_and_size_beside_it():
    found = rows_of(density_rows, krackhardt())
    expected = read_case("network_density_reciprocity")["expected"]
    row = found.one("L02")
    assert bounds(row) == pytest.approx((expected["density"],) * 3)
    assert (found.one("L02.degree").value, row.n_units) == (pytest.approx(190 / 21), 21)
    assert found.one("L02.undirected").value == pytest.approx(2 * 145 / (21 * 20))
    assert found.one("L02.partners").value == pytest.approx(2 * 145 / 21)


def test_trap_reciprocity_has_two_values_on_one_network_and_each_row_names_its_variant():
    found = rows_of(reciprocity_rows, krackhardt())
    edgewise, dyadic = found.one("L03"), found.one("L03.dyadic")
    assert (round(edgewise.value, 3), edgewise.reason) == (0.474, "share of ties that are returned")
    assert (round(dyadic.value, 3), dyadic.reason) == (0.310, "share of connected pairs tied both ways")
    assert found.one("L03.expected").value == pytest.approx(190 / 420)


def test_agreements_and_joint_ventures_have_no_direction_to_return():
    kinds = ("supply", "agreement", "joint_venture")
    ties = [link("a", "b", kind=kind) for kind in kinds] + [link("b", "a", kind=kind) for kind in kinds[1:]]
    scope = make_scope(party=list(map(resident, NAMES)), tie=ties)
    assert rows_of(reciprocity_rows, scope).one("L03").value == 0
    only = make_scope(party=list(map(resident, NAMES)), tie=ties[1:])
    row = rows_of(reciprocity_rows, only).one("L03")
    assert (row.status, row.value, row.reason) == (
        Status.UNDEFINED,
        None,
        "no tie with a direction between residents",
    )


def test_repeated_ties_count_once_and_loops_not_at_all():
    ties = [link("a", "b"), link("a", "b", kind="service"), link("c", "c")]
    found = rows_of(density_rows, make_scope(party=list(map(resident, NAMES)), tie=ties))
    assert found.one("L02").value == pytest.approx(1 / 20)


def test_no_tie_inside_is_a_density_of_zero():
    scope = make_scope(party=list(map(resident, NAMES)), tie=[link("a", "elsewhere")])
    assert bounds(rows_of(density_rows, scope).one("L02")) == (0, 0, 0)


def test_who_did_not_answer_raises_the_upper_bound():
    scope = make_register([("a", "b"), ("c", "a")], NAMES, party_year=answers(NAMES, silent="c"))
    found = rows_of(density_rows, scope)
    # c may be tied to a and b both ways: 4 pairs, of which one is known. d and e answered and named nobody.
    assert bounds(found.one("L02")) == pytest.approx((2 / 20, 2 / 20, 5 / 20))
    assert bounds(found.one("L02.partners")) == pytest.approx((4 / 5, 4 / 5, 6 / 5))
    assert found.one("L02").reason.startswith("did not answer: 1 of 5; upper bound")


def test_of_a_network_with_silent_residents_reciprocity_has_no_bounds():
    scope = make_register([("a", "b"), ("b", "a")], NAMES, party_year=answers(NAMES, silent="c"))
    assert bounds(rows_of(reciprocity_rows, scope).one("L03")) == (1, None, None)


def test_one_resident_has_no_density():
    row = rows_of(density_rows, make_register([("a", "a")], ["a"])).one("L02")
    assert (row.status, row.reason) == (Status.UNDEFINED, "fewer than 2 residents")


def test_a_cluster_is_a_network_of_its_own():
    clusters = dict.fromkeys("abc", "x") | dict.fromkeys("de", "y")
    found = rows_of(density_rows, make_register([("a", "b"), ("b", "d")], NAMES, clusters), "x")
    row = found.one("L02")
    assert (row.value, row.n_units, row.status) == (pytest.approx(1 / 6), 3, Status.LOW_N)


@pytest.mark.parametrize("function", [density_rows, reciprocity_rows])
def test_trap_reported_ties_are_a_convenience_sample(function):
    (row,) = function(make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=2024)]))
    assert (row.status, row.value) == (Status.MISSING_INPUT, None)
