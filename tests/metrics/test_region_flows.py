import numpy as np
import pytest

from metrics.flow_data import CODES, PLACES, REGIONS, ZONES, list_flows
from metrics.register import PARTIES, ledger
from metrics.register import ZONES as REGISTER_ZONES
from metrics.shares import make_scope
from zonebook.metrics.geography import great_circle_km
from zonebook.metrics.region_flows import (
    has_region_flows,
    list_distances,
    list_flow_pairs,
    read_region_flows,
    read_tie_flows,
)
from zonebook.metrics.result import Evidence


def scope(**tables):
    return make_scope("country", "", **({"zone": ZONES, "region": REGIONS} | tables))


def test_flows_come_by_year_up_to_the_scopes():
    found = read_region_flows(scope(flow_region=[*list_flows(2024), *list_flows(2025), *list_flows(2026)]))
    assert [year.year for year in found] == [2024, 2025]
    assert (found[0].basis.n_units, found[0].basis.evidence) == (42, Evidence.REPORTED)
    assert found[0].basis.source_ids == ("official",)
    assert not has_region_flows(scope(flow_region=list_flows(2026)))


def test_a_given_distance_goes_before_the_great_circle_in_either_direction():
    given = [{"origin": CODES[0], "destination": CODES[1], "km": 1234.0}]
    table = list_distances(scope(distance=given)).set_index(["origin", "destination"])["km"]
    assert table[CODES[0], CODES[1]] == table[CODES[1], CODES[0]] == 1234
    assert table[CODES[0], CODES[2]] == pytest.approx(float(great_circle_km(*PLACES[0], *PLACES[2])))
    assert table.index.is_unique


def test_pairs_have_distance_district_and_masses():
    (found,) = list_flow_pairs(scope(flow_region=list_flows()))
    row = found.pairs.set_index(["origin", "destination"]).loc[CODES[0], CODES[2]]
    assert (row["same_district"], found.left_out, len(found.pairs)) == (1, 0, 42)
    assert (row["ln_from"], row["ln_to"]) == pytest.approx((np.log(1e12), np.log(3e12)))


def test_a_region_without_a_place_is_left_out_and_counted_and_districts_not_known_of_all_are_not_used():
    regions = [
        row | ({"latitude": None, "federal_district": None} if row["region_iso"] == CODES[3] else {}) for row in REGIONS
    ]
    (found,) = list_flow_pairs(scope(region=regions, flow_region=list_flows()))
    assert (len(found.pairs), found.left_out) == (30, 12)
    assert "same_district" in found.pairs  # the region without a district has no pair left
    regions[3] |= {"latitude": 58.0}
    (found,) = list_flow_pairs(scope(region=regions, flow_region=list_flows()))
    assert "same_district" not in found.pairs


def test_products_are_summed_and_zeros_stay():
    rows = [row | {"product": product, "value_rub": 0.0} for row in list_flows() for product in ("1", "2")]
    (found,) = list_flow_pairs(scope(flow_region=rows))
    assert (len(found.pairs), found.pairs["value_rub"].sum()) == (42, 0)


def test_ties_make_flows_between_the_regions_of_zones_and_partners():
    ties = [ledger("a", "far", 5.0), ledger("b", "far", 7.0), ledger("far", "a", 1.0), ledger("a", "e", 2.0)]
    ties += [ledger("a", "kazakh", 99.0), ledger("a", "near", 3.0), ledger("c", "far", None), ledger("d", "lost", 1.0)]
    (found,) = read_tie_flows(make_scope("country", "", zone=REGISTER_ZONES, party=PARTIES, tie=ties))
    sums = found.rows.groupby(["origin", "destination"])["value_rub"].sum().to_dict()
    assert sums["RU-MOW", "RU-TVE"] == 12
    assert ("RU-MOW", "RU-TVE") in sums
    assert not found.is_whole
    assert found.basis.n_units == 3
    assert "RU-MOW:RU-TVE" in found.few
    assert found.notes[0] == "from the ties of zones' residents"
    assert "without a value: 1" in found.notes[-1]


def test_reports_make_no_flows():
    ties = [ledger("a", "far", evidence="press", source_id="press-a")]
    assert read_tie_flows(make_scope(zone=REGISTER_ZONES, party=PARTIES, tie=ties)) == ()
