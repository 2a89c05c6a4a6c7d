"""Handouts as those take them in who do not see them; and the check itself, which finds what is planted."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, TextStringObject

from paper.accessibility import check_accessibility
from paper.printed import print_page
from word_pages import open_public, open_small


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("scope", ["zone", "region"])
@pytest.mark.parametrize("standards", [["ua-1"], ["ua-1", "a-3a"]])
def test_handouts_have_no_findings(scope: str, lang: str, standards: list[str]) -> None:
    values = {"pdf_standards": standards, "site_url": "https://zones.example"}
    assert check_accessibility(print_page(open_public(scope, lang), **values).content) == []
    assert check_accessibility(print_page(open_small(scope, lang), **values).content) == []


@pytest.fixture(scope="module")
def handout() -> bytes:
    return print_page(open_public("zone", "ru")).content


def _tag(writer: PdfWriter, role: str) -> Any:
    """Return the first tag of a role."""
    objects = (one for one in writer._objects if isinstance(one, dict))
    return next(one for one in objects if one.get("/S") == role and "/P" in one)


def _rewrite(writer: PdfWriter, old: bytes, new: bytes) -> None:
    """Change the content of the first page."""
    page = writer.pages[0]
    stream = DecodedStreamObject()
    content = page.get_contents().get_data()
    assert old in content
    stream.set_data(content.replace(old, new, 1))
    page[NameObject("/Contents")] = writer._add_object(stream)


def _untag(writer: PdfWriter) -> None:
    _rewrite(writer, b"/MCID 0>>BDC", b">>BDC")


def _number_twice(writer: PdfWriter) -> None:
    _rewrite(writer, b"/MCID 1>>BDC", b"/MCID 0>>BDC")


def _cut_tag(writer: PdfWriter) -> None:
    """Take a paragraph out of the tree of tags: its content is marked and leads to it, but it leads nowhere."""
    paragraph = _tag(writer, "/P")
    above = paragraph["/P"].get_object()
    kept = [one for one in above["/K"] if one.get_object() is not paragraph]
    above[NameObject("/K")] = ArrayObject(kept)


def _drop_words(writer: PdfWriter) -> None:
    del _tag(writer, "/Figure")["/Alt"]


def _empty_words(writer: PdfWriter) -> None:
    _tag(writer, "/Figure")[NameObject("/Alt")] = TextStringObject("chart-1.svg")


def _skip_heading(writer: PdfWriter) -> None:
    _tag(writer, "/H2")[NameObject("/S")] = NameObject("/H4")


def _invent_role(writer: PdfWriter) -> None:
    _tag(writer, "/P")[NameObject("/S")] = NameObject("/Remark")


def _drop_link_words(writer: PdfWriter) -> None:
    for page in writer.pages:
        for note in page.get("/Annots", []):
            note.get_object().pop("/Contents", None)


def _drop_language(writer: PdfWriter) -> None:
    del writer.root_object["/Lang"]


def _hide_title(writer: PdfWriter) -> None:
    del writer.root_object["/ViewerPreferences"]


def _drop_letters(writer: PdfWriter) -> None:
    font = next(one for one in writer._objects if isinstance(one, dict) and "/ToUnicode" in one)
    del font["/ToUnicode"]


def _drop_font(writer: PdfWriter) -> None:
    font = next(one for one in writer._objects if isinstance(one, dict) and "/FontFile2" in one)
    del font["/FontFile2"]


DEFECTS: dict[str, Callable[[PdfWriter], None]] = {
    "CONTENT-TAGGING": _untag,
    "tags tell are on no page": _number_twice,
    "is not in the tree of tags": _cut_tag,
    "FIGURE-ALTERNATIVE-TEXT": _drop_words,
    "says nothing: 'chart-1.svg'": _empty_words,
    "HEADING-NESTING": _skip_heading,
    "ROLE-MAP": _invent_role,
    "LINK-CONTENTS": _drop_link_words,
    "LANGUAGE": _drop_language,
    "VIEWER-PREFERENCES": _hide_title,
    "FONT-UNICODE-MAPPING": _drop_letters,
    "FONT-EMBEDDING": _drop_font,
}


@pytest.mark.parametrize("said", DEFECTS)
def test_a_defect_is_found(said: str, handout: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(handout))
    DEFECTS[said](writer)
    changed = io.BytesIO()
    writer.write(changed)
    assert any(said in finding for finding in check_accessibility(changed.getvalue()))


def test_a_copy_without_a_defect_has_no_findings(handout: bytes) -> None:
    changed = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(handout)).write(changed)
    assert check_accessibility(changed.getvalue()) == []
