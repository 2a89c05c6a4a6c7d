import pytest

from metrics.shares import compute, figure
from zonebook.metrics.result import Status


def run(*figures, **tables):
    return compute(zone_year=figures, **tables)


def test_revisions_compare_first_and_latest_vintage():
    figures = [
        figure("jobs", year, value, "point", unit="count", vintage=vintage)
        for year, value, vintage in (
            (2023, 100, "a"),
            (2023, 105, "b"),
            (2023, 110, "c"),
            (2024, 200, "a"),
            (2024, 190, "b"),
        )
    ]
    found = run(*figures, figure("residents", 2024, 5, vintage="a"))
    assert found.one("Q02").value == found.one("Q02.jobs").value == pytest.approx(20 / 300)
    assert (found.one("Q02.jobs.mean").value, found.one("Q02.jobs.mean_absolute").value) == (0, 10)
    assert found.one("Q02.jobs.mean").unit == "count"
    assert found.one("Q02").reason == "indicator: jobs"
    assert "Q02.residents" not in found.ids()


def test_one_vintage_is_not_revised():
    row = run(figure("jobs", 2024, 5)).one("Q02")
    assert (row.status, row.reason) == (Status.NOT_APPLICABLE, "no figure was given more than once")


def test_figures_revised_to_zero_have_no_relative_revision():
    found = run(figure("jobs", 2024, 5, vintage="a"), figure("jobs", 2024, 0, vintage="b"))
    assert found.one("Q02").status is Status.UNDEFINED
    assert found.one("Q02.jobs.mean").value == -5


def test_inexact_figures_are_counted():
    figures = [figure("jobs", 2020 + n, 5, qualifier=q) for n, q in enumerate(("exact", "over", "about", "over"))]
    found = run(*figures, figure("jobs", 2024, 1, "plan", qualifier="over"))
    assert found.one("Q03").value == 0.75
    assert found.one("Q03").reason == "3 of 4 figures"
    assert [found.one(f"Q03.{q}").value for q in ("exact", "about", "over")] == [1, 1, 2]


def test_shares_that_do_not_add_up_when_printed_are_counted():
    flows = [
        {"exporter_id": "home", "country_iso3": country, "year": 2024, "value_rub": 1.0}
        for country in ("KAZ", "UZB", "CHN")
    ]
    row = run(export_flow=flows).one("Q06")
    assert (row.value, row.reason) == (1, "1 of 4 shares rounded away from the nearest to add up to 100 %")


def test_without_shares_of_a_whole_rounding_is_not_applicable():
    assert run().one("Q06").status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("metric_id", ["Q02", "Q03", "Q07"])
def test_without_figures_the_table_is_named(metric_id):
    row = compute().one(metric_id)
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table zone_year")
