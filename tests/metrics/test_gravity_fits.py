import pytest

from metrics.flow_data import CODES, ELASTICITY, REGIONS, ZONES, list_flows
from metrics.shares import make_scope
from zonebook.metrics.gravity_fits import read_gravity


def fit(flows, **tables):
    scope = make_scope("country", "", **({"zone": ZONES, "region": REGIONS, "flow_region": flows} | tables))
    return read_gravity(scope)


def test_models_are_told_apart():
    (year,) = fit(list_flows(noise=1))
    assert list(year.coefficients) == ["", "with_district", "district", "plain"]
    assert year.fit is not year.bare
    assert year.basis.n_units == 42


def test_without_districts_there_is_one_model():
    bare = [row | {"federal_district": "one"} for row in REGIONS]
    (year,) = fit(list_flows(noise=1), region=bare)
    assert year.fit is year.bare
    assert list(year.coefficients) == ["", "plain"]


def test_the_effect_of_a_district_is_found_beside_distance():
    district = {row["region_iso"]: row["federal_district"] for row in REGIONS}
    flows = [
        row | {"value_rub": row["value_rub"] * (2 if district[row["origin"]] == district[row["destination"]] else 1)}
        for row in list_flows()
    ]
    (year,) = fit(flows)
    assert year.coefficients["with_district"][1].estimate == pytest.approx(ELASTICITY)
    assert year.coefficients["district"][1].estimate == pytest.approx(0.6931, abs=1e-4)
    assert year.coefficients[""][1].estimate != pytest.approx(ELASTICITY)


def test_models_are_fitted_once():
    scope = make_scope("country", "", zone=ZONES, region=REGIONS, flow_region=list_flows(noise=1))
    assert read_gravity(scope) is read_gravity(scope)


def test_one_region_that_sends_nothing_and_one_that_has_no_place_are_both_said():
    flows = [row | ({"value_rub": 0.0} if row["origin"] == CODES[0] else {}) for row in list_flows(noise=2)]
    extra = [
        {"origin": CODES[1], "destination": "RU-ZZZ", "year": 2025, "value_rub": 1.0},
    ]
    (year,) = fit([*flows, *extra], region=[*REGIONS, {"region_iso": "RU-ZZZ", "name_en": "nowhere"}])
    assert year.notes == (
        "pairs left out, without coordinates: 1",
        "pairs left out, a region sends or receives nothing: 6",
    )
