"""The press: data in, the same PDF out; text is data, fonts are embedded, mistakes are said with place and remedy."""

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from zonebook.errors import PaperError
from zonebook.paper import press as module
from zonebook.paper.brand import describe_brand
from zonebook.paper.press import Manuscript, press, to_printable
from zonebook.parameters import Parameters

ROOT = Path(__file__).parents[2]
TEMPLATE = """#import "base.typ": *
#show: set-document
= #data.title
#for one in data.words [#par(one)]
#if has(data, "svg") { drawing(data.svg, data.at("alt", default: none)) }
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" font-family="Fira Sans">'
    '<text y="9">Доля</text></svg>'
)


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.typ").write_text((module.TEMPLATES / "base.typ").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "small.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)


def _print(**data: object) -> bytes:
    common = {
        "title": "Зона",
        "lang": "ru",
        "paper": "a4",
        "words": [],
        "brand": describe_brand(Parameters(), ROOT, "ru"),
    }
    return press(Manuscript("small.typ", common | data, "ru/zones/x"))


def _text(printed: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def test_the_same_input_gives_the_same_bytes_and_no_clock_is_read() -> None:
    first = _print(words=["один"])
    assert first == _print(words=["один"])
    assert PdfReader(io.BytesIO(first)).metadata.creation_date is None


def test_text_is_never_markup() -> None:
    hostile = ['#panic("x")', "*not bold* _not italic_ $x^2$ @ref <label>", "\\ #let a = 1", '"] #set page(width: 1pt)']
    text = _text(_print(words=hostile))
    for one in hostile:
        assert one in text.replace("\n", " ")


def test_the_paper_is_tagged_and_has_a_title_and_a_language() -> None:
    reader = PdfReader(io.BytesIO(_print(words=["слово"])))
    assert reader.metadata.title == "Зона"
    assert reader.trailer["/Root"]["/Lang"] == "ru"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_fonts_are_embedded_with_cyrillic_in_text_and_drawings() -> None:
    reader = PdfReader(io.BytesIO(_print(words=["Жёлудь 5 млрд ₽ № 7 → ≥"], svg=SVG, alt="Доля")))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "FiraSans" in font["/BaseFont"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert "Жёлудь 5 млрд ₽ № 7 → ≥" in _text(_print(words=["Жёлудь 5 млрд ₽ № 7 → ≥"]))


def test_characters_the_font_lacks_leave_no_hole() -> None:
    assert to_printable(["中文 ℃", {"a": "1\u202f000"}, 3]) == ["?? °C", {"a": "1\u00a0000"}, 3]
    assert "??" in _text(_print(words=["中文"]))


@pytest.mark.parametrize("lacking", ["中", "\u202f", "\u2011", "\x01", "\r", "\b", "℃"])
def test_no_character_the_font_lacks_reaches_the_press(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = []
    monkeypatch.setattr(module.typst, "Compiler", lambda *_, **options: handed.append(options["sys_inputs"]["data"]))
    for words in (["a\nb\tc \u00ad", "\\u «ё»"], ["a", f"1{lacking}000"]):
        data = {"name": "x", "words": words}
        with pytest.raises(AttributeError):
            press(Manuscript("small.typ", data))
        assert json.loads(handed.pop()) == to_printable(data)


def test_a_drawing_without_a_text_for_the_blind_is_refused() -> None:
    with pytest.raises(PaperError, match=r"ru/zones/x \(small\.typ\): could not be printed: PDF/UA-1 error"):
        _print(svg=SVG)


def test_a_mistake_in_a_template_is_said_with_its_place() -> None:
    (module.TEMPLATES / "bad.typ").write_text("#let x = missing-name", encoding="utf-8")
    with pytest.raises(PaperError, match=r"bad\.typ: could not be printed: unknown variable.*bad\.typ:1:"):
        press(Manuscript("bad.typ", {}))


def test_archives_get_their_standard_too() -> None:
    brand = describe_brand(Parameters(), ROOT, "en")
    data = {"title": "t", "lang": "en", "paper": "us-letter", "words": ["x"], "brand": brand, "date": [2025, 11, 30]}
    reader = PdfReader(io.BytesIO(press(Manuscript("small.typ", data, standards=("ua-1", "a-3a")))))
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
