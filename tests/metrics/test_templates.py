"""A sentence is taken apart by the template it was made from, and by no other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.metrics.templates import Template

TEXTS = [
    "sources disagree",
    "of {total} others",
    "{earlier_year} to {year}",
    "{count} of {total} {count_of}: {list}.",
    "{a}",
]


def match(template: str, sentence: str) -> dict[str, str] | None:
    """Take a sentence apart as one pattern of the whole template would."""
    parts = re.split(r"({\w+})", template)
    values = {part: "[0-9]{4}" if part.endswith("year}") else ".+?" for part in parts if part.startswith("{")}
    pattern = "".join(f"(?P<{part[1:-1]}>{values[part]})" if part in values else re.escape(part) for part in parts)
    found = re.fullmatch(pattern, sentence)
    return found.groupdict() if found else None


@pytest.mark.parametrize("text", TEXTS)
@given(pieces=st.lists(st.sampled_from(["2024", "3", " of ", "of ", " to ", "others", " ", ": ", ".", "\n", "é"])))
def test_it_reads_what_a_pattern_of_the_whole_reads(text: str, pieces: list[str]) -> None:
    sentence = "".join(pieces)
    assert Template.of(text).read(sentence) == match(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence", "fields"),
    [
        ("sources disagree", "sources disagree", {}),
        ("sources disagree", "sources disagree.", None),
        ("base of {base_year}", "base of 2019", {"base_year": "2019"}),
        ("base of {base_year}", "base of 219", None),
        ("{a} of {a_year}", "one of two of 2020", {"a": "one of two", "a_year": "2020"}),
        ("aba{x}aba", "ababa", None),
    ],
)
def test_examples(text: str, sentence: str, fields: dict[str, str] | None) -> None:
    assert Template.of(text).read(sentence) == fields
