"""Parties: names that nobody takes for real ones, groups, corrected figures."""

import pandas as pd

from demo_data import Demo


def test_names_are_plainly_made_up(demo: Demo) -> None:
    for table, columns in (
        ("party", ("name", "name_en")),
        ("zone", ("name_ru", "name_en")),
        ("cluster", ("name_ru", "name_en")),
        ("site", ("name_ru", "name_en")),
    ):
        for column in columns:
            word = "demo" if column.endswith("en") else "демо"
            assert demo.tables[table][column].str.lower().str.contains(word).all(), f"{table}.{column}"
    companies = demo.tables["zone"]["management_company"].dropna()
    assert companies.str.contains("Демо").all()


def test_a_name_and_an_id_belong_to_one_party(demo: Demo) -> None:
    party = demo.tables["party"]
    assert party["party_id"].is_unique
    assert party["name"].is_unique
    assert party["name_en"].is_unique


def test_all_kinds_of_parties_are_there(demo: Demo) -> None:
    party = demo.tables["party"]
    assert set(party["kind"]) == {"resident", "firm", "university", "institute", "zone", "government", "foreign"}
    assert party.loc[party["kind"] == "foreign", "country_iso3"].ne("RUS").all()
    assert party.loc[party["kind"] != "foreign", "region_iso"].notna().all()


def test_groups_have_two_or_three_residents_of_one_zone(demo: Demo) -> None:
    groups = demo.residents.dropna(subset=["holding_id"]).groupby("holding_id")
    assert groups.size().isin([2, 3]).all()
    assert (groups["zone_id"].nunique() == 1).all()


def test_few_are_confidential(demo: Demo) -> None:
    assert 0.02 < demo.residents["confidential"].mean() < 0.1


def test_some_figures_were_corrected_downwards(demo: Demo) -> None:
    rows = pd.read_csv(demo.folder / "party_year.csv")
    pairs = rows[rows.duplicated(["party_id", "year"], keep=False)].sort_values(["party_id", "year", "vintage"])
    first, last = pairs.iloc[0::2], pairs.iloc[1::2]
    assert 0.005 < len(first) / len(rows) < 0.05
    assert (first["vintage"].to_numpy() < last["vintage"].to_numpy()).all()
    assert (first["revenue_rub"].to_numpy() > last["revenue_rub"].to_numpy()).all()
    assert (first["export_rub"].to_numpy() == last["export_rub"].to_numpy()).all()
