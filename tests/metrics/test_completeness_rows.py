import pytest

from metrics.shares import HOME, OTHER, PARTIES, TOTAL, compute, figure, party, tie
from zonebook.metrics.completeness_rows import CORE_COLUMNS, CORE_INDICATORS
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Status
from zonebook.tables.schema import TABLES


def run(*figures, **tables):
    return compute(zone_year=figures, **tables)


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


def test_the_catalogue_says_how_many_core_indicators_there_are():
    assert len(CORE_INDICATORS) == 6
    assert "six indicators" in CATALOGUE["Q01"].meaning["en"]


FIRMS = [party(name, zone_id="home", kind="resident", source_id="register") for name in "ab"]


def answer(party_id, year, **cells):
    full = {"employees": 5, "revenue_rub": 9.0, "export_rub": 1.0, "purchases_rub": 2.0}
    return {"party_id": party_id, "year": year} | full | cells


def test_what_firms_left_out_is_counted_by_year():
    years = [answer("a", 2021), answer("a", 2024, revenue_rub=None), answer("b", 2024, responded=False)]
    found = compute(party=FIRMS, party_year=years)
    assert (found.one("Q07").value, found.one("Q07.firms").value) == (2, 2)
    assert found.one("Q07.firms").reason == "2 of 5 yearly records of firms"
    assert (found.one("Q07.silent", 2021).value, found.one("Q07.silent", 2024).value) == (0, 0.5)
    assert found.one("Q07.silent", 2024).reason == "did not answer: 1 of 2"
    blank = found.one("Q07.firms.revenue_rub", 2024)
    assert (blank.value, blank.reason) == (1, "blank in 1 of 1 answers")
    assert found.one("Q01.party_year").reason == "11 of 12 cells filled"


def test_series_of_the_zone_come_before_those_of_its_firms():
    figures = [figure("jobs", 2020, 5, "point"), figure("jobs", 2022, 5, "point")]
    found = run(*figures, party=FIRMS, party_year=[answer("a", 2024)])
    assert (found.one("Q07").value, found.one("Q07.jobs").value, found.one("Q07.firms").value) == (1, 1, 0)


def test_no_series_at_all_is_undefined():
    row = run(figure("area_ha", 2024, 5, "point")).one("Q07")
    assert (row.status, row.reason) == (Status.UNDEFINED, "nothing is expected here")
