import pytest

from metrics.shares import compute
from zonebook.metrics.result import Status


def employment(geo, industry, employees, year=2024, firms=None, scheme="OKVED2"):
    row = {"geo": geo, "industry_scheme": scheme, "industry": industry, "year": year, "employees": float(employees)}
    return row | {"firms": firms, "source_id": "register"}


COUNTRY = [employment("RUS", "26", 100), employment("RUS", "21", 100), employment("RUS", "10", 800)]
HERE = [employment("home", "26", 30, firms=10), employment("home", "21", 10, firms=5)]


def run(*rows, **options):
    return compute(employment=rows, **options)


def test_the_headline_is_the_industry_with_the_largest_quotient():
    found = run(*HERE, *COUNTRY)
    assert found.one("L12.26").value == pytest.approx((30 / 40) / 0.1)
    assert found.one("L12.21").value == pytest.approx((10 / 40) / 0.1)
    row = found.one("L12")
    assert (row.value, row.reason, row.n_units) == (found.one("L12.26").value, "industry: 26", 10)
    assert (row.year, row.evidence) == (2024, "register")


def test_a_row_over_all_industries_is_the_whole():
    whole = [employment("home", None, 100), employment("RUS", None, 2000)]
    assert run(*HERE, *COUNTRY, *whole).one("L12.26").value == pytest.approx((30 / 100) / (100 / 2000))


def test_sections_are_not_added_to_classes():
    sections = [employment("home", "C", 40), employment("RUS", "C", 1000)]
    found = run(*HERE, *COUNTRY, *sections)
    assert "L12.C" not in found.ids()
    assert run(*sections).one("L12.C").value == 1


def test_small_cells_are_not_shown():
    row = run(employment("home", "26", 30, firms=2), *HERE[1:], *COUNTRY).one("L12.26")
    assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)


def test_nobody_here_is_a_true_zero_and_nobody_anywhere_undefined():
    found = run(*HERE, employment("home", "10", 0), employment("home", "99", 0), *COUNTRY, employment("RUS", "99", 0))
    assert (found.one("L12.10").value, found.one("L12.10").status) == (0, Status.OK)
    assert found.one("L12.99").status is Status.UNDEFINED


def test_an_industry_the_country_has_no_row_of_lacks_its_input():
    assert run(*HERE, employment("home", "55", 3), *COUNTRY).one("L12.55").status is Status.MISSING_INPUT


def test_the_latest_common_year_up_to_the_reporting_year_counts():
    older = [employment(geo, "26", 10, year=2022) for geo in ("home", "RUS")]
    assert run(*HERE, *COUNTRY, *older).one("L12").year == 2024
    assert run(*HERE, *COUNTRY, *older, year=2023).one("L12").year == 2022
    assert run(*HERE, *older).one("L12").year == 2022


def test_a_region_is_compared_with_its_country():
    rows = [row | {"geo": "RU-MOW"} if row["geo"] == "home" else row for row in (*HERE, *COUNTRY)]
    assert compute("region", "RU-MOW", employment=rows).one("L12.26").value == pytest.approx(7.5)


def test_without_employment_the_table_is_named():
    assert compute().one("L12").reason == "the data set has no table employment"
    assert run(*COUNTRY).one("L12").reason == "table employment has no rows for this"
