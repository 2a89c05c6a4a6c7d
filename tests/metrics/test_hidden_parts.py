"""Which parts of a known whole are hidden: by frequency, dominance, the p-percent rule, and against subtraction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.metrics.disclosure import SuppressionRule, Verdict, judge_cell
from zonebook.metrics.hidden_parts import gather_amounts, hide_labels, is_disclosing
from zonebook.metrics.suppression import audit_suppression, build_table

RULE = SuppressionRule()
OFF = SuppressionRule(minimum=1, dominance=1.0, protection=0.0)


@pytest.mark.parametrize(
    ("who", "hidden"),
    [
        ({"a": {1, 2, 3}, "b": {1, 2, 3}}, set()),
        ({"a": {1, 2, 3}, "b": {1}}, {"a", "b"}),  # the rest gives it away
        ({"a": {1, 2, 3}, "b": {1}, "c": {1}}, {"a", "b", "c"}),  # both of the same firm
        ({"a": {1, 2, 3, 4}, "b": {1}, "c": {2, 3}}, {"b", "c"}),
        ({"a": {None}, "b": {1, 2, 3}}, set()),
    ],
)
def test_hidden_parts_cannot_be_worked_out_from_the_whole(who, hidden):
    parts = {label: dict.fromkeys(firms, 1.0) for label, firms in who.items()}
    assert hide_labels(parts, RULE) == hidden


def test_a_part_that_one_firm_dominates_is_hidden_with_another():
    alike = dict.fromkeys("pqrs", 5.0)
    parts = {"giant": {**alike, "g": 900.0}, "small": alike, "large": dict.fromkeys("pqrs", 300.0)}
    assert hide_labels(parts, RULE) == {"giant", "small", "large"}
    assert hide_labels(parts, OFF) == frozenset()


@pytest.mark.parametrize("amounts", [[50_000, 49_000, 1_000], [5, 5], [1, 1, 1], [95, 3, 2], [9, 0, 0], [0, 0, 0]])
def test_a_sum_is_judged_as_a_figure_of_a_table(amounts):
    behind = dict(enumerate(amounts))
    assert is_disclosing(behind, RULE) is (judge_cell(amounts).verdict is Verdict.SUPPRESS)


def test_nobody_is_given_away_by_what_a_zone_states_itself():
    assert not is_disclosing({None: 5.0}, RULE)
    assert not is_disclosing({}, RULE)
    assert gather_amounts(["a", "a"], [None, "p"], [1, 2]) == {"a": {None: 1.0, "p": 2.0}}


@given(st.lists(st.lists(st.integers(1, 10_000), min_size=1, max_size=6), min_size=3, max_size=7))
def test_no_hidden_part_is_known_to_p_percent_from_the_whole_by_bounds(amounts):
    parts = {str(place): {f"{place}-{n}": float(x) for n, x in enumerate(row)} for place, row in enumerate(amounts)}
    hidden = hide_labels(parts, RULE)
    if hidden == set(parts):
        return  # nothing is shown: there is nothing to subtract
    values = [sum(behind.values()) for behind in parts.values()]
    marks = [label in hidden for label in parts]
    family = build_table([[*values, sum(values)]], [[*marks, False]])
    primary = np.array([is_disclosing(behind, RULE) for behind in parts.values()])
    audit = audit_suppression(family, family.primary)
    exposed = audit["is_exposed"].reindex(range(len(parts)), fill_value=False).to_numpy(dtype=bool)
    assert not (exposed & primary).any()
