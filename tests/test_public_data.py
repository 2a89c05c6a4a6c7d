"""The public data set holds every collected fact and adds nothing of its own."""

import re
from collections import Counter

import pytest

from public_data import AGGREGATES, CONTRACT, VINTAGE, count, count_data, count_facts, data, data_by_id, facts, url_of

# One firm that the facts name twice under one zone: the second row says whose it is.
SECOND_ROWS = {
    "axis-kulibin-2": "axis-kulibin",
    "vertex-2": "vertex",
    "doza-tech-2": "doza-tech",
    "azot-2-2": "azot-2",
    "metanefros-2": "metanefros",
    "tin-aerosol-can-plant": "arnest-metal-pak",
    "yadro-fab-dubna-2": "yadro-fab-dubna",
    "r-opra-2": "r-opra",
}

# One firm, spelled differently among the residents and at the ends of ties.
SAME_FIRM = {
    ("technopolis-moscow", "Mikron"): "ПАО «Микрон»",
    ("technopolis-moscow", "Doza Tech"): "«Доза Тех» (НПП «Доза»)",
    ("technopolis-moscow", "R-Opra (R-Pharm)"): "«Р-Опра» (группа «Р-Фарм»)",
    ("technopolis-moscow", "Oksikor"): "«Оксикор»",
    ("saint-petersburg", "Gerofarm"): "ООО «Герофарм»",
    ("alabuga", "Alabuga-Volokno"): "«Алабуга-Волокно» (UMATEX, Росатом)",
    ("lipetsk", "ABB"): "ООО «АББ Электрооборудование»",
    ("togliatti", "CIE Automotive Rus"): "«СИЕ Аутомотив Рус»",
    ("orel", "Grand Fries"): "«Гранд Фрайз»",
}


# ---- every fact in, nothing else


def test_every_zone_is_there_and_only_the_aggregates_are_added():
    columns = ("zone_id", "name_ru", "name_en", "type", "region_iso", "established", "area_ha")
    columns += ("latitude", "longitude", "management_company", "note")
    zones = [row for row in data("zone") if row["type"] != "aggregate"]
    assert count_data(zones, *columns, "location_source") == count_facts(facts("zones"), *columns, "lat_lon_source")
    assert {row["zone_id"] for row in data("zone")} - {row["zone_id"] for row in zones} == AGGREGATES


def test_every_site_is_there():
    columns = ("site_id", "zone_id", "name_ru", "name_en", "latitude", "longitude", "area_ha", "note")
    assert count_data(data("site"), *columns, "location_source") == count_facts(
        facts("sites"), *columns, "lat_lon_source"
    )


def test_every_figure_of_a_zone_is_there_with_all_that_qualifies_it():
    columns = ("zone_id", "year", "period", "indicator", "value", "unit", "cumulative", "qualifier", "source_date")
    figures = [row for row in data("zone_year") if not re.match(r"cluster_\w+:", row["indicator"])]
    expected = count_facts(facts("zone_year"), *columns, "note")
    assert count_data(figures, *columns, "note") == expected
    assert expected.total() == 706


def cluster_figures(rows) -> Counter[tuple[str, ...]]:
    return Counter(
        (
            row["zone_id"],
            row["year"],
            f"cluster_{column}:{row['cluster_id']}",
            row[column],
            row["note"],
            row["source_url"],
        )
        for row in rows
        for column in ("members", "jobs", "revenue_rub")
        if row[column]
    )


def test_every_figure_of_a_cluster_is_a_row_of_its_zone():
    rows = [row for row in data("zone_year") if row["indicator"].startswith("cluster_") and ":" in row["indicator"]]
    assert count_data(rows, "zone_id", "year", "indicator", "value", "note") == cluster_figures(facts("clusters"))
    assert {row["period"] for row in rows} == {"point"}


def test_every_cluster_is_there_with_each_of_its_names_and_notes():
    found = data_by_id("cluster")
    assert found.keys() == {row["cluster_id"] for row in facts("clusters")}
    for row in facts("clusters"):
        cluster = found[row["cluster_id"]]
        assert cluster["zone_id"] == row["zone_id"]
        assert row["name_ru"] in cluster["name_ru"] + cluster["note"]
        assert row["name_en"] in cluster["name_en"] + cluster["note"]
        if not (row["members"] or row["jobs"] or row["revenue_rub"]):
            assert cluster["note"].startswith(row["note"])
            assert row["year"] in cluster["note"]
            assert url_of(cluster) == row["source_url"]


def test_every_resident_is_a_party():
    columns = ("zone_id", "site_id", "product", "since", "seen_year")
    residents = [row for row in data("party") if row["kind"] == "resident"]
    named = [row | {"company": row["name"], "okved_isic": row["industry"]} for row in residents]
    texts = [row | {"industry": row["industry_ru"], "note": fact_note(row)} for row in named]
    wanted = (*columns, "company", "okved_isic", "industry", "note")
    assert count_data(texts, *wanted) == count_facts(facts("residents"), *wanted)


def fact_note(party: dict[str, str]) -> str:
    """Return a resident's note without the remark that the row is the second one of its firm."""
    firm = SECOND_ROWS.get(party["party_id"])
    remark = f"the same firm as {firm}: count firms, not rows"
    return party["note"].removesuffix(remark).removesuffix("; ") if firm else party["note"]


def test_second_rows_of_one_firm_share_its_group():
    parties = data_by_id("party")
    for second, first in SECOND_ROWS.items():
        assert parties[second]["holding_id"] == parties[first]["holding_id"] != ""
        assert f"the same firm as {first}" in parties[second]["note"]
        assert first in parties[second]["note_ru"]


def tie_facts(row: dict[str, str]) -> dict[str, str]:
    roubles = row["value_unit"] == "RUB"
    return row | {
        "value_rub": row["value"] if roubles else "",
        "quantity": "" if roubles else row["value"],
        "quantity_unit": "" if roubles else row["value_unit"],
    }


def test_every_reported_tie_is_there():
    columns = ("level", "kind", "product", "year", "value_rub", "quantity", "quantity_unit", "status", "note")
    ties = [row | {"from_zone_id": row["tie_id"].rpartition("-")[0]} for row in data("tie")]
    expected = [tie_facts(row) for row in facts("cooperation_facts")]
    assert count_data(ties, "from_zone_id", *columns) == count_facts(expected, "from_zone_id", *columns)
    assert {(row["evidence"], row["vintage"]) for row in ties} == {("press", VINTAGE)}
    assert len(ties) == 299


def test_ends_of_ties_are_the_parties_the_facts_name():
    parties = data_by_id("party")
    ends: dict[tuple[str, str], set[str]] = {}
    for tie, fact in zip(data("tie"), facts("cooperation_facts"), strict=True):
        assert tie["product"] == fact["product"]
        for end in ("from_party", "to_party"):
            ends.setdefault((fact["from_zone_id"], fact[end]), set()).add(tie[end])
        if fact["to_type"] == "country" and parties[tie["to_party"]]["name_en"] != fact["to_party"]:
            assert parties[tie["to_party"]]["kind"] != "resident"
    # Where the city deals with other regions it does so for the zone, else it is the zone's neighbour.
    assert {key: found for key, found in ends.items() if len(found) > 1} == {
        ("technopolis-moscow", "City of Moscow"): {"city-of-moscow", "city-of-moscow-for-technopolis"}
    }
    for key, name in SAME_FIRM.items():
        assert {parties[party]["name"] for party in ends[key]} == {name}


def test_partner_of_a_tie_is_where_the_facts_place_it():
    parties = data_by_id("party")
    elsewhere = set()
    for tie, fact in zip(data("tie"), facts("cooperation_facts"), strict=True):
        partner, code = parties[tie["to_party"]], fact["to_code"]
        place = partner["region_iso"] if "-" in code else partner["country_iso3"]
        as_told = not partner["region_iso"] if code in ("", "RU") else place == code
        if not as_told:
            elsewhere.add((parties[tie["from_party"]]["name_en"], partner["name_en"], code))
    # In these two the partner outside the zone is the giver, and it carries the place.
    assert elsewhere == {
        ("Belaya Dacha farms (Tambov region)", "Lamb Weston Belaya Dacha", "RU-TAM"),
        ("Russian pulp makers", "Hayat Kimya (Kaluga)", "RU"),
    }
    assert parties["belaya-dacha-farms"]["region_iso"] == "RU-TAM"
    assert parties["russian-pulp-makers"]["region_iso"] == ""


def test_every_tie_reaches_the_page_of_its_zone():
    parties = data_by_id("party")
    for tie in data("tie"):
        zone = tie["tie_id"].rpartition("-")[0]
        zones = {parties[tie[end]]["zone_id"] for end in ("from_party", "to_party")}
        assert zone in zones or zone in AGGREGATES, tie["tie_id"]


def test_parties_beyond_the_residents_all_stand_in_ties():
    linked = {row[end] for row in data("tie") for end in ("from_party", "to_party")}
    others = {row["party_id"] for row in data("party") if row["kind"] != "resident"}
    assert others <= linked


def test_every_target_is_there():
    columns = ("zone_id", "indicator", "target_value", "unit", "target_year", "note")
    assert count_data(data("target"), *columns) == count_facts(facts("targets"), *columns)
    assert len(data("target")) == 82


@pytest.mark.parametrize(
    ("note", "qualifier"),
    [
        ("about", "about"),
        ("over", "over"),
        ("almost 70%", "about"),
        ("not fewer than", "over"),
        ("not less than, to be attracted until 2030", "over"),
        ("a year, over", "over"),
        ("over 130 now", "exact"),
        ("almost three times", "exact"),
        ("2.7 times; over 550 000 m2 to be built", "exact"),
        ("one resident; over 2000 in 2025", "exact"),
        ("cumulative over ten years, end year approximate", "exact"),
    ],
)
def test_qualifier_of_a_target_is_the_word_its_note_uses_for_it(note, qualifier):
    found = {row["qualifier"] for row in data("target") if row["note"] == note}
    assert found == {qualifier}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("region_year", ("region_iso", "year", "indicator", "value", "note")),
        ("bloc_membership", ("bloc", "country_iso3", "valid_from", "valid_to", "status", "date_precision", "note")),
        ("fx", ("year", "currency", "rub_per_unit", "basis", "note")),
        ("deflator", ("year", "series", "index_2020", "note")),
    ],
)
def test_every_row_of_a_reference_table_is_there(table, columns):
    assert count_data(data(table), *columns) == count_facts(facts(f"reference/{table}"), *columns)


@pytest.mark.parametrize("table", ["tile", "industry", "hs2"])
def test_every_row_of_a_name_table_is_there(table):
    columns = CONTRACT[table].split()
    assert count(data(table), *columns) == count(facts(f"reference/{table}"), *columns)


def test_every_region_is_there_with_population_and_product():
    product = {
        row["region_iso"]: row["value"]
        for row in facts("reference/region_year")
        if (row["indicator"], row["year"]) == ("grp_rub", "2023")
    }
    columns = ("region_iso", "name_ru", "name_en", "short_ru", "capital_ru", "capital_en", "latitude", "longitude")
    expected = [
        row
        | {"okato": row["okato2"], "population": row["population_2021"], "grp_rub": product.get(row["region_iso"], "")}
        for row in facts("reference/region")
    ]
    measured = (*columns, "okato", "population", "grp_rub")
    assert count_data(data("region"), *measured) == count_facts(expected, *measured)
    regions = data_by_id("region")
    for row in expected:
        assert regions[row["region_iso"]]["federal_district"] == row["federal_district_en"].lower().replace(" ", "-")
        assert row["note"] in regions[row["region_iso"]]["note"]


def test_sources_are_exactly_the_addresses_of_the_facts():
    names = ("zones", "zone_year", "sites", "clusters", "residents", "cooperation_facts", "targets")
    references = ("region", "region_year", "bloc_membership", "fx", "deflator")
    tables = [facts(name) for name in names] + [facts(f"reference/{name}") for name in references]
    addresses = {row["source_url"] for rows in tables for row in rows}
    assert {url_of(row) for row in data("source")} == addresses
    assert len(data("source")) == len(addresses)


# ---- what the report on Technopolis Moscow must be able to say

ARTICLE = "https://riamo.ru/news/ekonomika/oez-tehnopolis-moskva-ukrepljaet-promyshlennuju-kooperatsiju/"


def figures(indicator: str, year: str, period: str = "FY") -> list[dict[str, str]]:
    keys = ("technopolis-moscow", indicator, year, period)
    return [r for r in data("zone_year") if (r["zone_id"], r["indicator"], r["year"], r["period"]) == keys]


def destinations(product: str) -> set[str]:
    parties = data_by_id("party")
    return {
        parties[row["to_party"]]["country_iso3"]
        for row in data("tie")
        if row["product"] == product and row["kind"] == "export" and url_of(row) == ARTICLE
    }


def test_technopolis_has_over_230_enterprises():
    found = [row for row in figures("enterprises", "2025", "point") if url_of(row) == ARTICLE]
    assert [(row["value"], row["qualifier"]) for row in found] == [("230", "over")]


def test_technopolis_exports_of_2024_are_over_1_1_bn_and_17_percent_up():
    assert [(r["value"], r["qualifier"], url_of(r)) for r in figures("export_rub", "2024")] == [
        ("1100000000", "over", ARTICLE)
    ]
    assert [(r["value"], r["unit"], url_of(r)) for r in figures("export_growth_pct", "2024")] == [
        ("17", "percent", ARTICLE)
    ]


def test_technopolis_boards_and_prostheses_go_to_the_countries_of_the_article():
    assert destinations("interactive boards") == {"SRB", "KAZ", "TJK"}
    assert destinations("bionic leg prostheses") == {"BLR", "AZE", "KAZ", "UZB"}


def test_technopolis_pharma_cluster_stands_on_two_sites():
    pharma = data_by_id("cluster")["pharma"]
    sites = pharma["site_ids"].split(";")
    assert sites == ["alabushevo", "pechatniki"]
    assert {data_by_id("site")[site]["zone_id"] for site in sites} == {pharma["zone_id"]} == {"technopolis-moscow"}
    assert url_of(pharma) == ARTICLE


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("enterprises", "600"),
        ("investment_actual_rub", "1200000000000"),
        ("floor_area_m2", "3800000"),
        ("area_ha", "600"),
        ("jobs", "90000"),
        ("largest_industrial_centre_in_europe", "1"),
    ],
)
def test_technopolis_has_its_targets_for_2030(indicator, value):
    keys = ("technopolis-moscow", indicator, "2030")
    rows = [r for r in data("target") if (r["zone_id"], r["indicator"], r["target_year"]) == keys]
    assert {row["target_value"] for row in rows} == {value}
    assert all(url_of(row).startswith("https://") for row in rows)


def test_sources_that_disagree_are_both_there():
    exports = {row["value"] for row in figures("export_rub", "2020")}
    invested = {row["value"] for row in figures("investment_actual_rub", "2022", "point")}
    jobs = {row["value"] for row in figures("jobs_new", "2024")}
    assert "1200000000" in exports
    assert invested == {"125000000000", "87000000000", "87700000000"}
    assert jobs == {"5900", "5000"}
