import pytest

from metrics.shares import compute, figure
from zonebook.metrics.result import Status

ALL = ("T01", "T02", "T03", "T04")


def target(indicator, year, value, **cells):
    row = {"zone_id": "home", "indicator": indicator, "target_year": year, "target_value": value}
    return row | {"unit": "count", "source_id": "official"} | cells


def stock(indicator, year, value, **cells):
    return figure(indicator, year, value, "point", **({"unit": "count"} | cells))


RESIDENTS = [stock("residents", 2020, 100), stock("residents", 2025, 150)]
GOAL = target("residents", 2030, 225)


def run(goals, figures, year=2025, **tables):
    return compute(year=year, target=goals, zone_year=figures, **tables)


def test_three_straight_scenarios_of_the_target_year():
    found = run([GOAL], RESIDENTS)
    rows = {name: found.one(f"T03.residents.{name}") for name in ("trend", "required", "stop")}
    assert {name: row.value for name, row in rows.items()} == {"trend": 200, "required": 225, "stop": 150}
    assert {row.year for row in rows.values()} == {2030}
    assert found.one("T03").value == 200
    assert "a straight scenario without probabilities" in found.one("T03").reason
    assert not any("band" in metric_id for metric_id in found.ids())


def test_five_years_running_allow_bands():
    figures = [
        stock("residents", year, value) for year, value in zip(range(2021, 2026), (90, 100, 105, 120, 130), strict=True)
    ]
    found = run([GOAL], figures)
    bands = [row for row in found if row.metric_id == "T03.residents.band80"]
    assert [row.year for row in bands] == [2026, 2027, 2028, 2029, 2030]
    widths = [row.upper / row.lower for row in bands]
    assert widths == sorted(widths)
    assert bands[0].reason == "5 figures, band of 80 %"
    gapped = [figures[0] | {"year": 2019}, *figures[1:]]
    assert "T03.residents.band80" not in run([GOAL], gapped).ids()


def test_sums_since_foundation_have_no_bands():
    figures = [stock("jobs", year, 100 + year - 2020, cumulative=True) for year in range(2020, 2026)]
    assert not any("band" in metric_id for metric_id in run([target("jobs", 2030, 300)], figures).ids())


def test_time_distance_has_a_minus_where_the_zone_is_behind():
    behind = run([GOAL], [RESIDENTS[0], stock("residents", 2025, 120)]).one("T04.residents")
    ahead = run([GOAL], [RESIDENTS[0], stock("residents", 2025, 190)]).one("T04.residents")
    assert behind.value < 0 < ahead.value
    assert behind.unit == "years"
    assert "minus: behind the required path" in behind.reason
    assert run([GOAL], RESIDENTS).one("T04").value == pytest.approx(0)


def test_time_distance_is_undefined_off_the_path():
    row = run([GOAL], [RESIDENTS[0], stock("residents", 2025, 90)]).one("T04")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    met = run([GOAL], [RESIDENTS[0], stock("residents", 2025, 230)]).one("T04.residents")
    assert met.reason == "target met"


def test_an_interval_that_leaves_the_path_has_no_bounds():
    figures = [RESIDENTS[0], stock("residents", 2025, 200, qualifier="over")]
    row = run([GOAL], figures).one("T04.residents")
    assert (row.status, row.lower, row.upper) == (Status.OK, None, None)
    assert "interval reaches beyond the path" in row.reason
