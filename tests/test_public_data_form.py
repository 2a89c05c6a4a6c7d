"""The public data set has the form of the contract, and its tables refer to each other soundly."""

import re

import pytest

from public_data import CONTRACT, DATA, KEYS, count, data, data_by_id

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
