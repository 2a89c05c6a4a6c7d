"""L11: residents tied to universities and institutes, with bounds for those that did not answer."""

import pytest

from metrics.deals import deal, residents, rows_of, totals
from metrics.shares import HOME, OTHER, TOTAL, party, tie
from zonebook.metrics.result import Status

BODIES = [party("uni", kind="university"), party("lab", kind="institute", zone_id="home"), party("firm")]
FIRMS = [*residents("a", "b", "c", "d", "e"), *BODIES]
TIES = [deal("uni", "a", 5.0, kind="r_and_d"), deal("b", "lab", None, kind="r_and_d"), deal("a", "c", 1.0)]


def run(*ties, party=FIRMS, **more):
    return rows_of("L11", party=party, tie=ties or TIES, **more)


def test_by_hand_in_either_direction():
    found = run()
    row = found.one("L11")
    assert (row.value, row.lower, row.upper, row.n_units, row.status) == (0.4, 0.4, 0.4, 5, Status.OK)
    assert (found.one("L11.university").value, found.one("L11.institute").value) == (0.2, 0.2)


def test_other_kinds_other_partners_and_plans_do_not_count():
    more = [deal("uni", "c", 5.0), deal("firm", "d", 5.0, kind="r_and_d")]
    assert run(*TIES, *more, deal("uni", "e", 1.0, kind="r_and_d", status="planned")).one("L11").value == 0.4


def test_a_resident_that_did_not_answer_is_not_one_without_ties():
    answers = [*totals("employees", dict.fromkeys("abc", 1.0)), *totals("employees", {"d": None}, responded=False)]
    row = run(party_year=answers).one("L11")
    # d said so, e is not on record; both may have such a tie.
    assert (row.value, row.lower, row.upper) == (0.4, 0.4, pytest.approx(0.8))
    assert "did not answer: 2 of 5" in row.reason


def test_a_research_tie_holds_from_its_year_on():
    ties = [deal("uni", "a", 5.0, year=2023, kind="r_and_d"), deal("a", "c", 1.0, year=2024), deal("a", "c", 1.0)]
    assert [row.value for row in run(*ties) if row.metric_id == "L11"] == [0.2, 0.2]


def test_nobody_with_such_a_tie_is_a_true_zero():
    row = run(deal("a", "c", 1.0)).one("L11")
    assert (row.value, row.status) == (0, Status.OK)


def test_press_is_no_register_and_few_residents_are_marked():
    row = rows_of("L11", party=FIRMS, tie=[tie("t", "a", "r_and_d", from_party="uni")]).one("L11")
    assert (row.status, row.reason) == (
        Status.MISSING_INPUT,
        "needs a register of ties; reported ties are a sample",
    )
    assert run(party=[*FIRMS[:3], *BODIES]).one("L11").status is Status.LOW_N


def test_clusters_and_zones_with_a_register_have_their_own():
    firms = [*residents("a", "b", cluster_id="one"), *residents("c", "d"), *BODIES]
    found = rows_of("L11", party=firms, tie=TIES, cluster=[{"cluster_id": "one", "zone_id": "home"}])
    assert {(row.scope_id, row.value) for row in found if row.metric_id == "L11"} == {("home", 0.5), ("one", 1.0)}
    country = [*FIRMS, *residents("x", "y", zone_id="other")]
    row = rows_of("L11", "country", "RUS", party=country, tie=TIES, zone=[HOME, OTHER, TOTAL]).one("L11")
    assert row.value == 0.4
