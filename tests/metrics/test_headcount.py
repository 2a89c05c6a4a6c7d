import numpy as np

from metrics.employed import firm_year, resident
from metrics.shares import make_scope
from zonebook.metrics.employment import Level
from zonebook.metrics.firm_panel import read_firm_panel
from zonebook.metrics.headcount import count_residents, cut_code, list_industries

OKVED = Level(2, "OKVED2")
FIRMS = [
    resident("a", "26.11", industry_scheme="OKVED2"),
    resident("b", "26.20"),
    resident("c", "21.10", holding_id="g"),
    resident("d", "21.20", holding_id="g"),
    resident("e"),
]


def read(*rows, firms=FIRMS, **tables):
    return read_firm_panel(make_scope(party=firms, party_year=rows, **tables))


def test_a_code_is_cut_after_so_many_digits():
    assert [cut_code("26.11.1", digits) for digits in (2, 3, 4, 5, 6)] == ["26", "26.1", "26.11", "26.11.1", None]
    assert cut_code("C26", 2) == "C26"
    assert cut_code("C", 2) is None


def test_residents_are_added_up_by_industry_and_groups_count_once():
    found = count_residents(read(*(firm_year(one, employees=10) for one in "abcde")), OKVED)
    assert found.industries == ("21", "26")
    assert found.employees.tolist() == [[20], [20]]
    assert found.firms.tolist() == [[1], [2]]
    assert (found.whole.tolist(), found.whole_firms.tolist()) == ([50], [4])
    assert found.is_exact(2024)
    assert found.notes_of(2024) == ["from the headcount of residents by their own industry"]


def test_residents_without_a_headcount_are_counted():
    found = count_residents(read(firm_year("a", employees=10), firm_year("b", responded=False, employees=5)), OKVED)
    assert np.array_equal(found.employees, [[np.nan], [10]], equal_nan=True)
    assert not found.is_exact(2024)
    assert "residents left out, without a headcount: 4" in found.notes_of(2024)


def test_a_change_is_of_those_known_in_all_their_years():
    rows = [firm_year("a", year, employees=10) for year in (2023, 2024)]
    rows += [firm_year("b", 2023, employees=99), firm_year("b", 2024)]
    firms = [*FIRMS[:2], resident("late", "26.11", since="2024-01-01")]
    panel = read(*rows, firm_year("late", employees=7), firms=firms)
    steady, loose = count_residents(panel, OKVED, steady=True), count_residents(panel, OKVED)
    assert steady.employees.tolist() == [[10, 17]]
    assert steady.left_out.tolist() == [1, 1]
    assert loose.employees.tolist() == [[109, 17]]
    assert loose.left_out.tolist() == [0, 1]


def test_sections_come_from_the_table_of_industries():
    table = [{"code": "26", "level": "class", "section": "C"}, {"code": "C", "level": "section", "section": "C"}]
    panel = read(firm_year("a", employees=1), industry=table)
    assert list_industries(panel, Level(0, "OKVED2")).tolist() == ["C", "C", None, None, None]


def test_industries_of_another_scheme_do_not_count():
    panel = read(firm_year("a", employees=1))
    assert list_industries(panel, Level(2, "ISIC4")).tolist() == [None, "26", "21", "21", None]


def test_some_residents_only():
    panel = read(*(firm_year(one, employees=10) for one in "abcde"))
    found = count_residents(panel.select(np.array([0])), OKVED)
    assert (found.industries, found.whole.tolist()) == (("26",), [10])


def test_nobody_with_industry_and_headcount_gives_nothing():
    assert count_residents(read(firm_year("e", employees=10)), OKVED) is None
    assert count_residents(read(), OKVED) is None
