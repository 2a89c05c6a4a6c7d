"""The public data set holds every collected fact, adds nothing of its own, and hangs together."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
DATA = REPOSITORY / "data"
FACTS = REPOSITORY / ".." / "shared" / "facts"
VINTAGE = "2026-11-22"

AGGREGATES = {"ru-total", "moscow-region-total", "moscow-city", "kz-total", "world", "ru-industrial-parks"}

# The contract's columns of every table the public data set brings, in the contract's order.
CONTRACT = {
    "zone": "zone_id name_ru name_en type country_iso3 region_iso established area_ha latitude longitude "
    "management_company source_id",
    "site": "site_id zone_id name_ru name_en latitude longitude area_ha source_id",
    "region": "region_iso name_ru name_en federal_district latitude longitude population grp_rub",
    "cluster": "cluster_id zone_id name_ru name_en",
    "party": "party_id name name_en kind zone_id site_id region_iso country_iso3 cluster_id industry_scheme industry "
    "product since holding_id confidential source_id",
    "tie": "tie_id from_party to_party level kind product_scheme product year value_rub quantity quantity_unit status "
    "evidence source_id vintage",
    "zone_year": "zone_id year period indicator source_id vintage value unit cumulative qualifier source_date note",
    "target": "zone_id indicator target_year target_value unit base_year base_value source_id",
    "bloc_membership": "bloc country_iso3 valid_from valid_to",
    "deflator": "year index_2020",
    "fx": "year currency rub_per_unit",
    "source": "source_id url title publisher date kind licence",
    "region_year": "region_iso year indicator value source_id",
    "tile": "region_iso row col",
    "industry": "code level section name_ru name_en",
    "hs2": "hs2 name_ru name_en",
}

KEYS = {
    "zone": ["zone_id"],
    "site": ["site_id"],
    "region": ["region_iso"],
    "cluster": ["cluster_id"],
    "party": ["party_id"],
    "tie": ["tie_id"],
    "zone_year": ["zone_id", "year", "period", "indicator", "source_id", "vintage"],
    "target": ["zone_id", "indicator", "target_year", "source_id"],
    "bloc_membership": ["bloc", "country_iso3", "valid_from"],
    "deflator": ["year", "series"],
    "fx": ["year", "currency"],
    "source": ["source_id"],
    "region_year": ["region_iso", "year", "indicator"],
    "tile": ["region_iso"],
    "industry": ["code"],
    "hs2": ["hs2"],
}

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


@cache
def read_table(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


def data(table: str) -> tuple[dict[str, str], ...]:
    return read_table(DATA / f"{table}.csv")


@cache
def data_by_id(table: str) -> dict[str, dict[str, str]]:
    return {row[KEYS[table][0]]: row for row in data(table)}


def facts(name: str) -> tuple[dict[str, str], ...]:
    if not FACTS.is_dir():
        pytest.skip("the collected facts are not beside this checkout")
    return read_table(FACTS / f"{name}.csv")


def url_of(row: dict[str, str]) -> str:
    return data_by_id("source")[row["source_id"]]["url"] or "general-knowledge"


def count(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in rows)


def count_facts(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return count(rows, *columns, "source_url")


def count_data(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return Counter((*(row[column] for column in columns), url_of(row)) for row in rows)


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
    residents = data("party")[: len(facts("residents"))]
    named = [row | {"company": row["name"], "okved_isic": row["industry"]} for row in residents]
    texts = [row | {"industry": row["industry_ru"], "note": fact_note(row)} for row in named]
    wanted = (*columns, "company", "okved_isic", "industry", "note")
    assert count_data(texts, *wanted) == count_facts(facts("residents"), *wanted)
    assert {row["kind"] for row in residents} == {"resident"}


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
    assert {key: found for key, found in ends.items() if len(found) > 1} == {}
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
    others = data("party")[len(facts("residents")) :]
    assert {row["party_id"] for row in others} <= linked


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


# ---- the data set hangs together


def test_only_tables_of_the_contract_are_there():
    assert {path.stem for path in DATA.glob("*.csv")} == CONTRACT.keys()


@pytest.mark.parametrize("table", CONTRACT)
def test_files_are_plain_and_columns_of_the_contract_come_first(table):
    raw = (DATA / f"{table}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    columns = CONTRACT[table].split()
    assert raw.decode("utf-8").splitlines()[0].split(",")[: len(columns)] == columns
    assert all(None not in row and None not in row.values() for row in data(table))


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique(table):
    assert [key for key, times in count(data(table), *KEYS[table]).items() if times > 1] == []


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [(table, "source_id", "source") for table in CONTRACT if table not in ("source", "tile", "industry", "hs2")]
    + [(table, "zone_id", "zone") for table in ("site", "cluster", "party", "zone_year", "target")]
    + [(table, "region_iso", "region") for table in ("zone", "region_year", "tile")]
    + [("party", "site_id", "site"), ("party", "cluster_id", "cluster")]
    + [("tie", "from_party", "party"), ("tie", "to_party", "party")],
)
def test_references_resolve(table, column, target):
    assert {row[column] for row in data(table)} - {""} <= data_by_id(target).keys()


def test_every_row_names_its_source():
    tables = [table for table in CONTRACT if table not in ("source", "tile", "industry", "hs2")]
    assert [(table, row) for table in tables for row in data(table) if not row["source_id"]] == []


def test_places_of_parties_are_codes():
    regions = data_by_id("region").keys()
    for row in data("party"):
        if row["country_iso3"] == "RUS":
            assert row["region_iso"] in regions | {""}
        elif row["region_iso"]:
            assert re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", row["region_iso"])
            assert row["country_iso3"]
        if row["site_id"]:
            assert data_by_id("site")[row["site_id"]]["zone_id"] == row["zone_id"]


def test_ids_are_plain():
    columns = [("zone", "zone_id"), ("site", "site_id"), ("cluster", "cluster_id"), ("party", "party_id")]
    for table, column in [*columns, ("party", "holding_id"), ("tie", "tie_id"), ("source", "source_id")]:
        assert [row[column] for row in data(table) if not re.fullmatch("[a-z0-9-]*", row[column])] == []


def test_english_text_never_stands_without_its_russian():
    pairs = [("note", "note_ru"), ("product", "product_ru"), ("quantity_unit", "quantity_unit_ru")]
    pairs += [("location_source", "location_source_ru"), ("publisher", "publisher_ru"), ("title", "title_ru")]
    pairs += [("name_en", "name_ru"), ("name_ru", "name_en"), ("name_en", "name"), ("name", "name_en")]
    blank = [
        (table, english, row)
        for table in CONTRACT
        for row in data(table)
        for english, russian in pairs
        if english in row and russian in row and row[english] and not row[russian]
    ]
    assert blank == []


@pytest.mark.parametrize("table", ["zone_year", "tie", "target", "party", "zone", "site", "cluster"])
def test_russian_notes_are_russian(table):
    spoken = [row["note_ru"] for row in data(table) if re.search(r"[A-Za-z]{4}", row["note"])]
    assert [note for note in spoken if not re.search("[А-яЁё]", note)] == []


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("economy.mos.ru", "official"),
        ("rosstat.gov.ru", "official"),
        ("technomoscow.com", "company"),
        ("ria.ru", "press"),
    ],
)
def test_kind_of_a_source_follows_its_site(host, kind):
    kinds = {row["kind"] for row in data("source") if f"//{host}/" in row["url"]}
    assert kinds == {kind}


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
