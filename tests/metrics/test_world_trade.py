import pytest

from metrics.shares import make_scope
from metrics.trade_tables import imports, world
from zonebook.metrics.trade_matrix import REST
from zonebook.metrics.world_trade import read_matrix, read_world_trade


def scope(*rows):
    return make_scope(world_trade=rows)


def test_imports_are_no_exports():
    here = scope(world("DEU", "8413", 7.0), imports("DEU", "8413", 9.0), world("FRA", "8413", 1.0, flow="export"))
    trade = read_world_trade(here)
    assert trade.find("export", 2024).totals == {"DEU": 7.0, "FRA": 1.0}
    assert trade.find("import", 2024).totals == {"DEU": 9.0}
    assert read_matrix(here, "export", 2024, 4).to_frame().to_dict() == {"8413": {"DEU": 7.0, "FRA": 1.0}}
    assert trade.find("export", 2023) is None


def test_years_after_the_scopes_are_not_read():
    assert read_world_trade(scope(world("DEU", "84", 1.0, year=2026))).years == {}


def test_a_total_gives_the_rest_and_is_not_added_to_products():
    here = scope(world("DEU", "", 10.0), world("DEU", "84", 7.0), world("FRA", "84", 2.0))
    assert read_world_trade(here).find("export", 2024).totals == {"DEU": 10.0, "FRA": 2.0}
    assert read_matrix(here, "export", 2024, 2).to_frame().loc["DEU"].to_dict() == {"84": 7.0, REST: 3.0}


def test_headings_are_summed_to_chapters_and_not_added_to_them():
    here = scope(
        world("DEU", "84", 7.0), world("DEU", "8413", 5.0), world("FRA", "8413", 2.0), world("FRA", "84.14", 3.0)
    )
    assert read_world_trade(here).find("export", 2024).digits == 2
    assert read_matrix(here, "export", 2024, 2).sum_products().to_dict() == {"84": 12.0}


def test_rows_without_a_product_only_are_one_product():
    here = scope(imports("DEU", "", 10.0))
    assert read_world_trade(here).find("import", 2024).digits == 0
    assert read_matrix(here, "import", 2024, 0).sum_products().to_dict() == {REST: 10.0}


@pytest.mark.parametrize("rows", [[], [world("DEU", "84", float("nan"))]])
def test_no_rows_are_no_trade(rows):
    assert not read_world_trade(scope(*rows)).has("export")
