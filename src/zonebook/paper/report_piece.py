"""A piece of the report (its front, a chapter, the index), printed by itself and kept until something in it changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from zonebook.paper.press import Manuscript, press_and_ask
from zonebook.paper.report_joints import FIRST, Joints, join_feet
from zonebook.paper.report_marks import Heading, Marks, Spot, mark_piece
from zonebook.paper.report_objects import Block, move_block
from zonebook.paper.report_state import hash_code
from zonebook.tables.draft import put_file

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
        What it holds; what is long may be named by its hash.
    marks
        What it is marked with; None for feet, which are laid over the pages of others.
    fill
        Returns the manuscript with what the given one names by its hash alone; None if it has all of it.
    """

    name: str
    manuscript: Manuscript
    marks: Marks | None = None
    fill: Callable[[Manuscript], Manuscript] | None = None

    def write(self) -> Manuscript:
        """Return all it holds."""
        return self.fill(self.manuscript) if self.fill else self.manuscript

    def sum_up(self) -> str:
        """Return a hash of everything its PDF depends on."""
        paper = self.manuscript
        marks = {one.name: getattr(self.marks, one.name) for one in fields(Marks)} if self.marks else None
        said = json.dumps([[self.name, marks], paper.data, paper.standards], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{hash_code()} {paper.template} {said}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed piece.

    Attributes
    ----------
    path
        Its objects as they stand in the bound file.
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
    block
        The numbers of its objects.
    joints
        What of it is joined to the bound file; None for feet.
    """

    path: Path
    digest: str
    turned: tuple[bool, ...]
    headings: tuple[Heading, ...]
    places: Mapping[str, Spot]
    mentions: tuple[tuple[str, Spot], ...]
    block: Block
    joints: Joints | None


def sum_up_pieces(pieces: Iterable[Printed]) -> str:
    """Return a hash of what pieces were printed from."""
    return hashlib.sha256("".join(piece.digest for piece in pieces).encode()).hexdigest()


def print_piece(piece: Piece, folder: Path, first: int) -> Printed:
    """Print a piece into a folder, unless it was printed there from the same; return it as it is there.

    Parameters
    ----------
    piece
        The piece.
    folder
        The folder.
    first
        The first number of its objects in the bound file.

    Raises
    ------
    PaperError
        Where the press refuses it.
    """
    path, digest = folder / f"{piece.name}.objects", piece.sum_up()
    kept = recall_piece(path, digest)
    if kept is not None:
        return kept if kept.block.first == first else _move_piece(kept, first)
    printed, answers = press_and_ask(piece.write(), _ANSWERS)
    if piece.marks:
        content, known = mark_piece(printed, answers, piece.marks, first)
    else:
        content, block = join_feet(printed, first)
        known = {"turned": [], "headings": [], "places": {}, "mentions": [], "block": asdict(block), "joints": None}
    return _write_piece(path, content, {"digest": digest, **known})


def _move_piece(piece: Printed, first: int) -> Printed:
    """Give the objects of a printed piece other numbers."""
    content, block = move_block(piece.path.read_bytes(), piece.block, first)
    note = json.loads(piece.path.with_suffix(".json").read_bytes())
    return _write_piece(piece.path, content, {**note, "block": asdict(block)})


def _write_piece(path: Path, content: bytes, known: Mapping[str, Any]) -> Printed:
    note = json.dumps({**known, "sha256": hashlib.sha256(content).hexdigest()}, ensure_ascii=False)
    put_file(path, content)
    put_file(path.with_suffix(".json"), note.encode())
    return _read_note(path, json.loads(note))


def recall_length(folder: Path, name: str) -> int:
    """Return how many pages a piece had when it was printed last; 1 where that is not known."""
    try:
        return len(json.loads((folder / f"{name}.json").read_bytes())["turned"])
    except (OSError, ValueError, KeyError, TypeError):
        return 1


def recall_first(folder: Path, name: str) -> int:
    """Return the first number that a piece's objects had when it was printed last; the least if that is not known."""
    try:
        return int(json.loads((folder / f"{name}.json").read_bytes())["block"]["first"])
    except (OSError, ValueError, KeyError, TypeError):
        return FIRST


def recall_piece(path: Path, digest: str) -> Printed | None:
    """Return a piece as it was printed from the same; None where it was not, or its files are not whole."""
    try:
        note = json.loads(path.with_suffix(".json").read_bytes())
        is_same = note["digest"] == digest and note["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
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
        Block(**note["block"]),
        Joints(**note["joints"]) if note["joints"] else None,
    )
