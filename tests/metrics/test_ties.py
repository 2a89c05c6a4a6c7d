import pandas as pd
import pytest

from metrics.shares import HOME, OTHER, PARTIES, TOTAL, make_scope, make_table, party, tie
from zonebook.metrics.result import Evidence
from zonebook.metrics.ties import find_members, keep_latest, read_ties


def read(*ties, scope_type="zone", scope_id="home", year=2025, **tables):
    scope = make_scope(scope_type, scope_id, year, **({"party": PARTIES, "tie": ties} | tables))
    return read_ties(scope)


def test_the_home_end_comes_first_whichever_way_the_tie_points():
    rows = read(tie("out", "tatar"), tie("in", "firm", from_party="tver")).rows
    assert rows["home_party_id"].tolist() == ["firm", "firm"]
    assert rows["partner_party_id"].tolist() == ["tatar", "tver"]
    assert rows["partner_region_iso"].tolist() == ["RU-TA", "RU-TVE"]


def test_a_party_in_a_zone_is_where_the_zone_is():
    row = read(tie("a", "neighbour")).rows.iloc[0]
    assert (row["home_region_iso"], row["partner_region_iso"], row["is_inside"]) == ("RU-MOW", "RU-MOW", True)


def test_support_and_later_ties_are_left_out_and_ties_without_a_year_kept():
    rows = read(
        tie("support", "firm", "support_measure", from_party="city"),
        tie("later", "tatar", year=2026),
        tie("undated", "tatar"),
    ).rows
    assert rows["tie_id"].tolist() == ["undated"]


def test_working_ties_and_intended_ones_are_apart():
    ties = read(tie("a", "tatar"), tie("b", "tver", status="planned"), tie("c", "tver", status="talks"))
    assert ties.actual["tie_id"].tolist() == ["a"]
    assert ties.intended["tie_id"].tolist() == ["b", "c"]


def test_a_partner_abroad_is_known_by_its_country_or_by_the_level():
    rows = read(
        tie("a", "kazakh", level="international"), tie("b", "abroad", level="international"), tie("c", "somewhere")
    ).rows
    assert rows["is_foreign"].tolist() == [True, True, False]


def test_where_home_has_no_country_only_the_level_tells_who_is_abroad():
    home = HOME | {"country_iso3": None}
    rows = read(tie("a", "kazakh", level="international"), tie("b", "tatar"), zone=[home]).rows
    assert rows["is_foreign"].tolist() == [True, False]


def test_a_later_vintage_of_a_tie_replaces_the_earlier():
    rows = read(tie("a", "tatar", vintage="2024-01-01"), tie("a", "tver", vintage="2025-01-01")).rows
    assert rows["partner_party_id"].tolist() == ["tver"]


def test_rows_without_a_vintage_are_older_than_any():
    frame = pd.DataFrame({"key": ["a", "a", "b"], "vintage": ["2024", None, None], "value": [1, 2, 3]})
    assert keep_latest(frame, ["key"])["value"].tolist() == [1, 3]


def test_a_regions_ties_are_those_of_its_zones_and_of_its_other_parties():
    ties = read(tie("a", "tatar"), tie("b", "tver"), scope_type="region", scope_id="RU-TA", zone=[HOME, OTHER, TOTAL])
    assert ties.rows[["tie_id", "home_party_id", "partner_party_id"]].to_numpy().tolist() == [["a", "tatar", "firm"]]


def test_the_countrys_ties_are_those_of_parties_in_zones():
    stray = tie("stray", "tver", from_party="tatar")
    ties = read(tie("a", "tatar"), stray, scope_type="country", scope_id="", zone=[HOME, OTHER, TOTAL])
    assert ties.rows["tie_id"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("cells", "evidence"),
    [
        ({}, Evidence.REPORTED),
        ({"evidence": "ledger", "source_id": "register"}, Evidence.REGISTER),
        ({"evidence": "ledger", "source_id": "made-up"}, Evidence.DEMONSTRATION),
    ],
)
def test_evidence_of_ties(cells, evidence):
    ties = read(tie("a", "tatar", **cells))
    basis = ties.basis(ties.actual)
    assert basis.evidence is evidence
    assert (basis.year, basis.period, basis.n_units) == (2025, "point", 1)


def test_one_tie_from_the_press_makes_a_sample_of_all():
    ties = read(tie("a", "tatar", evidence="survey"), tie("b", "tver"))
    assert ties.is_reported(ties.actual)
    assert not ties.is_reported(ties.actual.head(1))


def test_places_are_sites_then_zones_then_centres_of_regions():
    parties = [
        *PARTIES,
        party("on-site", zone_id="home", site_id="site"),
        party("nowhere", zone_id="home", site_id="unknown-place"),
    ]
    sites = [
        {"site_id": "site", "zone_id": "home", "latitude": 56.0, "longitude": 37.15},
        {"site_id": "unknown-place", "zone_id": "home"},
    ]
    ties = read(
        tie("a", "tatar", from_party="on-site"),
        tie("b", "on-site", from_party="nowhere"),
        tie("c", "kazakh"),
        party=parties,
        site=sites,
    )
    distances = ties.distances
    assert distances["km"].round().tolist()[:2] == [745.0, 48.0]
    assert distances["km"].isna().tolist() == [False, False, True]
    assert distances["is_approximate"].tolist() == [True, False, False]


def test_members_are_those_of_the_last_day_of_the_year():
    scope = make_scope()
    assert find_members(scope, 2008)["CIS"] == {"KAZ", "UZB", "GEO"}
    assert find_members(scope, 2009)["CIS"] == {"KAZ", "UZB"}
    assert find_members(scope, 2023)["BRICS"] == {"CHN"}
    # Partners and observers are no members.
    assert find_members(scope, 2025) == {"EAEU": {"KAZ"}, "CIS": {"KAZ", "UZB"}, "BRICS": {"CHN", "EGY"}}


def test_no_ties_give_no_rows():
    assert read().rows.empty
    assert read_ties(make_scope()).rows.empty
    assert make_table("tie", []).empty
