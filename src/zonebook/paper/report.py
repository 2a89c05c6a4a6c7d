"""The whole report of one language as one PDF: ``pdf/<lang>/report.pdf``, from the pages of the staged book.

Each chapter is a piece that is printed by itself and kept, so that what has not changed is not printed again; the
pieces are bound into one file, with a front, an index and feet of pages that say where they stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zonebook.paper.report_binding import bind
from zonebook.paper.report_cache import remove_others
from zonebook.paper.report_front import FRONT, number_pages, write_feet, write_front, write_index
from zonebook.paper.report_joints import FIRST
from zonebook.paper.report_piece import Printed, print_piece, recall_first, recall_length, sum_up_pieces
from zonebook.paper.report_plan import Plan, plan_report
from zonebook.paper.report_state import ReportOrder, read_note, sum_up_order, write_note
from zonebook.tables.draft import put_file


def print_report(order: ReportOrder) -> bool:
    """Print the report of one language, unless nothing in it has changed; return whether it was printed.

    Raises
    ------
    PaperError
        Where there is no staged book, a page of it cannot be read, or the press refuses what it holds.
    """
    known = {} if order.force else read_note(order)
    state = sum_up_order(order)
    if known.get("state") == state:
        return False
    plan, folder = plan_report(order), order.pieces
    chapters, free = _print_chapters(plan, folder)
    pieces = _print_around(plan, chapters, order, free)
    digest = sum_up_pieces(pieces)
    has_changed = known.get("digest") != digest
    if has_changed:
        feet = print_piece(write_feet(plan.common, pieces), folder, pieces[-1].block.end)
        put_file(order.target, bind(pieces, feet))
        remove_others(folder, [piece.path for piece in (*pieces, feet)])
    write_note(order, state=state, digest=digest)
    return has_changed


def print_chapters(order: ReportOrder, share: int, shares: int) -> None:
    """Print those chapters of a report that have changed: one of so many shares, for a process of its own.

    Raises
    ------
    PaperError
        As ``print_report``.
    """
    for piece in plan_report(order).chapters[share::shares]:
        print_piece(piece, order.pieces, recall_first(order.pieces, piece.name))


def _print_chapters(plan: Plan, folder: Path) -> tuple[dict[str, Printed], int]:
    """Return the printed chapters, numbered through, and the first number that is free."""
    chapters, free = {}, FIRST
    for piece in plan.chapters:
        chapters[piece.name] = print_piece(piece, folder, free)
        free = chapters[piece.name].block.end
    return chapters, free


def _print_around(plan: Plan, chapters: Mapping[str, Printed], order: ReportOrder, free: int) -> list[Printed]:
    """Return all pieces but the feet: the front is printed until it has as many pages as its page numbers take."""
    folder = order.pieces
    length = recall_length(folder, FRONT)
    while True:
        first = number_pages(length, chapters)
        front = print_piece(write_front(plan.front, plan.parts, first), folder, free)
        if len(front.turned) == length:
            break
        length = len(front.turned)
    index = print_piece(write_index(plan.common, plan.index, chapters, first), folder, front.block.end)
    return [front, *chapters.values(), index]
