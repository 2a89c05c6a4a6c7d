"""Every table on every kind of page in both languages: sound HTML, the table behind it, nothing for nothing."""

import json

import pytest

from word_pages import LANGUAGES, change, check_html, open_small, read
from zonebook.page import tables
from zonebook.page.block import TABLE_MIME

KINDS = ("zone", "region", "overview")
BARE = dict.fromkeys(
    ("site", "region", "cluster", "party", "tie", "zone_year", "target", "bloc_membership", "tile", "region_year"), None
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", tables.__all__)
def test_a_table_is_sound(name: str, kind: str, lang: str) -> None:
    block = getattr(tables, name)(open_small(kind, lang))
    if block is None:
        return
    elements = check_html(block)
    bundle = json.loads(json.dumps(block._repr_mimebundle_()))
    assert bundle["text/plain"]
    if TABLE_MIME in bundle:
        behind = bundle[TABLE_MIME]
        assert behind["rows"]
        assert {len(row) for row in behind["rows"]} == {len(behind["columns"])}
        hrefs = [str(attributes.get("href")) for _, attributes in elements]
        assert any(href.endswith(f"/{behind['name']}.csv") for href in hrefs)
    if any(tag == "table" for tag, _ in elements):
        tags = [tag for tag, _ in elements]
        assert tags.count("caption") == tags.count("table")
        assert all(attributes.get("scope") for tag, attributes in elements if tag == "th")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", tables.__all__)
def test_without_its_data_a_table_is_nothing_and_no_error(name: str, lang: str) -> None:
    zone = change("zone", ",RU-MOW,", ",,").replace(",RU-TA,", ",,")
    source = change("source", "", "")
    here = open_small("zone", lang, zone=zone, source=source, **BARE)
    block = getattr(tables, name)(here)
    assert (block is None) == (name not in {"profile", "rerun", "metric_rows", "missing", "zones"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_and_notes_are_text_whatever_they_hold(lang: str) -> None:
    attack = "<script>alert('x')</script> & <b>"
    changed = {
        "zone": change("zone", "ОЭЗ «Пример-Север»,Example North SEZ", f"{attack},{attack}"),
        "site": change("site", "Площадка Первая,First Site", f"{attack},{attack}"),
        "cluster": change("cluster", "Фармацевтика (пример),Pharmaceuticals (example)", f"{attack},{attack}"),
        "party": change("party", "ООО «Пример Доски»,Example Boards", f"{attack},{attack}"),
        "tie": change("tie", "read in the text,прочитано в тексте", f"{attack},{attack}"),
        "zone_year": change("zone_year", "+17 % as printed", attack),
        "source": change("source", "Зоны примера растут", attack),
        "target": change("target", "example-press,exact,missed", f"example-press,exact,{attack}"),
    }
    here = open_small("zone", lang, **changed)
    pages = "".join(str(block.html) for name in tables.__all__ if (block := getattr(tables, name)(here)))
    assert "<script" not in pages
    assert "alert" in pages


def test_every_figure_of_the_zone_is_on_its_page() -> None:
    here = open_small("zone", "en")
    shown = read(tables.figures_by_year(here))
    rows = here.table("zone_year")
    own = rows[(rows["zone_id"] == "example-north").fillna(False)]
    behind = tables.figures_by_year(here)
    assert behind is not None
    assert len(behind.rows) == len(own)
    for printed in ("over 1.1 bn RUB", "940 mn RUB", "53.5 bn RUB", "over 25 thousand", "128", "150"):
        assert printed in shown
