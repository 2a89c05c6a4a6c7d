import math

import pytest

from metrics.employed import grant, run
from metrics.supported import by_hand, simulate
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.support_change_rows import change_rows
from zonebook.settings import MetricSettings


def test_by_hand():
    row = run(change_rows, **by_hand()).one("S03")
    assert row.value == pytest.approx(math.log(2))
    assert (row.unit, row.n_units, row.year, row.status) == ("log points", 3, 2024, Status.LOW_N)
    assert (row.lower, row.upper) == (None, None)
    assert row.reason.startswith("only 3 to go by; no effect of support")
    assert "years compared: 1 either side of the first year of support" in row.reason
    assert "in prices of each year" in row.reason


def test_enough_pairs_have_an_interval_whose_seed_is_a_setting():
    tables = simulate([2022])
    row = run(change_rows, **tables).one("S03")
    assert row.lower < row.value < row.upper
    assert row.value == pytest.approx(0.4, abs=0.05)
    assert (row.status, row.n_units, row.evidence) == (Status.OK, 20, Evidence.REGISTER)
    assert "95 % interval from 2000 resamples of the firms, seed 1" in row.reason
    other = run(change_rows, settings=MetricSettings(seed=2, bootstraps=500), **tables).one("S03")
    assert other.value == row.value
    assert other.lower != row.lower
    assert "500 resamples of the firms, seed 2" in other.reason


def test_trap_regression_to_the_mean_is_said_of_every_series():
    found = run(change_rows, **simulate([2022]))
    assert all("return to their mean" in row.reason for row in found)
    assert found.ids() == {"S03", "S03.export", "S03.employees"}


def test_money_is_in_prices_of_2020_where_all_years_have_an_index_and_headcount_is_not():
    prices = [{"year": year, "series": "index", "index_2020": 1.1 ** (year - 2020)} for year in (2022, 2023, 2024)]
    found = run(change_rows, **by_hand(), deflator=prices)
    assert found.one("S03").value == pytest.approx(math.log(2) - 2 * math.log(1.1))
    assert "in prices of 2020, series index" in found.one("S03").reason
    assert "in prices of each year" in run(change_rows, **by_hand(), deflator=prices[:2]).one("S03").reason


def test_only_firms_above_zero_on_both_sides_are_paired():
    found = run(change_rows, **simulate([2022]))
    assert found.one("S03.export").n_units == 10
    assert found.one("S03").n_units == 20


def test_the_years_compared_are_a_setting():
    row = run(change_rows, settings=MetricSettings(support_span=2), **simulate([2022], trend=0.1)).one("S03")
    assert row.value == pytest.approx(0.3 + 4 * 0.15, abs=0.06)
    assert "years compared: 2 either side of" in row.reason


def test_few_respondents_are_not_shown():
    tables = by_hand()
    tables["party"] = [firm | {"holding_id": "g"} for firm in tables["party"]]
    row = run(change_rows, **tables).one("S03")
    assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)


def test_nobody_seen_on_both_sides_is_undefined():
    tables = by_hand() | {"support": [grant("s0", "2019"), grant("s1", "2024")]}
    row = run(change_rows, **tables).one("S03")
    assert (row.status, row.value) == (Status.UNDEFINED, None)


def test_planned_support_does_not_count():
    tables = by_hand() | {"support": [grant(f"s{n}", "2023", planned=True) for n in range(3)]}
    assert run(change_rows, **tables).one("S03").status is Status.UNDEFINED


@pytest.mark.parametrize(("absent", "table"), [("support", "support"), ("party_year", "party_year")])
def test_what_is_missing_is_named(absent, table):
    row = run(change_rows, **(by_hand() | {absent: None})).one("S03")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, f"the data set has no table {table}")
