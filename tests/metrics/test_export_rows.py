import pytest

from metrics.shares import HOME, OTHER, TOTAL, compute, figure
from zonebook.metrics.result import Evidence, Status

FX = [{"year": 2024, "currency": "USD", "rub_per_unit": 100.0, "source_id": "official"}]
DEFLATOR = [{"year": 2024, "series": "index", "index_2020": 1.25, "source_id": "official"}]


def test_export_value_keeps_the_interval_of_over():
    row = compute(zone_year=[figure("export_rub", 2024, 1.1e9, qualifier="over")]).one("X01")
    assert (row.value, row.lower, row.upper, row.unit) == (1.1e9, 1.1e9, 1.2e9, "RUB")
    assert (row.year, row.period, row.status, row.evidence) == (2024, "FY", Status.OK, Evidence.REPORTED)
    assert row.source_ids == "press-a"


def test_export_values_of_different_periods_are_rows_of_their_own():
    found = compute(zone_year=[figure("export_rub", 2024, 3), figure("export_rub", 2024, 1, "H1")])
    assert found.one("X01", 2024, "H1").value == 1
    assert found.one("X01", 2024, "FY").value == 3


def test_disagreeing_sources_are_both_cited_and_said():
    rows = [figure("export_rub", 2024, 1e9), figure("export_rub", 2024, 2e9, source_id="official")]
    row = compute(zone_year=rows).one("X01")
    assert (row.value, row.lower, row.upper) == (2e9, 1e9, 2e9)
    assert row.reason == "sources disagree"
    assert row.source_ids == "official;press-a"


def test_a_true_zero_is_a_value():
    row = compute(zone_year=[figure("export_rub", 2024, 0)]).one("X01")
    assert (row.value, row.status) == (0, Status.OK)


def test_sums_since_foundation_are_kept_apart_and_differenced():
    rows = [figure("export_rub", year, value, "point", cumulative=True) for year, value in ((2022, 5e9), (2023, 8e9))]
    found = compute(zone_year=rows)
    assert found.one("X01").status is Status.MISSING_INPUT
    assert found.one("X01").reason == "only sums since foundation are given"
    assert [row.value for row in found if row.metric_id == "X01.cumulative"] == [5e9, 8e9]
    difference = found.one("X01.differenced")
    assert (difference.value, difference.year) == (3e9, 2023)


def test_a_negative_difference_is_a_revision():
    rows = [figure("export_rub", year, value, "point", cumulative=True) for year, value in ((2022, 8e9), (2023, 5e9))]
    difference = compute(zone_year=rows).one("X01.differenced")
    assert difference.value == -3e9
    assert "a negative difference is a revision" in difference.reason


def test_full_years_are_given_in_dollars_and_in_constant_prices():
    found = compute(
        zone_year=[figure("export_rub", 2024, 1.1e9, qualifier="over"), figure("export_rub", 2024, 1, "H1")],
        fx=FX,
        deflator=DEFLATOR,
    )
    dollars, real = found.one("X01.usd"), found.one("X01.real")
    assert (dollars.value, dollars.lower, dollars.upper) == pytest.approx((1.1e7, 1.1e7, 1.2e7))
    assert dollars.unit == "USD"
    assert dollars.source_ids == "press-a;official"
    assert (real.value, real.upper, real.unit) == (pytest.approx(8.8e8), pytest.approx(9.6e8), "RUB")


def test_exports_of_a_region_need_every_zone():
    zones = [OTHER, OTHER | {"zone_id": "second"}, TOTAL]
    one = [figure("export_rub", 2024, 1e9, zone_id="other")]
    missing = compute("region", "RU-TA", zone=zones, zone_year=one).one("X01")
    assert missing.status is Status.MISSING_INPUT
    assert "1 of 2 zones" in missing.reason
    both = [*one, figure("export_rub", 2024, 2e9, zone_id="second", qualifier="over")]
    row = compute("region", "RU-TA", zone=zones, zone_year=both).one("X01")
    assert (row.value, row.lower, row.upper, row.n_units) == (3e9, 3e9, 4e9, 2)
    assert row.reason == "sum of 2 zones"


def test_exports_of_the_country_are_those_of_its_total():
    found = compute(
        "country", "", zone=[HOME, OTHER, TOTAL], zone_year=[figure("export_rub", 2024, 7e9, zone_id="land-total")]
    )
    row = found.one("X01")
    assert (row.value, row.scope_type, row.scope_id) == (7e9, "country", "RUS")
    assert compute("country", "", zone_year=[figure("export_rub", 2024, 1)]).one("X01").status is Status.MISSING_INPUT


def test_a_year_without_a_figure_has_what_its_flows_add_up_to():
    flows = [
        {"exporter_id": "home", "country_iso3": "KAZ", "year": year, "value_rub": 5e8, "source_id": "register"}
        for year in (2023, 2024)
    ]
    found = compute(zone_year=[figure("export_rub", 2023, 1e9)], export_flow=flows, fx=FX, deflator=DEFLATOR)
    assert (found.one("X01", 2023).value, found.one("X01", 2024).value) == (1e9, 5e8)
    assert found.one("X01", 2024).reason == "from export flows by country"
    assert (found.one("X01.usd").value, found.one("X01.real").value) == (5e6, 4e8)
    assert found.one("X01.usd").reason == "from export flows by country; at the mean rate of the year, 100 RUB"


def test_flows_reported_by_the_press_are_a_lower_bound():
    flows = [{"exporter_id": "home", "country_iso3": "KAZ", "year": 2024, "value_rub": 5e8, "source_id": "press-a"}]
    row = compute(export_flow=flows).one("X01")
    assert (row.value, row.lower, row.upper) == (5e8, 5e8, None)


def test_without_the_table_the_row_names_it():
    row = compute().one("X01")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table zone_year")
