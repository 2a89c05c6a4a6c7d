from metrics.shares import make_scope
from metrics.trade_tables import RATE, flow, imports, world
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.market_flows import build_export_matrix, explain_no_imports
from zonebook.metrics.trade_matrix import REST


def matrix(*flows, digits=4, fx=RATE):
    (year,) = read_flow_years(make_scope(export_flow=flows, fx=fx))
    return build_export_matrix(year, digits)


def test_exports_by_market_and_product_in_dollars_with_what_has_no_code():
    found = matrix(flow("KAZ", 300.0, "841370"), flow("SRB", 100.0), flow("KAZ", 100.0, "8413", value_usd=2.0))
    assert found.to_frame().to_dict() == {"8413": {"KAZ": 2.0, "SRB": 0.0}, REST: {"KAZ": 0.0, "SRB": 1.0}}
    assert matrix(flow("KAZ", 300.0, "8413"), flow("SRB", 100.0), digits=0).sum_products().to_dict() == {REST: 4.0}


def test_without_a_rate_there_is_no_matrix():
    assert matrix(flow("KAZ", 300.0, "8413"), fx=[]) is None


def test_missing_imports_are_explained():
    assert explain_no_imports(make_scope(world_trade=[imports("KAZ", "84", 1.0)])) == []
    needs = "needs rows of world_trade with flow = import"
    assert explain_no_imports(make_scope(world_trade=[world("KAZ", "84", 1.0)])) == [needs]
    assert explain_no_imports(make_scope()) == ["the data set has no table world_trade", needs]
