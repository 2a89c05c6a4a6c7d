import pytest

from metrics.shares import compute, figure, party
from zonebook.metrics.result import Evidence, Status

FIRMS = [party(f"firm-{number}", zone_id="home", kind="resident") for number in range(3)]


def measure(number, amount=10.0, start="2024-03-01", **cells):
    row = {"party_id": f"firm-{number}", "measure_id": f"m-{number}", "start": start, "amount_rub": amount}
    return row | {"source_id": "register"} | cells


REVENUE = figure("revenue_rub", 2024, 1000, source_id="register")


def run(*measures, figures=(REVENUE,), firms=FIRMS):
    return compute(party=firms, support=measures, zone_year=figures)


def test_support_by_revenue_of_the_year_it_began():
    row = run(*map(measure, range(3)), measure(0, 500.0, "2023", measure_id="old")).one("S02")
    assert (row.value, row.year, row.n_units) == (pytest.approx(0.03), 2024, 3)
    assert row.evidence is Evidence.REGISTER


def test_planned_support_and_that_of_others_does_not_count():
    stranger = party("stranger", zone_id="other")
    row = run(
        *map(measure, range(3)),
        measure(0, 500.0, measure_id="planned", planned=True),
        measure(0, 500.0) | {"party_id": "stranger", "measure_id": "x"},
        firms=[*FIRMS, stranger],
    ).one("S02")
    assert row.value == pytest.approx(0.03)


def test_support_of_few_firms_is_not_shown():
    row = run(measure(0), measure(1)).one("S02")
    assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)


def test_a_group_of_companies_is_one_firm():
    grouped = [firm | {"holding_id": "g"} for firm in FIRMS]
    assert run(*map(measure, range(3)), firms=grouped).one("S02").status is Status.SUPPRESSED


def test_support_without_revenue_is_undefined_or_missing():
    nothing = run(*map(measure, range(3)), figures=[REVENUE | {"value": 0}]).one("S02")
    assert nothing.status is Status.UNDEFINED
    assert run(*map(measure, range(3)), figures=[]).one("S02").status is Status.MISSING_INPUT
    assert compute().one("S02").reason == "the data set has no table support"


def test_leverage_compares_sums_since_foundation_of_one_year():
    figures = [
        figure("investment_actual_rub", 2024, 180e9, "point", cumulative=True, qualifier="over"),
        figure("budget_infrastructure_rub", 2024, 30e9, "point", cumulative=True),
        figure("budget_infrastructure_rub", 2023, 20e9, "point", cumulative=True),
    ]
    row = run(figures=figures).one("S02.leverage")
    assert (row.value, row.lower, row.upper) == pytest.approx((6, 6, 190 / 30))
    assert row.reason == "since foundation"


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([], "table zone_year has no figure investment_actual_rub for this"),
        (
            [figure("investment_actual_rub", 2024, 1, "point", cumulative=True)],
            "table zone_year has no figure budget_infrastructure_rub for this",
        ),
        (
            [
                figure("investment_actual_rub", 2024, 1, "point", cumulative=True),
                figure("budget_infrastructure_rub", 2023, 1, "point", cumulative=True),
            ],
            "investment_actual_rub and budget_infrastructure_rub are not given for the same period",
        ),
        (
            [figure("investment_actual_rub", 2024, 1), figure("budget_infrastructure_rub", 2024, 1)],
            "table zone_year has no figure investment_actual_rub for this",
        ),
    ],
)
def test_leverage_says_what_is_missing(figures, reason):
    row = run(figures=figures).one("S02.leverage")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, reason)


def test_no_public_money_has_no_leverage():
    figures = [
        figure(indicator, 2024, value, "point", cumulative=True)
        for indicator, value in (("investment_actual_rub", 5), ("budget_infrastructure_rub", 0))
    ]
    assert run(figures=figures).one("S02.leverage").status is Status.UNDEFINED
