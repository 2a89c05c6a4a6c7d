"""Long tables: up to what a page bears they are whole; beyond, the first rows, which ones, and all in the file."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from figure_pages import REGIONS, SOURCES, ZONE, figure_row, make_page
from standing_rows import levels, row
from word_pages import check_html, read
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.narrative import standing
from zonebook.page.tables import (
    comparison,
    corridors,
    disagreements,
    metric_rows,
    partner_countries,
    quality_by_zone,
    revisions,
    targets_of_zones,
    zone_figures,
    zone_metrics,
    zones,
)
from zonebook.page.tables.excerpt import MOST_NAMED, MOST_ROWS, MadeRows, name_first, share_out

Rows = list[dict[str, Any]]
BEYOND = MOST_ROWS + 1


def list_zones(count: int) -> Rows:
    """Return zones whose order by name is that of their numbers."""
    return [
        {**ZONE, "zone_id": f"z-{i:04d}", "name_ru": f"Зона {i:04d}", "name_en": f"Zone {i:04d}"} for i in range(count)
    ]


def list_jobs(count: int, *values: float) -> Rows:
    """Return a figure of each zone; of several values as many sources disagree."""
    given = values or (100.0,)
    return [
        figure_row(2024, value, "point", indicator="residents", unit="count", zone_id=f"z-{i:04d}", source_id=source)
        for i in range(count)
        for value, source in zip(given, ("press-a", "press-b"), strict=False)
    ]


def list_goals(count: int) -> Rows:
    common = {"indicator": "residents", "target_year": 2030, "target_value": 500, "unit": "count"}
    return [{"zone_id": f"z-{i:04d}", **common, "qualifier": "exact", "source_id": "press-b"} for i in range(count)]


def open_zones(lang: str, count: int, scope: str = "country", **more: Any) -> PageContext:
    return make_page(lang, scope=scope, zone=list_zones(count), source=SOURCES, **more)


def open_places(lang: str, count: int) -> PageContext:
    """Return the page of the comparison of zones whose places are the reverse of their order by name."""
    results = [
        one
        for i in range(count)
        for one in (
            row("C05", 50.0, unit="index", scope_id=f"z-{i:04d}"),
            row("C06", float(count - i), unit="rank", scope_id=f"z-{i:04d}"),
        )
    ]
    return replace(open_zones(lang, count, results=results), kind="comparison")


def open_regions(lang: str, count: int) -> PageContext:
    """Return the page of ties that join the zone's region to so many others, the first with two ties."""
    places = [{**REGIONS[0], "region_iso": f"RU-{i:04d}", "name_ru": f"Р{i}", "name_en": f"R{i}"} for i in range(count)]
    parties: Rows = [{"party_id": "own", "name": "own", "kind": "resident", "zone_id": "example"}]
    parties += [
        {"party_id": f"p{i}", "name": f"p{i}", "kind": "firm", "region_iso": f"RU-{i:04d}"} for i in range(count)
    ]
    common = {"from_party": "own", "level": "regional", "kind": "supply", "status": "actual", "evidence": "press"}
    ties: Rows = [
        {"tie_id": f"t{n}", "to_party": f"p{i}", **common, "source_id": "press-a"}
        for n, i in enumerate([*range(count), 0])
    ]
    return make_page(lang, scope="country", region=[*REGIONS, *places], party=parties, tie=ties)


def open_quality(lang: str, count: int) -> PageContext:
    results = [row("Q01", 0.5 if i == count - 1 else 1.0, scope_id=f"z-{i:04d}") for i in range(count)]
    return open_zones(lang, count, results=results)


def open_revised(lang: str, count: int) -> PageContext:
    rows = [{**one, "vintage": vintage} for one in list_jobs(count) for vintage in ("2025-01-01", "2025-06-01")]
    return open_zones(lang, count, "region", zone_year=rows)


CASES: dict[str, tuple[Callable[[PageContext], Block | None], Callable[[str, int], PageContext], str, str]] = {
    "zones of the country": (zones, open_zones, "first by name in each", "первые по названию в каждом"),
    "zones of a region": (zones, lambda lang, n: open_zones(lang, n, "region"), "first by name", "первые по названию"),
    "comparison": (
        comparison,
        lambda lang, n: open_zones(lang, n, zone_year=list_jobs(n)),
        "the first by name",
        "первые по названию",
    ),
    "figures": (
        zone_figures,
        lambda lang, n: open_zones(lang, n, "region", zone_year=list_jobs(n)),
        "the zones that are first by name",
        "зоны, первые по названию",
    ),
    "targets": (
        targets_of_zones,
        lambda lang, n: open_zones(lang, n, zone_year=list_jobs(n), target=list_goals(n)),
        "the zones that are first by name",
        "зоны, первые по названию",
    ),
    "disagreements": (
        disagreements,
        lambda lang, n: open_zones(lang, n, zone_year=list_jobs(n, 100.0, 200.0)),
        "the zones that are first by name",
        "зоны, первые по названию",
    ),
    "revisions": (revisions, open_revised, "the first in the order of the data", "первые в порядке данных"),
    "zone metrics": (zone_metrics, open_places, "those with the first places", "зоны с первыми местами"),
    "quality": (quality_by_zone, open_quality, "those with most of what", "у которых больше всего пунктов"),
    "corridors": (corridors, open_regions, "those with most ties", "сначала те, где связей больше"),
}


def count_rows(block: Block) -> int:
    return len(re.findall(r'<tr><th scope="row">', block.html))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Any:
    return CASES[request.param]


def test_a_table_of_what_a_page_bears_is_whole_and_says_nothing_of_it(case: Any) -> None:
    make, open_page, *_ = case
    block = make(open_page("en", MOST_ROWS))
    assert count_rows(block) == MOST_ROWS
    assert "zb-excerpt" not in block.html
    assert "data-rows" not in block.html


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "400 rows of 401 are shown: "), ("ru", "Показано 400 строк из 401: ")]
)
def test_of_a_longer_table_the_first_rows_are_shown_and_the_file_has_all(case: Any, lang: str, said: str) -> None:
    make, open_page, *orders = case
    block = make(open_page(lang, BEYOND))
    check_html(block)
    assert count_rows(block) == MOST_ROWS
    assert f'data-rows="{BEYOND}"' in block.html
    caption = read(Block(block.html[block.html.index("<caption") : block.html.index("</caption>")]))
    assert said in caption
    assert orders[lang == "ru"] in caption
    assert f"/{block.name}.csv" in block.html[: block.html.index("</caption>")]
    assert max(len({cells[place] for cells in block.rows}) for place in (0, 1)) == BEYOND


def test_the_rows_shown_are_the_first_of_their_order() -> None:
    last, first = f"Zone {MOST_ROWS:04d}", "Zone 0000"
    for name in ("zones of a region", "comparison", "targets", "disagreements", "figures"):
        make, open_page, *_ = CASES[name]
        shown = read(make(open_page("en", BEYOND)))
        assert (first in shown, last in shown) == (True, False), name
    for name in ("zone metrics", "quality"):  # the last by name has the first place, and alone wants something
        make, open_page, *_ = CASES[name]
        shown = read(make(open_page("en", BEYOND)))
        assert last in shown, name
    assert "Zone 0000" not in read(zone_metrics(open_places("en", BEYOND)))


def test_a_zones_page_leads_to_its_line_or_to_the_way_to_the_file_that_has_it() -> None:
    page = open_places("en", BEYOND)
    block = zone_metrics(page)
    assert block is not None
    check_html(block)
    caption = block.html[block.html.index("<caption") : block.html.index("</caption>")]
    for number in (0, 1):  # of the last place, which is not shown, and of the last that is
        said = standing(replace(make_page("en", results=levels(f"z-{number:04d}")), id=f"z-{number:04d}"))
        assert said is not None
        (anchor,) = re.findall(r'href="\.\./comparison\.html#([^"]+)"', said.html)
        assert block.html.count(f'id="{anchor}"') == 1
        assert (f'id="{anchor}"' in caption) == (number == 0)
    assert "zone-metrics.csv" in caption


def test_places_decide_only_where_there_are_any() -> None:
    results = [row("C05", 50.0, unit="index", scope_id=f"z-{i:04d}") for i in range(BEYOND)]
    shown = read(zone_metrics(open_zones("en", BEYOND, results=results)))
    assert "in alphabetical order" in shown
    assert "the first by name" in shown
    assert f"Zone {MOST_ROWS:04d}" not in shown


def test_a_part_of_the_rows_is_filtered_but_never_sorted() -> None:
    whole, part = (zone_metrics(open_places("en", count)) for count in (MOST_ROWS, BEYOND))
    assert whole is not None
    assert part is not None
    assert "data-falling" in whole.html
    assert "data-falling" not in part.html
    assert "data-filter" in part.html


def test_every_district_gives_its_first_zones() -> None:
    regions = [
        {**REGIONS[0], "region_iso": code, "federal_district": district}
        for code, district in (("RU-A", "central"), ("RU-B", "ural"))
    ]
    many = [{**zone, "region_iso": "RU-A" if i < BEYOND else "RU-B"} for i, zone in enumerate(list_zones(BEYOND + 3))]
    shown = read(zones(make_page("en", scope="country", zone=many, region=regions)))
    assert f"Zone {BEYOND + 2:04d}" in shown
    assert f"Zone {MOST_ROWS - 4:04d}" in shown
    assert f"Zone {MOST_ROWS - 3:04d}" not in shown


def test_what_is_not_shown_cites_no_source() -> None:
    sources = [{"source_id": f"s-{i}", "title": f"S {i}", "kind": "press"} for i in range(BEYOND)]
    rows = [{**one, "source_id": f"s-{i}"} for i, one in enumerate(list_jobs(BEYOND))]
    page = make_page("en", scope="country", zone=list_zones(BEYOND), source=sources, zone_year=rows)
    comparison(page)
    assert list(page.cited) == [f"s-{i}" for i in range(MOST_ROWS)]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "800 rows of 802 are shown: "), ("ru", "Показано 800 строк из 802: ")]
)
def test_metric_rows_are_those_of_the_zones_that_are_set_side_by_side(lang: str, said: str) -> None:
    page = open_places(lang, BEYOND)
    more = [replace(one, metric_id="C04") for one in page.results if one.metric_id == "C06"]
    page = replace(page, results=(*page.results, *more))
    table, rows = zone_metrics(page), metric_rows(page)
    assert table is not None
    assert rows is not None
    check_html(rows)
    links = set(re.findall(r'href="#(metric-C06--[^"]+)"', table.html))
    assert len(links) == MOST_ROWS
    assert links <= set(re.findall(r'<tr id="([^"]+)"', rows.html))
    assert said in read(rows)
    whole = metric_rows(open_places(lang, MOST_ROWS))
    assert whole is not None
    assert "zb-excerpt" not in whole.html


def test_a_cell_names_the_first_of_many() -> None:
    count = MOST_NAMED + 5
    parties: Rows = [
        {"party_id": f"own{i}", "name": "n", "kind": "resident", "zone_id": f"z-{i:04d}"} for i in range(count)
    ]
    parties.append({"party_id": "abroad", "name": "abroad", "kind": "firm", "country_iso3": "KAZ"})
    common = {"to_party": "abroad", "level": "international", "kind": "export", "status": "actual", "evidence": "press"}
    ties: Rows = [{"tie_id": f"t{i}", "from_party": f"own{i}", **common, "source_id": "press-a"} for i in range(count)]
    block = partner_countries(make_page("en", scope="country", zone=list_zones(count), party=parties, tie=ties))
    assert block is not None
    assert "Zone 0019; 5 more" in read(block)
    assert block.rows == (("KAZ", count, count),)
    few = name_first(make_page("en"), ["a"] * MOST_NAMED)
    assert few == ["a"] * MOST_NAMED


def test_a_pair_of_regions_lists_its_first_ties() -> None:
    count = MOST_NAMED + 2
    page = open_regions("ru", 1)
    ties = [{**page.records("tie")[0], "tie_id": f"t{i}"} for i in range(count)]
    shown = read(
        corridors(
            make_page("ru", scope="country", region=page.records("region"), party=page.records("party"), tie=ties)
        )
    )
    assert shown.count("own — p0") == MOST_NAMED
    assert "ещё 2" in shown


def test_rows_are_made_when_they_are_asked_for() -> None:
    made: list[int] = []

    def make(item: int) -> int:
        made.append(item)
        return item * 2

    rows = MadeRows(range(5), make)
    assert len(rows) == 5
    assert made == []
    assert rows[:2] == (0, 2)
    assert rows[4] == 8
    assert made == [0, 1, 4]
    assert list(rows) == [0, 2, 4, 6, 8]


@pytest.mark.parametrize("of_each", [True, False])
def test_no_more_is_shared_out_than_there_is_room_for(of_each: bool) -> None:
    assert share_out([], of_each=of_each) == ()
    assert share_out([0, 7], of_each=of_each, most=7) == (0, 7)
    for sizes in ([900], [1] * 900, [300, 300], [5, 0, 900], [399, 2]):
        shown = share_out(sizes, of_each=of_each)
        assert 0 < sum(shown) <= MOST_ROWS
        assert all(number <= size for number, size in zip(shown, sizes, strict=True))
