from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.firm_tables import EVEN, firms, scope_of, value
from metrics.shares import make_scope
from zonebook.metrics.disclosure_rows import primary_rows
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.suppression_rows import secondary_rows
from zonebook.page.locale import get_locale


def test_a_cluster_of_two_firms_is_hidden():
    rows = primary_rows(scope_of(firms(EVEN, [10.0, 10.0])))
    assert value(rows, "Q04") == value(rows, "Q04.revenue") == pytest.approx(1 / 3)
    assert value(rows, "Q04.frequency") == pytest.approx(1 / 3)
    assert value(rows, "Q04.dominance") == 0
    # Nothing is left beside two firms: each knows the other.
    assert value(rows, "Q04.p_percent") == pytest.approx(1 / 3)
    assert rows[0].reason == "1 of 3 figures of tables"
    assert (rows[0].n_units, rows[0].evidence, rows[0].year) == (3, Evidence.REGISTER, 2024)


def test_a_dominated_cluster_is_hidden_whatever_the_number_of_its_firms():
    rows = primary_rows(scope_of(firms(EVEN, [95.0, *[1.0] * 5])))
    assert (value(rows, "Q04.frequency"), value(rows, "Q04.dominance")) == (0, pytest.approx(1 / 3))


def test_a_group_of_firms_counts_as_one_respondent():
    tables = firms(EVEN)
    assert value(primary_rows(scope_of(tables)), "Q04") == 0
    for firm in tables["party"][:3]:
        firm["holding_id"] = "group"
    assert value(primary_rows(scope_of(tables)), "Q04.frequency") == 1


def test_a_firm_with_nothing_is_a_respondent_and_one_without_an_answer_is_none():
    tables = firms([10.0, 10.0, 0.0])
    assert value(primary_rows(scope_of(tables)), "Q04.frequency") == 0
    tables["party_year"][2]["revenue_rub"] = None
    assert value(primary_rows(scope_of(tables)), "Q04.frequency") == 1


def test_thresholds_are_those_of_the_parameters():
    scope = scope_of(firms(EVEN, [10.0] * 6))
    strict = replace(scope, settings=replace(scope.settings, least_firms=5))
    assert (value(primary_rows(scope), "Q04"), value(primary_rows(strict), "Q04")) == (0, pytest.approx(1 / 3))
    eased = replace(scope, settings=replace(scope.settings, p_percent=0.0, dominance=1.0, least_firms=1))
    assert value(primary_rows(eased), "Q04") == 0


def test_a_negative_part_is_for_a_review_by_hand():
    rows = primary_rows(scope_of(firms(EVEN, [10.0, 10.0, 10.0, -1.0])))
    assert value(rows, "Q04.review") == 2
    assert "to be reviewed by hand: 2" in rows[0].reason
    hidden = secondary_rows(scope_of(firms(EVEN, [10.0, 10.0, 10.0, -1.0])))
    assert value(hidden, "Q05.unpublished") == 1


def test_every_year_is_judged():
    tables = firms(EVEN)
    tables["party_year"] += [row | {"year": 2023} for row in tables["party_year"][:2]]
    rows = primary_rows(scope_of(tables))
    assert (value(rows, "Q04", 2023), value(rows, "Q04", 2024)) == (1, 0)


@pytest.mark.parametrize(("function", "metric_id"), [(primary_rows, "Q04"), (secondary_rows, "Q05")])
def test_without_firms_the_table_is_named(function, metric_id):
    absent, empty = function(make_scope())[0], function(make_scope(party_year=[], party=[]))[0]
    assert (absent.metric_id, absent.status) == (metric_id, Status.MISSING_INPUT)
    assert absent.reason == "the data set has no table party_year"
    assert empty.reason == "table party_year has no rows for this"


def test_no_name_of_a_firm_is_in_any_row():
    scope = scope_of(firms(EVEN, [24.0, 24.0]))
    for row in (*primary_rows(scope), *secondary_rows(scope)):
        assert not any(f"f{i}" in (row.metric_id, row.reason) for i in range(6))
        assert get_locale("ru").reason(row.reason) != row.reason or not row.reason


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(1, 99).map(float), min_size=1, max_size=5), min_size=1, max_size=5))
def test_the_unit_of_money_does_not_matter(sizes):
    one, other = (primary_rows(scope_of(firms(*(np.array(own) * scale for own in sizes)))) for scale in (1.0, 1024.0))
    assert [row.value for row in one] == [row.value for row in other]
