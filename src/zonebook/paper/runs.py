"""Sentences of the pages as runs of plain text: what Typst sets without reading any of it as markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

Run = dict[str, str]

_CITE = re.compile(r'<sup class="zb-cite">\[(.*?)\]</sup>', re.DOTALL)
_BREAK = re.compile(r"</(?:p|li|div|dd|dt)>|<br\s*/?>")
_HIDDEN = re.compile(r"<(style|script|svg)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACES = re.compile(r"[ \t\n]+")
# The end of a sentence: a stop after a word of some length, a number, a bracket or a source: "г. Москва" is one piece.
_SENTENCE = re.compile(r"(?:(?<=^[.!?])|(?<=[^\W\d]{3}[.!?])|(?<=[\d»”)%₽…][.!?])) (?=[^\Wа-яёa-z_]|[«“])")


def to_runs(markup: object) -> list[Run]:
    """Return HTML as runs: ``{"t": text}``, and ``{"sup": numbers}`` for the marks of sources.

    Examples
    --------
    >>> to_runs('<p>R&amp;D <b>1.1</b><sup class="zb-cite">[<a href="#x">3</a>]</sup>.</p>')
    [{'t': 'R&D 1.1'}, {'sup': '3'}, {'t': '.'}]
    """
    pieces = _CITE.split(_HIDDEN.sub("", str(markup)))
    runs: list[Run] = []
    for position, piece in enumerate(pieces):
        text = _plain(piece)
        if position % 2:
            runs.append({"sup": text.strip().replace(" ", "\u00a0")})
        elif text:
            runs.append({"t": text})
    return trim_runs(runs)


def to_text(runs: list[Run]) -> str:
    """Return runs as text, without the marks of sources."""
    return "".join(run.get("t", "") for run in runs)


def list_cites(runs: Iterable[Run]) -> list[int]:
    """Return the numbers of the sources that runs name."""
    return sorted({int(number) for run in runs for number in run.get("sup", "").split(",") if number.strip().isdigit()})


def cut_runs(runs: list[Run], sentences: int) -> list[Run]:
    """Return the first sentences of a text.

    Examples
    --------
    >>> cut_runs([{"t": "One thing. Another"}, {"sup": "1"}, {"t": " thing. A third."}], 2)
    [{'t': 'One thing. Another'}, {'sup': '1'}, {'t': ' thing.'}]
    """
    left = sentences
    kept: list[Run] = []
    for run in runs:
        parts = _SENTENCE.split(run["t"]) if "t" in run else []
        if len(parts) - 1 >= left:
            return trim_runs([*kept, {"t": " ".join(parts[:left])}])
        left -= max(len(parts) - 1, 0)
        kept.append(run)
    return kept


def limit_runs(runs: list[Run], characters: int) -> list[Run]:
    """Return a text no longer than asked: one that is, such as a sentence that names all countries, ends at a word.

    Examples
    --------
    >>> limit_runs([{"t": "Belarus, China, India"}, {"sup": "1"}], 16)
    [{'t': 'Belarus, China…'}]
    """
    left, kept = characters, list[Run]()
    for run in runs:
        text = run.get("t", "")
        if len(text) > left:
            return [*kept, {"t": text[:left].rpartition(" ")[0].rstrip(" ,;:—") + "…"}]
        left -= len(text)
        kept.append(run)
    return kept


def _plain(piece: str) -> str:
    return _SPACES.sub(" ", html.unescape(_TAG.sub("", _BREAK.sub(" ", piece))))


def trim_runs(runs: list[Run]) -> list[Run]:
    """Return runs without space at the ends, and without a run that has nothing in it."""
    if runs and "t" in runs[0]:
        runs = [{"t": runs[0]["t"].lstrip(" ")}, *runs[1:]]
    if runs and "t" in runs[-1]:
        runs = [*runs[:-1], {"t": runs[-1]["t"].rstrip(" ")}]
    return [run for run in runs if run != {"t": ""}]
