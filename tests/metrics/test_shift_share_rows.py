import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.employed import employed, firm_year, resident, run
from zonebook.metrics.result import Status
from zonebook.metrics.shift_share_rows import shift_share_rows


def years(geo, industry, start, end, first=2020, last=2024, **cells):
    return [employed(geo, industry, start, first, **cells), employed(geo, industry, end, last, **cells)]


COUNTRY = [*years("RUS", "26", 500, 600), *years("RUS", "10", 500, 500)]
HERE = [*years("home", "26", 100, 105), *years("home", "10", 50, 80)]


def shift(*rows, **options):
    return run(shift_share_rows, employment=rows, **options)


def test_by_hand():
    found = shift(*HERE, *COUNTRY)
    values = [found.one(name).value for name in ("L14.national", "L14.structural", "L14", "L14.change")]
    assert values == pytest.approx([15, 5, 15, 35])
    assert (found.one("L14.26").value, found.one("L14.10").value) == (pytest.approx(-15), pytest.approx(30))
    row = found.one("L14")
    assert (row.year, row.reason, row.unit, row.lower) == (2024, "2020 to 2024", "persons", row.value)


def test_from_year_to_year_and_since_the_first():
    middle = [employed("home", "26", 90, 2022), employed("home", "10", 60, 2022)]
    middle += [employed("RUS", "26", 550, 2022), employed("RUS", "10", 500, 2022)]
    found = shift(*HERE, *COUNTRY, *middle)
    assert [row.year for row in found if row.metric_id == "L14.yearly"] == [2022, 2024]
    assert found.one("L14.yearly_change", 2022).value == pytest.approx(0)
    assert found.one("L14.yearly_change", 2024).value == pytest.approx(35)
    assert found.one("L14.yearly", 2022).reason == "2020 to 2022"
    assert found.one("L14.change").value == pytest.approx(35)


def test_a_new_industry_is_regional_and_said():
    rows = [employed("home", "26", 100, 2020), employed("home", "26", 100), employed("home", "10", 30)]
    found = shift(*rows, *COUNTRY)
    assert found.one("L14.10").value == pytest.approx(30)
    assert "new industries, counted as regional: 1" in found.one("L14").reason


def test_industries_not_listed_in_both_years_count_as_one():
    wholes = [*years("home", None, 200, 240), *years("RUS", None, 2000, 2200)]
    rows = [*years("home", "26", 100, 105), employed("home", "10", 80)]
    found = shift(*rows, *COUNTRY, *wholes)
    assert found.one("L14.change").value == pytest.approx(40)
    assert "L14.10" not in found.ids()
    parts = sum(found.one(name).value for name in ("L14", "L14.national", "L14.structural"))
    assert parts == pytest.approx(40)


def test_one_year_has_no_change():
    row = shift(*(row for row in (*HERE, *COUNTRY) if row["year"] == 2024)).one("L14")
    assert (row.status, row.value) == (Status.NOT_APPLICABLE, None)


def test_few_firms_are_not_shown_in_all_or_by_industry():
    few = [row | {"firms": 1} for row in HERE]
    assert {row.status for row in shift(*few, *COUNTRY)} == {Status.SUPPRESSED}
    one_small = [row | {"firms": 2 if row["industry"] == "10" else 9} for row in HERE]
    found = shift(*one_small, *COUNTRY)
    assert found.one("L14").status is Status.OK
    assert found.one("L14.10").status is Status.SUPPRESSED
    assert found.one("L14.26").reason == "hidden so that another industry cannot be worked out"


def test_more_here_than_in_the_country_is_undefined():
    row = shift(*years("home", "26", 900, 900), *COUNTRY[:2]).one("L14")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    row = shift(*years("home", "26", 900, 900), *HERE[2:], *COUNTRY).one("L14")
    assert (row.value, row.status) == (pytest.approx(30), Status.OK)
    assert "left out, employees of no comparable industry: 92 %" in row.reason


def test_residents_known_in_all_years_stand_in():
    firms = [resident(f"r{number}", "26.11") for number in range(4)]
    figures = [firm_year(f"r{n}", year, employees=10 + (year == 2024)) for n in range(3) for year in (2020, 2024)]
    figures += [firm_year("r3", 2020, employees=50)]
    row = shift(*COUNTRY, party=firms, party_year=figures).one("L14.change")
    assert (row.value, row.lower) == (pytest.approx(3), None)
    assert "residents left out, without a headcount: 1" in row.reason


def test_what_is_missing_is_named():
    assert run(shift_share_rows).one("L14").reason == "the data set has no table employment"
    assert shift(*COUNTRY).one("L14").status is Status.MISSING_INPUT


jobs = st.lists(st.tuples(*[st.integers(0, 900)] * 4), min_size=1, max_size=5)


@settings(max_examples=10)
@given(jobs)
def test_the_parts_add_up_to_the_change(cells):
    rows = []
    for number, (start, end, more, later) in enumerate(cells):
        rows += years("home", f"{10 + number}", start, end)
        rows += years("RUS", f"{10 + number}", start + more + 1, end + later + 1)
    found = shift(*rows)
    change = sum(end - start for start, end, *_ in cells)
    assert found.one("L14.change").value == pytest.approx(change, abs=1e-6)
    parts = sum(found.one(name).value for name in ("L14", "L14.national", "L14.structural"))
    assert parts == pytest.approx(change, abs=1e-6)
    assert sum(found.one(f"L14.{10 + n}").value for n in range(len(cells))) == pytest.approx(
        found.one("L14").value, abs=1e-6
    )
