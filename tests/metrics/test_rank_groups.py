from dataclasses import replace

import numpy as np

from metrics.indexed import NAMES, SETTINGS, alike, country_scope, row, rows_of
from zonebook.metrics.rank_groups import find_common_year, read_groups
from zonebook.metrics.result import Evidence

ZONES = tuple(f"z{i}" for i in range(8))


def groups(rows, *zones, settings=SETTINGS):
    return read_groups(country_scope(*(zones or ZONES), settings=settings), rows)


def every(values=None, zones=ZONES, **cells):
    return [one for i, zone in enumerate(zones) for one in rows_of(values or alike(10.0 + i), zone, **cells)]


def test_zones_known_from_reports_only_are_not_ranked():
    rows = [*every(zones=ZONES[1:]), *every(zones=ZONES[:1], evidence=Evidence.REPORTED)]
    (group,) = groups(rows)
    assert group.zones == ZONES[1:]
    assert groups(every(evidence=Evidence.REPORTED)) == ()


def test_generated_and_registered_zones_are_ranked_apart():
    rows = [*every(zones=ZONES[:3]), *every(zones=ZONES[3:], evidence=Evidence.DEMONSTRATION)]
    register, generated = groups(rows)
    assert (register.evidence, register.zones, register.others) == (Evidence.REGISTER, ZONES[:3], 5)
    assert (generated.evidence, generated.zones, generated.others) == (Evidence.DEMONSTRATION, ZONES[3:], 3)
    assert register.notes == ("zones ranked apart, because some figures are generated and others are not: 5",)


def test_a_zone_with_one_generated_figure_is_generated():
    rows = [*every(), row("L01", 3.0, "z0", evidence=Evidence.DEMONSTRATION, period="FY", year=2024)]
    rows = [one for one in rows if not (one.scope_id == "z0" and one.metric_id == "L01")] + rows[-1:]
    assert [group.zones for group in groups(rows)] == [ZONES[1:], ZONES[:1]]


def test_aggregates_and_zones_of_other_countries_are_not_among_them():
    (group,) = groups([*every(), *rows_of(alike(99.0), "land-total"), *rows_of(alike(99.0), "stranger")])
    assert group.zones == ZONES


def test_one_year_is_ranked_the_latest_in_which_most_zones_are():
    rows = [*every(year=2022), *every(year=2023, zones=ZONES[:5]), *every(year=2025, zones=ZONES[:1])]
    (group,) = groups(rows, settings=replace(SETTINGS, index_lag=0))
    assert (group.year, group.zones) == (2023, ZONES[:5])


def test_a_closed_list_of_years_without_a_majority():
    assert find_common_year({2020: 1, 2021: 1}, 5) == 2021


def test_criteria_are_the_indicators_most_zones_have():
    rows = [one for one in every() if not (one.metric_id == "X04" and one.scope_id != "z0")]
    rows = [one for one in rows if not (one.metric_id == "L08" and one.scope_id == "z1")]
    (group,) = groups(rows, settings=replace(SETTINGS, level_share=0.5))
    assert list(group.scores.columns) == NAMES
    assert list(group.criteria.columns) == [name for name in NAMES if name != "X04"]
    assert list(group.criteria.index) == [zone for zone in ZONES if zone != "z1"]


def test_an_unknown_bound_reaches_to_the_end_of_the_scale_in_every_draw():
    rows = [one for one in every() if not (one.metric_id == "L01" and one.scope_id == "z0")]
    rows += [row("L01", 30.0, "z0", upper=None)]
    inputs = groups(rows)[0].inputs
    assert (inputs.lower.loc["z0", "L01"], inputs.upper.loc["z0", "L01"]) == (30, 100)
    assert np.isfinite(inputs.upper.to_numpy()).all()


def test_goalposts_of_no_extent_leave_the_indicator_out_of_the_draws():
    index = SETTINGS.index | {"local": {"L01": (5.0, 5.0), "L08": (0.0, 100.0)}}
    (group,) = groups(every(), settings=replace(SETTINGS, index=index, level_share=0.5))
    assert group.inputs.values["L01"].isna().all()
    assert group.inputs.goalposts["L01"] == (0.0, 1.0)
