import pytest

from metrics.register import pick
from metrics.shares import HOME, OTHER, Results, make_scope
from zonebook.metrics.output_multiplier_rows import linkage_rows, output_multiplier_rows
from zonebook.metrics.result import Evidence, Status

NAMES = ("from_region", "from_sector", "to_region", "to_sector", "value_rub")


def table(*cells, year=2025, **more):
    return [dict(zip(NAMES, row, strict=True)) | {"year": year, "source_id": "made-up"} | more for row in cells]


def two_sectors(first="RU-MOW", second="RU-MOW"):
    """Miller & Blair (2009), section 2.3, the sectors in one region or in two."""
    return table(
        (first, "a", first, "a", 150.0),
        (first, "a", second, "b", 500.0),
        (second, "b", first, "a", 200.0),
        (second, "b", second, "b", 100.0),
        (first, "a", first, "output", 1000.0),
        (second, "b", second, "output", 2000.0),
    )


def run(function, rows, scope=("country", "")):
    return Results(function(make_scope(*scope, zone=[HOME, OTHER], io_table=rows)))


def test_published_multipliers_of_two_sectors():
    found = run(output_multiplier_rows, two_sectors())
    assert (pick(found, "R11.a", "RUS").value, pick(found, "R11.b", "RUS").value) == pytest.approx(
        (1.518, 1.452), abs=5e-4
    )
    assert pick(found, "R11", "RUS").value == pytest.approx((1.5180 + 2 * 1.4521) / 3, abs=1e-4)
    assert pick(found, "R11.spillover", "RUS").value == 0
    assert pick(found, "R11", "RUS").reason == "inter-regional tables are modelled, not official statistics"
    assert pick(found, "R11", "RUS").evidence is Evidence.DEMONSTRATION


def test_what_arises_in_the_other_region_is_spillover():
    found = run(output_multiplier_rows, two_sectors("RU-MOW", "RU-TA"))
    assert pick(found, "R11", "RU-MOW").value == pytest.approx(1.518, abs=5e-4)
    assert pick(found, "R11.spillover", "RU-MOW").value == pytest.approx(0.2640, abs=5e-5)
    assert pick(found, "R11.spillover.b", "RU-TA").value == pytest.approx(0.3300, abs=5e-5)
    assert pick(found, "R11", "RU-TA").scope_type == "region"


def test_linkages_are_about_one_and_key_sectors_exceed_it_twice():
    found = run(linkage_rows, two_sectors())
    assert (pick(found, "R12.a", "RUS").value + pick(found, "R12.b", "RUS").value) / 2 == pytest.approx(1)
    assert pick(found, "R12.a", "RUS").value == pytest.approx(1.0222, abs=5e-5)
    assert pick(found, "R12.key", "RUS").unit == "count"


def test_a_region_without_a_zone_has_means_and_no_sectors():
    found = run(output_multiplier_rows, two_sectors("RU-MOW", "RU-TVE"))
    assert {row.metric_id for row in found if row.scope_id == "RU-TVE"} == {"R11", "R11.spillover"}
    assert "R11.a" in {row.metric_id for row in found if row.scope_id == "RU-MOW"}


def test_a_sector_without_output_is_counted():
    rows = [*two_sectors(), *table(("RU-MOW", "c", "RU-MOW", "output", 0.0))]
    found = run(output_multiplier_rows, rows)
    assert "sectors without output: 1" in pick(found, "R11", "RUS").reason
    assert pick(found, "R11.c", "RUS").status is Status.UNDEFINED
    assert pick(found, "R11", "RUS").value == pytest.approx(1.474, abs=5e-4)


@pytest.mark.parametrize("function", [output_multiplier_rows, linkage_rows])
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (two_sectors()[:4], "table io_table has no rows of output for a sector"),
        (two_sectors()[:5], "table io_table has no rows of output for a sector"),
        ([row | {"value_rub": 1000.0} for row in two_sectors()], "the input-output table uses up more than it makes"),
    ],
)
def test_a_table_that_cannot_be_is_not_used(function, rows, reason):
    (row,) = run(function, rows)
    assert (row.status, row.reason) == (Status.UNDEFINED, reason)


@pytest.mark.parametrize("function", [output_multiplier_rows, linkage_rows])
def test_a_region_refers_to_the_country_and_without_a_table_it_is_missing(function):
    assert run(function, two_sectors(), ("region", "RU-MOW"))[0].status is Status.NOT_APPLICABLE
    for scope in (("region", "RU-MOW"), ("country", "")):
        assert run(function, None, scope)[0].reason == "the data set has no table io_table"
        assert run(function, [row | {"year": 2026} for row in two_sectors()], scope)[0].status is Status.MISSING_INPUT


def test_every_year_has_its_table():
    rows = [*two_sectors(), *(row | {"year": 2024, "value_rub": row["value_rub"] * 2} for row in two_sectors())]
    found = run(output_multiplier_rows, rows)
    assert [row.year for row in found if row.metric_id == "R11" and row.scope_id == "RUS"] == [2024, 2025]
    values = {row.value for row in found if row.metric_id == "R11" and row.scope_id == "RUS"}
    assert max(values) - min(values) < 1e-12
