import numpy as np
import pytest

from metrics.registers import YEAR, answers, bounds, link, make_register, resident
from metrics.shares import make_scope, tie
from zonebook.metrics.part_network import read_networks, select_networks
from zonebook.metrics.result import Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

NAMES = list("abcd")
CLUSTERS = {"a": "x", "b": "x", "c": "y"}


def only(scope):
    (year,) = read_networks(scope)
    return year


def test_a_year_has_the_network_of_the_zone_and_of_each_cluster():
    year = only(make_register([("a", "b"), ("b", "c")], NAMES, CLUSTERS))
    assert [part.part.scope_id for part in year.parts] == ["home", "x", "y"]
    assert [part.network.matrix.nnz for part in year.parts] == [2, 1, 0]
    assert year.clusters[0].places.tolist() == [0, 1]
    assert year.is_last


def test_networks_are_built_once():
    scope = make_register([("a", "b")], NAMES)
    assert read_networks(scope) is read_networks(scope)


def test_kinds_without_direction_are_left_out_of_the_directed_network():
    ties = [link("a", "b"), link("c", "d", kind="agreement")]
    whole = only(make_scope(party=list(map(resident, NAMES)), tie=ties)).whole
    assert (whole.network.matrix.nnz, whole.directed.matrix.nnz) == (2, 1)


def test_only_what_is_sold_is_a_value():
    ties = [link("a", "b", value_rub=5.0), link("a", "c", kind="licence", value_rub=7.0), link("a", "d")]
    assert only(make_scope(party=list(map(resident, NAMES)), tie=ties)).whole.network.values.sum() == 5


def test_what_known_ties_give_is_exact_only_where_all_answered():
    full = only(make_register([("a", "b")], NAMES)).whole
    assert bounds(full.known_row("L04", "share", 0.5)) == (0.5, 0.5, 0.5)
    assert bounds(full.bounded_row("L02", "share", 0.5, 0.5)) == (0.5, 0.5, 0.5)
    part = only(make_register([("a", "b")], NAMES, party_year=answers(NAMES, silent="c"))).whole
    assert bounds(part.known_row("L04", "share", 0.5)) == (0.5, None, None)
    assert part.known_row("L04", "share", 0.5, "why").reason == "why; did not answer: 1 of 4"
    assert bounds(part.bounded_row("L02", "share", 0.5, 0.7)) == (0.5, 0.5, 0.7)
    assert part.is_silent.tolist() == [False, False, True, False]


def test_a_row_without_a_value_is_undefined():
    row = only(make_register([("a", "b")], NAMES)).whole.row("L04", "share", None, undefined="why")
    assert (row.status, row.reason, row.year, row.n_units) == (Status.UNDEFINED, "why", YEAR, 4)


@pytest.mark.parametrize(("groups", "single"), [({}, False), (dict.fromkeys(NAMES, "g"), True), ({"a": "g"}, False)])
def test_one_group_of_companies_is_one_respondent(groups, single):
    parties = [resident(name, holding_id=groups.get(name)) for name in NAMES]
    assert only(make_scope(party=parties, tie=[link("a", "b")])).whole.is_single is single


def test_of_a_large_network_only_the_last_year_is_taken_where_a_measure_takes_long():
    ties = [link("a", "b", year=year) for year in (2022, 2023)]
    share = make_scope(party=list(map(resident, NAMES)), tie=ties).share
    large = Scope(share, 2025, MetricSettings(large_network=3))
    assert [year.year.year for year in select_networks(large)] == [2023]
    assert [year.is_last for year in select_networks(Scope(share, 2025))] == [False, True]


def test_without_a_register_there_are_none():
    scope = make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=YEAR)])
    assert read_networks(scope) == select_networks(scope) == ()


def test_respondents_are_numbered_alike_in_a_cluster_and_the_zone():
    parties = [
        resident(name, cluster_id=CLUSTERS.get(name), holding_id="g" if name in "ab" else None) for name in NAMES
    ]
    year = only(make_scope(party=parties, tie=[link("a", "b")]))
    assert len(np.unique(year.whole.respondents)) == 3
    assert year.clusters[0].is_single
