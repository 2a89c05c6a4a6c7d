"""Problems of a data set: what was found where, said in the reader's language, as text and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import resources
from itertools import groupby
from types import MappingProxyType
from typing import Any

import yaml

from zonebook.errors import DataError
from zonebook.tables.schema import TABLES

ERROR = "error"
WARNING = "warning"
_FALLBACK_LANGUAGE = "en"
_SHOWN_OF_A_GROUP = 5
_LISTED_BEFORE_GROUPING = 3
_LINE_BREAK = "⏎"  # in a cell: what is said of it stays on one line

_TEXTS: Mapping[str, Any] = yaml.load(
    resources.files("zonebook.tables").joinpath("rules.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
RULES: tuple[str, ...] = tuple(_TEXTS["rules"])


@dataclass(frozen=True, slots=True)
class Place:
    """A table in a file: where problems are found.

    ``letters`` are a sheet's columns as a spreadsheet names them, by heading; ``heading_row`` is where the headings
    stand. Both are known of sheets alone.
    """

    table: str
    file: str
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict, compare=False)
    heading_row: int = 0

    def address(self, row: int | None, column: str) -> str:
        """Return a cell, a row or a heading as a spreadsheet names it: ``F17``, ``17:17``; empty if it has no name."""
        letter = self.letters.get(column, "")
        number = row if row is not None else self.heading_row
        if not self.letters or not number or not (letter or row):
            return ""
        return f"{letter}{number}" if letter else f"{number}:{number}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a data set.

    Attributes
    ----------
    severity
        ``error`` (the data set is refused) or ``warning``.
    table, file, sheet
        Where; the sheet is empty unless the file is a workbook.
    row
        Number of the row as a text editor or a spreadsheet shows it; ``None`` for a whole table or column.
    column
        The column as it is headed in the file.
    value
        What stands in the cell.
    rule
        Name of the rule that is broken.
    message, remedy
        What is wrong and what to do, in the language the check was asked for.
    cell
        The cell of a sheet as a spreadsheet names it: ``Sheet1!F17``; empty for other files.
    """

    severity: str
    table: str
    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    rule: str
    message: str
    remedy: str
    cell: str = ""


def name_cell(sheet: str, address: str) -> str:
    """Return the full name of a cell as a spreadsheet writes it.

    Examples
    --------
    >>> name_cell("Связи", "F17"), name_cell("Показатели зон", "F17"), name_cell("Связи", "")
    ('Связи!F17', "'Показатели зон'!F17", '')
    """
    if not address:
        return ""
    quoted = sheet if re.fullmatch(r"[^\W\d]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{address}"


def _translate(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang, texts[_FALLBACK_LANGUAGE])


def translate_word(word: str, lang: str) -> str:
    """Return one of the words problems are reported with."""
    return _translate(_TEXTS["words"][word], lang)


def name_tables(names: Iterable[str], lang: str) -> str:
    """Return what tables are called: by their headings too, where the language has other words than the contract."""
    pattern = translate_word("table_name", lang)
    return ", ".join(
        pattern.format(name=name, heading=_translate(TABLES[name].heading, lang))
        if name in TABLES
        else translate_word(name, lang)  # a list that is no table: countries
        for name in names
    )


def name_heading(table: str, name: str, lang: str) -> str:
    """Return what a column is called: by its heading too, where the language has other words than the contract."""
    column = TABLES[table].columns[name]
    return translate_word("column_name", lang).format(name=name, heading=_translate(column.heading, lang))


def list_translations(word: str) -> tuple[str, ...]:
    """Return one of the words problems are reported with in every language."""
    return tuple(_TEXTS["words"][word].values())


class Findings:
    """Collects the problems of one check, said in one language.

    Parameters
    ----------
    lang
        Language of the messages; English where there is no translation.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._found: list[Problem] = []

    def add(
        self,
        rule: str,
        place: Place,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        details: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Note one problem; the details fill the words in braces of the rule's texts."""
        texts = _TEXTS["rules"][rule]
        table = name_tables([place.table], self.lang) if place.table in TABLES else place.table
        example = translate_word("example_number", self.lang)
        shown = {"table": table, "column": column, "value": value.replace("\n", _LINE_BREAK), "example": example}
        words = {**shown, **details}
        remedy = texts["nearest"] if details.get("nearest") else texts["remedy"]
        self._found.append(
            Problem(
                severity=texts["severity"],
                table=place.table,
                file=place.file,
                sheet=place.sheet,
                row=row,
                column=column,
                value=value,
                rule=rule,
                message=_translate(texts["message"], self.lang).format(**words),
                remedy=_translate(remedy, self.lang).format(**words),
                cell=name_cell(place.sheet, place.address(row, column)),
            )
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems in the contract's order of tables, by rows and columns."""
        return tuple(sorted(self._found, key=_order))


_TABLE_ORDER = {name: number for number, name in enumerate(("", *TABLES))}


def _order(problem: Problem) -> tuple[int, str, str, int, str, str, str]:
    rank = _TABLE_ORDER[problem.table]
    return rank, problem.file, problem.sheet, problem.row or 0, problem.column, problem.rule, problem.value


def locate(problem: Problem, lang: str, *, with_row: bool = True) -> str:
    """Return where a problem is, in words; without the row if it stands for others like it."""
    parts = [problem.file]
    if with_row and problem.cell:
        parts.append(problem.cell)
    elif problem.sheet:
        parts.append(f"{translate_word('sheet', lang)} {problem.sheet}")
    if with_row and problem.row is not None and not problem.cell:
        parts.append(f"{translate_word('row', lang)} {problem.row}")
    if problem.column:
        parts.append(f"{translate_word('column', lang)} {problem.column}")
    return ", ".join(part for part in parts if part)


def _describe(problem: Problem, lang: str) -> str:
    return (
        f"{translate_word(problem.severity, lang)}: {locate(problem, lang)}: {problem.message}\n"
        f"    {translate_word('remedy', lang)}: {problem.remedy}"
    )


def _describe_group(group: Sequence[Problem], lang: str) -> str:
    first = group[0]
    rows = ", ".join(problem.cell.rpartition("!")[2] or str(problem.row) for problem in group[:_SHOWN_OF_A_GROUP])
    values = list(dict.fromkeys(problem.value for problem in group if problem.value))[:_SHOWN_OF_A_GROUP]
    shown = f"; {translate_word('value', lang)} {', '.join(values)}" if values else ""
    count = f"{translate_word('rows', lang)}: {len(group)} ({translate_word('first', lang)}: {rows}{shown})"
    return (
        f"{translate_word(first.severity, lang)}: {locate(first, lang, with_row=False)}, {count}: {first.message}\n"
        f"    {translate_word('remedy', lang)}: {first.remedy}"
    )


def group_alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Return problems of one rule in one column together, errors first, in the contract's order of tables."""

    def kind(problem: Problem) -> tuple[bool, int, str, str, str, str]:
        rank = _TABLE_ORDER[problem.table]
        return problem.severity != ERROR, rank, problem.file, problem.sheet, problem.column, problem.rule

    return [list(group) for _, group in groupby(sorted(problems, key=kind), key=kind)]


def to_text(problems: Sequence[Problem], lang: str = "en") -> str:
    """Return problems as text for people: one paragraph each, many alike in one paragraph, errors first."""
    paragraphs = []
    for group in group_alike(problems):
        if len(group) > _LISTED_BEFORE_GROUPING and group[0].row is not None:
            paragraphs.append(_describe_group(group, lang))
        else:
            paragraphs.extend(_describe(problem, lang) for problem in group)
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in (ERROR, WARNING)}
    summary = (
        f"{translate_word('errors', lang)}: {counts[ERROR]}. {translate_word('warnings', lang)}: {counts[WARNING]}."
        if problems
        else translate_word("fine", lang)
    )
    return "\n".join([*paragraphs, summary]) + "\n"


def to_json(problems: Sequence[Problem]) -> str:
    """Return problems as a JSON text: how many of each severity, and every problem with all its fields."""
    document = {
        "errors": sum(problem.severity == ERROR for problem in problems),
        "warnings": sum(problem.severity == WARNING for problem in problems),
        "problems": [_list_fields(problem) for problem in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _list_fields(problem: Problem) -> dict[str, Any]:
    """Return a problem's fields; the cell's name is one where the cell has a name."""
    fields = asdict(problem)
    return fields if problem.cell else {name: value for name, value in fields.items() if name != "cell"}


def refuse_errors(problems: Sequence[Problem], path: str, lang: str = "en") -> None:
    """Raise a readable error if any of the problems is one.

    Raises
    ------
    DataError
        That names the number of errors and describes the first few.
    """
    errors = [problem for problem in problems if problem.severity == ERROR]
    if not errors:
        return
    first = "\n".join(
        f"  {locate(problem, lang)}: {problem.message} {problem.remedy}" for problem in errors[:_SHOWN_OF_A_GROUP]
    )
    message = f"{translate_word('refused', lang).format(count=len(errors))}\n{first}\n"
    raise DataError(message, place=path, remedy=translate_word("see_all", lang))
