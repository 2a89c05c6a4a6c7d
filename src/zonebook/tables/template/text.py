"""What a template says, in every language: its words, steps and example rows, declared in ``template.yml``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from importlib import resources
from typing import Any

import yaml

from zonebook.errors import ParameterError
from zonebook.tables.problem import translate_word
from zonebook.tables.remark import EXAMPLE, HELP
from zonebook.tables.schema import TABLES, Column, Table

Value = str | int | float | bool | datetime.date
Texts = Mapping[str, str]

_TEXT: Mapping[str, Any] = yaml.load(
    resources.files("zonebook.tables.template").joinpath("template.yml").read_text(encoding="utf-8"),
    Loader=yaml.CSafeLoader,
)
LANGUAGES: tuple[str, ...] = tuple(_TEXT["separator"])
OWN_SHEETS: frozenset[str] = frozenset(_TEXT["words"][word][lang] for word in ("start", "codes") for lang in LANGUAGES)
EXAMPLES: Mapping[str, Any] = _TEXT["examples"]


def check_language(lang: str) -> None:
    """Refuse a language the template has no words in.

    Raises
    ------
    ParameterError
        Naming those it has.
    """
    if lang not in LANGUAGES:
        raise ParameterError(
            f"there is no template in the language {lang!r}.", remedy=f"Give one of {', '.join(LANGUAGES)}."
        )


def find_word(word: str, lang: str) -> str:
    """Return one of the template's words."""
    text: str = _TEXT["words"][word][lang]
    return text


def list_steps(lang: str) -> tuple[str, ...]:
    """Return what a person does with the template, in order."""
    return tuple(_TEXT["steps"][lang])


def separator_of(lang: str) -> str:
    """Return what parts the cells of text files in the spreadsheet programs of a language."""
    text: str = _TEXT["separator"][lang]
    return text


def date_format(lang: str) -> str:
    """Return how spreadsheets show dates in a language."""
    text: str = _TEXT["date"][lang]
    return text


def name_scope(scope: str, lang: str) -> str:
    """Return the pages on which measures of a scope stand."""
    text: str = _TEXT["scopes"][scope][lang]
    return text


def say_more(count: int, lang: str) -> str:
    """Return the words for what a list leaves out."""
    text: str = _TEXT["more"][lang]
    return text.format(count=count)


def say_context(lang: str) -> str:
    """Return what tables are for that no measure is computed from."""
    text: str = _TEXT["context"][lang]
    return text


def list_tables() -> tuple[Table, ...]:
    """Return the tables a template has: those of the contract."""
    return tuple(table for table in TABLES.values() if not table.supplementary)


def list_examples(table: Table, lang: str) -> list[dict[str, Value]]:
    """Return the example rows of a table, by column."""
    note = {"note": _TEXT["note"]}
    rows = [{**row, **note} for row in EXAMPLES[table.name]]
    return [
        {
            name: value[lang] if isinstance(value, dict) else value
            for name, value in row.items()
            if name in table.columns
        }
        for row in rows
    ]


def mark_example(text: Value, lang: str) -> str:
    """Return the first cell of an example row, with the mark by which it is known."""
    return f"{translate_word(EXAMPLE, lang)}: {text}"


def mark_help(text: str, lang: str) -> str:
    """Return the first cell of the row of help, with the mark by which it is known."""
    return f"{translate_word(HELP, lang)}: {text}"


def describe_column(column: Column, lang: str) -> str:
    """Return everything a person may need to fill a column, a line each."""
    lines = [column.help[lang], f"{find_word(f'type_{column.type}', lang)}."]
    if column.required and not column.default:
        lines[-1] = f"{lines[-1][:-1]}, {find_word('required', lang)}."
    if column.key:
        lines.append(f"{find_word('is_key', lang)}.")
    details: dict[str, str] = {
        "unit": column.unit,
        "one_of": ", ".join(column.allowed),
        "form": column.format.help[lang] if column.format else "",
        "from_sheet": ", ".join(TABLES[name].heading[lang] for name in column.references if name in TABLES),
        "default": say_default(column, lang),
    }
    lines.extend(f"{find_word(word, lang)}: {text}." for word, text in details.items() if text)
    if column.is_list:
        lines.append(f"{find_word('several', lang)}.")
    return "\n".join(lines)


def say_default(column: Column, lang: str) -> str:
    """Return what an empty cell of a column stands for, empty if for nothing."""
    if column.type == "boolean" and column.default:
        return find_word("yes" if column.default == "true" else "no", lang)
    return column.default
