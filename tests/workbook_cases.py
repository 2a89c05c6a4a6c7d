"""Workbooks with one mistake each, as people make them, and where each must be found with what remedy."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Book = openpyxl.Workbook


@dataclass(frozen=True)
class Case:
    """A mistake in a workbook: the rule, the cell as a spreadsheet names it, what stands there, words of the remedy."""

    name: str
    rule: str
    cell: str
    value: str
    remedy: str
    spoil: Callable[[Book], None]


def put(sheet: str, cell: str, value: object, form: str = "") -> Callable[[Book], None]:
    """Return a mistake made by typing into a cell."""

    def spoil(book: Book) -> None:
        book[sheet][cell] = value
        if form:
            book[sheet][cell].number_format = form

    return spoil


def change(sheet: str, how: Callable[[Worksheet], object]) -> Callable[[Book], None]:
    """Return a mistake made by changing a sheet."""
    return lambda book: (how(book[sheet]), None)[1]


def spreadsheet_error(sheet: str, cell: str, text: str) -> Callable[[Book], None]:
    """Return a mistake made by a formula whose stored result is an error."""

    def spoil(book: Book) -> None:
        book[sheet][cell] = text
        book[sheet][cell].data_type = "e"

    return spoil


def merge(sheet: str, area: str) -> Callable[[Book], None]:
    """Return a mistake made by merging cells, of which the first keeps what stands in it."""
    return lambda book: book[sheet].merge_cells(area)


def several(*spoils: Callable[[Book], None]) -> Callable[[Book], None]:
    """Return several mistakes as one."""

    def spoil(book: Book) -> None:
        for one in spoils:
            one(book)

    return spoil


def hide(sheet: str) -> Callable[[Book], None]:
    """Return the mistake of a sheet nobody sees."""

    def spoil(book: Book) -> None:
        book[sheet].sheet_state = "hidden"

    return spoil


def rename(sheet: str, title: str) -> Callable[[Book], None]:
    """Return a mistake in a sheet's title."""

    def spoil(book: Book) -> None:
        book[sheet].title = title

    return spoil


def copy(title: str) -> Callable[[Book], None]:
    """Return a mistake made by keeping a copy of a sheet beside it."""

    def spoil(book: Book) -> None:
        book.copy_worksheet(book[title]).title = f"{title} (2)"

    return spoil


def add_sheet(title: str, *rows: list[object]) -> Callable[[Book], None]:
    """Return a mistake in a sheet of its own."""

    def spoil(book: Book) -> None:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)

    return spoil


def add_figures(*rows: list[object]) -> Callable[[Book], None]:
    """Return a mistake in yearly figures of firms: id, year, revenue, exports, purchases."""
    headings: list[object] = ["Код участника", "Год", "Выручка, руб.", "Экспорт, руб.", "Закупки, руб."]
    return add_sheet("Показатели участников", headings, *rows)


def add_double(sheet: Worksheet) -> None:
    """Add a firm once more under another id."""
    row = [cell.value for cell in sheet[2]]
    sheet.append(["firm-double", "«Пример Доски»", *row[2:]])


FIGURES, TIES, ZONES, PARTIES, TARGETS = "Показатели зон", "Связи", "Зоны", "Участники", "Целевые значения"
DAY = datetime.datetime(2026, 5, 1)

CASES = (
    Case("billions", "number_in_words", "Связи!I2", "1,1 млрд", "1100000000", put(TIES, "I2", "1,1 млрд")),
    Case("millions", "number_in_words", "Связи!I2", "12 млн", "12000000", put(TIES, "I2", "12 млн")),
    Case("millions-rub", "number_in_words", "Связи!I2", "12,5 млн руб.", "12500000", put(TIES, "I2", "12,5 млн руб.")),
    Case("thousands", "number_in_words", "Связи!I2", "12 500 тыс.", "12500000", put(TIES, "I2", "12 500 тыс.")),
    Case("mn", "number_in_words", "Связи!I2", "12 mn", "12000000", put(TIES, "I2", "12 mn")),
    Case("bn-en", "number_in_words", "Связи!I2", "1.1 bn RUB", "1100000000", put(TIES, "I2", "1.1 bn RUB")),
    Case("over", "number_in_words", "Связи!I2", "свыше 12 млн", "12000000", put(TIES, "I2", "свыше 12 млн")),
    Case("about", "number_in_words", "Связи!I5", "около 50 млн", "50000000", put(TIES, "I5", "около 50 млн")),
    Case("unit", "number_in_words", "Зоны!H2", "392 га", "392", put(ZONES, "H2", "392 га")),
    Case("rouble-sign", "number_malformed", "Связи!I2", "12000000 ₽", "12000000", put(TIES, "I2", "12000000 ₽")),
    Case("english-groups", "number_malformed", "Связи!I2", "12,000,000", "12000000", put(TIES, "I2", "12,000,000")),
    Case("words", "number_malformed", "Связи!I2", "не раскрыто", "", put(TIES, "I2", "не раскрыто")),
    Case("dash", "number_malformed", "Связи!I3", "—", "", put(TIES, "I3", "—")),
    Case("range", "number_malformed", "Связи!I2", "10–12", "", put(TIES, "I2", "10–12")),
    Case("na", "number_malformed", "Связи!I2", "н/д", "", put(TIES, "I2", "н/д")),
    Case("percent-text", "number_with_percent", "Связи!I2", "12,5 %", "0.125", put(TIES, "I2", "12,5 %")),
    Case(
        "percent-format",
        "number_with_percent",
        "'Показатели зон'!G2",
        "17 %",
        "0.17",
        several(put(FIGURES, "H2", "percent"), put(FIGURES, "G2", 0.17, "0%")),
    ),
    Case("date-for-number", "number_as_date", "Связи!I2", "2026-05-01", "", put(TIES, "I2", DAY)),
    Case("year-and-a-half", "number_not_whole", "Связи!H2", "2024.5", "", put(TIES, "H2", 2024.5)),
    Case("year-in-words", "number_in_words", "Связи!H2", "2024 год", "2024", put(TIES, "H2", "2024 год")),
    Case("two-years", "number_malformed", "Связи!H2", "2023/2024", "", put(TIES, "H2", "2023/2024")),
    Case("future-year", "year_implausible", "Связи!H2", "20244", "1990", put(TIES, "H2", 20244)),
    Case("two-digit-year", "year_implausible", "Связи!H2", "24", "1990", put(TIES, "H2", 24)),
    Case("apostrophe", "number_malformed", "Связи!I2", "'12000000", "12000000", put(TIES, "I2", "'12000000")),
    Case("points-in-number", "number_malformed", "Связи!I2", "12.000.000", "12000000", put(TIES, "I2", "12.000.000")),
    Case("letters-for-zeros", "number_malformed", "Связи!I2", "12ОООООО", "12000000", put(TIES, "I2", "12ОООООО")),
    Case("dollars", "number_in_currency", "Связи!I2", "12000000 USD", "", put(TIES, "I2", "12000000 USD")),
    Case("dollar-sign", "number_in_currency", "Связи!I2", "$12 млн", "", put(TIES, "I2", "$12 млн")),
    Case("in-brackets", "number_malformed", "Связи!I2", "(5 000 000)", "", put(TIES, "I2", "(5 000 000)")),
    Case("time-of-day", "number_malformed", "Связи!I2", "12:00:00", "", put(TIES, "I2", datetime.time(12))),
    Case("year-unknown", "number_malformed", "Связи!H2", "?", "2024", put(TIES, "H2", "?")),
    Case("degrees-and-minutes", "number_malformed", "Зоны!I2", "55°45′", "55", put(ZONES, "I2", "55°45′")),
    Case(
        "day-with-word", "date_malformed", "Зоны!G2", "21.12.2005 г.", "21.12.2005", put(ZONES, "G2", "21.12.2005 г.")
    ),
    Case("year-with-word", "date_malformed", "Зоны!G2", "2005 г.", "2005", put(ZONES, "G2", "2005 г.")),
    Case("years-from-to", "date_malformed", "Зоны!G2", "2005-2007", "2024", put(ZONES, "G2", "2005-2007")),
    Case(
        "quarter-in-words", "code_unknown", "'Показатели зон'!C2", "3 кв. 2024", "Q3", put(FIGURES, "C2", "3 кв. 2024")
    ),
    Case("whole-year", "code_unknown", "'Показатели зон'!C2", "год", "FY", put(FIGURES, "C2", "год")),
    Case("qualifier", "code_unknown", "'Показатели зон'!J2", "примерно", "about", put(FIGURES, "J2", "примерно")),
    Case("indicator-name", "format_broken", "'Показатели зон'!D2", "Выручка", "", put(FIGURES, "D2", "Выручка")),
    Case("capital-id", "format_broken", "Связи!B2", "Firm-Boards", "firm-boards", put(TIES, "B2", "Firm-Boards")),
    Case("name-for-id", "format_broken", "Связи!B2", "Пример Доски", "party", put(TIES, "B2", "ООО «Пример Доски»")),
    Case("two-ids", "format_broken", "Связи!C2", "firm-boards, ", "party", put(TIES, "C2", "firm-boards, firm-trucks")),
    Case("broken-id", "format_broken", "Связи!B2", "firm-", "firm-boards", put(TIES, "B2", "firm-\nboards")),
    Case("region-number", "format_broken", "Зоны!F2", "77", "RU-MOW", put(ZONES, "F2", 77)),
    Case("web-address", "format_broken", "Источники!B2", "www.x.ru", "http", put("Источники", "B2", "www.x.ru")),
    Case(
        "thousands-in-heading", "heading_scaled", "Связи!I1", "", "value_rub", put(TIES, "I1", "Стоимость, тыс. руб.")
    ),
    Case("no-headings", "headings_missing", "", "t1", "tie_id", change(TIES, lambda sheet: sheet.delete_rows(1))),
    Case("copied-sheet", "table_unknown", "", "Связи (2)", "tie", copy(TIES)),
    Case("negative", "below_minimum", "Связи!I2", "-5", "", put(TIES, "I2", -5)),
    Case("latitude", "above_maximum", "Зоны!I2", "5571", "", put(ZONES, "I2", 5571)),
    Case("negative-figure", "figure_negative", "'Показатели зон'!G2", "-940000000", "", put(FIGURES, "G2", -940000000)),
    Case("divide", "cell_broken", "Связи!I2", "#DIV/0!", "", spreadsheet_error(TIES, "I2", "#DIV/0!")),
    Case("lost-reference", "cell_broken", "Связи!B2", "#REF!", "", spreadsheet_error(TIES, "B2", "#REF!")),
    Case("not-found", "cell_broken", "Связи!I3", "#N/A", "", spreadsheet_error(TIES, "I3", "#N/A")),
    Case("error-as-text", "cell_broken", "Связи!I2", "#ЗНАЧ!", "", put(TIES, "I2", "#ЗНАЧ!")),
    Case("formula", "formula_unsaved", "Связи!I2", "#=6000000*2", "", put(TIES, "I2", "=6000000*2")),
    Case("formula-text", "formula_unsaved", "Связи!B2", "#=Участники!A2", "", put(TIES, "B2", "=Участники!A2")),
    Case("no-such-day", "date_malformed", "Зоны!G2", "31.02.2005", "31", put(ZONES, "G2", "31.02.2005")),
    Case("month-in-words", "date_malformed", "Зоны!G2", "декабрь 2005", "2024", put(ZONES, "G2", "декабрь 2005")),
    Case("american-date", "date_malformed", "Зоны!G2", "12/21/2005", "2024", put(ZONES, "G2", "12/21/2005")),
    Case("day-number", "date_from_number", "Зоны!G2", "38707", "2005-12-21", put(ZONES, "G2", 38707, "General")),
    Case("year-as-date", "date_from_year", "Зоны!G2", "1905-06-27", "2005", put(ZONES, "G2", 2005, "dd.mm.yyyy")),
    Case("perhaps", "boolean_malformed", "'Показатели зон'!I2", "возможно", "", put(FIGURES, "I2", "возможно")),
    Case("mistyped-code", "code_unknown", "Связи!E2", "suply", "supply", put(TIES, "E2", "suply")),
    Case("translated-code", "code_unknown", "Связи!D2", "местный", "local", put(TIES, "D2", "местный")),
    Case("capital-code", "code_unknown", "Связи!D2", "Local", "local", put(TIES, "D2", "Local")),
    Case("cyrillic-id", "letters_mixed", "Зоны!F2", "RU-МОW", "RU-MOW", put(ZONES, "F2", "RU-МОW")),
    Case(
        "id-with-spaces",
        "format_broken",
        "Источники!A2",
        "Example Register",
        "example-register",
        put("Источники", "A2", "Example Register"),
    ),
    Case("country-name", "format_broken", "Участники!H6", "Казахстан", "KAZ", put(PARTIES, "H6", "Казахстан")),
    Case("country-two-letters", "format_broken", "Участники!H6", "KZ", "KAZ", put(PARTIES, "H6", "KZ")),
    Case("region-name", "format_broken", "Зоны!F2", "Москва", "RU-MOW", put(ZONES, "F2", "Москва")),
    Case("scaled-unit", "format_broken", "'Показатели зон'!H2", "млн руб.", "RUB", put(FIGURES, "H2", "млн руб.")),
    Case(
        "address",
        "format_broken",
        "Источники!B2",
        "register.example",
        "http",
        put("Источники", "B2", "register.example"),
    ),
    Case("unknown-country", "country_unknown", "Участники!H7", "XQX", "KAZ", put(PARTIES, "H7", "XQX")),
    Case("unknown-firm", "reference_broken", "Связи!B2", "firm-boads", "firm-boards", put(TIES, "B2", "firm-boads")),
    Case("unknown-source", "reference_broken", "Связи!L3", "gazette", "", put(TIES, "L3", "gazette")),
    Case("unknown-region", "reference_broken", "Участники!G5", "RU-TVX", "RU-TVE", put(PARTIES, "G5", "RU-TVX")),
    Case(
        "repeated-key", "key_twice", "Источники!A3", "example-register", "", put("Источники", "A3", "example-register")
    ),
    Case("empty-level", "cell_empty", "Связи!D2", "", "", put(TIES, "D2", None)),
    Case("spaces-only", "cell_empty", "Связи!E3", "", "", put(TIES, "E3", "   ")),
    Case("no-name", "names_empty", "Зоны!B3", "", "", several(put(ZONES, "B3", None), put(ZONES, "C3", None))),
    Case("tie-to-itself", "tie_to_itself", "Связи!C2", "firm-boards", "", put(TIES, "C2", "firm-boards")),
    Case("other-site", "site_elsewhere", "Участники!F4", "north-one", "", put(PARTIES, "F4", "north-one")),
    Case("no-region", "zone_without_region", "Зоны!F3", "example-volga", "region_iso", put(ZONES, "F3", None)),
    Case("backwards", "ends_before_start", "'Целевые значения'!F2", "2031", "", put(TARGETS, "F2", 2031)),
    Case(
        "extra-column",
        "heading_unknown",
        "Связи!O1",
        "",
        "",
        several(put(TIES, "O1", "Комментарий отдела"), put(TIES, "O2", "позвонить")),
    ),
    Case(
        "mistyped-heading",
        "heading_unknown",
        "Зоны!K1",
        "",
        "management_company",
        put(ZONES, "K1", "Управляющая компани"),
    ),
    Case("no-heading", "heading_missing", "", "", "", put(TIES, "O2", "позвонить")),
    Case("same-heading", "heading_twice", "Источники!C1", "", "", put("Источники", "C1", "source_id")),
    Case("lost-heading", "column_missing", "", "", "fromparty", put(TIES, "B1", "fromparty")),
    Case("amount-over-rows", "number_merged", "Связи!I2", "12000000", "", merge(TIES, "I2:I4")),
    Case("amount-over-columns", "cells_merged", "Связи!I2", "12000000", "", merge(TIES, "I2:J2")),
    Case("total", "row_total", "Связи!7:7", "Итого", "", several(put(TIES, "A7", "Итого:"), put(TIES, "I7", 62000000))),
    Case("note", "row_note", "Связи!9:9", "* по данным компаний", "", put(TIES, "A9", "* по данным компаний")),
    Case(
        "title",
        "rows_above_heading",
        "Связи!1:1",
        "Связи за 2024 год",
        "3",
        several(change(TIES, lambda sheet: sheet.insert_rows(1, 2)), put(TIES, "A1", "Связи за 2024 год")),
    ),
    Case(
        "numbered",
        "heading_second",
        "Связи!2:2",
        "1",
        "",
        several(
            change(TIES, lambda sheet: sheet.insert_rows(2)),
            change(TIES, lambda sheet: [sheet.cell(2, n, n) for n in range(1, 15)]),
        ),
    ),
    Case(
        "second-names",
        "heading_second",
        "Источники!2:2",
        "source_id",
        "",
        several(
            change("Источники", lambda sheet: sheet.insert_rows(2)),
            change(
                "Источники",
                lambda sheet: [
                    sheet.cell(2, n, name)
                    for n, name in enumerate(("source_id", "url", "title", "publisher", "date", "kind"), start=1)
                ],
            ),
        ),
    ),
    Case("hidden-sheet", "sheet_hidden", "", "", "", hide("Кластеры")),
    Case("mistyped-sheet", "table_unknown", "", "Кластер", "cluster", rename("Кластеры", "Кластер")),
    Case(
        "sheet-for-people",
        "table_unknown",
        "",
        "Сводка",
        "",
        lambda book: (book.create_sheet("Сводка").append(["x"]), None)[1],
    ),
    Case(
        "same-table",
        "table_twice",
        "",
        "",
        "",
        lambda book: (book.create_sheet("tie").append(["tie_id", "level"]), None)[1],
    ),
    Case("blank-sheet", "empty_file", "", "", "", lambda book: (book.create_sheet("Расстояния"), None)[1]),
    Case(
        "no-rows",
        "no_rows",
        "",
        "",
        "",
        lambda book: (book.create_sheet("Расстояния").append(["Откуда", "Куда", "Расстояние, км"]), None)[1],
    ),
    Case("no-parties", "parent_table_missing", "Связи!B1", "", "party", lambda book: book.remove(book[PARTIES])),
    Case("no-sources", "reference_table_missing", "Зоны!L1", "", "source", lambda book: book.remove(book["Источники"])),
    Case("no-zones", "table_missing", "", "", "zone", lambda book: book.remove(book[ZONES])),
    *(
        Case(rule, rule, cell, value, remedy, add_figures(*rows))
        for rule, cell, value, remedy, rows in (
            ("exports_above_revenue", "'Показатели участников'!D2", "6", "", ["firm-boards", 2024, 5, 6]),
            (
                "local_exceeds_purchases",
                "'Показатели участников'!E2",
                "10",
                "",
                ["firm-medicine", 2024, None, None, 10],
            ),
            ("ties_exceed_purchases", "'Показатели участников'!E2", "10", "", ["firm-medicine", 2024, None, None, 10]),
            ("ties_exceed_revenue", "'Показатели участников'!C2", "10", "", ["firm-boards", 2024, 10]),
            ("ties_exceed_exports", "'Показатели участников'!D2", "10", "", ["firm-boards", 2025, 60000000, 10]),
        )
        for rows in [[rows]]
    ),
    Case(
        "flows_exceed_exports",
        "flows_exceed_exports",
        "'Показатели участников'!D2",
        "10",
        "",
        several(
            add_figures(["firm-trucks", 2024, 100, 10]),
            add_sheet(
                "Экспорт по странам",
                ["Экспортёр", "Страна", "Год", "Стоимость, руб."],
                ["firm-trucks", "KAZ", 2024, 12],
            ),
        ),
    ),
    Case(
        "firms_exceed_zone",
        "firms_exceed_zone",
        "'Показатели зон'!G2",
        "940000000",
        "",
        add_figures(["firm-boards", 2023, None, 1100000000]),
    ),
    Case(
        "zones_exceed_total", "zones_exceed_total", "'Показатели зон'!G15", "4900000000", "", put(FIGURES, "G15", 4.9e9)
    ),
    Case("figure_jumps", "figure_jumps", "'Показатели зон'!G3", "1100000000", "", put(FIGURES, "G2", 94000000)),
    Case("names_alike", "names_alike", "Участники!B8", "Пример Доски", "firm-boards", change(PARTIES, add_double)),
)
