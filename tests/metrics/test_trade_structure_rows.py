import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.shares import make_scope
from metrics.trade_tables import FIRMS, flow, rows_of
from zonebook.metrics.result import Status
from zonebook.metrics.trade_structure_rows import export_concentration_rows
from zonebook.tables.demo import DemoSettings, planted_structure

CONCENTRATION = "trade_structure_rows:export_concentration_rows"
THEIL = "trade_structure_rows:theil_decomposition_rows"
# Doersam's numbers: HHI 0.34, normalised 0.12, Gini 0.3.
FLOWS = [flow("KAZ", 20.0), flow("UZB", 50.0), flow("CHN", 20.0), flow("SRB", 10.0)]


def test_concentration_on_countries_by_every_measure():
    found = rows_of(CONCENTRATION, export_flow=FLOWS)
    row = found.one("X07")
    assert (row.value, row.lower, row.upper) == (pytest.approx(0.34), row.value, row.value)
    assert (row.year, row.period, row.unit, row.n_units) == (2024, "FY", "index", 4)
    assert found.one("X07.normalised").value == pytest.approx(0.12)
    assert found.one("X07.gini").value == pytest.approx(0.3)
    assert found.one("X07.unctad").value == pytest.approx((math.sqrt(0.34) - 0.5) / 0.5)


def test_fifths_of_ten_countries_and_their_part_of_exports():
    codes = ("KAZ", "UZB", "CHN", "SRB", "DEU", "TUR", "BLR", "ARM", "KGZ", "TJK")
    flows = [flow(code, float(amount)) for amount, code in enumerate(codes, start=1)]
    found = rows_of(CONCENTRATION, export_flow=flows)
    parts = [found.one(f"X07.lorenz_{percent}").value for percent in (20, 40, 60, 80)]
    assert parts == pytest.approx([3 / 55, 10 / 55, 21 / 55, 36 / 55])
    assert found.one("X07.lorenz_20").unit == "share"
    assert "X07.lorenz_20" not in rows_of(CONCENTRATION, export_flow=flows[1:]).ids()


def test_theil_t_and_theil_l_are_two_things():
    incomes = zip(("KAZ", "UZB", "CHN", "SRB", "DEU"), (10.0, 10.0, 10.0, 20.0, 50.0), strict=True)
    found = rows_of(CONCENTRATION, export_flow=[flow(*pair) for pair in incomes])
    assert found.one("X07.theil_t").value == pytest.approx(0.2502, abs=5e-5)
    assert found.one("X07.theil_l").value == pytest.approx(0.2326, abs=5e-5)


def test_there_is_a_row_a_year_and_products_stand_beside():
    rows = [flow("KAZ", 3.0, "8413"), flow("KAZ", 1.0, "9013"), flow("SRB", 4.0, "841370"), flow("SRB", 9.0, year=2023)]
    found = rows_of(CONCENTRATION, export_flow=rows)
    assert found.one("X07", 2024).value == 0.5
    assert found.one("X07.product.hhi", 2024).value == pytest.approx((7 / 8) ** 2 + (1 / 8) ** 2)
    assert found.one("X07.product.hhi", 2024).reason == "products told apart by 4 digits"
    missing = found.one("X07.product.hhi", 2023)
    assert (missing.status, missing.value) == (Status.MISSING_INPUT, None)


@pytest.mark.parametrize(
    ("scheme", "codes", "value"),
    [
        ("OKPD2", ("26.51", "26.51.5", "27.11"), (2 / 3) ** 2 + (1 / 3) ** 2),
        ("other", ("A", "A1", "B"), 1 / 3),
    ],
)
def test_products_of_any_classification_have_a_concentration(scheme, codes, value):
    rows = [
        flow(country, 1.0, code, product_scheme=scheme)
        for country, code in zip(("KAZ", "SRB", "DEU"), codes, strict=True)
    ]
    row = rows_of(CONCENTRATION, export_flow=rows).one("X07.product.hhi")
    assert row.value == pytest.approx(value)
    assert row.reason == f"products told apart by codes of {scheme}"


def test_a_single_country_has_no_normalised_index():
    found = rows_of(CONCENTRATION, export_flow=[flow("KAZ", 20.0), flow("SRB", 0.0)])
    assert found.one("X07").value == 1
    assert found.one("X07").reason == "left out, without exports: 1"
    assert found.one("X07.normalised").status is Status.UNDEFINED
    assert found.one("X07.unctad").status is Status.UNDEFINED


def test_no_exports_are_undefined_and_no_flows_missing():
    assert rows_of(CONCENTRATION, export_flow=[flow("KAZ", 0.0)]).one("X07").status is Status.UNDEFINED
    row = rows_of(CONCENTRATION).one("X07")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table export_flow")


def test_press_reports_give_no_concentration():
    row = rows_of(CONCENTRATION, export_flow=[flow("KAZ", 20.0, source_id="press-a")]).one("X07")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "export flows known from the press are a sample")


def test_few_firms_are_not_shown_and_clusters_of_enough_firms_are():
    firms = [firm | {"cluster_id": "big" if number < 4 else "small"} for number, firm in enumerate(FIRMS)]
    rows = [flow("KAZ" if number % 2 else "SRB", 1.0, exporter_id=f"f{number}") for number in range(1, 7)]
    rows += [flow("SRB" if number % 2 else "KAZ", 1.0, exporter_id=f"f{number}") for number in range(1, 5)]
    found = rows_of(CONCENTRATION, party=firms, export_flow=rows)
    by_scope = {row.scope_id: row for row in found if row.metric_id == "X07"}
    assert by_scope["home"].value == by_scope["big"].value == 0.5
    assert by_scope["big"].scope_type == "cluster"
    assert by_scope["small"].status is Status.SUPPRESSED


@settings(max_examples=5)
@given(st.lists(st.floats(0.1, 1e6), min_size=2, max_size=6), st.floats(0.01, 1e3))
def test_concentration_does_not_depend_on_the_currency(amounts, rate):
    def measure(factor):
        rows = [
            flow(country, amount * factor)
            for country, amount in zip(("KAZ", "UZB", "CHN", "SRB", "DEU", "FRA"), amounts, strict=False)
        ]
        return {row.metric_id: row.value for row in export_concentration_rows(make_scope(export_flow=rows))}

    first, second = measure(1.0), measure(rate)
    assert all(second[name] == pytest.approx(value, abs=1e-9) for name, value in first.items() if value is not None)


def test_parts_between_and_within_blocs_add_up():
    found = rows_of(THEIL, export_flow=FLOWS)
    # EAEU 20, CIS 50, BRICS 20, rest 10, one country each: all is between.
    assert found.one("X08.within").value == 0
    assert found.one("X08").value == pytest.approx(found.one("X08.total").value)
    assert found.one("X08.between_share").value == pytest.approx(1)
    rows = [flow("SRB", 10.0), flow("DEU", 10.0), flow("KAZ", 10.0), flow("UZB", 20.0), flow("FRA", 50.0)]
    found = rows_of(THEIL, export_flow=rows)
    assert found.one("X08").value + found.one("X08.within").value == pytest.approx(found.one("X08.total").value)
    assert found.one("X08.total").value == pytest.approx(0.2502, abs=5e-5)


def test_equal_exports_have_no_share_between():
    found = rows_of(THEIL, export_flow=[flow("KAZ", 1.0), flow("SRB", 1.0)])
    assert (found.one("X08.total").value, found.one("X08.between_share").status) == (0, Status.UNDEFINED)


def test_blocs_need_their_table():
    row = rows_of(THEIL, export_flow=FLOWS, bloc_membership=None).one("X08")
    assert row.reason == "the data set has no table bloc_membership"


def test_the_countrys_exports_are_those_of_its_total():
    rows = [flow("KAZ", 1.0, exporter_id="land-total"), flow("SRB", 9.0)]
    assert rows_of(CONCENTRATION, "country", "", export_flow=rows).one("X07").value == 1


def test_concentration_planted_in_the_demonstration_comes_out():
    planted = planted_structure(DemoSettings(zones=1, residents=15, years=(2024, 2025)))
    (zone_id,) = planted.zone_ids
    truth = planted.zone(zone_id)
    lots = dict(zip(("KAZ", "BLR", "CHN"), (120.0, 35.0, 45.0), strict=True))
    found = rows_of(CONCENTRATION, export_flow=[flow(*lot) for lot in lots.items()])
    assert found.one("X07").value == pytest.approx(truth.destination_hhi)
