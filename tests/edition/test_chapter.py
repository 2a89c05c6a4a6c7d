"""A comparison as a chapter of the report: parts under headings, tables by zone, files, nothing secret."""

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from edition_pairs import RANK, ROW, TIES, compare, make_edition
from zonebook.edition import Chapter, Comparison, name_subjects, write_chapter
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import Evidence
from zonebook.page.locale import get_locale

HEADINGS = {
    "ru": ("", "Изменившиеся значения", "Изменившиеся места", "Связи"),
    "en": ("", "Changed values", "Moved ranks", "Ties"),
}


def write(comparison: Comparison, lang: str = "en", cut_off: str = "") -> Chapter:
    """Return the chapter of a comparison in a language."""
    naming = name_subjects(comparison, get_locale(lang), read_catalogue())
    return write_chapter(comparison, naming, cut_off, "data/changes")


def change() -> Comparison:
    """Return a comparison with values, a rank and ties that changed."""
    evil = replace(ROW, scope_id="evil")
    moved = (replace(ROW, value=0.6, lower=0.6, upper=0.6), replace(RANK, value=2.0), replace(evil, value=0.1))
    ties = [TIES[1], {**TIES[0], "tie_id": "t3", "product": "=cmd()"}]
    return compare(make_edition((ROW, RANK, evil)), make_edition(moved, name="<b>new</b>", tie=ties))


class _Tags(HTMLParser):
    """Refuses HTML that is not closed where it was opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_parts_are_the_sections_of_the_comparison_each_with_its_file(lang: str) -> None:
    chapter = write(change(), lang)
    assert tuple(heading for heading, _ in chapter.parts) == HEADINGS[lang]
    assert list(chapter.files) == ["all", "value", "rank", "tie"]
    for (_, html), name in zip(chapter.parts, chapter.files, strict=True):
        _Tags(html)
        assert f'href="data/changes/{name}.csv"' in html


def test_rows_stand_below_their_zone_which_leads_to_its_page() -> None:
    html = dict(write(change()).parts)["Changed values"]
    assert html.index("zones/evil.html") < html.index("10%") < html.index("zones/north.html") < html.index("60%")


def test_names_of_the_data_are_text_and_no_formula() -> None:
    chapter = write(change())
    told = "".join(html for _, html in chapter.parts)
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    cells = [cell for text in chapter.files.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize(
    ("lang", "cut_off", "said"),
    [
        ("ru", "2026-04-01", "Отличия от прежнего выпуска (данные на 1 апреля 2026 г.): 2 изменившихся значения"),
        ("ru", "", "Отличия от прежнего выпуска: 2 изменившихся значения"),
        ("en", "2026-04", "What is different from the earlier edition (data as of April 2026): 2 changed values"),
        ("en", "", "What is different from the earlier edition: 2 changed values"),
    ],
)
def test_the_opening_names_the_earlier_edition_by_its_date(lang: str, cut_off: str, said: str) -> None:
    opening = write(change(), lang, cut_off).parts[0][1].replace("\u00a0", " ")
    assert said in opening
    assert "old" not in opening


@pytest.mark.parametrize(
    ("lang", "said"), [("ru", "Отличий от прежнего выпуска нет."), ("en", "Nothing is different from the earlier")]
)
def test_nothing_changed_says_so_and_has_no_file(lang: str, said: str) -> None:
    chapter = write(compare(make_edition(), make_edition()), lang)
    (opening,) = chapter.parts
    assert said in opening[1]
    assert chapter.files == {}


def test_parameters_that_differ_are_a_table() -> None:
    html = dict(write(compare(make_edition(), make_edition(year=2024))).parts)["Parameters that differ"]
    assert '<th scope="row">year</th><td>2025</td><td>2024</td>' in html


def test_demonstration_data_are_marked_in_the_text_and_in_every_file() -> None:
    made_up = replace(ROW, evidence=Evidence.DEMONSTRATION)
    chapter = write(compare(make_edition((made_up,)), make_edition((replace(made_up, value=0.7),))))
    assert "zb-evidence-demonstration" in chapter.parts[0][1]
    assert all("Demonstration" in row["edition"] for row in csv.DictReader(io.StringIO(chapter.files["value"])))


def test_of_very_many_changes_the_file_has_those_that_are_not_shown() -> None:
    rows = tuple(replace(ROW, metric_id=f"L01.s{n}") for n in range(502))
    chapter = write(compare(make_edition(rows), make_edition(tuple(replace(row, value=0.7) for row in rows))))
    html = dict(chapter.parts)["Changed values"]
    assert html.count('<tr><th scope="row"') == 500
    assert "2 more rows are in the file of all changes." in html.replace("\u00a0", " ")
    assert chapter.files["value"].count("\n") == 503
