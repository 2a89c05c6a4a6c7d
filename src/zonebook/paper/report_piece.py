"""A piece of the report (its front, a chapter, the index), printed by itself and kept until something in it changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zonebook.paper.job import write_bytes
from zonebook.paper.press import Manuscript, press_and_ask
from zonebook.paper.report_marks import Heading, Spot, mark_piece
from zonebook.paper.report_state import hash_code

_ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Common:
    """What all pieces of a report have in common: plain values for their templates, and the standards of the PDF."""

    data: Mapping[str, Any]
    standards: tuple[str, ...]

    def write(self, template: str, **own: Any) -> Manuscript:
        """Return the manuscript of a piece: ``report-<template>.typ`` with values of its own."""
        place = f"{self.data['lang']}/report ({template})"
        return Manuscript(f"report-{template}.typ", {"lowered": 0, **self.data, **own}, place, self.standards)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to be printed.

    Attributes
    ----------
    name
        Its page, for a chapter; ``front``, ``index``, ``feet``.
    manuscript
        What it holds.
    number
        Its number among the pieces: no two have the same marks of structure.
    lowered
        How many levels its headings stand below those it is set with.
    names
        What is said of places that its links lead to, to those who do not see where: by place.
    tags
        Tags of its structure that are to be others.
    """

    name: str
    manuscript: Manuscript
    number: int
    lowered: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)

    def sum_up(self) -> str:
        """Return a hash of everything its PDF depends on."""
        paper = self.manuscript
        own = [self.name, self.number, self.lowered, self.names, self.tags]
        said = json.dumps([own, paper.data, paper.standards], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{hash_code()} {paper.template} {said}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed piece.

    Attributes
    ----------
    path
        Its PDF, ready to be bound.
    digest
        Hash of what it was printed from.
    turned
        Of each page, whether it is turned.
    headings
        Its headings in order.
    places
        Where the places stand that links lead to.
    mentions
        Zones and regions that its pages name, each with where.
    """

    path: Path
    digest: str
    turned: tuple[bool, ...]
    headings: tuple[Heading, ...]
    places: Mapping[str, Spot]
    mentions: tuple[tuple[str, Spot], ...]


def sum_up_pieces(pieces: Iterable[Printed]) -> str:
    """Return a hash of what pieces were printed from."""
    return hashlib.sha256("".join(piece.digest for piece in pieces).encode()).hexdigest()


def print_piece(piece: Piece, folder: Path) -> Printed:
    """Print a piece into a folder, unless it was printed there from the same; return it as it is there.

    Raises
    ------
    PaperError
        Where the press refuses it.
    """
    path, digest = folder / f"{piece.name}.pdf", piece.sum_up()
    kept = recall_piece(path, digest)
    if kept is not None:
        return kept
    printed, answers = press_and_ask(piece.manuscript, _ANSWERS)
    marked, known = mark_piece(printed, answers, piece.number, piece.lowered, piece.names, piece.tags)
    write_bytes(path, marked)
    note = {"digest": digest, "pdf": hashlib.sha256(marked).hexdigest(), **known}
    write_bytes(path.with_suffix(".json"), json.dumps(note, ensure_ascii=False).encode())
    return _read_note(path, note)


def recall_length(folder: Path, name: str) -> int:
    """Return how many pages a piece had when it was printed last; 1 where that is not known."""
    try:
        return len(json.loads((folder / f"{name}.json").read_bytes())["turned"])
    except (OSError, ValueError, KeyError, TypeError):
        return 1


def recall_piece(path: Path, digest: str) -> Printed | None:
    """Return a piece as it was printed from the same; None where it was not, or its files are not whole."""
    try:
        note = json.loads(path.with_suffix(".json").read_bytes())
        is_same = note["digest"] == digest and note["pdf"] == hashlib.sha256(path.read_bytes()).hexdigest()
        return _read_note(path, note) if is_same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_note(path: Path, note: Mapping[str, Any]) -> Printed:
    return Printed(
        path,
        note["digest"],
        tuple(note["turned"]),
        tuple(Heading(**one) for one in note["headings"]),
        {place: Spot(**spot) for place, spot in note["places"].items()},
        tuple((target, Spot(**spot)) for target, spot in note["mentions"]),
    )
