import pytest

from metrics.shares import HOME, OTHER, PARTIES, TOTAL, compute, figure, tie
from zonebook.metrics.quality_rows import CORE_COLUMNS, CORE_INDICATORS
from zonebook.metrics.result import Status
from zonebook.tables.schema import TABLES


def run(*figures, **tables):
    return compute(zone_year=figures, **tables)


# -- Q01 ---------------------------------------------------------------------------------------------------------


def test_completeness_counts_core_indicators_of_the_last_five_years():
    figures = [figure("export_rub", 2024, 1), figure("export_rub", 2024, 2, source_id="official")]
    figures += [figure("jobs", 2021, 1, "point"), figure("jobs", 2020, 1, "point"), figure("area_ha", 2024, 1, "point")]
    figures += [figure("revenue_rub", 2024, 1, "H1")]
    row = run(*figures).one("Q01")
    assert row.value == pytest.approx(2 / 30)
    assert row.reason == "2 of 30 cells filled"


def test_years_before_the_zone_was_founded_are_not_expected():
    young = HOME | {"established": "2024-05-01"}
    assert run(figure("jobs", 2024, 1, "point"), zone=[young]).one("Q01").reason == "1 of 12 cells filled"
    unborn = HOME | {"established": "2030"}
    assert run(zone=[unborn]).one("Q01").status is Status.UNDEFINED


def test_filled_cells_of_tables_are_counted():
    found = run(party=PARTIES, tie=[tie("a", "tatar", year=2024)])
    assert found.one("Q01.zone").reason == "3 of 5 cells filled"
    assert found.one("Q01.tie").reason == "1 of 3 cells filled"
    assert found.one("Q01.party").reason == "0 of 8 cells filled"  # two residents
    assert "Q01.site" not in found.ids()


def test_core_columns_are_columns_of_the_contract():
    for table, columns in CORE_COLUMNS.items():
        assert set(columns) <= set(TABLES[table].columns)


def test_a_region_and_the_country_pool_their_zones():
    figures = [figure("jobs", 2024, 1, "point"), figure("jobs", 2024, 1, "point", zone_id="other")]
    figures.append(figure("jobs", 2024, 1, "point", zone_id="land-total"))
    for scope in (("region", "RU-TA", 1, 30), ("country", "", 2, 60)):
        found = compute(*scope[:2], zone=[HOME, OTHER, TOTAL], zone_year=figures)
        assert found.one("Q01").reason == f"{scope[2]} of {scope[3]} cells filled"


# -- Q02 ---------------------------------------------------------------------------------------------------------


def test_revisions_compare_first_and_latest_vintage():
    figures = [
        figure("jobs", year, value, "point", unit="count", vintage=vintage)
        for year, value, vintage in (
            (2023, 100, "a"),
            (2023, 105, "b"),
            (2023, 110, "c"),
            (2024, 200, "a"),
            (2024, 190, "b"),
        )
    ]
    found = run(*figures, figure("residents", 2024, 5, vintage="a"))
    assert found.one("Q02").value == found.one("Q02.jobs").value == pytest.approx(20 / 300)
    assert (found.one("Q02.jobs.mean").value, found.one("Q02.jobs.mean_absolute").value) == (0, 10)
    assert found.one("Q02.jobs.mean").unit == "count"
    assert found.one("Q02").reason == "indicator: jobs"
    assert "Q02.residents" not in found.ids()


def test_one_vintage_is_not_revised():
    row = run(figure("jobs", 2024, 5)).one("Q02")
    assert (row.status, row.reason) == (Status.NOT_APPLICABLE, "no figure was given more than once")


def test_figures_revised_to_zero_have_no_relative_revision():
    found = run(figure("jobs", 2024, 5, vintage="a"), figure("jobs", 2024, 0, vintage="b"))
    assert found.one("Q02").status is Status.UNDEFINED
    assert found.one("Q02.jobs.mean").value == -5


# -- Q03 ---------------------------------------------------------------------------------------------------------


def test_inexact_figures_are_counted():
    figures = [figure("jobs", 2020 + n, 5, qualifier=q) for n, q in enumerate(("exact", "over", "about", "over"))]
    found = run(*figures, figure("jobs", 2024, 1, "plan", qualifier="over"))
    assert found.one("Q03").value == 0.75
    assert found.one("Q03").reason == "3 of 4 figures"
    assert [found.one(f"Q03.{q}").value for q in ("exact", "about", "over")] == [1, 1, 2]


# -- Q06 ---------------------------------------------------------------------------------------------------------


def test_shares_that_do_not_add_up_when_printed_are_counted():
    flows = [
        {"exporter_id": "home", "country_iso3": country, "year": 2024, "value_rub": 1.0}
        for country in ("KAZ", "UZB", "CHN")
    ]
    row = run(export_flow=flows).one("Q06")
    assert (row.value, row.reason) == (1, "1 of 4 shares rounded away from the nearest to add up to 100 %")


def test_without_shares_of_a_whole_rounding_is_not_applicable():
    assert run().one("Q06").status is Status.NOT_APPLICABLE


# -- Q07 ---------------------------------------------------------------------------------------------------------


def test_missing_inner_years_are_counted_and_named():
    figures = [figure("export_rub", year, 1) for year in (2019, 2020, 2024)]
    figures += [
        figure("jobs", 2021, 1, "point", cumulative=True),
        figure("jobs", 2023, 1),
        figure("jobs", 2022, 1, "H1"),
    ]
    found = run(*figures)
    assert found.one("Q07").value == 4
    assert found.one("Q07.export_rub").reason == "years without a figure: 2021, 2022, 2023"
    assert found.one("Q07.jobs").reason == "years without a figure: 2022"


def test_a_series_without_gaps_is_a_true_zero_and_no_series_is_undefined():
    assert run(figure("jobs", 2024, 1)).one("Q07").value == 0
    assert run(figure("area_ha", 2024, 1)).one("Q07").status is Status.UNDEFINED


@pytest.mark.parametrize("metric_id", ["Q02", "Q03", "Q07"])
def test_without_figures_the_table_is_named(metric_id):
    row = compute().one(metric_id)
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table zone_year")


def test_core_indicators_are_all_counted_in_base_units():
    assert len(CORE_INDICATORS) == 6
