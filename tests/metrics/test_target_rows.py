import pytest

from metrics.shares import compute, figure, make_share
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.result import Status
from zonebook.settings import MetricSettings

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


def test_attainment_and_the_way_done():
    found = run([GOAL], RESIDENTS)
    assert found.one("T01.residents").value == pytest.approx(150 / 225)
    assert found.one("T01.residents.progress").value == pytest.approx(50 / 125)
    assert found.one("T01").value == found.one("T01.residents").value
    assert found.one("T01").reason.startswith("indicator: residents; ")
    assert found.one("T01.residents").source_ids == "press-a;official"


def test_over_and_about_travel_into_attainment():
    goal = target("residents", 2030, 600, qualifier="about")
    row = run([goal], [stock("residents", 2025, 230, qualifier="over")]).one("T01.residents")
    assert (row.value, row.lower, row.upper) == pytest.approx((230 / 600, 230 / 650, 240 / 550))


def test_a_declared_base_goes_before_the_earliest_figure():
    found = run([target("residents", 2030, 225, base_year=2023, base_value=125.0)], RESIDENTS)
    assert found.one("T01.residents.progress").value == pytest.approx(0.25)
    assert "base of 2023" in found.one("T01.residents.progress").reason


def test_a_target_below_its_declared_base_is_to_be_come_down_to():
    found = run([target("residents", 2030, 75, base_year=2020, base_value=100.0)], RESIDENTS[1:])
    assert found.one("T01.residents").value == pytest.approx(75 / 150)
    assert found.one("T01.residents.progress").value == pytest.approx(-2)


def test_a_past_target_is_judged_by_the_figure_of_its_year():
    figures = [*RESIDENTS, stock("residents", 2022, 120)]
    found = run([target("residents", 2023, 130)], figures)
    row = found.one("T01.residents")
    assert (row.value, row.year) == (pytest.approx(120 / 130), 2022)
    assert "figure of 2022" in row.reason
    for metric_id in ("T02", "T03", "T04"):
        row = found.one(metric_id)
        assert row.status is Status.NOT_APPLICABLE
        assert "the target year is past" in row.reason


def test_an_earliest_figure_past_the_target_is_no_base():
    assert (
        "T01.residents.progress"
        not in run([target("residents", 2023, 90)], [*RESIDENTS, stock("residents", 2022, 95)]).ids()
    )


def test_targets_of_two_sources_are_one_with_both_bounds():
    goals = [target("residents", 2030, 600, qualifier="about"), target("residents", 2030, 620, source_id="press-a")]
    row = run(goals, RESIDENTS).one("T01.residents")
    assert (row.value, row.lower, row.upper) == pytest.approx((150 / 620, 150 / 650, 150 / 550))
    assert "sources disagree" not in row.reason


def test_the_coming_target_has_the_plain_name_and_others_their_year():
    found = run([GOAL, target("residents", 2024, 110), target("residents", 2040, 900)], RESIDENTS)
    assert {"T01.residents", "T01.residents.2024", "T01.residents.2040"} <= found.ids()
    assert "target of 2030" in found.one("T01.residents").reason


def test_a_target_without_a_year_has_attainment_only():
    found = run([target("residents", None, 300)], RESIDENTS)
    assert found.one("T01.residents").value == 0.5
    row = found.one("T02.residents")
    assert (row.status, row.reason) == (Status.NOT_APPLICABLE, "the target names no year: only attainment is judged")


def test_growth_as_required_has_a_ratio_of_one():
    found = run([GOAL], RESIDENTS)
    row = found.one("T02.residents")
    assert (row.value, row.unit) == (pytest.approx(1), "ratio")
    assert row.reason == "class: significant; base of 2020; target of 2030"
    rate = 1.5**0.2 - 1
    for suffix in ("actual", "required", "required_from_base"):
        assert found.one(f"T02.residents.{suffix}").value == pytest.approx(rate)
    assert (found.one("T02.residents.per_year").value, found.one("T02.residents.per_year").unit) == (15, "count")


@pytest.mark.parametrize(
    ("now", "progress"),
    [(160, "significant"), (135, "moderate"), (110, "insufficient"), (90, "moving away"), (230, "target met")],
)
def test_classes(now, progress):
    found = run([GOAL], [RESIDENTS[0], stock("residents", 2025, now)])
    assert found.one("T02.residents").reason.startswith(f"class: {progress}; ")


def test_limits_of_the_classes_are_parameters():
    tables = {"target": [GOAL], "zone_year": [RESIDENTS[0], stock("residents", 2025, 135)]}
    rows = compute_metrics(make_share(**tables), 2025, settings=MetricSettings(on_course=0.7, moderate=0.5))
    assert next(row for row in rows if row.metric_id == "T02.residents").reason.startswith("class: significant")


def test_a_target_that_is_met_requires_nothing_more():
    found = run([GOAL], [RESIDENTS[0], stock("residents", 2025, 230)])
    assert found.one("T02.residents.required").value == 0
    assert found.one("T02.residents.required").reason.startswith("target met")
    assert "T02.residents.per_year" not in found.ids()


def test_without_a_base_only_what_is_required_is_known():
    found = run([GOAL], RESIDENTS[1:])
    row = found.one("T02.residents")
    assert (row.status, row.value) == (Status.MISSING_INPUT, None)
    assert "no earlier comparable figure of residents" in row.reason
    assert found.one("T02.residents.required").value == pytest.approx(1.5**0.2 - 1)


def test_a_base_of_the_latest_year_leaves_nothing_to_judge():
    found = run([target("residents", 2030, 225, base_year=2025, base_value=150.0)], RESIDENTS)
    assert found.one("T02.residents").reason == "no figure later than the base of 2025"


def test_recent_growth_stands_beside_that_since_an_old_base():
    figures = [stock("enterprises", y, v) for y, v in ((2019, 56), (2020, 180), (2025, 230))]
    found = run([target("enterprises", 2030, 600)], figures)
    assert found.one("T02.enterprises").value > 1
    recent = found.one("T02.enterprises.recent")
    assert recent.value == pytest.approx((230 / 180) ** 0.2 - 1)
    assert recent.reason.startswith("recent growth, 2020 to 2025")
    assert found.one("T02.enterprises.recent_ratio").reason.startswith("class: insufficient")


def test_a_short_stretch_is_not_called_recent_growth():
    figures = [stock("jobs", y, v) for y, v in ((2015, 10), (2024, 50), (2025, 60))]
    assert "T02.jobs.recent" not in run([target("jobs", 2030, 100)], figures).ids()


def test_growth_from_zero_is_undefined():
    row = run([GOAL], [stock("residents", 2020, 0), stock("residents", 2025, 10)]).one("T02.residents")
    assert (row.status, row.reason) == (Status.UNDEFINED, "the formula has no value for these figures")
