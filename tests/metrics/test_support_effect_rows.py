import math

import pytest

from metrics.employed import grant, run
from metrics.shares import HOME, OTHER
from metrics.supported import by_hand, simulate
from zonebook.metrics.result import Status
from zonebook.metrics.support_effect_rows import effect_rows
from zonebook.settings import MetricSettings


def test_by_hand():
    found = run(effect_rows, **by_hand())
    row = found.one("S04")
    assert row.value == pytest.approx(math.log(2))
    assert (row.status, row.lower, row.n_units, row.unit) == (Status.LOW_N, None, 6, "log points")
    assert "a difference between supported firms and others, not an effect of support" in row.reason
    assert "firms supported: 3, not supported: 3" in row.reason
    assert "fewer than 10 firms: described only, without an interval" in row.reason
    for name in ("S04.event.0", "S04.event.1", "S04.two_by_two", "S04.panel"):
        assert found.one(name).value == pytest.approx(math.log(2)), name
    assert found.one("S04.pre_trend").status is Status.NOT_APPLICABLE


def test_what_was_put_in_is_found_and_may_be_called_an_effect():
    found = run(effect_rows, **simulate([2022]))
    row = found.one("S04")
    assert row.lower < 0.3 < row.upper
    assert (row.status, row.n_units, row.year) == (Status.OK, 40, 2025)
    assert "may be read as an effect of support" in row.reason
    assert "against firms never supported (Callaway and Sant'Anna)" in row.reason
    assert "95 % interval from standard errors by firm" in row.reason
    assert found.one("S04.pre_trend").value > 0.1
    assert f"p = {round(100 * found.one('S04.pre_trend').value)} %" in row.reason
    assert found.one("S04.event.-3").lower < 0 < found.one("S04.event.-3").upper
    assert found.one("S04.event.-3").reason == "95 % interval from standard errors by firm"
    assert found.one("S04.event.2").value == pytest.approx(0.3, abs=0.05)
    assert found.one("S04.panel").value == pytest.approx(0.3, abs=0.03)
    assert found.one("S04.export").n_units == 30
    assert found.one("S04.employees").value == 0


def test_trap_firms_that_already_parted_are_a_difference_and_never_an_effect():
    found = run(effect_rows, **simulate([2022], trend=0.1))
    row = found.one("S04")
    assert found.one("S04.pre_trend").value < 0.1
    assert "a difference between supported firms and others" in row.reason
    assert not any("may be read as an effect" in one.reason for one in found if one.series != "employees")


def test_few_supported_firms_are_a_difference_whatever_the_trend():
    tables = simulate([2022])
    tables["support"] = tables["support"][:9]
    assert "not an effect of support" in run(effect_rows, **tables).one("S04").reason
    eased = run(effect_rows, settings=MetricSettings(least_treated=9), **tables).one("S04")
    assert "may be read as an effect" in eased.reason


def test_an_untested_trend_is_an_association():
    row = run(effect_rows, **simulate([2020])).one("S04")
    assert "an association with support, not its effect" in row.reason


def test_the_level_of_the_test_is_a_setting():
    row = run(effect_rows, settings=MetricSettings(pre_trend=1.0), **simulate([2022])).one("S04")
    assert "a difference between supported firms and others" in row.reason


def test_fewest_firms_with_an_interval_are_a_setting():
    row = run(effect_rows, settings=MetricSettings(least_clusters=41), **simulate([2022])).one("S04")
    assert (row.status, row.lower) == (Status.LOW_N, None)


def test_support_that_begins_in_different_years_is_compared_cleanly():
    row = run(effect_rows, **simulate([2021, 2023], n=60)).one("S04")
    assert row.value == pytest.approx(0.3, abs=0.04)


def test_where_all_are_supported_in_the_end_those_not_yet_are_controls():
    tables = simulate([2021, 2024])
    kept = {row["party_id"] for row in tables["support"]}
    tables["party"] = [firm for firm in tables["party"] if firm["party_id"] in kept]
    row = run(effect_rows, **tables).one("S04")
    assert "against firms not supported yet" in row.reason
    assert row.value == pytest.approx(0.3, abs=0.05)


def test_without_a_control_or_a_year_before_it_does_not_apply():
    tables = simulate([2022])
    everyone = [grant(firm["party_id"], "2022") for firm in tables["party"]]
    for support in (everyone, [grant("r00", "2019")]):
        row = run(effect_rows, **(tables | {"support": support})).one("S04")
        assert (row.status, row.value) == (Status.NOT_APPLICABLE, None)


def test_a_group_of_companies_is_one_respondent():
    tables = simulate([2022])
    supported = {row["party_id"] for row in tables["support"]}
    tables["party"] = [f | {"holding_id": "g" if f["party_id"] in supported else None} for f in tables["party"]]
    assert {row.status for row in run(effect_rows, **tables)} == {Status.SUPPRESSED}


def test_a_year_seen_of_few_supported_firms_is_not_shown():
    tables = simulate([2022])
    last = [row["party_id"] for row in tables["support"]][2:]
    tables["party_year"] = [
        row for row in tables["party_year"] if not (row["year"] == 2025 and row["party_id"] in last)
    ]
    assert run(effect_rows, **tables).one("S04.event.3").status is Status.SUPPRESSED


def test_a_region_and_the_country_pool_their_zones():
    tables = simulate([2022]) | {"zone": [HOME, OTHER]}
    tables["party"] = [f | {"zone_id": "home" if n % 3 else "other"} for n, f in enumerate(tables["party"])]
    assert run(effect_rows, "country", "", **tables).one("S04").n_units == 40
    assert run(effect_rows, "region", "RU-TA", **tables).one("S04").n_units == 14


def test_prices_of_all_firms_do_not_matter():
    tables = simulate([2022])
    dearer = [row | {"revenue_rub": row["revenue_rub"] * 1.3 ** (row["year"] - 2019)} for row in tables["party_year"]]
    values = [
        run(effect_rows, **(tables | {"party_year": one})).one("S04").value for one in (tables["party_year"], dearer)
    ]
    assert values[0] == pytest.approx(values[1])


@pytest.mark.parametrize("absent", ["support", "party_year"])
def test_what_is_missing_is_named(absent):
    row = run(effect_rows, **(by_hand() | {absent: None})).one("S04")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, f"the data set has no table {absent}")
