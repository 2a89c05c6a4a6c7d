"""Pages made by hand for tests of figures: tables from rows, no metric rows, names as long as Russian ones get."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.style import Face
from zonebook.page.locale import get_locale
from zonebook.tables.share import Share, create_empty

Rows = list[dict[str, Any]]
SVG = "{http://www.w3.org/2000/svg}"

ZONE = {
    "zone_id": "example",
    "name_ru": "ОЭЗ промышленно-производственного типа «Пример <с длинным & сложным именем>»",
    "name_en": "Example SEZ <with & signs>",
    "type": "industrial-production",
    "country_iso3": "RUS",
    "region_iso": "RU-MOW",
    "latitude": 55.7,
    "longitude": 37.7,
    "source_id": "press-a",
}
REGIONS: Rows = [
    {"region_iso": "RU-MOW", "name_ru": "город Москва", "name_en": "Moscow", "latitude": 55.75, "longitude": 37.62},
    {
        "region_iso": "RU-TA",
        "name_ru": "Республика Татарстан",
        "name_en": "Tatarstan",
        "latitude": 55.8,
        "longitude": 49.1,
    },
    {
        "region_iso": "RU-KHM",
        "name_ru": "Ханты-Мансийский автономный округ — Югра",
        "name_en": "Khanty-Mansi Autonomous Okrug – Yugra",
        "latitude": 61.0,
        "longitude": 69.0,
    },
    {
        "region_iso": "RU-TOM",
        "name_ru": "Томская область",
        "name_en": "Tomsk Oblast",
        "latitude": 56.5,
        "longitude": 85.0,
    },
]
TILES: Rows = [
    {"region_iso": "RU-KHM", "row": 1, "col": 8},
    {"region_iso": "RU-TOM", "row": 2, "col": 11},
    {"region_iso": "RU-MOW", "row": 4, "col": 4},
    {"region_iso": "RU-TA", "row": 4, "col": 8},
    {"region_iso": "RU-UNKNOWN", "row": 4, "col": 18},
]
BLOCS: Rows = [
    {"bloc": "EAEU", "country_iso3": "KAZ", "valid_from": "2015-01-01", "status": "member"},
    {"bloc": "CIS", "country_iso3": "KAZ", "valid_from": "1991-12-21", "status": "member"},
    {"bloc": "CIS", "country_iso3": "UZB", "valid_from": "1991-12-21", "status": "member"},
    {"bloc": "BRICS", "country_iso3": "CHN", "valid_from": "2009-06-16", "status": "member"},
]
SOURCES: Rows = [
    {"source_id": "press-a", "url": "https://a.example", "title": "А", "kind": "press"},
    {"source_id": "press-b", "url": "https://b.example", "title": "Б", "kind": "press"},
    {"source_id": "made-up", "url": "https://c.example", "title": "В", "kind": "demonstration"},
]


def figure_row(year: int, value: float, period: str = "FY", **more: Any) -> dict[str, Any]:
    """Return a row of ``zone_year`` on exports; ``more`` sets other columns."""
    row = {"zone_id": "example", "indicator": "export_rub", "unit": "RUB", "cumulative": False, "qualifier": "exact"}
    return {**row, "year": year, "period": period, "value": value, "source_id": "press-a", **more}


def tie_tables(partners: Iterable[Mapping[str, Any]]) -> dict[str, Rows]:
    """Return ``party`` and ``tie`` for ties of one resident, a partner each; a partner's fields go to both tables."""
    parties: Rows = [{"party_id": "own", "name": "own", "kind": "resident", "zone_id": "example"}]
    ties: Rows = []
    for index, partner in enumerate(partners):
        parties.append({"party_id": f"p{index}", "name": f"p{index}", "kind": "firm", **partner})
        base = {"tie_id": f"t{index}", "from_party": "own", "to_party": f"p{index}", "status": "actual"}
        ties.append({**base, "kind": "export", "evidence": "press", "source_id": "press-a", **partner})
    return {"party": parties, "tie": ties}


def make_page(
    lang: str = "ru", *, scope: str = "zone", results: Iterable[MetricResult] = (), year: int = 2025, **tables: Rows
) -> PageContext:
    """Return a page of the example zone, its region or the country, with the tables given beside the reference ones."""
    given: dict[str, Rows] = {
        "zone": [ZONE],
        "region": REGIONS,
        "tile": TILES,
        "bloc_membership": BLOCS,
        "source": SOURCES,
        **tables,
    }
    frames = {name: _to_table(name, rows) for name, rows in given.items() if rows}
    own = {"zone": "example", "region": "RU-MOW", "country": "RUS"}[scope]
    share = Share(scope, own, frames, frozenset(frames), "digest")
    kind, page_id = (scope, own) if scope != "country" else ("overview", "overview")
    return PageContext(kind, page_id, lang, year, get_locale(lang), share, tuple(results), root="../")


def _to_table(name: str, rows: Rows) -> pd.DataFrame:
    empty = create_empty(name)
    return pd.DataFrame(rows).reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def read_drawings(block: Block) -> list[ET.Element]:
    """Return the drawings of a block: as in the page at both widths, and the one for papers."""
    inline = re.findall(r"<svg\b.*?</svg>", block.html, re.DOTALL)
    assert len(inline) == 2
    return [ET.fromstring(text) for text in (*inline, block.svg)]  # noqa: S314 - our own drawings


def assert_is_sound(block: Block | None) -> Block:
    """Check what every figure must keep: valid, coloured by role, inside its sheet, ids of its own, words for all."""
    assert block is not None
    drawings = read_drawings(block)
    for drawing in drawings:
        assert _text_of(drawing, "title")
        assert _text_of(drawing, "desc")
        assert drawing.get("role") == "img"
        _assert_text_inside(drawing)
    for text in re.findall(r"<svg\b.*?</svg>", block.html, re.DOTALL):
        assert not re.findall(r"#[0-9a-fA-F]{6}", re.sub(r"var\(--zb-[a-z-]+,#[0-9a-f]{6}\)", "", text))
        assert "<metadata" not in text
    assert "var(" not in block.svg
    ids = re.findall(r'\bid="([^"]+)"', block.html)
    assert len(ids) == len(set(ids))
    assert len(block.rows) > 0
    assert all(len(row) == len(block.columns) for row in block.rows)
    return block


def _text_of(drawing: ET.Element, tag: str) -> str:
    found = drawing.find(f"{SVG}{tag}")
    return "" if found is None else (found.text or "")


def _style(node: ET.Element) -> dict[str, str]:
    return dict(rule.split(":", 1) for rule in node.get("style", "").split(";") if ":" in rule)


def _assert_text_inside(drawing: ET.Element) -> None:
    _, _, width, height = (float(number) for number in drawing.get("viewBox", "").split())
    for node in drawing.iter(f"{SVG}text"):
        style = _style(node)
        face = Face(size=float(style["font-size"].removesuffix("px")), weight=int(style.get("font-weight", "400")))
        length = measure_text(node.text or "", face)
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = x - length * {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor", ""), 0.0)
        assert left >= -0.5, (node.text, left)
        assert left + length <= width + 0.5, (node.text, left + length, width)
        assert 0 < y <= height, (node.text, y, height)


def alternative_of(block: Block | None) -> str:
    """Return what a screen reader says of a figure."""
    assert block is not None
    return _text_of(read_drawings(block)[0], "desc").replace("\u00a0", " ")
