import pytest

from metrics.shares import TOTAL, compute, figure, make_share
from zonebook.metrics.compute import compute_metrics
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


# -- T01 ---------------------------------------------------------------------------------------------------------


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


# -- what a target is measured by --------------------------------------------------------------------------------


def test_money_to_be_invested_is_measured_by_the_sum_since_foundation():
    goal = target("investment_actual_rub", 2030, 100, unit="RUB")
    figures = [
        figure("investment_actual_rub", 2024, 30),
        figure("investment_actual_rub", 2023, 40, "point", cumulative=True),
    ]
    assert run([goal], figures).one("T01.investment_actual_rub").value == 0.4
    yearly = run([goal | {"note": "a year"}], figures).one("T01.investment_actual_rub")
    assert (yearly.value, yearly.period) == (0.3, "FY")


def test_revenue_is_yearly_unless_the_note_says_cumulative():
    goal = target("revenue_rub", 2035, 100, unit="RUB")
    figures = [figure("revenue_rub", 2024, 10), figure("revenue_rub", 2024, 60, "point", cumulative=True)]
    figures.append(figure("revenue_rub", 2025, 7, "H1"))
    assert run([goal], figures).one("T01.revenue_rub").value == 0.1
    assert run([goal | {"note": "cumulative, over"}], figures).one("T01.revenue_rub").value == 0.6


def test_jobs_are_a_stock_however_they_are_counted():
    goal = target("jobs", 2030, 90_000)
    figures = [
        stock("jobs", 2023, 16_000, cumulative=True, qualifier="over"),
        stock("jobs", 2017, 3000, cumulative=True),
    ]
    found = run([goal], figures)
    assert found.one("T01.jobs").value == pytest.approx(16 / 90)
    assert found.one("T02.jobs.actual").value == pytest.approx((16 / 3) ** (1 / 6) - 1)


def test_what_is_added_in_a_year_is_held_against_that_year_only():
    goal = target("jobs_new", 2025, 750)
    assert run([goal], [figure("jobs_new", 2025, 600, unit="count")]).one("T01.jobs_new").value == 0.8
    assert run([goal], [figure("jobs_new", 2024, 600, unit="count")]).one("T01.jobs_new").status is Status.MISSING_INPUT


def test_declared_sums_are_intentions():
    goal = target("investment_declared_rub", 2028, 100, unit="RUB")
    found = run([goal], [figure("investment_declared_rub", 2024, 100, "point", cumulative=True)])
    for metric_id in ALL:
        row = found.one(f"{metric_id}.investment_declared_rub") if metric_id != "T03" else found.one("T03")
        assert row.status is Status.NOT_APPLICABLE
        assert "is what is intended, not what is reached" in row.reason


def test_a_target_of_a_site_has_no_series():
    row = run([target("jobs:pechatniki", 2030, 25_000)], RESIDENTS).one("T01")
    assert row.status is Status.MISSING_INPUT
    assert row.reason == "indicator: jobs:pechatniki; no figure of jobs:pechatniki comparable with the target"


def test_plans_other_units_and_later_figures_are_not_compared():
    figures = [
        figure("residents", 2024, 140, "plan", unit="count"),
        stock("residents", 2024, 1, unit="share"),
        stock("residents", 2026, 200),
    ]
    assert run([GOAL], figures).one("T01.residents").status is Status.MISSING_INPUT


def test_a_sum_since_foundation_that_fell_is_said():
    goal = target("investment_actual_rub", 2030, 1000, unit="RUB")
    figures = [
        figure("investment_actual_rub", y, v, "point", cumulative=True)
        for y, v in ((2021, 59), (2023, 160), (2024, 96))
    ]
    assert "below an earlier sum since foundation" in run([goal], figures).one("T01.investment_actual_rub").reason


# -- T02 ---------------------------------------------------------------------------------------------------------


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
    rows = compute_metrics(make_share(**tables), 2025, on_course=0.7, moderate=0.5)
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


# -- T03, T04 ----------------------------------------------------------------------------------------------------


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


# -- all ---------------------------------------------------------------------------------------------------------


def test_the_headline_is_the_first_indicator_with_a_value():
    found = run([GOAL, target("revenue_rub", 2030, 5, unit="RUB"), target("area_ha", 2030, 9, unit="ha")], RESIDENTS)
    assert found.one("T01").reason.startswith("indicator: residents")
    figures = [*RESIDENTS, figure("revenue_rub", 2024, 1)]
    assert (
        run([GOAL, target("revenue_rub", 2030, 5, unit="RUB")], figures)
        .one("T01")
        .reason.startswith("indicator: revenue_rub")
    )


@pytest.mark.parametrize("metric_id", ALL)
def test_without_targets_the_table_is_named(metric_id):
    assert compute().one(metric_id).reason == "the data set has no table target"
    assert run([], RESIDENTS).one(metric_id).reason == "table target has no rows for this"


def test_the_country_is_measured_by_its_total():
    goals = [target("jobs", 2025, 72_000, zone_id="land-total")]
    figures = [stock("jobs", 2025, 110_000, zone_id="land-total", qualifier="about")]
    found = compute(
        "country",
        "",
        zone=[TOTAL, {"zone_id": "home", "type": "port", "country_iso3": "RUS"}],
        target=goals,
        zone_year=figures,
    )
    assert found.one("T01.jobs").value == pytest.approx(110 / 72)
    assert "T01" not in compute("region", "RU-MOW", target=goals).ids()
