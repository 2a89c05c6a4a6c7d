"""Every problem of a check as a workbook: a summary, the whole list, and the tables with the cells coloured."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from zonebook.errors import ParameterError
from zonebook.tables.marked_copy import MarkedCopy, copy_tables
from zonebook.tables.problem import ERROR, Problem, group_alike, locate, translate_word
from zonebook.tables.sheet import name_column
from zonebook.tables.workbook_writing import NO_DATE, WorkbookWriting

_MOST_LINKS = 60_000  # a sheet may have 65,530
_MOST_COMMENTS = 1_000  # of a sheet: more make a spreadsheet program slow
_SHEET_ROWS = 1_048_576
_FIRST_OF_A_GROUP = 10
_COLOURS = {"error": "#F6B8B0", "warning": "#FFE6A6"}
_LIST = (("severity", 16), ("where", 34), ("in_column", 24), ("found", 30), ("wrong", 60), ("remedy", 60))
_SUMMARY = (*_LIST[:1], ("where", 26), ("in_column", 24), ("how_many", 11), ("first_ones", 34), *_LIST[-2:])
_LINE_HEIGHT = 13.5


def write_problem_book(problems: Sequence[Problem], path: Path, lang: str) -> None:
    """Write all problems of a data set as a workbook.

    Parameters
    ----------
    problems
        What a check has found.
    path
        The workbook to write; one that is there is written over.
    lang
        Language of the words around them.

    Raises
    ------
    ParameterError
        If the path is no workbook's, or the data set itself.
    """
    import xlsxwriter  # noqa: PLC0415 - a check without a report needs none

    if path.suffix.lower() != ".xlsx":
        raise ParameterError(f"cannot write a report as {path.suffix!r}.", remedy="Give a name that ends in .xlsx.")
    if any(Path(problem.file).resolve() == path.resolve() for problem in problems):
        raise ParameterError("is the data set itself.", place=str(path), remedy="Give the report another name.")
    copies = list(copy_tables(problems))
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": NO_DATE})
        writing = WorkbookWriting(book, _make_formats(book), lang, translate_word)
        _write_summary(writing, problems)
        _write_list(writing, problems, _find_links(copies))
        for copied in copies:
            _write_copy(writing, copied)


def _make_formats(book: Any) -> dict[str, Any]:
    declared: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "font_color": "white", "bg_color": "#1F4E5F", "text_wrap": True, "valign": "top"},
        "text": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": "#0B5CAD", "underline": 1, "valign": "top"},
        "plain": {},
        "day": {"num_format": "yyyy-mm-dd"},
    }
    for severity, colour in _COLOURS.items():
        declared[severity] = {"bg_color": colour, "border": 1, "border_color": "#B04A3A"}
        declared[f"{severity} day"] = {**declared[severity], **declared["day"]}
        declared[f"{severity} word"] = {"bg_color": colour, "valign": "top"}
    return {name: book.add_format(form) for name, form in declared.items()}


def _open_list(writing: WorkbookWriting, title: str, columns: Sequence[tuple[str, int]]) -> Any:
    sheet = writing.book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    _fit_to_page(sheet)
    for position, (word, width) in enumerate(columns):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, writing.word(word), writing.formats["head"])
    return sheet


def _fit_to_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_summary(writing: WorkbookWriting, problems: Sequence[Problem]) -> None:
    """Write a row for each kind of problem in each column: how many, and the first ones."""
    sheet = _open_list(writing, writing.word("summary_sheet"), _SUMMARY)
    groups = group_alike(problems)
    if not groups:
        sheet.write_string(1, 0, writing.word("fine"))
    for row, group in enumerate(groups, start=1):
        first = group[0]
        places = (problem.cell.rpartition("!")[2] or str(problem.row or "") for problem in group[:_FIRST_OF_A_GROUP])
        where = first.sheet or Path(first.file).name
        texts = (where, first.column, str(len(group)), ", ".join(places), first.message, first.remedy)
        sheet.set_row(row, _height_of(texts, _SUMMARY[1:]))
        sheet.write_string(row, 0, writing.word(first.severity), writing.formats[f"{first.severity} word"])
        for position, text in enumerate(texts, start=1):
            sheet.write_string(row, position, text, writing.formats["text"])


def _height_of(texts: Sequence[str], columns: Sequence[tuple[str, int]]) -> float:
    """Return the height of a row in which every text can be read whole."""
    lines = (1 + len(text) * 1.1 // width for text, (_, width) in zip(texts, columns, strict=True))
    return _LINE_HEIGHT * max(lines) + 3


def _find_links(copies: Sequence[MarkedCopy]) -> dict[int, str]:
    """Return where on the copies each problem is coloured."""
    return {
        id(problem): f"internal:'{copied.title}'!{name_column(max(column, 0))}{row + 1}"
        for copied in copies
        for (row, column), found in copied.problems.items()
        for problem in found
    }


def _write_list(writing: WorkbookWriting, problems: Sequence[Problem], links: Mapping[int, str]) -> None:
    """Write every problem, on as many sheets as they need."""
    per_sheet = _SHEET_ROWS - 1
    ordered = [problem for group in group_alike(problems) for problem in group]
    for number, start in enumerate(range(0, max(1, len(ordered)), per_sheet), start=1):
        title = writing.word("problems_sheet")
        sheet = _open_list(writing, title if number == 1 else f"{title} {number}", _LIST)
        for row, problem in enumerate(ordered[start : start + per_sheet], start=1):
            where = problem.cell or locate(replace(problem, file=Path(problem.file).name, column=""), writing.lang)
            link = links.get(id(problem), "") if row <= _MOST_LINKS else ""
            texts = (problem.column, problem.value, problem.message, problem.remedy)
            sheet.set_row(row, _height_of((where, *texts), _LIST[1:]))
            sheet.write_string(row, 0, writing.word(problem.severity), writing.formats[f"{problem.severity} word"])
            if link:
                sheet.write_url(row, 1, link, writing.formats["link"], where)
            else:
                sheet.write_string(row, 1, where, writing.formats["text"])
            for position, text in enumerate(texts, start=2):
                sheet.write_string(row, position, text, writing.formats["text"])
        sheet.autofilter(0, 0, min(len(ordered), per_sheet), len(_LIST) - 1)


def _write_copy(writing: WorkbookWriting, copied: MarkedCopy) -> None:
    """Write a table as it stands, with the cells that have problems coloured and commented."""
    sheet = writing.book.add_worksheet(copied.title)
    _fit_to_page(sheet)
    width = max(len(cells) for cells in copied.rows.values())
    sheet.set_column(0, max(width - 1, 0), 16)
    comments = _write_comments(copied)
    for row, cells in copied.rows.items():
        of_row = copied.problems.get((row, -1), [])
        for column in range(max(width, 1)):
            cell = cells[column] if column < len(cells) else ""
            if (row, column) == (0, 0) and not copied.is_whole:
                cell = writing.word("row")
            found = copied.problems.get((row, column), [])
            _write_cell(writing, sheet, (row, column), cell, _find_severity([*found, *of_row]))
        for column, text in comments.get(row, {}).items():  # a row that is over takes no more comments
            sheet.write_comment(row, column, text, {"x_scale": 2, "y_scale": 1.5, "font_size": 9})


def _write_comments(copied: MarkedCopy) -> dict[int, dict[int, str]]:
    """Return what the first cells with problems say, by row and column."""
    comments: dict[int, dict[int, str]] = {}
    for (row, column), found in list(copied.problems.items())[:_MOST_COMMENTS]:
        text = "\n\n".join(f"{problem.message}\n{problem.remedy}" for problem in found)
        comments.setdefault(row, {})[max(column, 0)] = text
    return comments


def _find_severity(problems: Sequence[Problem]) -> str:
    return min((problem.severity for problem in problems), key=lambda severity: severity != ERROR, default="")


def _write_cell(writing: WorkbookWriting, sheet: Any, place: tuple[int, int], cell: object, severity: str) -> None:
    form = writing.formats[severity or "plain"]
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell, form)
    elif isinstance(cell, (int, float)):
        sheet.write_number(*place, cell, form)
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(*place, cell, writing.formats[f"{severity} day".strip()])
    elif str(cell):
        sheet.write_string(*place, str(cell), form)
    elif severity:
        sheet.write_blank(*place, None, form)
