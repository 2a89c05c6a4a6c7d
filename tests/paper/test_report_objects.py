"""Objects as texts: their references, their numbers, the streams they are packed into, other numbers for all."""

import io
import re
from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from paper.pieces import print_plainly
from zonebook.paper.report_objects import (
    TOGETHER,
    Block,
    add_bodies,
    cut_bodies,
    find_objects,
    move_block,
    number_objects,
    pack,
    refer,
    write_block,
    write_stream,
)
from zonebook.paper.report_sheets import Sheets
from zonebook.paper.report_table import ObjectFile

# What looks like a reference, an end of a string or of a line inside a string.
TRICKY = ["x 5 0 R y", "a) 5 0 R (b", "(((", "back\\slash) 5 0 R", "line\n 5 0 R\r", "Ж 5 0 R", "\x00\x01 5 0 R >>"]


def _rename(number: bytes) -> bytes:
    return b"%d" % (int(number) + 100)


@pytest.mark.parametrize("string", TRICKY)
def test_references_are_changed_and_strings_are_not(string: str) -> None:
    written = String(string).unparse()
    text = Dictionary(A=String(string), B=Array([1, 0, String(string)])).unparse()
    assert refer(text, _rename) == text
    changed = refer(b"<< /A 5 0 R /B [ 12 0 R 1 5 0 R " + written + b" ] >>", _rename)
    assert changed == b"<< /A 105 0 R /B [ 112 0 R 1 105 0 R " + written + b" ] >>"
    assert b"\n" not in text


def test_an_object_stream_is_read_back() -> None:
    texts = {number: b"<< /Text %b >>" % String(text).unparse() for number, text in enumerate(TRICKY, 10)}
    file = ObjectFile("1.7")
    for number, text in texts.items():
        file.add(number, text)
    file.add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, b"<< /Type /Pages /Kids [] /Count 0 >>")
    assert pack(texts).startswith(b"<< /Type /ObjStm /N %d /First " % len(TRICKY))
    with Pdf.open(io.BytesIO(file.close(1, instance=bytes(16)))) as pdf:
        assert [str(pdf.get_object(number, 0).Text) for number in texts] == TRICKY


def _make(count: int) -> tuple[Sheets, int, int]:
    """Return a chain of objects that leads to a stream, where it begins, and what the stream refers to beyond."""
    content = b"content 1 0 R"
    texts = {1: b"<< >>", 2: b"<< /Reached false >>", 3: b"<< /Beyond 1 0 R /Length %d >>" % len(content)}
    for place in range(count):
        string = String(TRICKY[place % len(TRICKY)]).unparse()
        texts[4 + place] = b"<< /Place %d /Text %b /Next %d 0 R >>" % (place, string, 3 + place)
    return Sheets(print_plainly(texts, {3: content}, b"<< /Root 2 0 R >>")), 3 + count, 1


def _write(first: int, count: int = TOGETHER + 5) -> tuple[bytes, Block]:
    sheets, begin, beyond = _make(count)
    found = find_objects(sheets, [begin], {beyond})
    assert len(found.plain) == count
    assert len(found.streams) == 1
    numbers = number_objects(found, first, [begin], [10_001, 10_002])
    content, block = write_block(found, numbers | {beyond: 3}, first, 2)
    assert numbers[begin] == first
    assert [numbers[10_001], numbers[10_002]] == [block.first_foot, block.first_foot + 1]
    return add_bodies(
        content, block, (write_stream(b"<< /Of %d 0 R /Length 1 >>" % first, data) for data in (b"a", b"b"))
    )


def test_only_what_is_reached_is_written_with_the_numbers_that_follow() -> None:
    content, block = _write(50)
    assert list(block.packed) == [TOGETHER, 5]
    assert block.streams == 50 + TOGETHER + 5
    assert block.first_foot == block.streams + 3
    assert block.feet == 2
    assert [int(one) for one in re.findall(rb"(?m)^(\d+) 0 obj$", content)] == list(
        range(block.streams, block.first_foot)
    )
    assert [content[start:].split(b"\n")[0] for start in block.starts] == [
        b"%d 0 obj" % number for number in range(block.streams, block.first_foot)
    ]
    assert list(cut_bodies(content, block)) == [
        write_stream(b"<< /Of 50 0 R /Length 1 >>", data) for data in (b"a", b"b")
    ]


@pytest.mark.parametrize("first", [9, 51, 123_456])
def test_moved_objects_are_as_if_they_had_been_written_there(first: int) -> None:
    assert move_block(*_write(50), first) == _write(first)


def test_a_few_objects_more_leave_the_numbers_after_them() -> None:
    block = Block(16, (10,), (0, 5), feet=3)
    assert block.end == 16 + 2048
    assert replace(block, packed=(1992,)).end == 16 + 2048
    assert replace(block, packed=(1992, 52)).end == 16 + 2 * 2048


def test_written_objects_are_the_same_when_they_are_read() -> None:
    content, block = _write(50)
    file = ObjectFile("1.7")
    file.add_block(content, block)
    for number, body in enumerate(cut_bodies(content, block), block.first_foot):
        file.add_stream(number, body)
    file.add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, b"<< /Type /Pages /Kids [] /Count 0 >>")
    file.add(3, b"(beyond)")
    filler = b" " * 3 * block.end  # qpdf takes no file for whole that has less than three bytes a number
    file.add_stream(4, write_stream(b"<< /Length %d >>" % len(filler), filler))
    with Pdf.open(io.BytesIO(file.close(1, instance=bytes(16)))) as pdf:
        one = pdf.get_object(50, 0)
        for place in reversed(range(TOGETHER + 5)):
            assert (int(one.Place), str(one.Text)) == (place, TRICKY[place % len(TRICKY)])
            one = one.Next
        assert one.read_bytes() == b"content 1 0 R"
        assert str(one.Beyond) == "beyond"
        assert [pdf.get_object(block.first_foot + foot, 0).read_bytes() for foot in range(2)] == [b"a", b"b"]
        assert pdf.get_object(block.first_foot, 0).Of.objgen == (50, 0)
        assert Name.Beyond in one
