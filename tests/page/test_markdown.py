"""Markdown in blocks: put together again it is the same text, and code is never translated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.page.markdown import list_messages, split_blocks, translate_blocks

TEXT = """\
(target)=
# Heading

A paragraph
of two lines.

- one
- two

```bash
make report
```

:::{note}
Inside.
:::

| a | b |
| - | - |
| 1 | 2 |
"""


def test_the_words_of_a_text_are_found() -> None:
    assert list_messages(TEXT) == (
        "Heading",
        "A paragraph of two lines.",
        "- one\n- two",
        "Inside.",
        "| a | b |\n| - | - |\n| 1 | 2 |",
    )


def test_code_targets_and_directives_stay() -> None:
    shouted = translate_blocks(TEXT, str.upper)
    for kept in ("(target)=", "make report", ":::{note}", "```bash"):
        assert kept in shouted
    assert "# HEADING\n\nA PARAGRAPH OF TWO LINES.\n\n- ONE" in shouted


@pytest.mark.parametrize("source", ["", "\n", "text", "# only", "```\nopen fence"])
def test_short_texts_come_back_whole(source: str) -> None:
    assert translate_blocks(source, lambda block: block) == source


@given(st.text(alphabet="ab #`:\n-|", max_size=60))
def test_the_parts_are_the_text(source: str) -> None:
    text = source.replace("\r", "")
    assert "".join(part for part, _ in split_blocks(text)).split() == text.split()
