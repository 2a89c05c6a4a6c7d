"""What Typst has printed, read as texts: the same objects, pages and bookmarks as a library of PDF finds."""

import io
import re

import pytest
from pikepdf import Object, Pdf, Stream

from paper.pieces import make_chapter
from zonebook.paper.press import press
from zonebook.paper.report_sheets import Sheets
from zonebook.paper.report_texts import read_entries, read_text

TITLE = "Rows (and (columns)) of \\ Ж"


@pytest.fixture(scope="module")
def printed() -> bytes:
    heading = {"k": "h", "level": 2, "at": None, "r": ["Rows (and (columns)) 5 0 R"]}
    below = {"k": "h", "level": 3, "at": None, "r": [TITLE]}
    code = {"k": "code", "text": "a\n" * 90}
    return press(make_chapter("zones/a", 1, heading, below, code).manuscript)


def test_every_object_is_read_as_the_library_reads_it(printed: bytes) -> None:
    sheets = Sheets(printed)
    with Pdf.open(io.BytesIO(printed)) as pdf:
        assert sheets.version == pdf.pdf_version
        assert sorted(sheets.texts) == [one.objgen[0] for one in pdf.objects]
        for number, text in sheets.texts.items():
            one = pdf.get_object(number, 0)
            assert b"\n" not in text
            if isinstance(one, Stream):
                assert sheets.streams[number] == one.read_raw_bytes()
            else:
                assert _parse(text) == _parse(one.unparse(resolved=True))


def _parse(text: bytes) -> Object:
    """Return an object with names in the place of its references, which stand for nothing here."""
    return Object.parse(re.sub(rb"(\d+) 0 R", rb"/To\1 ", text))


def test_pages_and_bookmarks_are_in_order(printed: bytes) -> None:
    sheets = Sheets(printed)
    with Pdf.open(io.BytesIO(printed)) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) > 1
        assert sheets.list_pages() == [page.obj.objgen[0] for page in pdf.pages]
        (chapter,) = outline.root
        found = [(level, read_text(mark[b"/Title"])) for level, mark in sheets.list_bookmarks()]
        below = [(2, one.title) for one in chapter.children]
        assert found == [(1, chapter.title), *below, (3, TITLE)]
        assert chapter.children[-1].children[0].title == TITLE
        assert sheets.metadata.encode() == pdf.Root.Metadata.read_bytes()


def test_objects_are_added_and_changed(printed: bytes) -> None:
    sheets = Sheets(printed)
    last = max(sheets.texts)
    assert sheets.add(b"<< /A 1 >>") == last + 1
    assert sheets.add(b"<< /Length 1 >>", b"x") == last + 2
    assert sheets.streams[last + 2] == b"x"
    sheets.change(last + 1, {b"/B": b"2"})
    assert read_entries(sheets.texts[last + 1]) == {b"/A": b"1", b"/B": b"2"}
