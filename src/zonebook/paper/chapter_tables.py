"""Tables of a page as tables on paper: headings repeated, rows in groups, columns wide enough for every word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from zonebook.paper.chapter_columns import fit_columns, must_divide
from zonebook.paper.chapter_markup import Element
from zonebook.paper.chapter_runs import Ground, Run, read_runs, to_text

# What paper bears: of a longer table the first rows are printed, and the name of the file that has all of them.
MOST_ROWS = 250
_LONG_NAME = re.compile(r"(?<=[a-z])([_/.])(?=[a-z])")
_LONG_NUMBER = "zb-number"
_EXCERPT = "zb-excerpt"


def read_table(table: Element, ground: Ground) -> list[dict[str, Any]]:
    """Return a table as blocks for the press: one, or several where its columns do not fit a page.

    A block has ``caption``, ``at`` (its place), ``size``, ``turned``, ``widths``, ``right`` (columns set flush right),
    ``head``, ``body`` (a row is its cells; a heading over rows is ``over``); ``named`` are the sources listed under it,
    ``cut`` says that rows are left out. Headings that are ``plain`` can be repeated on every page.
    """
    ground.under = []
    caption = next(table.find_all("caption"), None)
    head = next(iter(_rows(table, "thead")), None)
    place = ground.place(table)
    title = read_runs(_leave_excerpt(caption), ground) if caption is not None else []
    headings = [_read_cell(cell, ground) for cell in head.elements] if head is not None else []
    rows = [row for row in _rows(table, "tbody") if any(True for _ in row.elements)]
    count = max([len(headings), *(len(list(row.elements)) for row in rows)], default=0)
    if not count:
        ground.under = None
        return []
    found = sum(1 for row in rows if not _is_group(row, count))
    # Of a table that is cut on its page already, the page says how many rows there are.
    total, shown = int(table.attributes.get("data-rows", found)), min(found, MOST_ROWS)
    kept = rows[: _end_of(rows, count)]
    body = [_read_row(row, count, ground) for row in kept]
    headings += [[] for _ in range(count - len(headings))]
    texts = _texts_of(headings, body)
    widths = fit_columns(texts)
    said, *told = zip(*texts, strict=True)
    common = {"k": "table", "caption": title, "size": widths.size, "turned": widths.turned}
    if total > shown:
        common["cut"] = ground.locale.text(
            "The first {shown} of {total} rows are printed; the file has all of them.",
            shown=ground.locale.number(shown),
            total=ground.locale.number(total),
        )
    right = _flush_right(table, count)
    named, ground.under = ground.under, None
    return [
        common
        | {
            "at": place if number == 0 else "",
            "continued": number > 0,
            "named": named if number == len(widths.parts) - 1 else [],
            "widths": [round(width, 1) for _, width in part],
            "right": [right[column] for column, _ in part],
            "head": _pick(headings, said, part, widths.size, is_heading=True),
            "plain": all(_is_plain(headings[column]) for column, _ in part),
            "body": _pick_rows(body, told, part, widths.size),
        }
        for number, part in enumerate(widths.parts)
    ]


def _leave_excerpt(caption: Element) -> list[Element | str]:
    """Return what is in a caption but what it says of the rows on the site: on paper there are fewer."""
    return [part for part in caption.children if isinstance(part, str) or _EXCERPT not in part.classes]


def _rows(table: Element, section: str) -> Iterable[Element]:
    return [row for part in table.elements if part.tag == section for row in part.elements if row.tag == "tr"]


def _is_group(row: Element, count: int) -> bool:
    cells = list(row.elements)
    return len(cells) == 1 and (count > 1 or "zb-group" in cells[0].classes)


def _end_of(rows: Sequence[Element], count: int) -> int:
    """Return how many rows, headings over rows among them, hold the most that is printed."""
    shown = 0
    for number, row in enumerate(rows):
        shown += not _is_group(row, count)
        if shown > MOST_ROWS:
            return number
    return len(rows)


def _read_row(row: Element, count: int, ground: Ground) -> Any:
    cells = list(row.elements)
    if _is_group(row, count):
        over = read_runs(cells[0].children, ground)
        return {"over": over, "plain": _is_plain(over)}
    read = [_read_cell(cell, ground) for cell in cells]
    return read + [[] for _ in range(count - len(read))]


def _is_plain(runs: Iterable[Run]) -> bool:
    """Whether runs may be repeated on each page of a table: without links, notes and places that links lead to."""
    return all(
        isinstance(run, str) or ({"a", "u", "n", "at"}.isdisjoint(run) and _is_plain(run.get("r", ()))) for run in runs
    )


def _read_cell(cell: Element, ground: Ground) -> list[Run]:
    return [_let_break(run) for run in read_runs(cell.children, ground)]


def _let_break(run: Run) -> Run:
    """Let long names of columns and files be divided behind their signs."""
    if isinstance(run, str):
        return _LONG_NAME.sub("\\1\u200b", run)
    return {**run, "r": [_let_break(inner) for inner in run["r"]]} if "r" in run else run


def _flush_right(table: Element, count: int) -> list[bool]:
    head = next(iter(_rows(table, "thead")), None)
    marked = (
        [_LONG_NUMBER in cell.classes or "right" in cell.attributes.get("style", "") for cell in head.elements]
        if (head is not None)
        else []
    )
    return marked + [False] * (count - len(marked))


def _texts_of(headings: Sequence[list[Run]], body: Sequence[Any]) -> list[list[str]]:
    rows = [row for row in body if not isinstance(row, dict)]
    return [
        [_break_lines(headings[column]), *(_break_lines(row[column]) for row in rows)]
        for column in range(len(headings))
    ]


def _break_lines(runs: list[Run]) -> str:
    return to_text(runs).replace("\u200b", " ")


def _pick_rows(
    body: Sequence[Any], told: Iterable[Sequence[str]], part: Sequence[tuple[int, float]], size: float
) -> list[Any]:
    """Return the cells of some columns of all rows, of which ``told`` has the texts; headings over rows as they are."""
    texts = iter(told)
    return [row if isinstance(row, dict) else _pick(row, next(texts), part, size) for row in body]


def _pick(
    row: Sequence[list[Run]],
    texts: Sequence[str],
    part: Sequence[tuple[int, float]],
    size: float,
    *,
    is_heading: bool = False,
) -> list[list[Run]]:
    """Return the cells of some columns; those that hold a word wider than the column are to be hyphenated."""
    return [
        [{"s": "divided", "r": row[column]}]
        if must_divide(texts[column], width, size, is_heading=is_heading)
        else row[column]
        for column, width in part
    ]
