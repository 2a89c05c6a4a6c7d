"""What single cells may hold, and the suggestions made for those that may not."""

from __future__ import annotations

import pyarrow as pa

from zonebook.tables.cell import explain, find_breaches, list_countries
from zonebook.tables.schema import TABLES
from zonebook.tables.value import understand


def rules(table: str, column: str, *texts: str, lang: str = "en") -> dict[str, tuple[str, str]]:
    """Return per broken text the rule and the nearest right text."""
    declared = TABLES[table].columns[column]
    values = pa.array(texts, pa.string())
    found = {}
    for breach in find_breaches(values, understand(values, declared), declared):
        for text, is_broken in zip(texts, breach.is_broken, strict=True):
            if is_broken:
                rule, details = explain(breach, text, declared, lang)
                found[text] = (rule, details.get("nearest", ""))
    return found


def test_codes_and_their_nearest() -> None:
    assert rules("tie", "kind", "supply", "suply", "R_and_D", "?") == {
        "suply": ("code_unknown", "supply"),
        "R_and_D": ("code_unknown", "r_and_d"),
        "?": ("code_unknown", ""),
    }


def test_written_forms() -> None:
    assert rules("zone", "zone_id", "a-1", "A 1", "зона", "a_b") == {
        "A 1": ("format_broken", "a-1"),
        "зона": ("format_broken", ""),
        "a_b": ("format_broken", "a-b"),
    }
    assert rules("party", "region_iso", "RU-MOW", "CN-HB", "RU-X-CRIMEA", "ru-mow", "RU") == {
        "ru-mow": ("format_broken", "RU-MOW"),
        "RU": ("format_broken", ""),
    }
    assert rules("zone_year", "indicator", "export_rub", "jobs:site-1", "Export, RUB") == {
        "Export, RUB": ("format_broken", "")
    }
    assert set(rules("zone_year", "unit", "RUB", "count", "млрд руб.", "RUB bn", "thousand")) == {
        "млрд руб.",
        "RUB bn",
        "thousand",
    }


def test_lists_of_ids() -> None:
    assert set(rules("cluster", "site_ids", "a", "a;b-1", "a; b", "a,b", "a;")) == {"a,b", "a;"}


def test_cyrillic_letters_among_latin_ones() -> None:
    assert rules("party", "country_iso3", "КAZ") == {"КAZ": ("letters_mixed", "KAZ")}
    assert rules("tie", "level", "lоcal") == {"lоcal": ("letters_mixed", "local")}


def test_countries_are_those_of_the_standard() -> None:
    assert {"RUS", "KAZ", "NAM", "SRB"} <= set(list_countries())
    assert rules("party", "country_iso3", "RUS", "ABX") == {"ABX": ("country_unknown", "")}


def test_ranges_include_their_ends() -> None:
    assert rules("zone", "latitude", "-90", "90", "90.1") == {"90.1": ("above_maximum", "")}
    assert rules("tie", "value_rub", "0", "-0.01") == {"-0.01": ("below_minimum", "")}
    assert set(rules("tie", "year", "1989", "1990", "2100", "2101", "20244")) == {"1989", "2101", "20244"}


def test_a_value_is_named_under_one_rule() -> None:
    assert rules("tie", "value_rub", "#REF!", "1,1 млрд", "abc") == {
        "#REF!": ("cell_broken", ""),
        "1,1 млрд": ("number_in_words", "1100000000"),
        "abc": ("number_malformed", ""),
    }


def test_an_empty_value_breaks_no_rule() -> None:
    for column, values in (
        ("value_rub", pa.array([None, 0.0, -1.0])),
        ("kind", pa.array([None, "supply", "suply"], pa.string())),
    ):
        declared = TABLES["tie"].columns[column]
        breaches = find_breaches(values, understand(values, declared), declared)
        assert [breach.is_broken.tolist() for breach in breaches] == [[False, False, True]]
