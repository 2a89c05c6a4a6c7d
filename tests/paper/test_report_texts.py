"""Values of objects as texts: taken apart, put together, as a library of PDF does it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Object, String

from zonebook.paper.report_texts import (
    escape_inner,
    read_entries,
    read_items,
    read_reference,
    read_string,
    read_text,
    refer_to,
    write_entries,
    write_items,
    write_string,
    write_text,
)


@given(st.binary())
def test_a_string_holds_what_was_written(held: bytes) -> None:
    assert read_string(write_string(held)) == held
    assert bytes(Object.parse(write_string(held))) == held
    assert read_string(String(held).unparse()) == held


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_read_as_it_was_written(said: str) -> None:
    assert read_text(write_text(said)) == said


@given(st.text(st.characters(codec="ascii", exclude_characters="\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f")))
def test_a_library_reads_the_same_text(said: str) -> None:
    assert str(Object.parse(write_text(said))) == said


def test_values_within_values_stay_together() -> None:
    text = b"<</A[1[2 3 0 R]<</B(x]>>)>>]/C<</D<</E/F>>>>/G 12 0 R/H(a\\)b)/I<feFF>/J -1.5/K true/L[]/M<<>>>>"
    entries = read_entries(text)
    assert list(entries) == [b"/%b" % name.encode() for name in "ACGHIJKLM"]
    assert entries[b"/G"] == b"12 0 R"
    assert entries[b"/H"] == b"(a\\)b)"
    assert read_items(entries[b"/A"])[1] == b"[2 3 0 R]"
    entries[b"/A"] = entries[b"/A"].replace(b"3 0 R", b"3")  # a library reads no references here
    plain = text.replace(b"12 0 R", b"1").replace(b"3 0 R", b"3")
    assert Object.parse(write_entries({**entries, b"/G": b"1"})) == Object.parse(plain)
    assert read_items(b"[]") == []
    assert read_entries(b"<<>>") == {}


def test_arrays_and_references() -> None:
    assert read_items(write_items([b"(a b)", b"/C", refer_to(5)])) == [b"(a b)", b"/C", b"5 0 R"]
    assert read_reference(b"5 0 R") == 5


@pytest.mark.parametrize("text", [b"<</A(a(b)c)>>", b"<</A(a(b(c))d\\(e)/B(f)/C[(g)(h(i))]>>", b"<</A(()\\\\)/B(())>>"])
def test_parentheses_inside_strings_are_escaped(text: bytes) -> None:
    escaped = escape_inner(text)
    assert escaped != text
    assert escape_inner(escaped) == escaped
    assert Object.parse(escaped) == Object.parse(text)
    assert isinstance(Object.parse(text), Dictionary)
    assert not isinstance(Object.parse(text), Array)
