"""The report on paper, read back: order, contents, links, notes, fonts, tags, wide and long tables, failures."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

from own_fonts import NAME, write_family
from paper.accessibility import check_accessibility
from report_book import COLUMNS, GAUGE, NAMES, make_order
from zonebook.errors import PaperError
from zonebook.paper import report as module
from zonebook.paper import report_piece, report_plan
from zonebook.paper.chapter_tables import MOST_ROWS
from zonebook.paper.report import print_chapters, print_report
from zonebook.paper.report_contents import limit_places
from zonebook.paper.report_state import ReportOrder

WORDS = {
    "ru": ("Содержание", "Рис.\u00a0", "Таблица\u00a0", "Указатель"),
    "en": ("Contents", "Fig. ", "Table ", "Index"),
}


@pytest.fixture(scope="module", params=["ru", "en"])
def order(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ReportOrder:
    order = make_order(tmp_path_factory.mktemp(request.param), request.param)
    assert print_report(order)
    return order


@pytest.fixture(scope="module")
def pdf(order: ReportOrder) -> PdfReader:
    return PdfReader(order.target)


@pytest.fixture(scope="module")
def texts(pdf: PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def _outline(pdf: PdfReader) -> Iterator[tuple[int, str, int]]:
    def walk(items: list[object], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            elif isinstance(item, Destination):
                yield level, str(item.title), int(pdf.get_destination_page_number(item) or 0)

    return walk(list(pdf.outline), 0)


def test_chapters_follow_the_table_of_contents(order: ReportOrder, pdf: PdfReader) -> None:
    titles = [title for _, title, _ in _outline(pdf)]
    gauge = next(title for title in titles if NAMES[order.lang]["gauge"] in title)
    zone = next(title for title in titles if re.search("Алабуга|Alabuga", title))
    method = next(title for title in titles if "(L01)" in title)
    assert titles.index(gauge) < titles.index(zone) < titles.index(method)
    pages = [page for _, _, page in _outline(pdf)]
    assert pages == sorted(pages)


def test_page_numbers_of_the_contents_are_right(order: ReportOrder, pdf: PdfReader, texts: list[str]) -> None:
    listed = _plain(texts[1])
    assert WORDS[order.lang][0] in listed
    chapters = [(title, page) for _, title, page in _outline(pdf) if re.match(r"\d+ ", title.replace("\u2002", " "))]
    assert len(chapters) > 8
    for title, page in chapters:
        words = [re.escape(word) for word in re.split(r"\s+", title)]
        assert re.search(r"\s*".join([*words, str(page + 1)]), listed), title
        assert _plain(texts[page]).endswith(str(page + 1)) or f" {page + 1}" in _plain(texts[page])


def test_every_link_inside_leads_to_a_page(pdf: PdfReader) -> None:
    pages = {page.indirect_reference.idnum for page in pdf.pages if page.indirect_reference}
    inside = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            destination = link.get("/Dest") or link.get("/A", {}).get("/D")
            if destination is not None:
                if isinstance(destination, str):
                    destination = pdf.named_destinations[destination].dest_array
                assert destination[0].idnum in pages
                inside += 1
    assert inside > 50


def test_only_web_addresses_lead_out(pdf: PdfReader) -> None:
    addresses = {
        str(link.get_object()["/A"]["/URI"])
        for page in pdf.pages
        for link in page.get("/Annots") or ()
        if "/URI" in link.get_object().get("/A", {})
    }
    assert "https://example.org/x?a=1&b=2" in addresses
    assert "https://example.org/a" in addresses
    assert all(address.startswith(("https://", "http://")) for address in addresses)


def test_figures_and_tables_are_numbered_by_chapter(order: ReportOrder, pdf: PdfReader, texts: list[str]) -> None:
    number = next(title.split()[0] for _, title, _ in _outline(pdf) if NAMES[order.lang]["gauge"] in title)
    whole = _plain(" ".join(texts))
    _, figure, table, _ = (_plain(word) for word in WORDS[order.lang])
    assert f"{figure}{number}.1 {NAMES[order.lang]['figure']}" in whole
    assert f"{table}{number}.1 A long table" in whole
    assert f"{table}{number}.2 {NAMES[order.lang]['wide']}" in whole


def test_a_high_drawing_goes_over_pages_and_loses_no_line(texts: list[str]) -> None:
    assert [sum(text.count(f"Line {n}\n") for text in texts) for n in range(75)] == [1] * 75
    assert sum("Line " in text for text in texts) == 2


def test_a_wide_table_is_turned_and_parted_with_its_first_column(pdf: PdfReader, texts: list[str]) -> None:
    holding = [number for number, text in enumerate(texts) if re.search(r"value\d", text)]
    whole = " ".join(re.sub(r"[-\u00ad\u2010]?\s", "", texts[number]) for number in holding)
    assert all(f"value{n}" in whole for n in range(1, COLUMNS))
    assert len(holding) > 1
    for number in holding:
        box = pdf.pages[number].mediabox
        assert box.width > box.height
        assert "First" in texts[number]


def test_a_long_table_repeats_its_heading_and_is_cut_where_it_says_so(texts: list[str]) -> None:
    holding = [text for text in texts if re.search(r"row \d+ \d+ text", text)]
    assert len(holding) > 2
    assert all("Name" in text and "Over the rows" in text for text in holding)
    whole = _plain(" ".join(texts))
    assert f"row {MOST_ROWS - 1} " in whole
    assert f"row {MOST_ROWS} " not in whole
    assert re.search(rf"{MOST_ROWS} (из|of) 300", whole)
    assert "long.csv" in whole


def test_sources_are_noted_where_they_are_named_first(texts: list[str]) -> None:
    page = next(text for text in texts if "Lead sentence" in text)
    assert "First, 2025" in page
    assert "Second" in page
    whole = _plain(" ".join(texts))
    assert whole.count("First, 2025") == 1
    assert "3Third" in whole.replace(" ", "")  # the one that no note names is listed


def test_what_is_of_use_on_screens_alone_is_left_out(texts: list[str]) -> None:
    whole = " ".join(texts)
    assert "only on screens" not in whole
    assert "Each number is a row" not in whole


def test_a_failed_page_is_a_chapter_that_says_so(order: ReportOrder, pdf: PdfReader, texts: list[str]) -> None:
    page = next(page for _, title, page in _outline(pdf) if re.search("Иннополис|Innopolis", title))
    assert "KeyError" in texts[page]
    assert re.search("не удалось|could not be made", texts[page])


def test_names_of_the_data_are_text(texts: list[str]) -> None:
    whole = _plain(" ".join(texts))
    assert "<b>*x*</b> {{ 7 }} $y$" in whole
    assert "#hash $dollar$ @at raw" in whole


def test_it_is_tagged_titled_and_in_its_language(order: ReportOrder, pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(order.lang)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title
    alternatives = [
        str(element["/Alt"])
        for element in (pdf.get_object(number) for number in (*pdf.xref[0], *pdf.xref_objStm))
        if isinstance(element, dict) and element.get("/S") == "/Figure" and "/Alt" in element
    ]
    assert "Line 0 is above line 74." in alternatives


def test_those_who_do_not_see_it_have_all_of_it(order: ReportOrder) -> None:
    assert check_accessibility(order.target) == []


def test_all_fonts_are_embedded(pdf: PdfReader) -> None:
    fonts = {}
    for page in pdf.pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            fonts[name, str(font.get_object()["/BaseFont"])] = font.get_object()
    assert fonts
    for (_, base), font in fonts.items():
        assert "FiraSans" in base
        descendant = font["/DescendantFonts"][0].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())


def test_no_text_begins_outside_its_page(pdf: PdfReader) -> None:
    for page in pdf.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        found = _places(page)
        assert found
        assert all(15 < x < width - 10 and 15 < y < height - 15 for x, y in found)


def _places(page: PageObject) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append(_place(cm, tm)) if text.strip() else None)
    return found


def _place(cm: list[float], tm: list[float]) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def test_the_index_gives_the_pages_of_chapters(order: ReportOrder, pdf: PdfReader, texts: list[str]) -> None:
    page = next(page for _, title, page in _outline(pdf) if re.search("Алабуга|Alabuga", title))
    index = _plain(texts[-1])
    assert WORDS[order.lang][3] in index
    name = {"ru": "ОЭЗ «Алабуга»", "en": "Alabuga SEZ"}[order.lang]
    assert f"{name} {page + 1}" in index
    named = next(number for number, text in enumerate(texts) if "Lead sentence" in text)
    assert re.search(rf"{re.escape(name)} {page + 1}, [\d, ]*\b{named + 1}\b", index)


def test_nothing_changed_prints_nothing(order: ReportOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_piece, "press_and_ask", _refuse)
    monkeypatch.setattr(module, "bind", _refuse)
    assert not print_report(order)
    # What is left out on paper changes, nothing else does: read again, not printed again.
    page = order.book / f"{GAUGE}.ipynb"
    page.write_text(page.read_text(encoding="utf-8").replace("only on screens", "on screens only"), encoding="utf-8")
    assert not print_report(order)


def _refuse(*_: object) -> bytes:
    raise AssertionError("printed though nothing has changed")


def test_it_is_the_same_to_the_byte_and_only_changed_pages_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = make_order(tmp_path, "en")
    print_report(order)
    first = order.target.read_bytes()
    order.target.unlink()
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache/en/chapters").rglob("*.json")}
    assert print_report(order)
    assert order.target.read_bytes() == first
    pieces = {path: path.stat().st_mtime_ns for path in order.pieces.rglob("*.objects")}
    assert len(pieces) > 10
    page = order.book / f"{GAUGE}.ipynb"
    page.write_text(page.read_text(encoding="utf-8").replace("Lead sentence", "Another lead"), encoding="utf-8")
    assert print_report(order)
    changed = [path.stem for path, time in kept.items() if path.stat().st_mtime_ns != time]
    assert changed == [GAUGE]
    assert order.target.read_bytes() != first
    printed = [path.stem for path, time in pieces.items() if path.stat().st_mtime_ns != time]
    assert printed == [GAUGE]
    changed_only = order.target.read_bytes()
    shutil.rmtree(order.memory)
    assert print_report(order)
    assert order.target.read_bytes() == changed_only


def test_a_chapter_that_is_no_more_leaves_no_piece(tmp_path: Path) -> None:
    order = make_order(tmp_path, "en")
    print_chapters(order, 0, 1)
    assert (order.pieces / "zones/alabuga.objects").is_file()
    contents = order.book / "_toc.yml"
    lines = contents.read_text(encoding="utf-8").splitlines(keepends=True)
    contents.write_text("".join(line for line in lines if "zones/alabuga" not in line), encoding="utf-8")
    assert print_report(order)
    assert not (order.pieces / "zones/alabuga.objects").exists()
    assert not (order.pieces / "zones/alabuga.json").exists()


def test_a_notebook_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    order = make_order(tmp_path, "en")
    (order.book / "zones/alabuga.ipynb").write_text('{"cells": 1', encoding="utf-8")
    with pytest.raises(PaperError, match=r"zones.alabuga\.ipynb: cannot be read"):
        print_report(order)
    assert not order.target.exists()


def test_without_a_staged_book_there_is_a_remedy(tmp_path: Path) -> None:
    order = make_order(tmp_path, "en")
    (order.book / "_toc.yml").unlink()
    with pytest.raises(PaperError, match="Build the report first"):
        print_report(order)


def test_editions_are_marked_on_every_page(tmp_path: Path) -> None:
    order = make_order(tmp_path, "en", publish="internal", paper="us-letter", pdf_standards=["ua-1", "a-3a"])
    page = order.book / "comparison.ipynb"
    notebook = json.loads(page.read_text(encoding="utf-8"))
    mark = '<p>x <span class="zb-evidence zb-evidence-demonstration">made up</span></p>'
    notebook["cells"][-1] = {"cell_type": "markdown", "source": mark, "id": "x", "metadata": {}}
    page.write_text(json.dumps(notebook), encoding="utf-8")
    print_report(order)
    pdf = PdfReader(order.target)
    for one in pdf.pages:
        text = _plain(one.extract_text())
        assert "Internal: for official use only" in text
        assert "Demonstration data" in text
        assert sorted(round(float(side)) for side in one.mediabox[2:]) == [612, 792]
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_a_report_of_too_many_places_says_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = make_order(tmp_path, "en")
    monkeypatch.setattr(report_plan, "limit_places", partial(limit_places, most=2))
    print_report(order)
    texts = [_plain(page.extract_text()) for page in PdfReader(order.target).pages]
    assert "Zones and regions: 5." in texts[1]
    assert not any("KeyError" in text for text in texts)


def test_links_go_to_the_site_where_it_has_an_address(tmp_path: Path) -> None:
    order = make_order(tmp_path, "en", site_url="https://zones.example/")
    print_report(order)
    addresses = {
        str(link.get_object()["/A"]["/URI"])
        for page in PdfReader(order.target).pages
        for link in page.get("/Annots") or ()
        if "/URI" in link.get_object().get("/A", {})
    }
    assert "https://zones.example/en/data/gauge/key.csv" in addresses
    assert "https://zones.example/en/zones/elsewhere.html" in addresses


def test_figures_of_the_report_are_in_the_colours_and_letters_of_the_brand(tmp_path: Path) -> None:
    write_family(tmp_path / "fonts")
    order = make_order(tmp_path / "out", "en", font="fonts", colours={"accent": "#7b2d01"})
    order = replace(order, project=tmp_path)
    figures = [
        part["svg"]
        for piece in report_plan.plan_report(order).chapters
        for part in _find_drawings(piece.write().data["chapter"])
    ]
    assert figures
    assert all(f"font-family:'{NAME}','Fira Sans'" in svg for svg in figures)
    assert print_report(order)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(order.target).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any(name.startswith(NAME.replace(" ", "")) for name in fonts)


def _find_drawings(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and "svg" in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _find_drawings(inner)
