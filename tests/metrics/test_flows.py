from metrics.shares import HOME, OTHER, TOTAL, make_scope
from metrics.trade_tables import FIRMS, RATE, flow
from zonebook.metrics.flows import explain_no_flows, read_flow_parts, read_flow_years
from zonebook.metrics.result import Evidence


def years(*rows, scope_type="zone", scope_id="home", **tables):
    return read_flow_years(make_scope(scope_type, scope_id, **({"party": FIRMS, "export_flow": rows} | tables)))


def test_roubles_are_converted_only_where_they_are_not_given():
    rows = [flow("KAZ", 100.0, value_usd=2.0), flow("SRB", None, value_usd=3.0)]
    (found,) = years(*rows, fx=RATE)
    assert (found.currency, found.values, found.dollars.tolist()) == ("RUB", {"KAZ": 100.0, "SRB": 300.0}, [2.0, 3.0])
    assert found.notes == ["at the mean rate of the year, 100 RUB"]
    assert found.basis.source_ids == ("register", "official")


def test_amounts_in_two_currencies_without_a_rate_are_no_sum():
    assert years(flow("KAZ", 100.0), flow("SRB", None, value_usd=3.0)) == []


def test_what_firms_state_without_a_source_is_a_register():
    (found,) = years(*(flow("KAZ", 1.0, exporter_id=f"f{n}", source_id=None) for n in (1, 2, 3)))
    assert (found.basis.evidence, found.respondents, found.refuse()) == (Evidence.REGISTER, 3, None)
    (generated,) = years(flow("KAZ", 1.0, source_id="made-up"))
    assert generated.basis.evidence is Evidence.DEMONSTRATION


def test_a_region_needs_each_zone_that_was_there_else_its_own_rows():
    zones = [OTHER, OTHER | {"zone_id": "young", "established": "2024-05-01"}, TOTAL]
    rows = [flow("KAZ", 1.0, year=2023, exporter_id="other"), flow("KAZ", 2.0, exporter_id="other")]
    found = years(*rows, scope_type="region", scope_id="RU-TA", zone=zones)
    assert [one.year for one in found] == [2023]
    region = years(*rows, flow("KAZ", 9.0, exporter_id="RU-TA"), scope_type="region", scope_id="RU-TA", zone=zones)
    assert [(one.year, one.values["KAZ"]) for one in region] == [(2023, 1.0), (2024, 9.0)]
    assert region[1].notes == ["exports of the whole region, not of its zones alone"]


def test_absence_is_explained():
    assert explain_no_flows(make_scope()) == "the data set has no table export_flow"
    assert explain_no_flows(make_scope(export_flow=[])) == "table export_flow has no rows for this"
    zones = [OTHER, OTHER | {"zone_id": "second"}]
    part = make_scope("region", "RU-TA", zone=zones, export_flow=[flow("KAZ", 1.0, exporter_id="other")])
    assert "known for 1 of 2 zones" in explain_no_flows(part)
    no_total = make_scope("country", "", zone=[HOME], export_flow=[flow("KAZ", 1.0)])
    assert explain_no_flows(no_total) == "no total for the country is given, and zones are not added up to one"


def test_clusters_have_the_exports_of_their_firms():
    firms = [firm | {"cluster_id": f"c{number % 2}"} for number, firm in enumerate(FIRMS)]
    rows = [flow("KAZ", float(number), exporter_id=f"f{number}") for number in range(1, 7)]
    parts = read_flow_parts(make_scope(party=firms, export_flow=rows))
    sums = {part.scope_id: part.years[0].values["KAZ"] for part in parts}
    assert sums == {"home": 21.0, "c0": 9.0, "c1": 12.0}
    assert len(read_flow_parts(make_scope(party=firms, export_flow=[flow("KAZ", 1.0)]))) == 1
