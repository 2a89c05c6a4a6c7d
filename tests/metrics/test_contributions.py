from metrics.shares import HOME, OTHER, PARTIES, TOTAL, figure, make_scope, party
from zonebook.metrics.contributions import list_blocs, read_contributions
from zonebook.metrics.result import Evidence

FIRMS = [
    party("a", zone_id="home", kind="resident", cluster_id="k1", industry="28.41", source_id="register"),
    party(
        "b", zone_id="home", kind="resident", cluster_id="k1", industry="28.13", holding_id="g", source_id="register"
    ),
    party("c", zone_id="home", kind="resident", holding_id="g", source_id="register"),
    party("d", zone_id="other", kind="resident", cluster_id="k9", source_id="register"),
]
ZONES = [HOME, OTHER, TOTAL]


def year(party_id, year=2024, **cells):
    return {"party_id": party_id, "year": year} | cells


def flow(exporter, country, value=1.0, year=2024, **cells):
    return {"exporter_id": exporter, "country_iso3": country, "year": year, "value_rub": value} | cells


def table(name, scope="zone", scope_id="home", **tables):
    found = read_contributions(make_scope(scope, scope_id, **({"party": FIRMS, "zone": ZONES} | tables)))
    rows = found.rows[found.rows["table"] == name]
    return [(r.year, r.cell, r.respondent, r.value) for r in rows.itertuples()]


def test_firms_add_to_their_cluster_and_their_class_of_industry():
    years = [
        year("a", revenue_rub=5.0, employees=7),
        year("b", revenue_rub=3.0, employees=2),
        year("c", revenue_rub=0.0),
    ]
    years.append(year("d", revenue_rub=100.0))
    assert table("revenue", party_year=years) == [(2024, "k1", "a", 5), (2024, "k1", "g", 3), (2024, "none", "g", 0)]
    assert table("employees", party_year=years) == [(2024, "28", "a", 7), (2024, "28", "g", 2)]


def test_over_several_zones_they_add_to_their_zone():
    years = [year("a", purchases_rub=5.0), year("d", purchases_rub=6.0)]
    found = table("purchases", "country", "", party_year=years)
    assert [(cell, value) for _, cell, _, value in found] == [("home", 5), ("other", 6)]


def test_who_did_not_answer_adds_nothing_and_a_zero_is_an_answer():
    years = [year("a", revenue_rub=5.0, responded=False), year("b"), year("c", revenue_rub=0.0)]
    assert table("revenue", party_year=years) == [(2024, "none", "g", 0)]


def test_the_latest_vintage_counts():
    years = [year("a", revenue_rub=5.0, vintage="2025-01-01"), year("a", revenue_rub=4.0, vintage="2024-01-01")]
    assert table("revenue", party_year=years) == [(2024, "k1", "a", 5)]


def test_exports_are_those_of_firms_by_country_no_amount_twice():
    flows = [flow("a", "KAZ", 3.0, product="8413"), flow("a", "KAZ", 2.0, product="841370"), flow("b", "CHN", 4.0)]
    found = table("exports", export_flow=flows)
    assert sorted((cell, who, value) for _, cell, who, value in found) == [("CHN", "g", 4), ("KAZ", "a", 3)]


def test_exports_that_the_zone_states_are_nobodys():
    assert table("exports", export_flow=[flow("home", "KAZ", 9.0)]) == []


def test_support_counts_in_the_year_it_starts_and_planned_support_does_not():
    given = {"party_id": "a", "measure_id": "loan", "start": "2023-05-01", "amount_rub": 8.0}
    rows = [given, given | {"party_id": "b", "planned": True}, given | {"party_id": "c", "start": "2030"}]
    rows += [given | {"party_id": "d"}, given | {"measure_id": "grant", "amount_rub": None}]
    assert table("support", support=rows) == [(2023, "loan", "a", 8)]


def test_totals_that_the_report_prints_are_known():
    scope = make_scope(
        party=FIRMS, zone=ZONES, zone_year=[figure("revenue_rub", 2024, 8), figure("jobs", 2023, 8, "H1")]
    )
    assert read_contributions(scope).printed == {("revenue", 2024)}


def test_evidence_is_the_weakest_of_what_is_used():
    years = [year("a", revenue_rub=5.0)]
    assert read_contributions(make_scope(party=FIRMS, party_year=years)).basis.evidence is Evidence.REGISTER
    made_up = [firm | {"source_id": "made-up"} for firm in FIRMS]
    assert read_contributions(make_scope(party=made_up, party_year=years)).basis.evidence is Evidence.DEMONSTRATION


def test_nothing_known_gives_no_rows():
    assert read_contributions(make_scope(party=PARTIES)).rows.empty


def test_blocs_are_those_of_the_year_and_none_where_they_are_not_given():
    assert list_blocs(make_scope(), 2008, ["GEO", "CHN"]) == {"GEO": "CIS", "CHN": "rest"}
    assert list_blocs(make_scope(), 2012, ["GEO", "CHN"]) == {"GEO": "rest", "CHN": "BRICS"}
    assert list_blocs(make_scope(bloc_membership=None), 2012, ["GEO"]) == {}
