import pytest

from metrics.shares import HOME, OTHER, TOTAL, compute, figure, party
from zonebook.metrics.result import Evidence, Status

FX = [{"year": 2024, "currency": "USD", "rub_per_unit": 100.0, "source_id": "official"}]
DEFLATOR = [{"year": 2024, "series": "index", "index_2020": 1.25, "source_id": "official"}]


# -- X01 ---------------------------------------------------------------------------------------------------------


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


def test_without_the_table_the_row_names_it():
    row = compute().one("X01")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table zone_year")


# -- X02 ---------------------------------------------------------------------------------------------------------


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


# -- X03 ---------------------------------------------------------------------------------------------------------


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


# -- X04 ---------------------------------------------------------------------------------------------------------


def test_intensity_needs_both_figures_of_one_period():
    rows = [figure("export_rub", 2024, 1), figure("export_rub", 2025, 1e9, "H1", qualifier="about")]
    rows.append(figure("revenue_rub", 2025, 108.3e9, "H1"))
    found = compute(zone_year=rows)
    row = found.one("X04")
    assert (row.year, row.period) == (2025, "H1")
    assert (row.value, row.lower, row.upper) == pytest.approx((1 / 108.3, 0.5 / 108.3, 1.5 / 108.3))
    missing = compute(zone_year=rows[:1]).one("X04")
    assert missing.reason == "table zone_year has no figure revenue_rub for this"


def test_sums_since_foundation_are_compared_with_each_other_only():
    rows = [
        figure("export_rub", 2024, 1, "point", cumulative=True),
        figure("revenue_rub", 2024, 4, "point", cumulative=True),
    ]
    found = compute(zone_year=rows)
    assert found.one("X04.cumulative").value == 0.25
    assert found.one("X04").status is Status.MISSING_INPUT


@pytest.mark.parametrize(
    ("revenue", "reason"),
    [(1, "exports exceed revenue: the two figures do not cover the same firms"), (0, "division by zero")],
)
def test_impossible_intensity_is_undefined(revenue, reason):
    row = compute(zone_year=[figure("export_rub", 2024, 2), figure("revenue_rub", 2024, revenue)]).one("X04")
    assert (row.status, row.reason) == (Status.UNDEFINED, reason)


def firm_tables(exports, revenue=10.0, **cells):
    firms = [f"firm-{number}" for number in range(len(exports))]
    return {
        "party": [party(firm, zone_id="home", kind="resident", source_id="register", **cells) for firm in firms],
        "party_year": [
            {
                "party_id": firm,
                "year": 2024,
                "export_rub": export,
                "revenue_rub": revenue,
                "responded": export is not None,
            }
            for firm, export in zip(firms, exports, strict=True)
        ],
    }


def test_intensity_of_firms_is_a_ratio_of_sums_with_the_median_beside_it():
    tables = firm_tables([0.0, 1.0, 8.0])
    found = compute(**tables)
    assert found.one("X04").value == found.one("X04.firms").value == pytest.approx(0.3)
    assert found.one("X04.firm_median").value == pytest.approx(0.1)
    assert found.one("X04").evidence is Evidence.REGISTER


def test_few_firms_or_firms_of_one_group_are_not_shown():
    assert compute(**firm_tables([1.0, 2.0])).one("X04").status is Status.SUPPRESSED
    row = compute(**firm_tables([1.0, 2.0, 3.0], holding_id="group")).one("X04")
    assert (row.status, row.value, row.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")


# -- X05 ---------------------------------------------------------------------------------------------------------


def test_the_reported_exporter_share_is_taken_as_it_is():
    row = compute(zone_year=[figure("exporters_share_pct", 2020, 14.3, unit="percent", qualifier="about")]).one("X05")
    assert (row.value, row.lower, row.upper) == pytest.approx((0.143, 0.1425, 0.1435))


def test_firms_that_did_not_answer_widen_the_bounds():
    row = compute(**firm_tables([1.0, 2.0, 3.0, 0.0, None])).one("X05")
    assert (row.value, row.lower, row.upper) == pytest.approx((0.75, 0.6, 0.8))
    assert row.n_units == 4


def test_fewer_than_three_exporters_are_not_shown():
    row = compute(**firm_tables([1.0, 2.0, 0.0, 0.0])).one("X05")
    assert (row.status, row.reason) == (Status.SUPPRESSED, "fewer than 3 exporters among 4 firms")


def test_a_later_vintage_of_a_firm_replaces_the_earlier():
    tables = firm_tables([0.0, 0.0, 0.0, 0.0])
    tables["party_year"] += [
        {"party_id": f"firm-{number}", "year": 2024, "export_rub": 1.0, "revenue_rub": 2.0, "vintage": "2025-07-01"}
        for number in range(3)
    ]
    row = compute(**tables).one("X05")
    assert (row.value, row.vintage) == (0.75, "2025-07-01")
