from dataclasses import replace

import pytest

from metrics.shares import compute, figure, make_scope
from zonebook.metrics.interval import Interval
from zonebook.metrics.quality_rows import rounding_rows
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.scope import Basis


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


def share(metric_id, value, year=2024, **cells):
    basis = Basis(year, "FY", Evidence.REGISTER)
    return replace(make_scope().result(metric_id, Interval.exact(value), "share", basis), **cells)


def test_every_whole_a_page_shows_is_rounded_by_itself():
    thirds = [share(f"R10.{place}", 1 / 3) for place in ("own", "other", "abroad")]
    quarters = [share(f"X15.{bloc}", 0.25) for bloc in ("eaeu", "cis", "brics", "rest")]
    row = rounding_rows(make_scope(), [*thirds, *quarters])[0]
    assert (row.value, row.reason) == (1, "1 of 7 shares rounded away from the nearest to add up to 100 %")


def test_a_whole_without_all_its_parts_is_not_rounded():
    latest = [share(f"R10.{place}", 1 / 3) for place in ("own", "other")]
    before = [share(f"R10.{place}", part, 2023) for place, part in (("own", 0.5), ("other", 0.5), ("abroad", 0.0))]
    assert rounding_rows(make_scope(), latest)[0].status is Status.NOT_APPLICABLE
    assert rounding_rows(make_scope(), [*latest, *before])[0].value == 0
    others = [share(f"R10.{place}", 1 / 3, scope_id="elsewhere") for place in ("own", "other", "abroad")]
    assert rounding_rows(make_scope(), others)[0].status is Status.NOT_APPLICABLE
