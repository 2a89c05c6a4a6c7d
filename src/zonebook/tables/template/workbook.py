"""The template as a workbook: a sheet a table, with lists to choose from, and a first sheet that explains."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from babel import Locale
from babel.core import get_global

from zonebook.tables.cell import list_countries
from zonebook.tables.schema import COUNTRY, TABLES, Column, Table
from zonebook.tables.template.text import (
    Value,
    date_format,
    describe_column,
    find_word,
    list_examples,
    list_steps,
    list_tables,
    mark_example,
    mark_help,
)
from zonebook.tables.template.write import TableUse, write_example
from zonebook.tables.workbook_writing import NO_DATE, WorkbookWriting

_ROWS = 20_000  # as many rows have lists and formats; below, cells are plain
_NARROWEST, _WIDEST = 13, 34
_LINE_HEIGHT, _HEADING_HEIGHT = 13.5, 34
_HEADING, _HELP, _FIRST_EXAMPLE = 0, 1, 2
_COLOURS = {"required": "#1F4E5F", "optional": "#5B7C88", "help": "#5A5A5A", "example": "#7A5C00", "shade": "#FFF7E0"}
_NUMBER_FORMATS = {"RUB": "#,##0", "USD": "#,##0", "person": "#,##0", "firm": "#,##0", "degree": "0.0000##"}


def write_template_workbook(path: Path, lang: str, uses: Mapping[str, TableUse]) -> None:
    """Write the template as a workbook.

    Parameters
    ----------
    path
        The file.
    lang
        Language of headings and help.
    uses
        What each table is good for.
    """
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, settings) as book:
        book.set_properties({"title": find_word("title", lang), "created": NO_DATE})
        writing = WorkbookWriting(book, _make_formats(book, lang), lang, find_word)
        _write_start(writing, uses)
        for table in list_tables():
            _write_table(writing, table)
        _write_codes(writing)


def _make_formats(book: Any, lang: str) -> dict[str, Any]:
    head = {"bold": True, "font_color": "white", "text_wrap": True, "valign": "vcenter", "border": 1}
    small = {"italic": True, "font_size": 9, "text_wrap": True, "valign": "top"}
    plain = {name: {"num_format": form} for name, form in (("General", "General"), ("year", "0"), ("text", "@"))}
    numbers = {form: {"num_format": form} for form in set(_NUMBER_FORMATS.values())}
    declared: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": _COLOURS["required"]},
        "step": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": "#0B5CAD", "underline": 1, "valign": "top"},
        "cell": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D7DA"},
        "required": {**head, "bg_color": _COLOURS["required"]},
        "optional": {**head, "bg_color": _COLOURS["optional"]},
        "help": {**small, "font_color": _COLOURS["help"], "bg_color": "#F3F5F6"},
        "date": {"num_format": date_format(lang)},
        **plain,
        **numbers,
    }
    examples = {
        f"example {name}": {**declared[name], "font_color": _COLOURS["example"], "bg_color": _COLOURS["shade"]}
        for name in (*plain, *numbers, "date")
    }
    return {name: book.add_format(form) for name, form in {**declared, **examples}.items()}


def _find_format(writing: WorkbookWriting, column: Column) -> Any:
    """Return the format of a column's cells."""
    if column.type == "date":
        return writing.formats["date"]
    if column.is_year:
        return writing.formats["year"]
    if column.type in ("number", "integer"):
        return writing.formats[_NUMBER_FORMATS.get(column.unit, "General")]
    return writing.formats["text"]


def _write_start(writing: WorkbookWriting, uses: Mapping[str, TableUse]) -> None:
    """Write the first sheet: what to do, and which tables bring which pages."""
    sheet, lang = writing.book.add_worksheet(writing.word("start")), writing.lang
    sheet.hide_gridlines(2)
    for position, width in enumerate((26, 52, 14, 24, 70)):
        sheet.set_column(position, position, width)
    sheet.write_string(0, 0, writing.word("title"), writing.formats["title"])
    row = 2
    for number, step in enumerate(list_steps(lang), start=1):
        sheet.merge_range(row, 0, row, 4, f"{number}. {step}", writing.formats["step"])
        sheet.set_row(row, _LINE_HEIGHT * (1 + len(step) // 170) + 4)
        row += 1
    row += 1
    for position, word in enumerate(("sheet", "holds", "needed", "pages", "measures")):
        sheet.write_string(row, position, writing.word(word), writing.formats["required"])
    sheet.set_row(row, _HEADING_HEIGHT)
    for table in list_tables():
        row += 1
        title, use = table.heading[lang], uses[table.name]
        sheet.write_url(row, 0, f"internal:'{title}'!A1", writing.formats["link"], title)
        needed = writing.word("required") if table.required else ""
        cells = (table.help[lang], needed, use.name_pages(lang), use.name_measures(lang))
        for position, text in enumerate(cells, start=1):
            sheet.write_string(row, position, text, writing.formats["cell"])
        lines = max(1 + len(cells[0]) // 48, 1 + len(cells[2]) // 20, 1 + len(cells[3]) // 66)
        sheet.set_row(row, _LINE_HEIGHT * lines + 4)
    _fit_to_page(sheet)


def _fit_to_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_table(writing: WorkbookWriting, table: Table) -> None:
    sheet, lang = writing.book.add_worksheet(table.heading[writing.lang]), writing.lang
    columns = list(table.columns.values())
    examples = list_examples(table, lang)
    sheet.freeze_panes(_HEADING + 1, 1)
    widths = [_width_of(column, lang, examples) for column in columns]
    heights = []
    for position, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(position, position, width, _find_format(writing, column))
        kind = "required" if column.required and not column.default else "optional"
        sheet.write_string(_HEADING, position, column.heading[lang], writing.formats[kind])
        size = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9}
        sheet.write_comment(_HEADING, position, describe_column(column, lang), size)
        text = mark_help(column.help[lang], lang) if position == 0 else column.help[lang]
        sheet.write_string(_HELP, position, text, writing.formats["help"])
        heights.append(1 + len(text) * 1.05 // (width * 1.15))
        _offer_values(writing, sheet, position, column, _FIRST_EXAMPLE + len(examples))
    sheet.set_row(_HEADING, _HEADING_HEIGHT)
    sheet.set_row(_HELP, 12.5 * max(heights) + 3)
    for number, row in enumerate(examples, start=_FIRST_EXAMPLE):
        _write_example_row(writing, sheet, number, columns, row)
    _fit_to_page(sheet)
    sheet.repeat_rows(_HEADING)


def _width_of(column: Column, lang: str, examples: list[dict[str, Value]]) -> float:
    texts = [write_example(row[column.name], lang) for row in examples if column.name in row]
    longest = max([*map(len, texts), max(map(len, column.heading[lang].split())), len(column.heading[lang]) // 2])
    grouped = 4 if column.type == "number" else 0
    lead = len(mark_example("", lang)) if column.key and column.references == () else 0
    return min(max(longest + grouped + lead + 2, _NARROWEST), _WIDEST)


def _write_example_row(
    writing: WorkbookWriting, sheet: Any, number: int, columns: list[Column], row: Mapping[str, Value]
) -> None:
    for position, column in enumerate(columns):
        name = "date" if column.type == "date" else _find_format(writing, column).num_format
        form = writing.formats[f"example {_name_of(name)}"]
        value = row.get(column.name, "")
        if position == 0:
            sheet.write_string(number, position, mark_example(write_example(value, writing.lang), writing.lang), form)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(number, position, datetime.datetime.combine(value, datetime.time()), form)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(number, position, value, form)
        else:
            sheet.write_string(number, position, write_example(value, writing.lang), form)


def _name_of(number_format: str) -> str:
    return {"@": "text", "0": "year"}.get(number_format, number_format)


def _offer_values(writing: WorkbookWriting, sheet: Any, position: int, column: Column, first: int) -> None:
    """Give the cells of a column their list to choose from, or the bounds of their number."""
    offer = _find_offer(writing, column)
    if offer is None:
        return
    texts = {"error_title": writing.word("wrong_title"), "ignore_blank": True}
    sheet.data_validation(first, position, _ROWS, position, {**texts, **offer})


def _find_offer(writing: WorkbookWriting, column: Column) -> dict[str, Any] | None:
    if column.allowed or column.type == "boolean":
        codes = list(column.allowed) or [writing.word("yes"), writing.word("no")]
        return {"validate": "list", "source": codes, "error_message": writing.word("wrong_code")}
    targets = [name for name in column.references if name != COUNTRY]
    if len(targets) == 1 and not column.is_list:
        target, title = TABLES[targets[0]], TABLES[targets[0]].heading[writing.lang]
        start = _FIRST_EXAMPLE + len(list_examples(target, writing.lang)) + 1
        counted = f"COUNTA('{title}'!$A${start}:$A${_ROWS})"
        source = f"=OFFSET('{title}'!$A${start},0,0,MAX(1,{counted}),1)"
        return {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_message": writing.word("unknown_id"),
        }
    if column.format is not None and column.format.name == COUNTRY:
        source = f"='{writing.word('codes')}'!$A$2:$A${len(_list_countries(writing.lang)) + 1}"
        return {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_message": writing.word("wrong_code"),
        }
    return _find_bounds(writing, column)


def _find_bounds(writing: WorkbookWriting, column: Column) -> dict[str, Any] | None:
    if column.type not in ("number", "integer") or column.minimum is None:
        return None
    message = writing.word("wrong_year" if column.is_year else "wrong_number")
    kind = "integer" if column.type == "integer" else "decimal"
    bounds = {"criteria": ">=", "value": column.minimum}
    if column.maximum is not None:
        bounds = {"criteria": "between", "minimum": column.minimum, "maximum": column.maximum}
    return {"validate": kind, **bounds, "error_message": message}


def _list_countries(lang: str) -> list[tuple[str, str]]:
    """Return the codes of countries and their names, in the order of the names."""
    names, aliases = Locale(lang).territories, get_global("territory_aliases")
    known = ((code, names.get(aliases[code][0], "")) for code in list_countries())
    return sorted(((code, name) for code, name in known if name), key=lambda pair: pair[1])


def _write_codes(writing: WorkbookWriting) -> None:
    """Write the last sheet: the codes of countries, which are too many for a list in a cell."""
    sheet = writing.book.add_worksheet(writing.word("codes"))
    sheet.freeze_panes(1, 0)
    for position, (word, width) in enumerate((("code", 10), ("country", 44))):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, writing.word(word), writing.formats["required"])
    for number, pair in enumerate(_list_countries(writing.lang), start=1):
        sheet.write_row(number, 0, pair)
