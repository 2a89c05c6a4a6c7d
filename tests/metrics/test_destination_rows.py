import math

import pytest

from metrics.shares import PARTIES, compute, figure, party, tie
from zonebook.metrics.result import Status


def abroad(tie_id, to_party, kind="export", **cells):
    return tie(tie_id, to_party, kind, level="international", **cells)


EXPORTS = [
    abroad("a", "kazakh"),
    abroad("b", "uzbek"),
    abroad("c", "chinese"),
    abroad("d", "serbian"),
    abroad("e", "abroad"),
]


def run(*ties, **tables):
    return compute(**({"party": PARTIES, "tie": ties} | tables))


def flow(country, value, year=2024, exporter="home", **cells):
    return {
        "exporter_id": exporter,
        "country_iso3": country,
        "year": year,
        "value_rub": value,
        "source_id": "official",
    } | cells


FLOWS = [flow("KAZ", 50.0), flow("UZB", 25.0), flow("CHN", 15.0), flow("SRB", 10.0)]


# -- X06 ---------------------------------------------------------------------------------------------------------


def test_destinations_named_in_ties_are_a_lower_bound():
    found = run(*EXPORTS, abroad("f", "kazakh"), abroad("g", "serbian", "agreement"))
    row = found.one("X06")
    assert (row.value, row.lower, row.upper) == (4, 4, None)
    assert row.reason == "reported ties, lower bound; ties left out, without a country: 1"
    assert found.one("X06.named").value == 4


def test_a_reported_number_goes_before_the_countries_named():
    rows = [figure("export_countries", 2020, 20, unit="count", qualifier="over")]
    found = run(*EXPORTS, zone_year=rows)
    row = found.one("X06")
    assert (row.value, row.lower, row.upper, row.year) == (20, 20, 30, 2020)
    assert found.one("X06.reported").value == 20
    assert found.one("X06.named").value == 4


def test_countries_since_foundation_are_kept_apart():
    rows = [figure("export_countries", 2020, 158, "point", unit="count", cumulative=True)]
    found = run(*EXPORTS, zone_year=rows)
    assert (found.one("X06.cumulative").value, found.one("X06").value) == (158, 4)


def test_flows_give_effective_numbers():
    found = compute(export_flow=FLOWS)
    assert (found.one("X06").value, found.one("X06").lower, found.one("X06").upper) == (4, 4, 4)
    shares = (0.5, 0.25, 0.15, 0.1)
    assert found.one("X06.q1").value == pytest.approx(math.exp(-sum(p * math.log(p) for p in shares)))
    assert found.one("X06.q2").value == pytest.approx(1 / sum(p * p for p in shares))


def test_planned_exports_are_no_destinations():
    row = run(abroad("a", "kazakh", status="planned")).one("X06")
    assert row.status is Status.MISSING_INPUT
    assert row.reason == "no tie of this kind is reported; the data set has no table export_flow"


def test_flows_without_a_value_make_the_number_a_lower_bound():
    found = compute(export_flow=[*FLOWS, flow("DEU", None)])
    row = found.one("X06")
    assert (row.value, row.lower, row.upper) == (5, 5, None)
    assert "export flows left out, without a value: 1" in row.reason
    assert found.one("X06.q2").lower is None


def test_no_exports_are_no_destinations_and_have_no_effective_number():
    found = compute(export_flow=[flow("KAZ", 0.0)])
    assert (found.one("X06").value, found.one("X06.q1").status) == (0, Status.UNDEFINED)


def test_clusters_have_destinations_of_their_own():
    firms = [party(f"f{number}", zone_id="home", kind="resident", cluster_id="optics") for number in range(3)]
    rows = [flow(country, 5.0, exporter=f"f{number}") for number, country in enumerate(("KAZ", "SRB", "SRB"))]
    found = compute(party=firms, export_flow=rows)
    assert {(row.scope_type, row.scope_id, row.value) for row in found if row.metric_id == "X06"} == {
        ("zone", "home", 2),
        ("cluster", "optics", 2),
    }


# -- X15 ---------------------------------------------------------------------------------------------------------


def test_blocs_by_countries_make_a_whole():
    found = run(*EXPORTS)
    parts = {part: found.one(f"X15.{part}").value for part in ("eaeu", "cis", "brics", "rest")}
    assert parts == {"eaeu": 0.25, "cis": 0.25, "brics": 0.25, "rest": 0.25}
    assert found.one("X15").value == 0.25
    assert found.one("X15").status is Status.LOW_N  # four countries
    assert "by number of countries; reported ties, a sample" in found.one("X15").reason


def test_blocs_by_value_are_those_of_the_flows():
    found = compute(export_flow=FLOWS)
    assert [found.one(f"X15.{part}").value for part in ("eaeu", "cis", "brics", "rest")] == [0.5, 0.25, 0.15, 0.1]
    assert (found.one("X15").year, found.one("X15").period, found.one("X15").reason) == (
        2024,
        "FY",
        "weighted by value",
    )


def test_membership_is_that_of_the_year_of_the_exports():
    found = compute(export_flow=[flow("EGY", 1.0, year=2023), flow("EGY", 1.0, year=2024)])
    assert (found.one("X15.brics", 2023).value, found.one("X15.brics", 2024).value) == (0, 1)


def test_a_bloc_few_firms_export_to_is_not_shown_nor_what_gives_it_away():
    firms = [party(f"f{number}", zone_id="home", kind="resident") for number in range(6)]
    rows = [flow("SRB", 9.0, exporter=f"f{number}") for number in range(4)]
    rows += [flow("CHN", 5.0, exporter=f"f{number}") for number in range(3)]
    rows.append(flow("KAZ", 1.0, exporter="f5"))
    found = compute(party=firms, export_flow=rows)
    assert {found.one(f"X15{part}").status for part in ("", ".eaeu", ".brics")} == {Status.SUPPRESSED}
    assert found.one("X15.rest").value == pytest.approx(36 / 52)
    assert found.one("X15.cis").value == 0


def test_no_exports_are_undefined():
    assert compute(export_flow=[flow("KAZ", 0.0)]).one("X15").status is Status.UNDEFINED


def test_blocs_need_their_table():
    row = run(*EXPORTS, bloc_membership=None).one("X15")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table bloc_membership")


# -- flows -------------------------------------------------------------------------------------------------------


def test_a_zones_total_is_not_added_to_its_firms():
    rows = [*FLOWS, flow("KAZ", 999.0, exporter="firm")]
    found = compute(party=PARTIES, export_flow=rows)
    assert found.one("X01").value == 100
    assert found.one("X01").reason == "from export flows by country"


def test_flows_of_few_firms_are_not_shown():
    few = compute(
        party=PARTIES, export_flow=[flow("KAZ", 5.0, exporter="firm"), flow("SRB", 5.0, exporter="neighbour")]
    )
    for metric_id in ("X01", "X06", "X15"):
        row = few.one(metric_id)
        assert (row.status, row.value, row.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")


def test_firms_of_one_group_count_as_one():
    firms = [party(f"f{number}", zone_id="home", kind="resident", holding_id=None) for number in range(3)]
    rows = [flow("KAZ", 5.0, exporter=f"f{number}") for number in range(3)]
    assert compute(party=firms, export_flow=rows).one("X01").value == 15
    group = [firm | {"holding_id": "group"} for firm in firms]
    assert compute(party=group, export_flow=rows).one("X01").status is Status.SUPPRESSED


def test_values_in_dollars_are_taken_where_roubles_are_not_given():
    rows = [flow("KAZ", None, value_usd=3.0), flow("SRB", 2.0, value_usd=1.0)]
    row = compute(export_flow=rows).one("X01")
    assert (row.value, row.unit) == (4, "USD")


def test_a_later_vintage_of_a_flow_replaces_the_earlier():
    rows = [flow("KAZ", 5.0, vintage="2025-01-01"), flow("KAZ", 7.0, vintage="2025-06-01")]
    row = compute(export_flow=rows).one("X01")
    assert (row.value, row.vintage) == (7, "2025-06-01")
