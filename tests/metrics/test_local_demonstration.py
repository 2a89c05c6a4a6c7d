"""The local level on demonstration data: what was planted is found, and shares agree with sums over the tables."""

import pytest

from metrics.shares import Results
from zonebook.metrics.adapter import compute_rows
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Evidence
from zonebook.metrics.scope import Scope
from zonebook.metrics.value_chain import STAGES
from zonebook.settings import MetricSettings
from zonebook.tables.demo import DemoSettings, planted_structure, write_demo
from zonebook.tables.store import open_data

MADE = DemoSettings(zones=1, residents=40, years=(2025, 2025))
PLANTED = planted_structure(MADE)
ZONE = PLANTED.zone_ids[0]


@pytest.fixture(scope="module")
def scope(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    write_demo(folder, MADE)
    # Few firms can do a stage: an internal edition tells how many.
    return Scope(open_data(folder).zone(ZONE), 2025, MetricSettings(publish="internal").in_force)


def run(scope, metric_id):
    rows = compute_rows(CATALOGUE[metric_id], scope)
    return Results(row for row in rows if row.scope_type == "zone")


def test_planted_stages_are_found_again(scope):
    found, stages = run(scope, "L10"), PLANTED.zone(ZONE).stages
    assert stages
    for chain, present in stages.items():
        known = set(STAGES) if "service" in present else set(STAGES[:3])
        assert found.one(f"L10.{chain}").value == pytest.approx(len(present) / len(known))
        assert {stage for stage in known if found.one(f"L10.{chain}.{stage}").value} == set(present)
    assert found.one("L10").evidence is Evidence.DEMONSTRATION


def test_local_purchases_agree_with_sums_over_the_tables(scope):
    firms, ties, years = (scope.table(name) for name in ("party", "tie", "party_year"))
    members = firms[(firms["zone_id"] == ZONE) & (firms["kind"] == "resident")]["party_id"]
    own = years[(years["year"] == 2025) & years["party_id"].isin(members)].sort_values("vintage")
    own = own.drop_duplicates("party_id", keep="last").dropna(subset=["purchases_rub"])
    sold = ties[(ties["year"] == 2025) & ties["kind"].isin(["supply", "contract_manufacturing", "service"])]
    local = sold[sold["from_party"].isin(members) & sold["to_party"].isin(own["party_id"])]["value_rub"].sum()
    row = run(scope, "L08").one("L08", 2025)
    assert row.value == pytest.approx(local / own["purchases_rub"].sum())
    assert row.evidence is Evidence.DEMONSTRATION


@pytest.mark.parametrize("metric_id", ["L08", "L09", "L10", "L11", "L17", "L18", "L23"])
def test_every_metric_has_a_value(scope, metric_id):
    assert run(scope, metric_id).one(metric_id, 2025).value is not None
