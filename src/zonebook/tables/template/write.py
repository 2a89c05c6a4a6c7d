"""Writing the template: a workbook where the path ends so, else a folder of text files."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zonebook.errors import ParameterError
from zonebook.tables.schema import Table
from zonebook.tables.template.text import (
    Value,
    check_language,
    find_word,
    list_examples,
    list_steps,
    list_tables,
    mark_example,
    mark_help,
    name_scope,
    say_context,
    say_more,
    separator_of,
)

_GUIDE = "README.md"
_WORKBOOK = ".xlsx"
_NAMED_MEASURES = 6


@dataclass(frozen=True, slots=True)
class TableUse:
    """What a table is good for: the scopes of the measures computed from it, and their names by language."""

    scopes: tuple[str, ...]
    measures: tuple[Mapping[str, str], ...]

    def name_pages(self, lang: str) -> str:
        """Return the kinds of pages the table brings or adds to."""
        return ", ".join(dict.fromkeys(name_scope(scope, lang) for scope in self.scopes))

    def name_measures(self, lang: str) -> str:
        """Return the first few measures computed from the table, and how many more there are."""
        names = [name[lang] for name in self.measures[:_NAMED_MEASURES]]
        more = len(self.measures) - len(names)
        return "; ".join([*names, *([say_more(more, lang)] if more else [])]) or say_context(lang)


def write_template(path: Path, lang: str, uses: Mapping[str, TableUse]) -> None:
    """Write an empty data set with headings, help and an example row a table.

    Parameters
    ----------
    path
        A workbook to write, or a folder to fill with text files.
    lang
        Language of headings and help.
    uses
        What each table is good for.

    Raises
    ------
    ParameterError
        If something is there already, the ending is no workbook's, or the language is unknown.
    """
    check_language(lang)
    is_workbook = path.suffix.lower() == _WORKBOOK
    if path.suffix and not is_workbook:
        raise ParameterError(
            f"cannot write a template as {path.suffix!r}.",
            remedy=f"Give a name that ends in {_WORKBOOK}, or one without an ending for a folder of CSV files.",
        )
    if path.exists() and (is_workbook or not path.is_dir() or any(path.iterdir())):
        raise ParameterError("is there already.", place=str(path), remedy="Give a path where nothing is.")
    if is_workbook:
        from zonebook.tables.template.workbook import write_template_workbook  # noqa: PLC0415 - reading needs none

        path.parent.mkdir(parents=True, exist_ok=True)
        write_template_workbook(path, lang, uses)
    else:
        path.mkdir(parents=True, exist_ok=True)
        for table in list_tables():
            _write_file(path / f"{table.name}.csv", table, lang)
        (path / _GUIDE).write_text(_write_guide(lang, uses), encoding="utf-8")


def _write_file(path: Path, table: Table, lang: str) -> None:
    columns = list(table.columns.values())
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=separator_of(lang), lineterminator="\r\n")
        writer.writerow([column.heading[lang] for column in columns])
        texts = [column.help[lang] for column in columns]
        writer.writerow([mark_help(texts[0], lang), *texts[1:]])
        for row in list_examples(table, lang):
            cells = [write_example(row.get(column.name, ""), lang) for column in columns]
            writer.writerow([mark_example(cells[0], lang), *cells[1:]])


def write_example(value: Value, lang: str) -> str:
    """Return an example as a person would type it."""
    if isinstance(value, bool):
        return find_word("yes" if value else "no", lang)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).replace(".", ",") if isinstance(value, float) and separator_of(lang) != "," else str(value)


def _write_guide(lang: str, uses: Mapping[str, TableUse]) -> str:
    words = ("file", "holds", "needed", "pages", "measures")
    lines = [
        f"# {find_word('title', lang)}",
        "",
        *(f"{n}. {step}" for n, step in enumerate(list_steps(lang), start=1)),
        "",
    ]
    lines += ["| " + " | ".join(find_word(word, lang) for word in words) + " |", "| --- " * len(words) + "|"]
    for table in list_tables():
        use = uses[table.name]
        needed = find_word("required", lang) if table.required else ""
        cells = (f"{table.name}.csv", table.help[lang], needed, use.name_pages(lang), use.name_measures(lang))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
