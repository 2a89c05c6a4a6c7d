import pytest

from metrics.shares import make_scope
from metrics.trade_tables import FIRMS, RATE, flow
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.margin_cells import build_cells
from zonebook.metrics.margins import decompose_change


def cells(before, after, **tables):
    rows = [*(row | {"year": 2023} for row in before), *after]
    years = read_flow_years(make_scope(party=FIRMS, export_flow=rows, **tables))
    return build_cells(*years)


def counts(*sides, **tables):
    found = cells(*sides, **tables)
    margins = decompose_change(found.before, found.after)
    return margins.n_kept, margins.n_new, margins.n_lost


def test_a_longer_code_is_no_new_product():
    assert counts([flow("KAZ", 5.0, "8413")], [flow("KAZ", 4.0, "841370"), flow("KAZ", 2.0, "841381")]) == (1, 0, 0)


def test_another_classification_is_no_new_product():
    after = [flow("KAZ", 4.0, "2813", product_scheme="OKPD2")]
    assert counts([flow("KAZ", 5.0, "8413")], after) == (1, 0, 0)


def test_products_named_for_the_first_time_are_not_new():
    found = cells([flow("KAZ", 5.0)], [flow("KAZ", 4.0, "8413"), flow("SRB", 1.0, "8413")])
    assert sorted(found.cells.values()) == [("home", "KAZ", "", ""), ("home", "SRB", "HS", "8413")]


def test_products_that_do_not_add_up_to_the_total_are_not_told_apart():
    before = [flow("KAZ", 10.0), flow("KAZ", 5.0, "8413")]
    assert counts(before, [flow("KAZ", 4.0, "8413"), flow("KAZ", 2.0, "9013")]) == (1, 0, 0)


def test_a_zone_that_states_a_total_in_one_year_is_one_exporter_in_both():
    before = [flow("KAZ", 1.0, exporter_id=f"f{number}") for number in range(1, 4)]
    found = cells(before, [flow("KAZ", 5.0)])
    assert list(found.cells.values()) == [("home", "KAZ", "", "")]
    assert (found.has_firms, found.has_products, found.before.tolist()) == (False, False, [3.0])


def test_relations_without_a_value_in_one_year_are_left_out():
    found = cells([flow("KAZ", 5.0), flow("SRB", None)], [flow("KAZ", 6.0), flow("SRB", 9.0)])
    assert (found.left_out, found.after.tolist()) == (1, [6.0])


def test_years_in_two_currencies_are_put_in_dollars_or_not_compared():
    before, after = [flow("KAZ", 500.0)], [flow("KAZ", None, value_usd=6.0)]
    assert cells(before, after) is None
    found = cells(before, after, fx=RATE)
    assert (found.currency, found.before.tolist(), found.after.tolist()) == ("RUB", [500.0], [600.0])
    only_first = cells(before, after, fx=[row for row in RATE if row["year"] == 2023])
    assert (only_first.currency, only_first.before.tolist(), only_first.after.tolist()) == ("USD", [5.0], [6.0])


@pytest.mark.parametrize("code", ["A1", "A"])
def test_codes_of_an_unknown_classification_are_compared_as_they_stand(code):
    before = [flow("KAZ", 5.0, "A1", product_scheme="other")]
    after = [flow("KAZ", 5.0, code, product_scheme="other")]
    assert counts(before, after) == ((1, 0, 0) if code == "A1" else (0, 1, 1))
