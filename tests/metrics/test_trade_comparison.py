import pytest

from metrics.shares import make_scope
from metrics.trade_tables import FIRMS, RATE, flow, world
from zonebook.metrics.result import Status
from zonebook.metrics.trade_comparison import note_left_out, read_comparisons
from zonebook.metrics.trade_matrix import REST

WORLD = [world("DEU", "8413", 40.0), world("DEU", "9013", 20.0), world("BRA", "2709", 40.0)]


def compare(*flows, trade=WORLD, **tables):
    return read_comparisons(make_scope(party=FIRMS, export_flow=flows, world_trade=trade, fx=RATE, **tables))


def test_exports_stand_beside_the_worlds_in_dollars():
    (found,) = compare(flow("KAZ", 300.0, "8413"), flow("SRB", 100.0, "9013")).years
    assert (found.digits, found.in_dollars, found.left_out) == (4, True, 0)
    assert found.exports.to_dict() == {"8413": 3.0, "9013": 1.0}
    assert found.rca.round(4).to_dict() == {"2709": 0.0, "8413": 1.875, "9013": 1.25}


def test_products_are_compared_by_the_shortest_code_of_both():
    (found,) = compare(flow("KAZ", 300.0, "84"), flow("SRB", 100.0, "901310")).years
    assert found.digits == 2
    assert found.exports.to_dict() == {"84": 3.0, "90": 1.0}
    (found,) = compare(flow("KAZ", 300.0, "841370"), trade=[world("DEU", "84", 5.0)]).years
    assert found.digits == 2


def test_without_totals_of_the_world_shares_are_those_of_the_products_listed():
    (found,) = compare(flow("KAZ", 300.0, "8413"), flow("KAZ", 100.0, "0402"), flow("KAZ", 100.0)).years
    assert found.exports.to_dict() == {"8413": 3.0}
    # The total of all goods is the exports to the country: what is left of it has no code.
    assert found.left_out == 0
    (found,) = compare(flow("KAZ", 300.0, "8413"), flow("KAZ", 100.0, "0402"), flow("SRB", 100.0)).years
    assert found.left_out == pytest.approx(0.4)
    assert "left out, exports without a comparable product code: 40 %" in found.notes


def test_with_totals_of_the_world_the_rest_is_a_product_of_its_own():
    trade = [*WORLD, world("DEU", "", 100.0), world("BRA", "", 100.0)]
    (found,) = compare(flow("KAZ", 300.0, "8413"), flow("SRB", 100.0), trade=trade).years
    assert found.exports.to_dict() == {"8413": 3.0, REST: 1.0}
    assert found.rca["8413"] == pytest.approx((3 / 4) / (40 / 200))
    assert REST not in found.rca.index


def test_codes_of_another_classification_are_not_compared():
    found = compare(flow("KAZ", 300.0, "26", product_scheme="OKPD2"))
    ((_, status, why),) = found.refused
    assert (status, why) == (Status.MISSING_INPUT, "needs product codes of the Harmonized System in export_flow")
    other = compare(flow("KAZ", 300.0, "0402"))
    assert other.refused[0][2] == "no product code of export_flow is found in world_trade"


def test_imports_are_no_yardstick_of_exports():
    trade = [world("DEU", "8413", 40.0, flow="import")]
    assert compare(flow("KAZ", 1.0, "8413"), trade=trade).absence == ("table world_trade has no rows for this",)


def test_years_without_world_trade_are_absent():
    found = compare(flow("KAZ", 1.0, "8413"), flow("KAZ", 1.0, "8413", year=2025))
    assert [one.flow.year for one in found.years] == [2024]
    other = compare(flow("KAZ", 1.0, "8413", year=2025))
    assert other.absence == ("export_flow and world_trade have no year in common",)


def test_without_a_rate_shares_are_compared_all_the_same():
    scope = make_scope(party=FIRMS, export_flow=[flow("KAZ", 300.0, "8413")], world_trade=WORLD)
    (found,) = read_comparisons(scope).years
    assert (found.in_dollars, found.rca["8413"]) == (False, 2.5)


def test_a_share_left_out_is_rounded_up():
    assert note_left_out(0.001) == ["left out, exports without a comparable product code: 1 %"]
    assert note_left_out(0) == []
