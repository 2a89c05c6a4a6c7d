"""Nothing is told of places of too few firms, nor of those that could be worked out with them."""

from dataclasses import replace

from metrics.shares import make_scope, party
from zonebook.metrics.gate import hide_small_places
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.settings import MetricSettings

ROW = MetricResult(
    metric_id="S01", scope_type="cluster", scope_id="", year=2024, period="FY", value=0.5, lower=0.5, upper=0.5,
    unit="share", status=Status.OK, reason="", n_units=2, evidence=Evidence.REGISTER, source_ids="", vintage="",
)  # fmt: skip


def firms(cluster, count, **more):
    return [party(f"{cluster}-{n}", zone_id="home", kind="resident", cluster_id=cluster, **more) for n in range(count)]


def judge(parties, *rows, **settings):
    scope = make_scope(party=parties)
    scope = replace(scope, settings=replace(scope.settings, **settings).in_force)
    return [row.status.value for row in hide_small_places(scope, rows, CATALOGUE)]


def of(*clusters):
    return [replace(ROW, scope_id=cluster) for cluster in clusters]


def test_a_cluster_of_two_firms_is_hidden_and_with_it_the_smallest_other():
    parties = [*firms("pair", 2), *firms("few", 3), *firms("many", 5)]
    assert judge(parties, *of("pair", "few", "many")) == ["suppressed", "suppressed", "ok"]
    hidden = hide_small_places(make_scope(party=parties), of("pair"), CATALOGUE)[0]
    assert (hidden.value, hidden.lower, hidden.upper, hidden.n_units) == (None, None, None, None)
    assert hidden.reason == "fewer than 3 firms"


def test_firms_of_a_holding_are_one():
    parties = [*firms("group", 3, holding_id="g"), *firms("few", 3), *firms("many", 5)]
    assert judge(parties, *of("group", "few", "many")) == ["suppressed", "suppressed", "ok"]


def test_a_cluster_counts_with_the_firms_of_its_year():
    parties = [*firms("grows", 2), *firms("grew", 3, since="2024"), *firms("many", 5)]
    parties = [row | {"cluster_id": "grows"} if row["cluster_id"] == "grew" else row for row in parties]
    early = replace(ROW, scope_id="grows", year=2023)
    assert judge(parties, replace(ROW, scope_id="grows"), early) == ["ok", "suppressed"]


def test_series_named_after_a_hidden_cluster_and_a_zone_of_few_firms_are_hidden():
    named = replace(ROW, metric_id="L07.ties.pair.many", scope_type="zone", scope_id="home")
    assert judge([*firms("pair", 2), *firms("many", 5)], named) == ["suppressed"]
    assert judge(firms("pair", 2), replace(ROW, scope_type="zone", scope_id="home")) == ["suppressed"]


def test_what_is_public_stays_and_an_internal_edition_hides_nothing():
    printed = replace(ROW, scope_id="pair", evidence=Evidence.REPORTED)
    of_figures = replace(ROW, metric_id="T01", scope_id="pair")
    assert judge(firms("pair", 2), printed, of_figures) == ["ok", "ok"]
    assert judge(firms("pair", 2), *of("pair"), publish="internal") == ["ok"]
    assert MetricSettings(publish="internal").in_force.p_percent == 0
