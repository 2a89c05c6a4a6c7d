import pytest

from metrics.shares import TOTAL, compute, figure
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
