import math
from functools import partial

import pytest

from metrics.register import ledger
from metrics.register import run as run_register
from metrics.shares import HOME, OTHER, PARTIES, TOTAL, compute, party, tie
from zonebook.metrics.geography_rows import effective_region_rows, partner_region_rows
from zonebook.metrics.result import Evidence, Status
from zonebook.settings import MetricSettings

LEDGER = {"evidence": "ledger", "source_id": "register"}
TIES = [tie("a", "tatar"), tie("b", "tver"), tie("c", "tver"), tie("d", "somewhere"), tie("e", "city", level="local")]


INTERNAL = MetricSettings(publish="internal").in_force
run_internal = partial(run_register, settings=INTERNAL)


def run(*ties, **tables):
    """Return the rows of an internal edition: the ties are those of one firm."""
    return compute(**({"party": PARTIES, "tie": ties, "publish": "internal"} | tables))


def test_partner_regions_are_counted_once_and_ties_without_one_are_said():
    row = run(*TIES).one("R01")
    assert (row.value, row.lower, row.upper) == (2, 2, None)
    assert row.reason == "reported ties, lower bound; ties left out, without a region: 1"
    assert (row.n_units, row.evidence, row.year, row.period) == (4, Evidence.REPORTED, 2025, "point")


def test_a_register_gives_exact_counts():
    row = run(*(cells | LEDGER for cells in TIES[:3]), publish="internal").one("R01")
    assert (row.value, row.lower, row.upper, row.reason) == (2, 2, 2, "")
    assert row.evidence is Evidence.REGISTER


def test_reach_is_the_share_of_all_other_regions():
    row = run(*TIES).one("R01.reach")
    assert (row.value, row.unit) == (1.0, "share")
    assert "of 2 other regions" in row.reason


def test_intended_ties_are_counted_apart_and_only_where_none_works():
    found = run(tie("a", "tatar"), tie("b", "tver", status="planned"), tie("c", "tatar", status="talks"))
    assert (found.one("R01").value, found.one("R01.planned").value) == (1, 1)


def test_ties_that_stay_at_home_or_go_abroad_reach_no_region():
    row = run(tie("a", "city", level="local"), tie("b", "kazakh", "export", level="international")).one("R01")
    assert (row.value, row.status) == (0, Status.OK)
    assert row.reason == "reported ties, lower bound"


@pytest.mark.parametrize("metric_id", ["R01", "R02", "R05"])
def test_without_ties_the_input_is_missing(metric_id):
    absent, none_here = compute().one(metric_id), run(tie("a", "tatar", status="planned")).one(metric_id)
    assert (absent.status, absent.reason) == (Status.MISSING_INPUT, "the data set has no table tie")
    assert (none_here.status, none_here.reason) == (Status.MISSING_INPUT, "no tie of this kind is reported")


def test_effective_numbers_by_count():
    found = run(*TIES)
    shares = (1 / 3, 2 / 3)
    assert found.one("R02").value == pytest.approx(math.exp(-sum(p * math.log(p) for p in shares)))
    assert found.one("R02.q0").value == 2
    assert found.one("R02.q2").value == pytest.approx(1 / sum(p * p for p in shares))
    assert (found.one("R02").lower, found.one("R02.q0").lower) == (None, 2)
    assert "weighted by the number of ties" in found.one("R02").reason


def test_effective_numbers_by_value_need_every_value():
    valued = [tie("a", "tatar", value_rub=30.0), tie("b", "tver", value_rub=10.0)]
    found = run(*valued)
    assert found.one("R02.value").value == pytest.approx(math.exp(-0.75 * math.log(0.75) - 0.25 * math.log(0.25)))
    assert found.one("R02.value_q0").value == 2
    assert "R02.value" not in run(*valued, tie("c", "tver")).ids()


def test_no_partner_region_is_undefined_and_not_zero():
    row = run(tie("a", "city", level="local")).one("R02")
    assert (row.status, row.value) == (Status.UNDEFINED, None)


def test_few_ties_are_marked():
    assert run(*TIES).one("R02").status is Status.LOW_N
    assert run(*TIES, tie("f", "tatar"), tie("g", "tatar")).one("R02").status is Status.OK


def test_a_region_sees_the_zone_elsewhere_as_its_partner():
    found = compute("region", "RU-TA", publish="internal", zone=[HOME, OTHER, TOTAL], party=PARTIES, tie=TIES)
    assert found.one("R01").value == 1


def test_the_country_counts_every_region_reached():
    found = compute("country", "", publish="internal", zone=[HOME, OTHER, TOTAL], party=PARTIES, tie=TIES)
    assert found.one("R01").value == 2
    assert "of 3 other regions" in found.one("R01.reach").reason


def test_a_register_has_a_row_for_every_year():
    found = run_internal(
        partner_region_rows, ledger("a", "far", year=2024), ledger("a", "far"), ledger("b", "e"), ledger("b", "kazakh")
    )
    assert [(row.year, row.period, row.value) for row in found if row.metric_id == "R01"] == [
        (2024, "FY", 1),
        (2025, "FY", 2),
    ]


def test_who_did_not_answer_may_have_more_partner_regions():
    answers = [{"party_id": "a", "year": 2025, "responded": True}, {"party_id": "b", "year": 2025, "responded": False}]
    found = run_internal(partner_region_rows, ledger("a", "far"), party_year=answers)
    row, effective = found.one("R01"), run_internal(effective_region_rows, ledger("a", "far"), party_year=answers)
    assert (row.value, row.lower, row.upper) == (1, 1, None)
    assert row.reason.startswith("did not answer: ")
    assert (effective.one("R02.q0").upper, effective.one("R02").lower) == (None, None)


def test_one_region_alone_is_one_effective_region():
    found = run_internal(effective_region_rows, ledger("a", "far", 5.0), ledger("b", "far", 7.0))
    assert [found.one(name).value for name in ("R02", "R02.q0", "R02.q2", "R02.value")] == [1, 1, 1, 1]


def test_ties_and_values_are_two_series_and_what_has_no_value_is_said():
    ties = [ledger("a", "far", 30.0), ledger("a", "e", 10.0), ledger("b", "e", None), ledger("c", "f", None)]
    ties.append(ledger("d", "far", None, kind="agreement"))
    found = run_internal(effective_region_rows, *ties)
    assert found.one("R02.q2").value == pytest.approx(1 / ((2 / 5) ** 2 + (3 / 5) ** 2))
    assert found.one("R02.value_q2").value == pytest.approx(1 / (0.75**2 + 0.25**2))
    assert "without a value: 2" in found.one("R02.value").reason


def test_a_year_without_a_partner_region_is_undefined_and_the_others_are_not():
    found = run_internal(effective_region_rows, ledger("a", "b", year=2024), ledger("a", "far"))
    assert [(row.year, row.status) for row in found if row.metric_id == "R02"] == [
        (2024, Status.UNDEFINED),
        (2025, Status.LOW_N),
    ]


def test_the_country_sees_ties_between_zones_from_both_ends():
    found = run_internal(effective_region_rows, ledger("a", "e"), ledger("a", "far"), scope=("country", ""))
    assert found.one("R02.q0").value == 3
    assert found.one("R02").n_units == 2


def test_a_public_edition_tells_nothing_of_the_regions_of_one_or_two_firms():
    firms = [*PARTIES, party("third", zone_id="home", kind="resident")]
    few = [tie(f"t{number}", "tver", **LEDGER, value_rub=5.0) for number in range(4)]
    found = compute(party=firms, tie=few)
    for name in ("R01", "R01.reach", "R02", "R02.q0", "R05", "R05.regional", "R09", "X20"):
        rows = [row for row in found if row.metric_id == name and row.scope_type == "zone"]
        assert all(row.value is None or row.value == 0 for row in rows), name
    assert found.one("R01").status is Status.SUPPRESSED
    all_three = [row | {"from_party": name} for row, name in zip(few, ("firm", "neighbour", "third"), strict=False)]
    assert compute(party=firms, tie=all_three).one("R01").value == 1
    giant = [all_three[0] | {"value_rub": 500.0}, *all_three[1:]]
    assert compute(party=firms, tie=giant).one("R02.value").status is Status.SUPPRESSED
    assert compute(party=firms, tie=giant).one("R05.value").status is Status.SUPPRESSED
