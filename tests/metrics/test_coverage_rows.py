import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.registers import YEAR, answers, bounds, link, make_register, resident, rows_of
from metrics.shares import HOME, OTHER, TOTAL, make_scope, party, tie
from zonebook.metrics.coverage_rows import coverage_rows
from zonebook.metrics.result import Evidence, Status

NAMES = list("abcdef")
CITY = party("city", region_iso="RU-MOW", country_iso3="RUS", kind="university")
TATAR = party("tatar", region_iso="RU-TA", country_iso3="RUS")
KAZAKH = party("kazakh", country_iso3="KAZ", kind="foreign")


def test_by_hand_four_of_six_work_with_another_resident():
    row = rows_of(coverage_rows, make_register([("a", "b"), ("b", "a"), ("c", "d"), ("e", "e")], NAMES)).one("L01")
    assert bounds(row) == pytest.approx((4 / 6, 4 / 6, 4 / 6))
    assert (row.status, row.year, row.unit, row.n_units) == (Status.OK, YEAR, "share", 6)
    assert (row.evidence, row.reason) == (Evidence.REGISTER, "")


def test_trap_a_resident_that_did_not_answer_is_missing_and_not_a_zero():
    scope = make_register([("a", "b"), ("c", "d")], NAMES, party_year=answers(NAMES, silent=["b", "e"]))
    row = rows_of(coverage_rows, scope).one("L01")
    # b did not answer either, but a named it.
    assert bounds(row) == pytest.approx((4 / 6, 4 / 6, 5 / 6))
    assert row.reason == "did not answer: 2 of 6"


def test_levels_are_kept_apart_and_ask_for_anyone_there():
    ties = [link("a", "b"), link("c", "city"), link("a", "tatar", level="regional"), link("kazakh", "d", level="local")]
    scope = make_scope(party=[*map(resident, NAMES), CITY, TATAR, KAZAKH], tie=ties)
    found = rows_of(coverage_rows, scope)
    shares = {name: found.one(f"L01.{name}").value for name in ("local", "regional", "international", "any")}
    assert shares == pytest.approx({"local": 3 / 6, "regional": 1 / 6, "international": 1 / 6, "any": 4 / 6})
    assert found.one("L01").value == pytest.approx(2 / 6)


def test_where_the_partners_place_is_not_known_the_level_of_the_table_decides():
    ties = [link("a", "x", level="regional"), link("b", "y", level="international"), link("c", "z", level="local")]
    scope = make_scope(party=[*map(resident, NAMES), party("x"), party("y"), party("z")], tie=ties)
    found = rows_of(coverage_rows, scope)
    assert [found.one(f"L01.{level}").value for level in ("local", "regional", "international")] == [1 / 6] * 3


def test_a_resident_with_an_address_elsewhere_is_still_a_partner_at_home():
    parties = [resident("a"), resident("b", region_iso="RU-TA"), *map(resident, "cdef")]
    found = rows_of(coverage_rows, make_scope(party=parties, tie=[link("a", "b")]))
    assert found.one("L01.local").value == 2 / 6
    assert found.one("L01.regional").status is Status.MISSING_INPUT


def test_a_level_without_any_tie_in_the_register_is_missing_and_no_zero():
    row = rows_of(coverage_rows, make_register([("a", "b")], NAMES)).one("L01.international")
    assert (row.status, row.value, row.reason) == (
        Status.MISSING_INPUT,
        None,
        "no tie of this kind is reported",
    )


def test_no_tie_between_residents_is_a_true_zero():
    scope = make_scope(party=[*map(resident, NAMES), CITY], tie=[link("a", "city")])
    assert bounds(rows_of(coverage_rows, scope).one("L01")) == (0, 0, 0)


def test_a_cluster_asks_for_partners_in_itself_and_beside_it_in_the_zone():
    clusters = dict.fromkeys("abcde", "x") | {"f": "y"}
    scope = make_register([("a", "b"), ("c", "f")], NAMES, clusters)
    found = rows_of(coverage_rows, scope, "x")
    assert (found.one("L01").value, found.one("L01.zone").value) == pytest.approx((2 / 5, 3 / 5))
    assert {row.scope_type for row in found} == {"cluster"}


def test_of_one_independent_firm_nothing_is_shown():
    clusters = dict.fromkeys("abcd", "x") | dict.fromkeys("ef", "y")
    parties = [resident(name, cluster_id=clusters[name], holding_id="g" if name in "ef" else None) for name in NAMES]
    row = rows_of(coverage_rows, make_scope(party=parties, tie=[link("a", "b")]), "y").one("L01")
    assert (row.status, row.value, row.lower, row.n_units) == (Status.SUPPRESSED, None, None, None)
    alone = rows_of(coverage_rows, make_register([("a", "a")], ["a"])).one("L01")
    assert alone.status is Status.SUPPRESSED


def test_few_residents_are_marked():
    row = rows_of(coverage_rows, make_register([("a", "b")], ["a", "b", "c"])).one("L01")
    assert (row.status, row.value) == (Status.LOW_N, pytest.approx(2 / 3))


def test_without_a_register_the_headline_says_why():
    (row,) = coverage_rows(make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=YEAR)]))
    assert (row.metric_id, row.status) == ("L01", Status.MISSING_INPUT)
    assert row.reason == "needs a register of ties; reported ties are a sample"


def test_each_year_of_trade_has_a_row():
    scope = make_register([], NAMES, {})
    ties = [link("a", "b", year=2022), link("a", "b", year=2023), link("c", "d", year=2023)]
    found = rows_of(coverage_rows, make_scope(party=list(map(resident, NAMES)), tie=ties))
    assert scope.id == "home"
    assert [found.one("L01", year).value for year in (2022, 2023)] == pytest.approx([2 / 6, 4 / 6])


def test_between_zones_of_the_country_ties_are_regional_or_local_by_where_these_are():
    zones = [HOME, OTHER, HOME | {"zone_id": "near"}, TOTAL]
    parties = [*map(resident, "abc"), *(party(name, kind="resident", zone_id="other") for name in "de")]
    parties.append(party("f", kind="resident", zone_id="near"))
    ties = [link("a", "b"), link("a", "d", level="local"), link("d", "e"), link("c", "f", level="regional")]
    found = rows_of(coverage_rows, make_scope("country", "RUS", zone=zones, party=parties, tie=ties))
    assert found.one("L01.regional").value == pytest.approx(2 / 5)  # zone near has no register of its own
    assert found.one("L01.local").value == pytest.approx(5 / 5)


@settings(max_examples=12)
@given(st.sets(st.sampled_from(NAMES)), st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1))
def test_bounds_hold_the_share_and_more_answers_narrow_them(silent, pairs):
    def run(quiet):
        scope = make_register(set(pairs), NAMES, party_year=answers(NAMES, silent=quiet))
        return rows_of(coverage_rows, scope).one("L01")

    row, full = run(silent), run(())
    assert 0 <= row.lower == row.value <= row.upper <= 1
    assert full.lower == full.upper == row.value
