from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.indexed import SETTINGS, ZONES, alike, country_scope, draw, find, ladder, rank_zones, rows_of, zone_scope
from zonebook.metrics.composite_rows import index_rows
from zonebook.metrics.majority_rows import majority_rows
from zonebook.metrics.rank_rows import rank_rows
from zonebook.metrics.reasons import read_reason
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.sensitivity_rows import sensitivity_rows
from zonebook.page.locale import get_locale

FUNCTIONS = [(majority_rows, "C04"), (rank_rows, "C06"), (sensitivity_rows, "C07")]


def test_where_all_indicators_agree_every_ranking_is_the_same_and_sure():
    majority, ranks = rank_zones(majority_rows, ladder()), rank_zones(rank_rows, ladder())
    for place, zone in enumerate(reversed(ZONES), start=1):
        assert find(majority, "C04", zone).value == find(majority, "C04.majority", zone).value == place
        median, rank = find(ranks, "C06", zone), find(ranks, "C06.rank", zone)
        assert (median.value, median.lower, median.upper, rank.value) == (place, place, place, place)
    assert find(majority, "C04", "RUS").value == 0
    assert find(majority, "C04.circle").value == 0
    assert find(majority, "C04.spearman").value == pytest.approx(1)
    assert find(ranks, "C06", "RUS").value == 0
    assert (find(ranks, "C06.printed").value, find(ranks, "C06.distinguishable").value) == (8, 1)
    assert rank_zones(sensitivity_rows, ladder())[0].reason == "no choice moves a rank"


def test_a_zone_that_lacks_what_most_have_is_not_compared_one_by_one():
    rule = replace(SETTINGS, level_share=0.5)
    values = ladder() | {"z0": {name: value for name, value in alike(5.0).items() if name != "L01"}}
    found = rank_zones(majority_rows, values, rule)
    assert find(found, "C04", "z0").reason == "lacks an indicator that most zones have"
    assert find(found, "C04", "z7").value == 1
    assert find(rank_zones(rank_rows, values, rule), "C06", "z0").value == 8


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000))
def test_medians_lie_in_their_intervals_and_wide_ones_are_not_printed(seed):
    found = rank_zones(rank_rows, draw(seed))
    for zone in ZONES:
        median, rank = find(found, "C06", zone), find(found, "C06.rank", zone)
        assert 1 <= median.lower <= median.value <= median.upper <= 8
        assert (rank.status is Status.OK) == (median.upper - median.lower <= 8 / 3)
    printed = sum(find(found, "C06.rank", zone).status is Status.OK for zone in ZONES)
    assert find(found, "C06.printed").value == printed


def test_a_rank_that_is_too_wide_says_between_what():
    found = rank_zones(rank_rows, draw())
    wide = [one for one in found if one.metric_id == "C06.rank" and one.status is Status.UNDEFINED]
    assert wide
    median = find(found, "C06", wide[0].scope_id)
    expected = f"the rank lies between {median.lower:.0f} and {median.upper:.0f} of 8, too wide to be printed"
    assert wide[0].reason == expected


def test_the_rank_is_that_of_the_index():
    values = draw(4)
    rows = [one for zone, own in values.items() for one in rows_of(own, zone)]
    scope = country_scope(*values, settings=replace(SETTINGS, widest_rank=1.0))
    ranks = {one.scope_id: one.value for one in rank_rows(scope, rows) if one.metric_id == "C06.rank"}
    index = {}
    for zone in ZONES:
        index[zone] = find(index_rows(zone_scope(), rows_of(values[zone])), "C05").value
    expected = {zone: 1 + sum(other > index[zone] for other in index.values()) for zone in ZONES}
    assert ranks == expected


@pytest.mark.parametrize("rank_id", ["C06.rank", "C04", "C04.majority"])
def test_fewer_than_six_zones_have_no_rank_but_a_profile(rank_id):
    function = rank_rows if rank_id.startswith("C06") else majority_rows
    found = find(rank_zones(function, draw(zones=ZONES[:5])), rank_id, "z0")
    assert (found.status, found.reason) == (Status.UNDEFINED, "fewer than 6 zones: no rank is printed")
    assert find(rank_zones(function, ladder(ZONES[:6])), rank_id, "z0").status is Status.OK


def test_what_few_zones_allow_is_marked():
    found = rank_zones(rank_rows, draw(zones=ZONES[:5]))
    assert find(found, "C06", "RUS").status is find(found, "C06", "z0").status is Status.LOW_N
    assert rank_zones(sensitivity_rows, draw(zones=ZONES[:5]))[0].status is Status.LOW_N


@pytest.mark.parametrize(("function", "metric_id"), FUNCTIONS)
def test_one_zone_is_not_ranked(function, metric_id):
    found = find(rank_zones(function, {"z0": alike(3.0)}), metric_id, "RUS")
    assert (found.status, found.reason) == (Status.NOT_APPLICABLE, "a rank needs two zones")


@pytest.mark.parametrize(("function", "metric_id"), FUNCTIONS)
def test_reported_figures_are_never_ranked(function, metric_id):
    found = rank_zones(function, draw(), evidence=Evidence.REPORTED)
    assert [(one.metric_id, one.status) for one in found] == [(metric_id, Status.MISSING_INPUT)]
    assert found[0].reason == "no zone has a cooperation index made from a register"


def test_generated_zones_are_ranked_apart_and_say_so():
    rows = [one for zone, own in draw().items() for one in rows_of(own, zone)]
    others = tuple(f"d{i}" for i in range(6))
    rows += [
        one for zone, own in draw(2, others).items() for one in rows_of(own, zone, evidence=Evidence.DEMONSTRATION)
    ]
    found = rank_rows(country_scope(*ZONES, *others, settings=SETTINGS), rows)
    assert find(found, "C06", "RUS").evidence is Evidence.REGISTER
    assert find(found, "C06", "d0").evidence is Evidence.DEMONSTRATION
    assert max(one.value for one in found if one.metric_id == "C06" and one.scope_id in others) <= 6
    assert "ranked apart" in find(found, "C06", "d0").reason
    assert (find(found, "C06", "z0").n_units, find(found, "C06", "d0").n_units) == (8, 6)


@pytest.mark.parametrize(("function", "metric_id"), FUNCTIONS)
def test_the_seed_decides_everything(function, metric_id):
    assert rank_zones(function, draw()) == rank_zones(function, draw())
    other = rank_zones(function, draw(), replace(SETTINGS, seed=2))
    if function is not majority_rows:
        assert "seed 1" in find(rank_zones(function, draw()), metric_id, "RUS").reason
        assert "seed 2" in find(other, metric_id, "RUS").reason


def test_reasons_are_said_in_both_languages():
    for function, _ in FUNCTIONS:
        for values in (draw(), draw(zones=ZONES[:5]), {"z0": alike(3.0)}, {}):
            for one in rank_zones(function, values):
                russian = get_locale("ru").reason(one.reason)
                assert not any("a" <= letter <= "z" for letter in russian.lower()), russian
                assert read_reason(one.reason)
