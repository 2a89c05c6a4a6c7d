"""Markdown taken apart into the blocks that are translated: headings, paragraphs, groups of list items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"^(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6} +)(.*)$")
_TARGET = re.compile(r"^\([\w-]+\)=$")
_DIRECTIVE = re.compile(r"^:{3,}(\{[\w-]+\}.*)?$")


def split_blocks(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a Markdown text in order, each with whether it is words to be translated.

    Joined together the parts are the text again. Code in fences, targets (``(name)=``), lines that open or
    close a directive and blank lines are not words; of a heading, the signs ``#`` are not.
    """
    held: list[str] = []
    fence = ""
    for line in source.splitlines(keepends=True):
        bare = line.strip()
        opening = _FENCE.match(bare)
        if fence or opening:
            yield from _release(held)
            yield line, False
            fence = _next_fence(fence, bare, opening)
        elif not bare or _TARGET.match(bare) or _DIRECTIVE.match(bare):
            yield from _release(held)
            yield line, False
        elif _HEADING.match(line):
            yield from _release(held)
            yield from _split_heading(line)
        else:
            held.append(line)
    yield from _release(held)


def _next_fence(fence: str, bare: str, opening: re.Match[str] | None) -> str:
    if not fence:
        return opening[1] if opening else ""
    return "" if bare.startswith(fence) and set(bare) == {fence[0]} else fence


def _release(held: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the lines held back as one block of words, and forget them."""
    text = "".join(held)
    held.clear()
    words = text.rstrip("\n")
    if words:
        yield words, True
        yield text[len(words) :], False


def _split_heading(line: str) -> Iterator[tuple[str, bool]]:
    match = _HEADING.match(line.rstrip("\n"))
    if match:
        yield match[1], False
        yield match[2].strip(), True
    yield line[len(line.rstrip("\n")) :], False


def list_messages(source: str) -> tuple[str, ...]:
    r"""Return the blocks of a Markdown text that are translated, each on one line.

    Examples
    --------
    >>> list_messages("# Title\n\nA paragraph\nof two lines.\n\n```\ncode\n```\n")
    ('Title', 'A paragraph of two lines.')
    """
    return tuple(to_message(part) for part, is_words in split_blocks(source) if is_words)


def to_message(block: str) -> str:
    """Return a block as a message id: the lines of a paragraph joined, those of lists and tables kept."""
    lines = [line.rstrip() for line in block.splitlines()]
    if any(re.match(r"\s*([-*+|>]|\d+[.)])", line) for line in lines):
        return "\n".join(lines)
    return " ".join(line.strip() for line in lines)


def translate_blocks(source: str, translate: Callable[[str], str]) -> str:
    """Return a Markdown text with every block of words put through ``translate``."""
    return "".join(translate(to_message(part)) if is_words else part for part, is_words in split_blocks(source))
