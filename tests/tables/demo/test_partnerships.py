"""Ties other than trade: levels follow from places, kinds and statuses vary, export ties are sums of flows."""

import pandas as pd

from demo_data import Demo
from zonebook.tables.schema import TABLES


def test_every_kind_and_status_of_tie_is_there(demo: Demo) -> None:
    ties = demo.tables["tie"]
    assert set(ties["kind"]) == set(TABLES["tie"].columns["kind"].allowed)
    assert set(ties["status"]) == set(TABLES["tie"].columns["status"].allowed)
    assert set(ties["evidence"]) == {"ledger", "contract", "survey"}
    assert (
        ties.loc[ties["status"] != "actual", "kind"]
        .isin(["agreement", "joint_venture", "licence", "experience_exchange"])
        .all()
    )


def test_levels_follow_from_where_parties_are(demo: Demo) -> None:
    ties, party = demo.tables["tie"], demo.tables["party"].set_index("party_id")
    one, other = (ties[end].map(party["region_iso"]) for end in ("from_party", "to_party"))
    expected = (
        pd.Series("regional", ties.index).mask(one == other, "local").mask(one.isna() | other.isna(), "international")
    )
    assert (ties["level"] == expected).all()


def test_ties_are_about_as_many_as_asked_for(demo: Demo) -> None:
    asked = demo.settings.ties_per_resident * len(demo.residents)
    assert 0.85 < len(demo.tables["tie"]) / asked < 1.15


def test_export_ties_are_sums_of_export_flows(demo: Demo) -> None:
    country = demo.tables["party"].set_index("party_id")["country_iso3"]
    ties = demo.tables["tie"].query("kind == 'export'")
    for year in demo.settings.tie_years:
        own = ties[ties["year"] == year]
        stated = own.groupby([own["from_party"], own["to_party"].map(country)])["value_rub"].sum()
        flows = demo.list_exports(year).groupby(level=[0, 1]).sum()
        pd.testing.assert_series_equal(stated.sort_index(), flows.sort_index(), check_names=False, check_dtype=False)


def test_research_comes_from_institutes_and_universities(demo: Demo) -> None:
    ties, kind = demo.tables["tie"], demo.tables["party"].set_index("party_id")["kind"]
    research = ties[(ties["kind"] == "r_and_d") & ties["to_party"].map(kind).eq("resident")]
    givers = research["from_party"].map(kind)
    assert givers.isin(["institute", "university"]).mean() > 0.9
    assert set(givers) == {"institute", "university", "resident"}


def test_values_that_nobody_stated_are_missing_not_zero(demo: Demo) -> None:
    values = demo.tables["tie"]["value_rub"]
    assert (values.dropna() > 0).all()
    assert 0.005 < values.isna().mean() < 0.1
