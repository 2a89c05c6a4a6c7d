import pandas as pd

from metrics.flow_data import CODES, REGIONS, ZONES, change, list_flows
from metrics.shares import make_scope
from zonebook.metrics.corridor_edges import find_backbone, list_corridors, list_zone_regions, name_pairs, read_disparity
from zonebook.metrics.region_flows import read_region_flows

EVEN = [row | {"value_rub": 1.0} for row in list_flows()]
FLOWS = change(change(EVEN, CODES[0], CODES[2], value_rub=95.0), CODES[3], CODES[4], value_rub=95.0)


def test_corridors_with_rows_are_those_near_a_zone():
    scope = make_scope("country", "", zone=ZONES, region=REGIONS, flow_region=FLOWS)
    (flows,) = read_region_flows(scope)
    assert list_zone_regions(scope) == {"RU-AAA", "RU-BBB"}
    assert len(find_backbone(scope, flows).edges) == 2
    assert list_corridors(scope, flows) == [f"{CODES[0]}:{CODES[2]}"]
    assert read_disparity(scope, flows) is read_disparity(scope, flows)
    assert read_disparity(scope, flows) is not read_disparity(scope, flows, CODES[0])


def test_pairs_are_named_by_both_ends():
    assert list(name_pairs(pd.DataFrame({"origin": ["a"], "destination": ["b"]}))) == ["a:b"]
