import pytest

from metrics.shares import HOME, OTHER, TOTAL, figure, make_scope
from zonebook.metrics.interval import Interval
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n

THIRD = OTHER | {"zone_id": "third", "established": "2024"}


def test_a_zone_has_its_own_figures_only():
    scope = make_scope(zone_year=[figure("jobs", 2024, 5), figure("jobs", 2024, 900, zone_id="land-total")])
    assert [f.value for f in scope.figures] == [5]
    assert (scope.zone_ids, scope.home_country) == (("home",), "RUS")


def test_a_region_adds_figures_up_only_where_every_zone_has_one():
    rows = [figure("jobs", 2023, 1, zone_id="other"), figure("jobs", 2024, 2, zone_id="other")]
    scope = make_scope("region", "RU-TA", zone=[HOME, OTHER, THIRD, TOTAL], zone_year=rows)
    # The third zone was not there yet in 2023.
    assert [(f.year, f.value, f.zones) for f in scope.figures] == [(2023, 1, 1)]
    rows.append(figure("jobs", 2024, 5, qualifier="about", zone_id="third"))
    scope = make_scope("region", "RU-TA", zone=[HOME, OTHER, THIRD, TOTAL], zone_year=rows)
    assert scope.series("jobs")[-1].interval == Interval(7, 6.5, 7.5)


def test_shares_and_countries_of_several_zones_are_never_added_up():
    zones = [OTHER, OTHER | {"zone_id": "second"}]
    rows = [
        figure(indicator, 2024, 20, unit=unit, zone_id=zone["zone_id"])
        for zone in zones
        for indicator, unit in (("exporters_share_pct", "percent"), ("export_countries", "count"), ("jobs", "count"))
    ]
    scope = make_scope("region", "RU-TA", zone=zones, zone_year=rows)
    assert [f.indicator for f in scope.figures] == ["jobs"]


def test_the_country_has_the_figures_of_its_total_and_adds_no_zones_up():
    rows = [figure("jobs", 2024, 5), figure("jobs", 2024, 900, zone_id="land-total")]
    scope = make_scope("country", "", zone=[HOME, OTHER, TOTAL], zone_year=rows)
    assert (scope.id, scope.total_id) == ("RUS", "land-total")
    assert [f.value for f in scope.figures] == [900]


def test_totals_of_a_region_or_another_country_are_not_the_countrys():
    regional = TOTAL | {"zone_id": "a-total", "region_iso": "RU-TA"}
    foreign = TOTAL | {"zone_id": "b-total", "country_iso3": "KAZ"}
    scope = make_scope("country", "", zone=[HOME, OTHER, regional, foreign], zone_year=[figure("jobs", 2024, 5)])
    assert scope.total_id is None
    assert scope.figures == ()
    assert scope.explain_no_figure("jobs") == "no total for the country is given, and zones are not added up to one"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({}, "the data set has no table zone_year"),
        ({"zone_year": []}, "table zone_year has no figure jobs for this"),
        ({"zone_year": [figure("jobs", 2024, 5, cumulative=True)]}, "only sums since foundation are given"),
    ],
)
def test_what_is_missing_is_named(tables, expected):
    assert make_scope(**tables).explain_no_figure("jobs") == expected


def test_a_region_says_how_many_zones_have_a_figure():
    zones = [OTHER, OTHER | {"zone_id": "second"}]
    scope = make_scope("region", "RU-TA", zone=zones, zone_year=[figure("jobs", 2024, 5, zone_id="other")])
    expected = "jobs is known for 1 of 2 zones at most, and a sum needs all of them"
    assert scope.explain_no_figure("jobs") == expected


def test_rows_carry_where_they_come_from():
    scope = make_scope(zone_year=[figure("jobs", 2024, 5, source_id="register", vintage="2025-01-01")])
    basis = Basis.of(*scope.figures)
    row = scope.result("X01", Interval(5, 4, 6), "count", basis, ["sources disagree"])
    assert (row.scope_type, row.scope_id, row.year, row.period) == ("zone", "home", 2024, "FY")
    assert (row.value, row.lower, row.upper) == (5, 4, 6)
    assert (row.evidence, row.source_ids, row.vintage) == (Evidence.REGISTER, "register", "2025-01-01")


def test_unknown_bounds_are_left_empty_and_a_lower_bound_has_no_upper_one():
    scope = make_scope()
    basis = Basis(2025, "point")
    plain, least = scope.result("R02", 2.5, "count", basis), scope.at_least("R01", 3, "count", basis)
    assert (plain.lower, plain.upper) == (None, None)
    assert (least.lower, least.upper) == (3, None)
    missing = scope.missing_table("S02", "ratio", "support")
    assert (missing.status, missing.value, missing.year) == (Status.MISSING_INPUT, None, 2025)
    assert str(scope.result("X02", -0.0, "share", basis).value) == "0.0"


def test_few_units_are_marked():
    scope = make_scope()
    rows = [scope.result("R05", 1.0, "km", Basis(2025, "point", n_units=n)) for n in (4, 5, None)]
    assert [row.status for row in mark_low_n(rows, 5)] == [Status.LOW_N, Status.OK, Status.OK]
    assert mark_low_n(rows, 5)[0].reason == "only 4 to go by"


def test_an_unknown_year_of_foundation_counts_as_established():
    zones = [
        OTHER,
        OTHER | {"zone_id": "second", "established": None},
        OTHER | {"zone_id": "late", "established": "2024"},
    ]
    scope: Scope = make_scope("region", "RU-TA", zone=zones)
    assert (scope.count_zones(in_year=2023), scope.count_zones(in_year=2024)) == (2, 3)
