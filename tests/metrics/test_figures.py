import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.shares import SOURCES, figure, make_table
from zonebook.metrics.figures import (
    Source,
    add_figures,
    is_contradicted,
    is_missing,
    read_sources,
    resolve_figures,
    select_series,
)
from zonebook.metrics.interval import Interval, interval_of
from zonebook.metrics.result import Evidence

KNOWN = {row["source_id"]: Source(row["kind"], row["date"]) for row in SOURCES}


def resolve(*rows, year=2025):
    return resolve_figures(make_table("zone_year", rows), KNOWN, year)


def test_a_figure_keeps_its_qualifier_and_interval():
    (found,) = resolve(figure("export_rub", 2024, 1.1e9, qualifier="over"))
    assert found.interval == Interval(1.1e9, 1.1e9, 1.2e9)
    assert found.qualifier == "over"
    assert found.source_ids == ("press-a",)
    assert not found.disagree


@pytest.mark.parametrize(
    ("sources", "best"),
    [
        (("press-a", "press-b"), "press-b"),  # the later date
        (("press-b", "official"), "official"),  # the better kind, though older
        (("official", "register"), "register"),
        (("press-a", "unknown"), "press-a"),  # a source that is not declared comes last
    ],
)
def test_the_value_is_the_best_sources_and_the_interval_holds_all(sources, best):
    values = dict(zip(sources, (100, 300), strict=True))
    (found,) = resolve(*(figure("jobs", 2024, value, source_id=s) for s, value in values.items()))
    assert found.value == values[best]
    assert (found.interval.lower, found.interval.upper) == (100, 300)
    assert set(found.source_ids) == set(sources)
    assert found.source_ids[0] == best
    assert found.disagree


def test_the_date_of_the_figure_counts_before_that_of_its_source():
    (found,) = resolve(
        figure("jobs", 2024, 1, source_id="press-a", source_date="2025-06"),
        figure("jobs", 2024, 2, source_id="press-b"),
    )
    assert found.value == 1


def test_equal_sources_are_ordered_by_their_id():
    rows = [figure("jobs", 2024, v, source_id=s, source_date="2024") for s, v in (("z", 1), ("a", 2))]
    assert resolve(*rows)[0].value == resolve(*reversed(rows))[0].value == 2


def test_over_and_about_agree_with_what_lies_in_their_interval():
    (found,) = resolve(
        figure("area_ha", 2021, 223, qualifier="about", unit="ha"),
        figure("area_ha", 2021, 223.3, unit="ha", source_id="press-b"),
    )
    assert not found.disagree
    assert found.value == 223.3
    assert (found.interval.lower, found.interval.upper) == (222.5, 223.5)


def test_the_upper_end_of_over_is_not_in_its_interval():
    over, exact = (interval_of(230, "over"), "over"), (interval_of(240), "exact")
    assert is_contradicted([over, exact])
    assert is_contradicted([exact, over])
    assert not is_contradicted([over, over])
    assert not is_contradicted([(interval_of(200, "over"), "over"), over])


def test_a_later_vintage_replaces_what_the_same_source_said_before():
    rows = [figure("jobs", 2024, 1, vintage="2025-01-01"), figure("jobs", 2024, 2, vintage="2025-07-01")]
    (found,) = resolve(*rows)
    assert (found.value, found.interval.lower, found.disagree) == (2, 2, False)
    assert found.vintage == "2025-07-01"


def test_period_types_and_cumulative_are_figures_of_their_own():
    found = resolve(
        figure("export_rub", 2024, 1),
        figure("export_rub", 2024, 2, "H1"),
        figure("export_rub", 2024, 3, "point", cumulative=True),
    )
    assert [(f.period, f.cumulative, f.value) for f in found] == [
        ("H1", False, 2),
        ("FY", False, 1),
        ("point", True, 3),
    ]


def test_plans_and_later_years_are_left_out():
    assert resolve(figure("jobs", 2024, 1, "plan"), figure("jobs", 2026, 2, "point")) == ()


def test_percent_become_shares_with_the_interval_of_the_printed_number():
    (found,) = resolve(figure("exporters_share_pct", 2020, 14.3, unit="percent", qualifier="about"))
    assert found.unit == "share"
    assert found.value == pytest.approx(0.143)
    assert (found.interval.lower, found.interval.upper) == pytest.approx((0.1425, 0.1435))


@pytest.mark.parametrize(
    ("source", "evidence"),
    [("register", Evidence.REGISTER), ("press-a", Evidence.REPORTED), ("made-up", Evidence.DEMONSTRATION)],
)
def test_evidence_is_that_of_the_source(source, evidence):
    assert resolve(figure("jobs", 2024, 1, source_id=source))[0].evidence is evidence


def test_a_sum_over_zones_adds_bounds_and_takes_the_weakest_evidence():
    exact, over = resolve(
        figure("jobs", 2024, 10, source_id="register"), figure("residents", 2024, 5, qualifier="over")
    )
    total = add_figures([exact, over])
    assert total.interval == Interval(15, 15, 16)
    assert (total.evidence, total.zones, total.source_ids) == (Evidence.REPORTED, 2, ("register", "press-a"))


def test_a_series_holds_one_kind_of_figures_by_year():
    found = resolve(figure("jobs", 2024, 2), figure("jobs", 2023, 1), figure("jobs", 2024, 9, "H1"))
    assert [f.value for f in select_series(found, "jobs", period="FY")] == [1, 2]
    assert select_series(found, "jobs", cumulative=True) == ()


def test_sources_without_a_kind_or_date_are_read():
    assert read_sources(make_table("source", [{"source_id": "a", "kind": "press"}])) == {"a": Source("press", "")}


@pytest.mark.parametrize("value", [None, pd.NA, "", float("nan")])
def test_nothing_is_missing_in_any_form(value):
    assert is_missing(value)


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.sampled_from(["exact", "about", "over"]), st.sampled_from(sorted(KNOWN))),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row[2],
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_does_not_matter_and_every_figure_is_within_the_bounds(rows, random):
    made = [figure("jobs", 2024, v, qualifier=q, source_id=s) for v, q, s in rows]
    (found,) = resolve(*made)
    shuffled = list(made)
    random.shuffle(shuffled)
    assert resolve(*shuffled) == (found,)
    assert all(found.interval.lower <= row["value"] <= found.interval.upper for row in made)
