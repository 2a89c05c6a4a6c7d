"""Tables of all zones: numbers to sort by, ways home, no reported figure among what can be sorted."""

from dataclasses import replace

import pytest

from figure_pages import ZONE, make_page
from standing_rows import levels, row
from word_pages import check_html, read
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page import record
from zonebook.page.tables import mends, metric_rows, quality_by_zone, zone_metrics
from zonebook.page.tables.zone_metrics import gather_latest

ZONES = [{**ZONE, "zone_id": f"zone-{i}", "name_ru": f"Зона {i}", "name_en": f"Zone {i}"} for i in range(3)]


def measures() -> list[MetricResult]:
    return [
        *levels("zone-0"),
        row("L01", 0.7, scope_id="zone-0"),
        row("L01", 0.5, scope_id="zone-0", year=2024),
        row("L01", None, scope_id="zone-1", status=Status.SUPPRESSED),
        row("C06", 2.0, lower=1.0, upper=3.0, unit="rank", scope_id="zone-0"),
        row("C06.rank", None, unit="rank", scope_id="zone-0"),
        row("X04", 0.3, scope_id="zone-2", evidence=Evidence.REPORTED),
    ]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_values_can_be_sorted_and_lead_to_their_rows(lang: str) -> None:
    block = zone_metrics(make_page(lang, scope="country", zone=ZONES, results=measures()))
    assert block is not None
    elements = check_html(block)
    assert [attributes["value"] for tag, attributes in elements if tag == "data"] == ["52.0", "0.7", "2.0"]
    hrefs = [attributes.get("href") or "" for tag, attributes in elements if tag == "a"]
    assert "../zones/zone-0.html#metric-L01-2025" in hrefs
    table = next(attributes for tag, attributes in elements if tag == "table")
    assert "zb-tool" in (table["class"] or "")
    assert {"data-filter", "data-found", "data-rising", "data-falling"} <= set(table)


def test_what_is_withheld_has_its_sign_and_a_wide_place_no_number() -> None:
    said = read(zone_metrics(make_page("ru", scope="country", zone=ZONES, results=measures())))
    assert "Зона 0 52 70 % 1–3" in said
    assert "Зона 1 … к …" in said


def test_a_zone_is_set_beside_others_with_the_row_that_its_own_page_takes() -> None:
    rows = [row("X04", 0.3, scope_id="example", period="9M"), row("X04", 0.4, scope_id="example", period="FY")]
    own = make_page("en", results=rows).metric("X04")
    found = gather_latest(make_page("en", scope="country", results=rows), ["X04"])
    assert found == {("example", "X04"): own}


def test_a_place_leads_to_its_row_which_the_page_of_the_comparison_has() -> None:
    page = replace(make_page("en", scope="country", zone=ZONES, results=measures()), kind="comparison")
    table, rows = zone_metrics(page), metric_rows(page)
    assert table is not None
    assert rows is not None
    check_html(rows)
    assert 'href="#metric-C06--zone-0-2025">1–3<' in table.html
    assert 'id="metric-C06--zone-0-2025"' in rows.html
    assert 'id="zone-zone-0"' in table.html
    assert [one.metric_id for one in record(page).rows] == ["C06", "C06.rank"]
    assert "C06 Zone 0 2025 2" in read(rows)


def test_reported_figures_are_never_in_a_table_that_sorts() -> None:
    page = make_page("en", scope="country", zone=ZONES, results=measures())
    assert "Zone 2" not in read(zone_metrics(page))
    assert zone_metrics(make_page("en", scope="country", zone=ZONES, results=measures()[-1:])) is None


def test_quality_is_told_of_every_zone_and_what_would_mend_it() -> None:
    rows = [
        row("Q01", 0.5, scope_id="zone-0"),
        row("Q07.silent", 0.1, scope_id="zone-0"),
        row("Q07.silent", 0.0, scope_id="zone-1"),
        row("Q02", None, scope_id="zone-1", status=Status.NOT_APPLICABLE),
    ]
    page = make_page("en", scope="country", zone=ZONES, results=rows)
    said = read(quality_by_zone(page))
    assert "Zone 0 50% 10%" in said
    assert "Zone 1 … 0%" in said
    block = mends(page)
    assert block is not None
    assert block.rows == (("silent", "Q07.silent", 1, "zone-0"), ("blank_cells", "Q01", 1, "zone-0"))
    assert "Ask again those who did not answer" in read(block)


def test_a_zone_page_has_no_table_of_zones_quality() -> None:
    page = make_page("en", results=[row("Q01", 0.5)])
    assert quality_by_zone(page) is None
    assert mends(page) is None
