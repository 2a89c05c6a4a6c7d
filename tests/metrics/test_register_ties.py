from dataclasses import replace

import pandas as pd
import pytest

from metrics.registers import YEAR, answers, link, make_register, resident
from metrics.shares import HOME, OTHER, TOTAL, make_scope, party, tie
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import (
    Part,
    absent_row,
    assign_rows,
    find_covered,
    list_residents,
    list_years,
    read_parties,
    read_register,
    select_registered,
    select_year,
)
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.ties import read_ties

NAMES = ["a", "b", "c"]
CITY = party("city", region_iso="RU-MOW", country_iso3="RUS")


def only_year(scope):
    (year,) = read_register(scope).years
    return year


def test_ties_between_residents_are_inside_and_others_are_not():
    scope = make_scope(party=[*map(resident, NAMES), CITY], tie=[link("a", "b"), link("city", "a"), link("c", "city")])
    year = only_year(scope)
    assert (list(year.residents), len(year.ties)) == (NAMES, 3)
    assert year.inside["to_party"].tolist() == ["b"]


def test_without_a_table_or_a_working_tie_it_says_so():
    assert read_register(make_scope()).absence == "the data set has no table tie"
    planned = make_scope(party=[resident("a")], tie=[link("a", "a", status="planned")])
    assert read_register(planned).absence == "table tie has no rows for this"
    assert not read_register(planned)


def test_ties_known_from_publications_are_a_sample_and_no_register():
    scope = make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=YEAR)])
    assert read_register(scope).absence == "needs a register of ties; reported ties are a sample"


def test_press_ties_beside_a_register_are_left_out_and_counted():
    press = link("b", "c", evidence="press", source_id="press-a")
    scope = make_scope(party=list(map(resident, NAMES)), tie=[link("a", "b"), press])
    year = only_year(scope)
    assert (len(year.ties), year.notes) == (1, ("ties left out, known from publications only: 1",))
    assert len(select_registered(read_ties(scope))) == 1


@pytest.mark.parametrize(
    ("source", "counts"), [(None, True), ("register", True), ("press-a", False), ("official", False)]
)
def test_a_tie_without_evidence_is_the_owners_own_unless_its_source_is_a_publication(source, counts):
    scope = make_scope(party=list(map(resident, NAMES)), tie=[link("a", "b", evidence=None, source_id=source)])
    assert bool(read_register(scope)) is counts


def test_nobody_listed_is_undefined_and_any_other_absence_missing_input():
    nobody = make_scope(party=[party("inst", kind="institute", zone_id="home"), CITY], tie=[link("inst", "city")])
    row = absent_row(nobody, "L02", "share")
    assert (row.status, row.reason) == (Status.UNDEFINED, state(Reason.NO_RESIDENTS))
    assert absent_row(make_scope(), "L02", "share").status is Status.MISSING_INPUT


def test_trade_is_of_its_year_other_ties_hold_on_and_undated_ones_always():
    rows = pd.DataFrame({"kind": ["supply", "supply", "agreement", "agreement", "licence"]}).assign(
        year=pd.Series([2022, 2023, 2021, 2024, None], dtype=object)
    )
    assert select_year(rows, 2023).index.tolist() == [1, 2, 4]


def test_years_are_those_of_trade_else_the_latest():
    def years(*pairs):
        return list_years(pd.DataFrame(pairs, columns=["kind", "year"], dtype=object), 2025)

    assert years(("supply", 2024), ("service", 2022), ("agreement", 2020)) == [2022, 2024]
    assert years(("agreement", 2020), ("licence", 2023)) == [2023]
    assert years(("supply", None)) == [2025]


def test_each_year_has_the_residents_that_had_come_or_have_a_tie_in_it():
    parties = [resident("a", since="2020-05-01"), resident("b", since="2024"), resident("c", since="2023-01-01")]
    scope = make_scope(party=parties, tie=[link("a", "b", year=2022), link("a", "c", year=2024)])
    first, second = read_register(scope)
    assert (first.year, list(first.residents)) == (2022, ["a", "b"])
    assert (second.year, list(second.residents)) == (2024, ["a", "b", "c"])


def test_firms_stand_in_where_a_zone_lists_no_residents_zone_by_zone():
    parties = [resident("a"), party("tenant", zone_id="home"), party("firm", zone_id="other")]
    scope = make_scope("country", "RUS", zone=[HOME, OTHER, TOTAL], party=parties)
    assert list(list_residents(read_parties(scope), ["home", "other"]).index) == ["a", "firm"]
    assert list(list_residents(read_parties(scope), ["home"]).index) == ["a"]


def test_who_did_not_answer_or_has_no_row_in_the_year_is_silent():
    scope = make_register([("a", "b")], NAMES, party_year=answers(["a", "b"], silent="b"))
    year = only_year(scope)
    assert (list(year.silent), year.silence) == (["b", "c"], ("did not answer: 2 of 3",))


def test_without_figures_of_firms_in_the_year_the_register_counts_as_full():
    scope = make_register([("a", "b")], NAMES, party_year=answers(["a"], silent="a", year=YEAR - 1))
    assert only_year(scope).silence == ()


def test_the_latest_vintage_decides_and_figures_of_the_silent_are_not_taken():
    old = answers(["a", "b"], silent="a", vintage="2024-01-01", revenue_rub=5.0)
    new = answers(["a"], vintage="2024-06-01", revenue_rub=7.0) + answers(["c"], silent="c", revenue_rub=1.0)
    year = only_year(make_register([("a", "b")], NAMES, party_year=[*old, *new]))
    assert year.totals("revenue_rub").fillna(-1).to_dict() == {"a": 7.0, "b": 5.0, "c": -1.0}
    assert list(year.silent) == ["c"]


def test_a_zone_has_a_part_for_each_cluster_and_other_scopes_have_none():
    scope = make_register([("a", "b")], NAMES, {"a": "x", "b": "y", "c": "x"})
    parts = only_year(scope).parts
    assert [(part.scope_type, part.scope_id, list(part.members)) for part in parts] == [
        ("zone", "home", NAMES),
        ("cluster", "x", ["a", "c"]),
        ("cluster", "y", ["b"]),
    ]
    region = make_scope("region", "RU-MOW", party=[resident("a", cluster_id="x"), resident("b")], tie=[link("a", "b")])
    assert len(only_year(region).parts) == 1


def test_firms_of_one_group_are_one_respondent():
    parties = [resident("a", holding_id="g"), resident("b", holding_id="g"), resident("c")]
    year = only_year(make_scope(party=parties, tie=[link("a", "b")]))
    assert (year.count_respondents(["a", "b"]), year.count_respondents(NAMES), year.count_respondents([])) == (1, 2, 0)


def test_rows_say_what_they_rest_on():
    year = only_year(make_register([("a", "b")], NAMES))
    part = Part("cluster", "x", year.residents[:2])
    row = year.row(part, "L02", "share", 0.5, "why")
    assert (row.scope_type, row.scope_id, row.n_units, row.reason) == ("cluster", "x", 2, "why")
    assert (row.year, row.period, row.evidence, row.source_ids) == (YEAR, "FY", Evidence.REGISTER, "register")
    assert year.row(part, "L02", "share", None, undefined=Reason.NO_PATH).status is Status.UNDEFINED
    assert year.missing(part, "L02", "share", "why").status is Status.MISSING_INPUT
    hidden = year.suppressed(part, "L02", "share")
    assert (hidden.status, hidden.n_units, hidden.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")


def test_demonstration_sources_mark_the_evidence():
    scope = make_scope(party=list(map(resident, NAMES)), tie=[link("a", "b", source_id="made-up")])
    assert only_year(scope).basis.evidence is Evidence.DEMONSTRATION


def test_rows_can_be_assigned_to_another_scope():
    row = only_year(make_register([("a", "b")], NAMES)).basis
    scope = make_register([("a", "b")], NAMES)
    made = scope.result("L02", 0.5, "share", row)
    assert assign_rows([made], "pair", "a:b") == [replace(made, scope_type="pair", scope_id="a:b")]
    assert assign_rows([made], "zone", "home")[0] is made


def test_a_zone_that_only_others_name_has_no_register_and_is_left_out():
    parties = [*map(resident, NAMES), party("far", kind="resident", zone_id="other")]
    ties = [link("a", "b"), link("a", "far", level="regional")]
    scope = make_scope("country", "RUS", zone=[HOME, OTHER, TOTAL], party=parties, tie=ties)
    year = only_year(scope)
    assert (list(year.residents), year.notes) == (NAMES, ("zones left out, without a register of ties: 1 of 2",))
    own = [*ties, link("far", "city")]
    both = make_scope("country", "RUS", zone=[HOME, OTHER, TOTAL], party=[*parties, CITY], tie=own)
    assert (len(only_year(both).residents), only_year(both).notes) == (4, ())
    assert find_covered(both, select_registered(read_ties(both))) == ("home", "other")


def test_where_only_zones_name_one_another_all_of_them_count():
    parties = [resident("a"), party("far", kind="resident", zone_id="other")]
    scope = make_scope("country", "RUS", zone=[HOME, OTHER, TOTAL], party=parties, tie=[link("a", "far")])
    assert len(only_year(scope).residents) == 2


def test_a_firm_of_the_region_records_the_zone_it_trades_with():
    parties = [resident("a"), CITY, party("far", kind="resident", zone_id="next")]
    zones = [HOME, HOME | {"zone_id": "next"}, TOTAL]
    scope = make_scope("region", "RU-MOW", zone=zones, party=parties, tie=[link("city", "far")])
    assert find_covered(scope, select_registered(read_ties(scope))) == ("next",)
