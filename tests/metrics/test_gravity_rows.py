import numpy as np
import pytest

from metrics.flow_data import CODES, ELASTICITY, REGIONS, ZONES, change, list_flows
from metrics.register import pick
from metrics.shares import Results, make_share
from zonebook.metrics.gravity_rows import elasticity_rows, gravity_rows
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings


def run(function, flows, scope=("country", ""), settings=None, **tables):
    given = {"zone": ZONES, "region": REGIONS, "flow_region": flows} | tables
    return Results(function(Scope(make_share(*scope, **given), 2025, settings or MetricSettings())))


def test_flows_that_obey_the_law_are_as_expected():
    found = run(gravity_rows, list_flows())
    assert pick(found, "R06", "RUS").value == pytest.approx(1)
    assert pick(found, "R06.under", "RUS").value == 0
    assert pick(found, "R06.fit", "RUS").value == pytest.approx(1)
    assert pick(found, "R06", "RUS").evidence is Evidence.REPORTED
    assert pick(found, "R06", "RUS").n_units == 42


def test_the_elasticity_of_the_law_is_found_with_its_interval():
    found = run(elasticity_rows, list_flows(noise=1))
    row = pick(found, "R07", "RUS")
    assert row.lower < ELASTICITY < row.upper
    assert "95 % interval from" in row.reason
    assert pick(found, "R07.district", "RUS").lower < 0 < pick(found, "R07.district", "RUS").upper


def test_every_year_has_a_row():
    found = run(elasticity_rows, [*list_flows(2024, noise=1), *list_flows(2025, noise=2)])
    assert [row.year for row in found if row.metric_id == "R07"] == [2024, 2025]


def test_the_plain_model_has_masses_for_effects():
    found = run(elasticity_rows, list_flows(noise=3))
    assert pick(found, "R07.plain", "RUS").value == pytest.approx(ELASTICITY, abs=0.2)
    bare = [{name: cell for name, cell in row.items() if name != "grp_rub"} for row in REGIONS]
    assert "R07.plain" not in run(elasticity_rows, list_flows(), region=bare).ids()


def test_a_gap_is_the_first_pair_of_its_region():
    flows = list_flows()
    short = next(row for row in flows if (row["origin"], row["destination"]) == (CODES[0], CODES[2]))["value_rub"] / 4
    found = run(gravity_rows, change(flows, CODES[0], CODES[2], value_rub=short), settings=MetricSettings(shown_gaps=1))
    row = pick(found, "R06", f"{CODES[0]}:{CODES[2]}")
    assert row.value < 0.6
    assert (row.scope_type, row.unit, row.n_units) == ("pair", "ratio", None)
    assert pick(found, "R06", CODES[0]).scope_type == "region"


def test_pairs_are_those_of_regions_with_a_zone():
    found = run(gravity_rows, list_flows(noise=4), settings=MetricSettings(shown_gaps=2, corridor_alpha=1e-9))
    pairs = [row.scope_id.split(":") for row in found if row.scope_type == "pair" and row.metric_id == "R06"]
    assert pairs
    assert all({"RU-AAA", "RU-BBB"} & set(ends) for ends in pairs)
    assert len(pairs) <= 2 * 2 * 2


def test_a_pair_has_its_flow_and_the_expected_one_beside_their_ratio():
    found = run(gravity_rows, list_flows(noise=4), settings=MetricSettings(shown_gaps=1))
    ratios = [row for row in found if row.scope_type == "pair" and row.metric_id == "R06"]
    assert ratios
    for row in ratios:
        observed, expected = (pick(found, f"R06.{name}", row.scope_id) for name in ("observed", "expected"))
        assert (observed.unit, expected.unit) == ("RUB", "RUB")
        assert observed.value / expected.value == pytest.approx(row.value)


def test_a_zero_flow_stays_in_and_has_the_ratio_zero():
    found = run(gravity_rows, change(list_flows(), CODES[0], CODES[1], value_rub=0.0))
    assert pick(found, "R06", f"{CODES[0]}:{CODES[1]}").value == 0
    assert pick(found, "R06", "RUS").n_units == 42


def test_a_region_that_sends_nothing_is_left_out_with_its_pairs():
    """Trap: separation."""
    flows = [row | ({"value_rub": 0.0} if row["origin"] == CODES[0] else {}) for row in list_flows()]
    row = pick(run(gravity_rows, flows), "R06", "RUS")
    assert (row.n_units, row.reason) == (36, "pairs left out, a region sends or receives nothing: 6")


@pytest.mark.parametrize("function", [gravity_rows, elasticity_rows])
def test_few_pairs_are_described_only(function):
    found = run(function, list_flows()[:29])
    assert [(row.status, row.value) for row in found] == [(Status.NOT_APPLICABLE, None)]
    assert found[0].reason == "fewer than 30 pairs of regions: described only, not modelled"
    assert run(function, list_flows(), settings=MetricSettings(least_pairs=43))[0].status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("function", [gravity_rows, elasticity_rows])
def test_flows_without_coordinates_are_not_modelled(function):
    bare = [{"region_iso": row["region_iso"], "name_en": "x"} for row in REGIONS]
    row = run(function, list_flows(), region=bare)[0]
    assert (row.status, row.reason) == (
        Status.MISSING_INPUT,
        "no pair of regions has coordinates at both ends",
    )


@pytest.mark.parametrize("scope", [("zone", "home"), ("region", "RU-AAA")])
def test_zone_and_region_refer_to_the_country(scope):
    (row,) = run(gravity_rows, list_flows(), scope)
    assert (row.status, row.value) == (Status.NOT_APPLICABLE, None)
    assert "see the rows the country gives for them" in row.reason


@pytest.mark.parametrize("scope", [("zone", "home"), ("region", "RU-AAA"), ("country", "")])
def test_without_flows_the_table_is_missing(scope):
    (row,) = run(gravity_rows, None, scope)
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table flow_region")


def test_all_regions_as_far_apart_do_not_tell_what_distance_costs():
    same = [{"origin": one, "destination": other, "km": 500.0} for one in CODES for other in CODES if one < other]
    row = pick(run(elasticity_rows, list_flows(noise=5), distance=same), "R07", "RUS")
    assert (row.status, row.value) == (Status.NOT_APPLICABLE, None)
    assert row.reason.startswith("the flows do not tell this effect apart")


def test_money_in_another_unit_changes_no_ratio():
    flows = list_flows(noise=6)
    plain, other = (run(gravity_rows, [row | {"value_rub": row["value_rub"] * k} for row in flows]) for k in (1, 1e-6))
    assert {row.scope_id for row in plain} == {row.scope_id for row in other}
    values = [[row.value for row in rows if row.metric_id == "R06"] for rows in (plain, other)]
    assert np.allclose(values[0], values[1], rtol=1e-6)
