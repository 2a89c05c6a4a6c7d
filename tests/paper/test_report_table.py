"""A PDF written object by object, read by libraries that know nothing of how it was written."""

import io

import pytest
from pikepdf import Name, Pdf
from pypdf import PdfReader

from zonebook.paper.report_objects import TOGETHER, Block, write_stream
from zonebook.paper.report_table import ObjectFile

CONTENT = b"BT ET"


def _write(many: int = 3, **told: int) -> bytes:
    file = ObjectFile("1.7")
    file.add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    file.add(3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources << >> /Contents 4 0 R >>")
    file.add_stream(4, write_stream(b"<< /Length %d >>" % len(CONTENT), CONTENT))
    file.add(9, b"<< /Title (T) >>")
    for number in range(20, 20 + many):
        file.add(number, b"(%d)" % number)
    return file.close(1, *told.values(), instance=bytes(range(16)))


@pytest.mark.parametrize("many", [3, TOGETHER, 3 * TOGETHER + 1])
def test_every_object_is_found(many: int) -> None:
    written = _write(many, info=9)
    with Pdf.open(io.BytesIO(written)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pages[0].Contents.read_bytes() == CONTENT
        assert [int(str(pdf.get_object(number, 0))) for number in range(20, 20 + many)] == list(range(20, 20 + many))
        assert str(pdf.docinfo.Title) == "T"
        assert pdf.pdf_version == "1.7"
        assert bytes(pdf.trailer.ID[0]) == bytes(range(16))
    reader = PdfReader(io.BytesIO(written), strict=True)
    assert reader.pages[0].get_contents() is not None
    assert reader.metadata is not None
    assert reader.metadata.title == "T"


def test_numbers_between_are_free() -> None:
    with Pdf.open(io.BytesIO(_write())) as pdf:
        assert pdf.get_object(7, 0) is None
        assert pdf.get_object(21, 0) is not None
        assert Name.Info not in pdf.trailer


def test_the_next_number_is_after_all() -> None:
    file = ObjectFile("1.7")
    file.add(5, b"null")
    assert file.free == 6
    file.add_block(b"", Block(300, (), (), feet=7))
    assert file.free == 300 + 2048
    file.add(7, b"null")
    file.add_stream(2600, b"")
    assert file.free == 2601
