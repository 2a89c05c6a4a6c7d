"""The metric rows of the public data set, as a reader would look them up."""

from functools import cache

import pytest

from metrics.shares import Results
from public_data import DATA
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Evidence, Status
from zonebook.tables.store import open_data

YEAR = 2025


@cache
def data_set():
    return open_data(DATA)


@cache
def compute(scope_type, scope_id=""):
    load = getattr(data_set(), scope_type)
    return Results(compute_metrics(load(scope_id) if scope_id else load(), YEAR))


def technopolis():
    return compute("zone", "technopolis-moscow")


def test_exports_of_technopolis():
    row = technopolis().one("X01", 2024, "FY")
    assert (row.value, row.lower, row.upper) == (1.1e9, 1.1e9, 1.2e9)
    assert row.evidence is Evidence.REPORTED
    assert row.source_ids
    assert technopolis().one("X02.reported", 2024).value == 0.17
    assert technopolis().one("X02", 2024).status is Status.UNDEFINED


def test_exports_of_half_a_year_by_revenue_of_the_same_half():
    row = technopolis().one("X04", 2025, "H1")
    assert row.value == pytest.approx(1.0e9 / 108.3e9)
    assert (row.lower, row.upper) == pytest.approx((0.5e9 / 108.3e9, 1.5e9 / 108.3e9))


def test_destinations_of_technopolis():
    found = technopolis()
    assert (found.one("X06").value, found.one("X06").upper) == (20, 30)
    assert found.one("X06.named").value >= 7  # those of boards and prostheses alone
    assert sum(found.one(f"X15.{part}").value for part in ("eaeu", "cis", "brics", "rest")) == pytest.approx(1)


def test_targets_of_technopolis():
    found = technopolis()
    assert found.one("T01.enterprises").value == pytest.approx(230 / 600)
    assert found.one("T01.investment_actual_rub.2025").value > 1
    assert found.one("T02.enterprises.recent_ratio").reason.startswith("class: insufficient")
    assert found.one("T01.jobs:pechatniki").status is Status.MISSING_INPUT


def test_a_missed_target():
    row = compute("zone", "togliatti").one("T01.jobs")
    assert row.value == pytest.approx(3694 / 23_000)


def test_the_country_outdid_its_forecast_of_jobs():
    assert compute("country").one("T01.jobs").value > 1
    assert compute("country").one("X01").status is Status.MISSING_INPUT


@pytest.mark.parametrize("scope_type", ["zone", "region"])
def test_every_page_has_every_headline_and_follows_its_figures_home(scope_type):
    known = set(data_set().country().table("source")["source_id"])
    for scope_id in getattr(data_set(), f"{scope_type}s"):
        found = compute(scope_type, scope_id)
        assert {metric.id for metric in CATALOGUE.of_scope(scope_type)} <= found.ids()
        for row in found:
            assert row.value is not None or row.reason, (scope_id, row.metric_id)
            assert set(filter(None, row.source_ids.split(";"))) <= known
            if row.value is not None and not row.metric_id.startswith("Q"):
                assert row.source_ids, (scope_id, row.metric_id)


def test_nothing_from_publications_is_called_a_register():
    assert {row.evidence for row in technopolis()} == {Evidence.REPORTED}
