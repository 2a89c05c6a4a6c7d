"""What a comparison says: the summary in words, the page, the text, the file of all changes."""

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from edition_pairs import FIGURE, PARTIES, RANK, ROW, TIES, compare, make_edition
from zonebook.edition import Comparison, name_subjects, read_brand, write_listing, write_page, write_text
from zonebook.edition.wording import say_summary
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import Evidence, Status
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters

LANGUAGES = ("ru", "en")


def _name(comparison: Comparison, lang: str = "en"):
    return name_subjects(comparison, get_locale(lang), read_catalogue())


def _write_all(comparison: Comparison, lang: str) -> tuple[str, str, str]:
    naming = _name(comparison, lang)
    return (
        write_page(comparison, naming, "d.csv", read_brand(Parameters(), Path(), lang)),
        write_listing(comparison, naming),
        write_text(comparison, naming),
    )


def _changed() -> Comparison:
    evil = replace(ROW, scope_id="evil")
    rows = (ROW, RANK, evil)
    moved = (replace(ROW, value=0.6, lower=0.6, upper=0.6), replace(RANK, value=2.0), replace(evil, value=0.1))
    ties = [TIES[1], {**TIES[0], "tie_id": "t3", "product": "=cmd()"}]
    return compare(make_edition(rows), make_edition(moved, name="<b>new</b>", tie=ties))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ru", "Между выпусками «old» и «new» ничего не изменилось."), ("en", "Nothing has changed from “old” to “new”.")],
)
def test_nothing_changed_says_so(lang: str, said: str) -> None:
    comparison = compare(make_edition(), make_edition(name="new"))
    page, listing, text = _write_all(comparison, lang)
    assert said in page
    assert text == said + "\n"
    assert listing.count("\n") == 1


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 изменившееся значение"),
        (2, "2 изменившихся значения"),
        (5, "5 изменившихся значений"),
        (21, "21 изменившееся значение"),
    ],
)
def test_russian_numbers_agree(count: int, said: str) -> None:
    rows = tuple(replace(ROW, year=2000 + year) for year in range(count))
    comparison = compare(make_edition(rows), make_edition(tuple(replace(row, value=0.7) for row in rows)))
    assert said in say_summary(comparison, _name(comparison, "ru")).replace("\u00a0", " ")


def test_the_summary_tells_the_largest_change_the_causes_and_parameters() -> None:
    moved = replace(ROW, value=0.6, lower=0.6, upper=0.6)
    comparison = compare(make_edition(), make_edition((moved, RANK), name="new", year=2024, version="0.2.0"))
    said = say_summary(comparison, _name(comparison))
    assert "1 changed value" in said
    assert "North, L01" in said
    assert "it was 50% and is 60% now" in said
    assert "parameters changed (1), another version of Zonebook (1)" in said
    assert "Parameters that differ: year." in said
    assert "versions 0.1.0 and 0.2.0" in said


def test_figures_that_are_no_exact_ones_stay_so() -> None:
    about, over = {**FIGURE, "qualifier": "about"}, {**FIGURE, "qualifier": "over"}
    comparison = compare(make_edition(zone_year=[about]), make_edition(zone_year=[over]))
    text = write_text(comparison, _name(comparison))
    assert "about 1 bn RUB → over 1 bn RUB" in text.replace("\u00a0", " ")


def test_percentages_differ_by_points_amounts_by_amounts() -> None:
    moved = (replace(ROW, value=0.6, lower=0.6, upper=0.6), replace(RANK, value=1.0))
    comparison = compare(make_edition(), make_edition(moved, zone_year=[{**FIGURE, "value": 1.5e9}]))
    text = write_text(comparison, _name(comparison)).replace("\u00a0", " ")
    assert "50% → 60%; +10 pp" in text
    assert "1 bn RUB → 1.5 bn RUB; +500 mn RUB (+50%)" in text
    assert "−2" in text


def test_what_is_withheld_stays_withheld() -> None:
    hidden = replace(ROW, value=None, lower=None, upper=None, status=Status.SUPPRESSED)
    comparison = compare(make_edition(), make_edition((hidden, RANK)))
    assert "50 % → к" in write_text(comparison, _name(comparison, "ru")).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_untrusted_text_is_escaped(lang: str) -> None:
    page, listing, _ = _write_all(_changed(), lang)
    assert "<script" not in page
    assert "<b>new" not in page
    assert "&lt;script&gt;" in page
    rows = list(csv.DictReader(io.StringIO(listing)))
    assert "'=cmd()" in {row["product"] for row in rows}


class _Tables(HTMLParser):
    """Counts what makes a table readable without seeing it, and what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.seen.append(tag + (f".{given['scope']}" if "scope" in given else ""))
        self.loads += [value or "" for name, value in attrs if name in ("src", "srcset")]
        if tag == "link":
            self.loads.append(given.get("href") or "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_stands_alone_and_its_tables_are_accessible(lang: str) -> None:
    page, *_ = _write_all(_changed(), lang)
    parsed = _Tables()
    parsed.feed(page)
    assert parsed.loads == []
    assert "http" not in page
    assert "prefers-color-scheme:dark" in page
    assert f'<html lang="{lang}">' in page
    assert parsed.seen.count("table") == parsed.seen.count("caption") > 2
    assert parsed.seen.count("th.row") >= 4
    assert "th" not in parsed.seen


def test_zones_are_named_in_the_language_of_the_page() -> None:
    assert "ОЭЗ «Север»" in _write_all(_changed(), "ru")[0]
    assert "North" in _write_all(_changed(), "en")[0]


def test_the_listing_has_codes_numbers_and_words() -> None:
    listing = write_listing(_changed(), _name(_changed()))
    (row,) = [row for row in csv.DictReader(io.StringIO(listing)) if row["id"] == "L01" and row["scope_id"] == "north"]
    assert (row["old"], row["new"], row["cause"], row["name"]) == ("0.5", "0.6", "revised_data", "North")
    assert row["reason"] == "data revised"


def test_a_long_page_says_how_many_rows_are_left_to_the_file() -> None:
    rows = tuple(replace(ROW, metric_id=f"L01.{n}") for n in range(2003))
    comparison = compare(make_edition(rows), make_edition(tuple(replace(row, value=0.7) for row in rows)))
    page, listing, text = _write_all(comparison, "ru")
    assert "Ещё 3 строки — в файле со всеми изменениями." in page.replace("\u00a0", " ")
    assert listing.count("\n") == 2004
    assert "… и ещё" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_confidential_parties_are_never_named(lang: str) -> None:
    secret = [*PARTIES[:2], {**PARTIES[2], "confidential": True}]
    editions = make_edition(party=secret, publish="internal"), make_edition(party=secret, tie=[], publish="internal")
    for written in _write_all(compare(*editions), lang):
        assert "Alpha" in written or "Альфа" in written
        assert not any(name in written for name in ("Hush", "Тишина", "hush", "t2,"))


def test_marks_of_internal_and_demonstration_editions_are_kept() -> None:
    made_up = replace(ROW, evidence=Evidence.DEMONSTRATION)
    new = make_edition((replace(made_up, value=0.7), RANK), publish="internal")
    for written in _write_all(compare(make_edition((made_up, RANK)), new), "en"):
        assert "Internal: for official use only" in written
        assert "Demonstration: the data are made up" in written
