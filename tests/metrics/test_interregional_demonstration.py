"""The interregional level on demonstration data: what was planted is found, and series are explained."""

import re

import pytest

from metrics.register import pick
from metrics.shares import Results
from zonebook.metrics.adapter import compute_rows
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.scope import Scope
from zonebook.tables.demo import DemoSettings, write_demo
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY
from zonebook.tables.store import open_data

MADE = DemoSettings(zones=3, residents=60, years=(2024, 2025))
METRICS = [metric_id for metric_id in CATALOGUE if metric_id.startswith("R")]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    write_demo(folder, MADE)
    return open_data(folder)


@pytest.fixture(scope="module")
def scopes(data):
    shares = data.zone(data.zones[0]), data.region(data.regions[0]), data.country()
    return {share.scope_type: Scope(share, 2025) for share in shares}


def run(scope, metric_id):
    return Results(compute_rows(CATALOGUE[metric_id], scope))


def test_the_planted_elasticity_lies_in_the_interval(scopes):
    row = pick(run(scopes["country"], "R07"), "R07", "RUS", year=2025)
    assert row.lower < DISTANCE_ELASTICITY < row.upper
    assert row.upper - row.lower < 0.2
    assert row.evidence is Evidence.DEMONSTRATION


@pytest.mark.parametrize("scope_type", ["zone", "region", "country"])
@pytest.mark.parametrize("metric_id", METRICS)
def test_every_metric_has_values_somewhere_and_its_series_are_explained(scopes, metric_id, scope_type):
    metric, scope = CATALOGUE[metric_id], scopes[scope_type]
    if scope_type not in metric.scopes:
        return
    rows = run(scope, metric_id)
    assert any(row.metric_id == metric_id and row.scope_id == scope.id for row in rows)
    assert {row.evidence for row in rows if row.value is not None} <= {Evidence.DEMONSTRATION}
    assert all(row.value is not None or row.reason for row in rows)
    assert {row.scope_type for row in rows} <= set(metric.scopes)
    if scope_type == "country":
        assert any(row.status is Status.OK for row in rows)
    patterns = [re.sub(r"\\{\w+\\}", "[A-Za-z0-9_-]+", re.escape(name)) for name in metric.series]
    for series in {row.series for row in rows} - {""}:
        assert any(re.fullmatch(pattern, series) for pattern in patterns), series


def test_the_country_counts_ties_between_zones_as_the_table_does(scopes):
    scope = scopes["country"]
    party, tie = scope.table("party"), scope.table("tie")
    zone = party.drop_duplicates("party_id").set_index("party_id")["zone_id"]
    ends = [tie[end].map(zone) for end in ("from_party", "to_party")]
    between = ends[0].notna() & ends[1].notna() & (ends[0] != ends[1])
    sold = tie["kind"].isin(["supply", "contract_manufacturing", "service"])
    known = tie[between & sold & (tie["year"] == 2025) & (tie["status"] == "actual") & (tie["evidence"] != "press")]
    row = pick(run(scope, "R09"), "R09.value", "RUS", year=2025)
    assert row.value == pytest.approx(known["value_rub"].sum())
