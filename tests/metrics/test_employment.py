import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.employed import employed
from metrics.shares import make_scope
from zonebook.metrics.employment import Level, choose_level, count_digits, find_rest, merge_bases, read_employment_table
from zonebook.metrics.result import Evidence
from zonebook.metrics.scope import Basis

OKVED = Level(2, "OKVED2")


def read(*rows, year=2025):
    return read_employment_table(make_scope(year=year, employment=rows))


def test_levels_are_years_with_a_fineness_and_a_scheme():
    table = read(employed("home", "26", 5), employed("home", "C", 5), employed("home", "26.11", 5, 2023))
    table_levels = table.list_levels("home")
    assert table_levels == {(2024, OKVED), (2024, Level(0, "OKVED2")), (2023, Level(4, "OKVED2"))}
    assert table.list_levels("elsewhere") == set()


def test_rows_over_all_industries_later_years_and_rows_without_employees_are_no_level():
    empty = employed("home", "26", 1) | {"employees": None}
    assert read(employed("home", None, 5), employed("home", "26", 5, 2026), empty).list_levels("home") == set()


def test_the_latest_year_decides_then_the_finest_level():
    assert choose_level({(2024, Level(0, "A")), (2024, OKVED), (2023, Level(4, "OKVED2"))}) == OKVED
    assert choose_level(set()) is None


def test_a_territory_by_industry_and_year():
    found = read(
        employed("home", "26", 30, firms=4),
        employed("home", "21", 10, firms=3),
        employed("home", "26", 20, 2023, firms=2),
        employed("home", None, 50, firms=8),
    ).select("home", OKVED)
    assert (found.industries, found.years) == (("21", "26"), (2023, 2024))
    assert np.array_equal(found.employees, [[np.nan, 10], [20, 30]], equal_nan=True)
    assert found.whole.tolist() == [20, 50]
    assert found.has_whole.tolist() == [False, True]
    assert found.unnamed.tolist() == [0, 10]
    assert found.whole_firms.tolist() == [2, 8]
    assert found.basis.evidence is Evidence.REGISTER
    assert found.basis_of(2023, 2).n_units == 2
    assert (found.is_exact(2024), found.notes_of(2024)) == (True, [])


def test_a_whole_smaller_than_its_parts_is_not_believed():
    found = read(employed("home", "26", 30), employed("home", "21", 10), employed("home", None, 35)).select(
        "home", OKVED
    )
    assert (found.whole.tolist(), found.has_whole.tolist()) == ([40], [False])


def test_an_unknown_number_of_firms_makes_their_sum_unknown():
    found = read(employed("home", "26", 30, firms=4), employed("home", "21", 10)).select("home", OKVED)
    assert np.isnan(found.whole_firms).all()


def test_schemes_are_not_mixed():
    rows = [employed("home", "26", 30), employed("home", "21", 10, industry_scheme="ISIC4")]
    assert read(*rows).select("home", OKVED).industries == ("26",)
    assert read(*rows).select("home", Level(4, "OKVED2")) is None


def test_digits_tell_how_fine_a_code_is():
    assert [count_digits(code) for code in ("C", "26", "26.1", "26.11", "26.11.1", "")] == [0, 2, 3, 4, 5, 0]


@given(st.lists(st.tuples(st.floats(0, 1e7), st.floats(0, 1e7)), min_size=1))
def test_a_rest_is_what_parts_leave_and_never_negative(pairs):
    wholes, parts = (np.array(column) for column in zip(*pairs, strict=True))
    rest = find_rest(wholes, parts)
    assert (rest >= 0).all()
    assert np.allclose(rest[rest > 0], (wholes - parts)[rest > 0])
    assert ((wholes - parts)[rest == 0] <= 0.5 + 1e-9 * wholes[rest == 0]).all()


def test_a_figure_of_two_tables_is_as_good_as_the_weaker_and_cites_both():
    one = Basis(2024, "FY", Evidence.REGISTER, ("a",), "2024-01-01", 5)
    other = Basis(2024, "FY", Evidence.DEMONSTRATION, ("b", "a"), "2025-01-01")
    both = merge_bases(one, other)
    assert both == Basis(2024, "FY", Evidence.DEMONSTRATION, ("a", "b"), "2025-01-01", 5)


@pytest.mark.parametrize("source", ["press-a", None])
def test_what_is_not_from_a_register_is_reported(source):
    assert read(employed("home", "26", 5, source_id=source)).select("home", OKVED).basis.evidence is Evidence.REPORTED
