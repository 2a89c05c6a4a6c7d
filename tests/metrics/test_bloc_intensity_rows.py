import pytest

from metrics.shares import BLOCS
from metrics.trade_tables import flow, imports, rows_of
from zonebook.metrics.result import Status

INTENSITY = "bloc_intensity_rows:bloc_intensity_rows"
MARKETS = [
    imports("KAZ", "84", 10.0),
    imports("UZB", "84", 10.0),
    imports("CHN", "84", 60.0),
    imports("DEU", "84", 20.0),
]
FLOWS = [flow("KAZ", 50.0), flow("UZB", 30.0), flow("DEU", 20.0)]


def test_exports_to_a_bloc_against_its_part_in_world_imports():
    found = rows_of(INTENSITY, export_flow=FLOWS, world_trade=MARKETS)
    assert found.one("X16").value == found.one("X16.eaeu").value == pytest.approx(0.5 / 0.1)
    # Blocs are whole: Kazakhstan is in the EAEU and in the CIS.
    assert found.one("X16.cis").value == pytest.approx(0.8 / 0.2)
    assert found.one("X16.brics").value == 0
    assert (found.one("X16").year, found.one("X16").unit, found.one("X16").reason) == (2024, "ratio", "")


def test_imports_of_the_home_country_stand_apart():
    home = {"bloc": "EAEU", "country_iso3": "RUS", "valid_from": "2015-01-01", "valid_to": None, "status": "member"}
    trade = [*MARKETS, imports("RUS", "84", 100.0)]
    found = rows_of(INTENSITY, export_flow=FLOWS, world_trade=trade, bloc_membership=[*BLOCS, home])
    assert found.one("X16").value == pytest.approx(0.5 / (110 / 200))
    assert found.one("X16").reason == "imports of the bloc and of the world hold the home country's own"
    assert found.one("X16.eaeu.without_home").value == pytest.approx(0.5 / 0.1)
    assert "X16.cis.without_home" not in found.ids()


def test_a_bloc_that_imports_nothing_is_undefined():
    trade = [imports("CHN", "84", 60.0)]
    found = rows_of(INTENSITY, export_flow=FLOWS, world_trade=trade)
    assert (found.one("X16").status, found.one("X16").reason) == (Status.UNDEFINED, "the bloc imports nothing")
    none = rows_of(INTENSITY, export_flow=[flow("KAZ", 0.0)], world_trade=MARKETS).one("X16")
    assert (none.status, none.reason) == (Status.UNDEFINED, "there are no exports")


def test_what_is_missing_is_named():
    row = rows_of(INTENSITY, export_flow=FLOWS, world_trade=[]).one("X16")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "needs rows of world_trade with flow = import")
    row = rows_of(INTENSITY, export_flow=FLOWS, world_trade=MARKETS, bloc_membership=None).one("X16")
    assert row.reason == "the data set has no table bloc_membership"
    late = [row | {"year": 2025} for row in FLOWS]
    assert rows_of(INTENSITY, export_flow=late, world_trade=MARKETS).one("X16").reason == (
        "export_flow and world_trade have no year in common"
    )


def test_exports_of_few_firms_to_a_bloc_are_not_shown():
    rows = [flow("DEU", 10.0, exporter_id=f"f{number}") for number in range(1, 5)]
    rows.append(flow("KAZ", 10.0, exporter_id="f1"))
    found = rows_of(INTENSITY, export_flow=rows, world_trade=MARKETS)
    assert found.one("X16").status is found.one("X16.cis").status is Status.SUPPRESSED
    assert found.one("X16.brics").value == 0
