import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.employed import grant, resident, run
from metrics.shares import HOME, OTHER
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.support_coverage_rows import coverage_rows

FIRMS = [resident(f"r{number}", cluster_id="c1" if number < 3 else None) for number in range(6)]
SUPPORT = [grant("r0", "2024-01-01"), grant("r0", "2025", "loan"), grant("r3", "2024", end="2024-12-31")]


def coverage(*rows, firms=FIRMS, **options):
    return run(coverage_rows, party=firms, support=rows, **options)


def latest(found, metric_id, scope_type="zone"):
    return next(row for row in reversed(found) if (row.metric_id, row.scope_type) == (metric_id, scope_type))


def test_coverage_and_numbers_of_measures_by_year():
    found = coverage(*SUPPORT)
    of_zone = [row for row in found if row.metric_id == "S01" and row.scope_type == "zone"]
    assert [(row.year, row.value, row.lower, row.upper) for row in of_zone] == [
        (2024, pytest.approx(1 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3)),
        (2025, pytest.approx(1 / 6), pytest.approx(1 / 6), pytest.approx(1 / 6)),
    ]
    assert (of_zone[0].n_units, of_zone[0].evidence, of_zone[0].status) == (6, Evidence.REGISTER, Status.OK)
    assert latest(found, "S01.measures").value == pytest.approx(2 / 6)
    assert latest(found, "S01.measures_supported").value == 2


def test_clusters_have_rows_of_their_own():
    row = latest(coverage(*SUPPORT), "S01", "cluster")
    assert (row.scope_id, row.value, row.n_units, row.status) == ("c1", pytest.approx(1 / 3), 3, Status.LOW_N)


def test_two_measures_overlap_by_jaccard_and_combinations_add_up():
    found = coverage(*SUPPORT, grant("r1", "2025"), grant("r2", "2025", "land"))
    assert latest(found, "S01.jaccard.loan_tax").value == pytest.approx(1 / 2)
    assert latest(found, "S01.jaccard.land_tax").value == 0
    counts = {row.metric_id: row.value for row in found if row.metric_id.startswith("S01.combination.")}
    assert counts == {
        "S01.combination.none": 3,
        "S01.combination.tax": 1,
        "S01.combination.loan_tax": 1,
        "S01.combination.land": 1,
    }
    assert {row.year for row in found if row.series.startswith(("jaccard", "combination"))} == {2025}


def test_measures_nobody_has_any_more_have_no_overlap():
    ended = [grant("r0", "2023", one, end="2023-12-31") for one in ("old", "older")]
    row = latest(coverage(*ended), "S01.jaccard.old_older")
    assert (row.status, row.value, row.reason) == (Status.UNDEFINED, None, "nobody is supported here")


def test_providers_have_coverage_of_their_own():
    found = coverage(grant("r0", "2025", provider_level="city"), grant("r1", "2025", provider_level="zone"))
    assert latest(found, "S01.city").value == pytest.approx(1 / 6)
    assert "S01.federal" not in found.ids()


def test_planned_support_is_left_out_and_said():
    found = coverage(*SUPPORT, grant("r4", "2026", planned=True))
    assert latest(found, "S01").value == pytest.approx(1 / 6)
    assert "support left out, only planned: 1" in latest(found, "S01").reason
    only = coverage(grant("r4", "2026", planned=True))
    assert (latest(only, "S01").value, latest(only, "S01").status) == (0, Status.OK)
    assert latest(only, "S01.measures_supported").status is Status.UNDEFINED


def test_residents_count_from_their_date_on_and_when_supported():
    firms = [*FIRMS, resident("late", since="2025-02-01"), resident("early", since="2025-02-01")]
    found = coverage(*SUPPORT, grant("early", "2024"), firms=firms)
    assert [row.n_units for row in found if row.metric_id == "S01" and row.scope_type == "zone"] == [7, 8]


def test_support_known_from_publications_has_no_bounds():
    row = latest(coverage(*(one | {"source_id": "press-a"} for one in SUPPORT)), "S01")
    assert (row.value, row.lower, row.evidence) == (pytest.approx(1 / 6), None, Evidence.REPORTED)
    assert row.reason == "reported support, a sample"


def test_nobody_is_undefined_and_no_table_missing_input():
    support = [grant("somebody", "2024")]
    assert coverage(*support, firms=[]).one("S01").status is Status.UNDEFINED
    assert run(coverage_rows, party=FIRMS).one("S01").reason == "the data set has no table support"
    assert coverage().one("S01").reason == "table support has no rows for this"


def test_a_region_and_the_country_have_no_rows_of_clusters():
    for scope_type, scope_id in (("region", "RU-MOW"), ("country", "")):
        found = coverage(*SUPPORT, scope_type=scope_type, scope_id=scope_id, zone=[HOME, OTHER])
        assert {row.scope_type for row in found} == {scope_type}
        assert latest(found, "S01", scope_type).value == pytest.approx(1 / 6)


pairs = st.sets(st.tuples(st.integers(0, 5), st.sampled_from(["tax", "loan", "land"])), min_size=1)


@settings(max_examples=15)
@given(pairs)
def test_combinations_add_up_to_all_residents_and_coverage_is_their_complement(chosen):
    found = coverage(*(grant(f"r{number}", "2025", measure) for number, measure in sorted(chosen)))
    counts = {row.series: row.value for row in found if row.series.startswith("combination.")}
    assert sum(counts.values()) == 6
    assert latest(found, "S01").value == pytest.approx(1 - counts.get("combination.none", 0) / 6)
    assert latest(found, "S01.measures").value == pytest.approx(len(chosen) / 6)
