import numpy as np

from metrics.employed import firm_year, resident
from metrics.shares import HOME, OTHER, make_scope, party
from zonebook.metrics.firm_panel import list_residents, read_firm_panel, read_wider_panel
from zonebook.metrics.result import Evidence

RESIDENTS = [resident("a"), resident("b", since="2024-05-01"), resident("c")]


def read(*rows, party=RESIDENTS, year=2025, **tables):
    return read_firm_panel(make_scope(year=year, party=party, party_year=rows, **tables))


def test_figures_stand_by_firm_and_year():
    panel = read(firm_year("a", 2023, employees=5), firm_year("b", employees=7, revenue_rub=70))
    assert (list(panel.parties.index), panel.years) == (["a", "b", "c"], (2023, 2024))
    nan = np.nan
    assert np.array_equal(panel.figures["employees"], [[5, nan], [nan, 7], [nan, nan]], equal_nan=True)
    assert np.array_equal(panel.figures["revenue_rub"], [[nan, nan], [nan, 70], [nan, nan]], equal_nan=True)
    assert np.isnan(panel.figures["export_rub"]).all()


def test_the_latest_vintage_stands_whatever_the_order():
    old, new = (firm_year("a", employees=n, vintage=day) for n, day in ((5, "2024-04-01"), (6, "2025-04-01")))
    blank = firm_year("a", employees=4)
    for rows in ((old, new, blank), (new, blank, old)):
        panel = read(*rows)
        assert panel.figures["employees"].tolist()[0] == [6]
        assert panel.basis.vintage == "2025-04-01"


def test_a_correction_takes_back_what_it_leaves_out():
    rows = [firm_year("a", employees=5, vintage="2024-04-01"), firm_year("a", revenue_rub=9, vintage="2025-04-01")]
    assert np.isnan(read(*rows).figures["employees"]).all()


def test_firms_that_did_not_answer_and_later_years_have_no_figures():
    panel = read(firm_year("a", employees=5, responded=False), firm_year("b", 2026, employees=5))
    assert panel.years == (2024,)
    assert np.isnan(panel.figures["employees"]).all()
    assert panel.has_row.tolist() == [[True], [False], [False]]


def test_a_firm_is_there_from_its_date_or_its_first_record_on():
    panel = read(firm_year("a", 2023, employees=5), firm_year("a", 2024, employees=5), firm_year("b", 2025))
    assert panel.is_present.tolist() == [[True, True, True], [False, True, True], [True, True, True]]


def test_residents_are_those_called_so_else_the_firms_in_the_zone():
    others = [
        party("firm", zone_id="home"),
        party("far", zone_id="other"),
        party("office", kind="zone", zone_id="home"),
    ]
    assert list(list_residents(make_scope(party=[*RESIDENTS, *others])).index) == ["a", "b", "c"]
    assert list(list_residents(make_scope(party=others)).index) == ["firm"]


def test_a_group_is_one_respondent():
    panel = read(party=[resident("a", holding_id="g"), resident("b", holding_id="g"), resident("c")])
    assert panel.count_respondents(np.array([True, True, False])) == 1
    assert panel.count_respondents(np.array([True, True, True])) == 2


def test_what_firms_state_is_a_register_unless_it_is_made_up():
    assert read(firm_year("a")).basis.evidence is Evidence.REGISTER
    made_up = [resident("a", source_id="made-up")]
    assert read(firm_year("a"), party=made_up).basis.evidence is Evidence.DEMONSTRATION


def test_the_wider_panel_holds_firms_elsewhere_that_have_figures():
    parties = [
        *RESIDENTS,
        party("near", region_iso="RU-TVE", country_iso3="RUS"),
        party("quiet", region_iso="RU-TVE", country_iso3="RUS"),
        party("abroad", country_iso3="KAZ"),
        party("office", kind="government", country_iso3="RUS"),
    ]
    rows = [firm_year(name, employees=3) for name in ("near", "abroad", "office")]
    scope = make_scope("country", "", zone=[HOME, OTHER], party=parties, party_year=rows)
    assert list(read_wider_panel(scope).parties.index) == ["a", "b", "c", "near"]
    assert read_wider_panel(scope).parties["place"].tolist() == ["RU-MOW"] * 3 + ["RU-TVE"]


def test_nobody_and_nothing_make_an_empty_panel():
    panel = read(party=[])
    assert (len(panel.parties), panel.years, panel.is_present.shape) == (0, (), (0, 0))


def test_firms_are_split_by_zone_or_cluster():
    firms = [
        resident("a", cluster_id="c2"),
        resident("b"),
        resident("c", cluster_id="c1"),
        resident("d", cluster_id="c2"),
    ]
    panel = read(*(firm_year(name, employees=place) for place, name in enumerate("abcd")), party=firms)
    parts = {name: part.figures["employees"][:, 0].tolist() for name, part in panel.split("cluster_id")}
    assert parts == {"c1": [2], "c2": [0, 3]}
    assert [name for name, _ in panel.split("zone_id")] == ["home"]
