"""Text with its styles, links and notes."""

import pytest

from zonebook.page.locale import get_locale
from zonebook.paper.chapter_markup import parse_html
from zonebook.paper.chapter_runs import Ground, Run, read_runs, to_text


def _read(markup: str, page: str = "zones/a", sources: frozenset[str] = frozenset()) -> tuple[list[Run], Ground]:
    ground = Ground(page, get_locale("en"), sources)
    return read_runs(parse_html(markup).children, ground), ground


def test_spaces_are_those_a_browser_shows_and_bound_ones_stay() -> None:
    runs, _ = _read("  a \n b<b> c </b>1\u00a0000  ")
    assert to_text(runs) == "a b c 1\u00a0000"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("../regions/RU-TA.html", "regions/RU-TA"),
        ("../regions/RU-TA.html#x", "regions/RU-TA#x"),
        ("#table-1", "zones/a#table-1"),
        ("b.md", "zones/b"),
        ("../data/zones/a/t.csv", "data/zones/a/t.csv"),
        ("../notebooks/zones/a.ipynb", "notebooks/zones/a.ipynb"),
    ],
)
def test_links_inside_lead_to_places_of_the_book(href: str, target: str) -> None:
    runs, ground = _read(f'<a href="{href}">x</a>')
    assert runs == [{"a": target, "r": ["x"]}]
    assert list(ground.links) == [target]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_only_web_addresses_lead_out(href: str) -> None:
    runs, ground = _read(f'<a href="{href}">x</a><a href="https://x.org/">y</a>')
    assert runs == [{"s": "plain", "r": ["x"]}, {"u": "https://x.org/", "r": ["y"]}]
    assert not ground.links


def test_a_file_is_told_by_its_name() -> None:
    runs, _ = _read('<a class="zb-download" href="../data/zones/a/t%20x.csv" download>Download</a>')
    assert to_text(runs) == "t x.csv"


def test_remarks_and_parts_of_a_cell_begin_new_lines() -> None:
    runs, _ = _read('<div>a</div><div>b<div class="zb-remark">r</div></div><ul><li>c</li></ul>')
    assert to_text(runs) == "a\nb\nr\n• c"


def test_a_mark_of_a_source_that_is_not_listed_is_a_link() -> None:
    runs, _ = _read('<sup class="zb-cite"><a href="#source-x">7</a></sup>')
    assert runs == [{"s": "notes", "r": [{"a": "zones/a#source-x", "r": ["7"]}]}]


def test_sources_named_before_are_marks_and_a_new_one_makes_notes() -> None:
    ground = Ground("zones/a", get_locale("en"), frozenset({"source-x", "source-y"}))
    cite = '<sup class="zb-cite"><a href="#source-x">1</a><a href="#source-y">2</a></sup>'
    read = [read_runs(parse_html(f"<p>{cite}</p>").children, ground)[0] for _ in range(2)]
    first, second = ({"n": number, "id": f"zones/a#source-{name}"} for number, name in (("1", "x"), ("2", "y")))
    assert read[0] == {"s": "notes", "r": [first | {"new": True}, second | {"new": True}]}
    assert read[1] == {"s": "marks", "r": [first, second]}


def test_what_is_folded_away_stays_on_the_site() -> None:
    runs, ground = _read("<details><summary>25 sources</summary><sup class='zb-cite'>…</sup></details>")
    assert to_text(runs) == "25 sources"
    assert not ground.named


def test_a_place_is_printed_once() -> None:
    runs, ground = _read('<span id="p">a</span><span id="p">b</span>')
    assert [run for run in runs if isinstance(run, dict)] == [{"at": "zones/a#p"}]
    assert list(ground.places) == ["p"]
