import numpy as np

from metrics.employed import employed, firm_year, resident
from metrics.shares import make_scope
from zonebook.metrics.employment import REST
from zonebook.metrics.employment_pair import read_employment_pair

COUNTRY = [employed("RUS", "26", 100), employed("RUS", "21", 100), employed("RUS", "10", 800)]
HERE = [employed("home", "26", 30), employed("home", "21", 10)]


def read(*rows, scope_type="zone", scope_id="home", steady=False, **tables):
    return read_employment_pair(make_scope(scope_type, scope_id, employment=rows, **tables), steady=steady)


def align(*rows, years=(2024,)):
    found = read(*rows).align(*years)
    return found and {
        industry: (here.tolist(), there.tolist())
        for industry, here, there in zip(found.industries, found.here, found.country, strict=True)
    }


def test_an_industry_without_a_row_is_zero_where_the_rows_add_up():
    assert align(*HERE, *COUNTRY) == {"10": ([0], [800]), "21": ([10], [100]), "26": ([30], [100])}


def test_what_is_not_listed_is_one_more_industry():
    whole = [employed("home", None, 50), employed("RUS", None, 1500)]
    aligned = align(*HERE, *COUNTRY, *whole)
    # 10 of 50 are in no named industry here: they may be in industry 10, so it is put with the rest.
    assert aligned == {"21": ([10], [100]), "26": ([30], [100]), REST: ([10], [1300])}


def test_an_industry_listed_in_one_year_only_is_zero_in_the_other_where_that_is_complete():
    older = [employed("home", "26", 20, 2020), *(row | {"year": 2020} for row in COUNTRY)]
    assert align(*HERE, *COUNTRY, *older, years=(2020, 2024))["21"] == ([0, 10], [100, 100])


def test_more_here_than_in_the_country_cannot_be_compared():
    assert align(employed("home", "26", 130), *COUNTRY[:1]) is None
    found = read(employed("home", "26", 130), employed("home", "21", 10), *COUNTRY).align(2024)
    assert (found.industries, found.left_out) == (("10", "21"), 130 / 140)


def test_wholes_are_given_for_both_or_added_up_for_both():
    one_whole = [employed("home", None, 100)]
    assert read(*HERE, *COUNTRY, *one_whole).wholes(2024) == (40, 1000)
    assert read(*HERE, *COUNTRY, *one_whole, employed("RUS", None, 2000)).wholes(2024) == (100, 2000)


def test_years_are_those_of_both():
    rows = [employed("home", "26", 1, 2022), employed("RUS", "26", 9, 2023)]
    assert read(*HERE, *COUNTRY, *rows).years == (2024,)


RESIDENTS = [resident("a", "26.11"), resident("b", "26.20"), resident("c", "21.10"), resident("d")]
FIGURES = [firm_year("a", employees=20), firm_year("b", employees=10), firm_year("c", employees=10)]


def test_residents_stand_in_for_a_zone_without_employment():
    found = read(*COUNTRY, party=RESIDENTS, party_year=[*FIGURES, firm_year("d", employees=5)])
    assert found.here.industries == ("21", "26")
    assert found.wholes(2024) == (40, 1000)
    assert "from the headcount of residents by their own industry" in found.here.notes_of(2024)


def test_residents_do_not_stand_in_for_a_region():
    parties = {"party": RESIDENTS, "party_year": FIGURES}
    assert read(*COUNTRY, scope_type="region", scope_id="RU-MOW", **parties) == "table employment has no rows for this"


def test_what_is_missing_is_named():
    assert read_employment_pair(make_scope()) == "the data set has no table employment"
    assert read(*COUNTRY) == "table employment has no rows for this"
    assert read(*HERE) == "table employment has no rows of the country at the same level"
    coarse = [employed("RUS", "C", 100)]
    assert read(*HERE, *coarse) == "table employment has no rows of the country at the same level"


def test_the_countrys_cells_stand_in_the_order_of_all_industries():
    found = read(*HERE, *COUNTRY)
    assert found.industries.tolist() == ["10", "21", "26"]
    assert np.array_equal(found.employees(found.here, (2024,))[:, 0], [np.nan, 10, 30], equal_nan=True)
