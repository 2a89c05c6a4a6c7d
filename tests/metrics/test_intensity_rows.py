import pytest

from metrics.shares import compute, figure, party
from zonebook.metrics.result import Evidence, Status


def test_intensity_needs_both_figures_of_one_period():
    rows = [figure("export_rub", 2024, 1), figure("export_rub", 2025, 1e9, "H1", qualifier="about")]
    rows.append(figure("revenue_rub", 2025, 108.3e9, "H1"))
    found = compute(zone_year=rows)
    row = found.one("X04")
    assert (row.year, row.period) == (2025, "H1")
    assert (row.value, row.lower, row.upper) == pytest.approx((1 / 108.3, 0.5 / 108.3, 1.5 / 108.3))
    missing = compute(zone_year=rows[:1]).one("X04")
    assert missing.reason == "table zone_year has no figure revenue_rub for this"


def test_sums_since_foundation_are_compared_with_each_other_only():
    rows = [
        figure("export_rub", 2024, 1, "point", cumulative=True),
        figure("revenue_rub", 2024, 4, "point", cumulative=True),
    ]
    found = compute(zone_year=rows)
    assert found.one("X04.cumulative").value == 0.25
    assert found.one("X04").status is Status.MISSING_INPUT


@pytest.mark.parametrize(
    ("revenue", "reason"),
    [(1, "exports exceed revenue: the two figures do not cover the same firms"), (0, "division by zero")],
)
def test_impossible_intensity_is_undefined(revenue, reason):
    row = compute(zone_year=[figure("export_rub", 2024, 2), figure("revenue_rub", 2024, revenue)]).one("X04")
    assert (row.status, row.reason) == (Status.UNDEFINED, reason)


def firm_tables(exports, revenue=10.0, **cells):
    firms = [f"firm-{number}" for number in range(len(exports))]
    return {
        "party": [party(firm, zone_id="home", kind="resident", source_id="register", **cells) for firm in firms],
        "party_year": [
            {
                "party_id": firm,
                "year": 2024,
                "export_rub": export,
                "revenue_rub": revenue,
                "responded": export is not None,
            }
            for firm, export in zip(firms, exports, strict=True)
        ],
    }


def test_intensity_of_firms_is_a_ratio_of_sums_with_the_median_beside_it():
    tables = firm_tables([1.0, 2.0, 6.0])
    found = compute(**tables)
    assert found.one("X04").value == found.one("X04.firms").value == pytest.approx(0.3)
    assert found.one("X04.firm_median").value == pytest.approx(0.2)
    assert found.one("X04").evidence is Evidence.REGISTER


def test_firms_that_did_not_answer_leave_the_intensity_without_bounds():
    found = compute(**firm_tables([1.0, 2.0, 6.0, None]))
    row = found.one("X04")
    assert (row.value, row.lower, row.upper) == (pytest.approx(0.3), None, None)
    assert row.reason == "from the firms' own figures; did not answer: 1 of 4"
    assert found.one("X04.firm_median").lower is None


def test_few_firms_or_firms_of_one_group_are_not_shown():
    assert compute(**firm_tables([1.0, 2.0])).one("X04").status is Status.SUPPRESSED
    assert compute(**firm_tables([0.0, 1.0, 8.0])).one("X04").status is Status.SUPPRESSED  # nearly all of one firm
    row = compute(**firm_tables([1.0, 2.0, 3.0], holding_id="group")).one("X04")
    assert (row.status, row.value, row.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")


def test_the_reported_exporter_share_is_taken_as_it_is():
    row = compute(zone_year=[figure("exporters_share_pct", 2020, 14.3, unit="percent", qualifier="about")]).one("X05")
    assert (row.value, row.lower, row.upper) == pytest.approx((0.143, 0.1425, 0.1435))


def test_firms_that_did_not_answer_widen_the_bounds():
    row = compute(**firm_tables([1.0, 2.0, 3.0, 0.0, None])).one("X05")
    assert (row.value, row.lower, row.upper) == pytest.approx((0.75, 0.6, 0.8))
    assert row.n_units == 4


def test_fewer_than_three_exporters_are_not_shown():
    row = compute(**firm_tables([1.0, 2.0, 0.0, 0.0])).one("X05")
    assert (row.status, row.reason) == (Status.SUPPRESSED, "fewer than 3 exporters among 4 firms")


def test_a_later_vintage_of_a_firm_replaces_the_earlier():
    tables = firm_tables([0.0, 0.0, 0.0, 0.0])
    tables["party_year"] += [
        {"party_id": f"firm-{number}", "year": 2024, "export_rub": 1.0, "revenue_rub": 2.0, "vintage": "2025-07-01"}
        for number in range(3)
    ]
    row = compute(**tables).one("X05")
    assert (row.value, row.vintage) == (0.75, "2025-07-01")
