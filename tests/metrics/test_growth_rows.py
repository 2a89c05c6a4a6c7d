import pytest

from metrics.shares import compute, figure
from zonebook.metrics.result import Status


def test_growth_is_between_neighbouring_years_of_one_period_type():
    rows = [figure("export_rub", 2023, 100), figure("export_rub", 2024, 150), figure("export_rub", 2024, 60, "H1")]
    found = compute(zone_year=rows)
    assert found.one("X02").value == found.one("X02.export_rub").value == 0.5
    assert (found.one("X02").year, found.one("X02").period) == (2024, "FY")


def test_growth_over_a_gap_is_undefined_and_says_what_is_known():
    row = compute(zone_year=[figure("export_rub", 2020, 100), figure("export_rub", 2024, 150)]).one("X02")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    assert row.reason == "no figure for 2023, the last one before is of 2020"


def test_growth_from_zero_is_undefined():
    row = compute(zone_year=[figure("export_rub", 2023, 0), figure("export_rub", 2024, 1)]).one("X02")
    assert (row.status, row.reason) == (Status.UNDEFINED, "growth needs figures above zero")


def test_growth_travels_by_worst_and_best_corners():
    rows = [figure("export_rub", 2023, 200, qualifier="over"), figure("export_rub", 2024, 230, qualifier="over")]
    row = compute(zone_year=rows).one("X02")
    assert (row.value, row.lower, row.upper) == pytest.approx((0.15, 230 / 300 - 1, 240 / 200 - 1))
    assert row.status is Status.OK
    assert row.reason == "direction not certain"


def test_a_single_figure_has_nothing_to_grow_from():
    row = compute(zone_year=[figure("export_rub", 2024, 1)]).one("X02")
    assert (row.status, row.year) == (Status.MISSING_INPUT, 2024)


def test_growth_as_reported_stands_beside_the_computed_one():
    rows = [figure("export_rub", 2023, 1.0e9), figure("export_rub", 2024, 1.1e9)]
    rows += [
        figure("export_growth_pct", 2024, 17, unit="percent"),
        figure("export_growth_ratio", 2025, 3.3, "H1", unit="ratio"),
    ]
    found = compute(zone_year=rows)
    reported = found.one("X02.reported", 2024)
    assert (reported.value, reported.unit, reported.reason) == (0.17, "share", "as reported by the source")
    assert found.one("X02.reported", 2025, "H1").value == pytest.approx(2.3)
    assert found.one("X02").value == pytest.approx(0.1)


def test_counts_since_foundation_are_stocks_and_money_is_differenced():
    years = (2021, 2022, 2023)
    jobs = [
        figure("jobs", y, v, "point", unit="count", cumulative=True) for y, v in zip(years, (10, 12, 15), strict=True)
    ]
    money = [
        figure("investment_actual_rub", y, v, "point", cumulative=True)
        for y, v in zip(years, (10, 14, 20), strict=True)
    ]
    found = compute(zone_year=[*jobs, *money])
    assert found.one("X02.jobs.cumulative", 2023).value == pytest.approx(0.25)
    assert "X02.investment_actual_rub.cumulative" not in found.ids()
    assert found.one("X02.investment_actual_rub.differenced").value == pytest.approx(0.5)


def test_shares_do_not_grow():
    rows = [figure("efficiency_pct", year, 90, unit="percent") for year in (2023, 2024)]
    assert not any(metric_id.startswith("X02.efficiency") for metric_id in compute(zone_year=rows).ids())


def test_compound_growth_counts_years_and_not_figures():
    rows = [figure("export_rub", 2019, 326e6), figure("export_rub", 2020, 1.2e9), figure("export_rub", 2024, 1.1e9)]
    row = compute(zone_year=rows).one("X03")
    assert row.value == pytest.approx((1.1e9 / 326e6) ** (1 / 5) - 1)
    assert (row.unit, row.reason) == ("share per year", "2019 to 2024")


def test_two_figures_are_said_to_be_endpoints():
    row = compute(zone_year=[figure("export_rub", 2020, 100), figure("export_rub", 2022, 121)]).one("X03")
    assert row.value == pytest.approx(0.1)
    assert "two figures only" in row.reason


def test_a_trend_needs_four_figures():
    rows = [figure("revenue_rub", year, 2 ** (year - 2019)) for year in range(2020, 2024)]
    found = compute(zone_year=rows)
    assert found.one("X03.revenue_rub.trend").value == pytest.approx(1)
    assert found.one("X03").status is Status.MISSING_INPUT
    assert "X03.revenue_rub.trend" not in compute(zone_year=rows[:3]).ids()


def test_growth_of_exports_in_constant_prices():
    deflator = [{"year": year, "series": "index", "index_2020": 1.1 ** (year - 2020)} for year in (2020, 2021, 2022)]
    rows = [figure("export_rub", 2020 + step, 100 * 1.21**step, qualifier="exact") for step in range(3)]
    found = compute(zone_year=[*rows, figure("export_rub", 2023, 400.0)], deflator=deflator)
    assert [row.value for row in found if row.metric_id == "X02.real"] == pytest.approx([0.1, 0.1])
    assert found.one("X02.real", 2022).reason == "in prices of 2020, series index"
    row = found.one("X03.real")
    assert (row.value, row.year) == (pytest.approx(0.1), 2022)
    assert "2020 to 2022" in row.reason
    assert found.one("X02", 2022).value == pytest.approx(0.21)
    assert "X02.real" not in compute(zone_year=rows).ids()
