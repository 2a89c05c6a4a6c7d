import pytest

from metrics.shares import party
from metrics.trade_tables import FIRMS, flow, rows_of, world
from zonebook.metrics.result import Evidence, Status
from zonebook.tables.demo.exports import draw_exports, list_export_rows
from zonebook.tables.demo.firms import draw_firms
from zonebook.tables.demo.planted import planted_structure
from zonebook.tables.demo.settings import DemoSettings

MARGINS, HUMMELS_KLENOW = "margin_rows:export_margin_rows", "margin_rows:hummels_klenow_rows"


def old(*args, **cells):
    return flow(*args, year=2023, **cells)


# -- X11 ---------------------------------------------------------------------------------------------------------


def test_kept_new_and_lost_add_up_to_the_change():
    rows = [old("KAZ", 100.0, "8413"), old("BLR", 10.0, "8413")]
    rows += [flow("KAZ", 120.0, "8413"), flow("KAZ", 30.0, "9013")]
    found = rows_of(MARGINS, export_flow=rows)
    amounts = {name: found.one(f"X11{name}").value for name in ("", ".kept", ".new", ".lost")}
    assert amounts == {"": 40, ".kept": 20, ".new": 30, ".lost": 10}
    assert (found.one("X11.intensive_share").value, found.one("X11.extensive_share").value) == (0.5, 0.5)
    assert [found.one(f"X11.{part}_count").value for part in ("kept", "new", "lost")] == [1, 1, 1]
    assert (found.one("X11").year, found.one("X11").unit) == (2024, "RUB")
    assert found.one("X11").reason == "2023 to 2024; by country and product"


def test_there_is_a_row_a_year_and_none_over_a_gap():
    rows = [flow("KAZ", float(year), year=year) for year in (2019, 2020, 2022, 2023)]
    found = rows_of(MARGINS, export_flow=rows)
    assert [row.year for row in found if row.metric_id == "X11"] == [2020, 2023]
    row = rows_of(MARGINS, export_flow=[rows[0], rows[2]]).one("X11")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "no earlier figure of the same kind to compare with")


def test_shares_of_no_change_are_undefined_the_amounts_are_given():
    found = rows_of(MARGINS, export_flow=[old("KAZ", 5.0), flow("SRB", 5.0)])
    assert (found.one("X11").value, found.one("X11.new").value) == (0, 5)
    assert found.one("X11.intensive_share").status is Status.UNDEFINED
    assert found.one("X11.intensive_share").reason.startswith("the sum did not change")


def firm_rows(kept=4, new=1, lost=0):
    rows = [old("KAZ", 10.0, exporter_id=f"f{number}") for number in range(1, kept + 1)]
    rows += [flow("KAZ", 12.0, exporter_id=f"f{number}") for number in range(1, kept + 1)]
    rows += [flow("SRB", 5.0, exporter_id=f"f{number}") for number in range(1, new + 1)]
    return rows + [old("UZB", 5.0, exporter_id=f"f{number}") for number in range(1, lost + 1)]


def test_amounts_of_few_firms_and_what_gives_them_away_are_not_shown():
    found = rows_of(MARGINS, export_flow=firm_rows())
    assert found.one("X11").value == 13
    # With the change known, what is kept would tell what is new.
    assert {found.one(f"X11.{part}").status for part in ("kept", "new", "intensive_share")} == {Status.SUPPRESSED}
    assert found.one("X11.lost").value == 0
    assert {found.one(f"X11.{part}_count").value for part in ("kept", "new")} == {None}
    assert found.one("X11.lost_count").value == 0
    more = rows_of(MARGINS, export_flow=firm_rows(new=3, lost=3))
    assert [more.one(f"X11.{part}").value for part in ("kept", "new", "lost")] == [8, 15, 15]


def test_too_few_firms_give_nothing_at_all():
    assert rows_of(MARGINS, export_flow=firm_rows(kept=2)).one("X11").status is Status.SUPPRESSED


def test_an_unknown_value_leaves_the_change_without_bounds():
    rows = [old("KAZ", 5.0), old("SRB", None), flow("KAZ", 6.0), flow("SRB", 9.0)]
    row = rows_of(MARGINS, export_flow=rows).one("X11")
    assert (row.value, row.lower, row.upper) == (1, None, None)


def test_margins_planted_in_the_demonstration_come_out():
    settings = DemoSettings(zones=1, residents=40, years=(2023, 2025))
    planted = planted_structure(settings)
    firms = draw_firms(planted.world, 0)
    flows = list_export_rows(planted.world, firms, draw_exports(planted.world, firms)).to_pylist()
    rows = [{name: row[name] for name in row if name != "note"} | {"source_id": "made-up"} for row in flows]
    parties = [party(firm, zone_id="home", kind="resident") for firm in firms.ids.to_pylist()]
    found = rows_of(MARGINS, party=parties, export_flow=rows)
    truth = planted.zone(planted.zone_ids[0]).margins
    known = {"X11": truth.change, "X11.kept": truth.intensive, "X11.new": truth.entry, "X11.lost": truth.exit}
    assert {name: found.one(name, 2025).value for name in known} == known
    assert found.one("X11", 2025).evidence is Evidence.DEMONSTRATION


# -- X12 ---------------------------------------------------------------------------------------------------------

WORLD = [world("DEU", "8413", 40.0), world("DEU", "9013", 20.0), world("BRA", "2709", 40.0)]


def test_width_times_depth_is_the_market_share():
    rows = [flow("KAZ", 1000.0, "8413"), flow("SRB", 500.0, "9013")]
    found = rows_of(HUMMELS_KLENOW, export_flow=rows, world_trade=WORLD)
    assert (found.one("X12").value, found.one("X12.intensive").value) == (0.6, 0.25)
    assert found.one("X12.market_share").value == pytest.approx(0.6 * 0.25)


def test_no_exports_reach_nothing_and_have_no_depth():
    found = rows_of(HUMMELS_KLENOW, export_flow=[flow("KAZ", 0.0, "8413")], world_trade=WORLD)
    assert found.one("X12").value == 0
    assert found.one("X12.intensive").status is Status.UNDEFINED


def test_depth_needs_dollars_width_does_not():
    found = rows_of(HUMMELS_KLENOW, export_flow=[flow("KAZ", 1.0, "8413")], world_trade=WORLD, fx=[])
    assert found.one("X12").value == 0.4
    assert found.one("X12.intensive").reason == "needs the mean rate of the dollar, table fx"


def test_what_the_world_trades_beyond_the_products_listed_is_no_product():
    trade = [*WORLD, world("DEU", "", 500.0)]
    rows = [flow("KAZ", 1000.0, "8413"), flow("SRB", 500.0)]
    assert rows_of(HUMMELS_KLENOW, export_flow=rows, world_trade=trade).one("X12").value == 0.4


def test_firms_are_needed_in_number():
    rows = [flow("KAZ", 1.0, "8413", exporter_id="f1")]
    assert rows_of(HUMMELS_KLENOW, party=FIRMS, export_flow=rows, world_trade=WORLD).one("X12").status is (
        Status.SUPPRESSED
    )
