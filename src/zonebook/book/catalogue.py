"""The data catalogue: every table and column of the schema, and what the data set at hand has of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from zonebook.book.markup import as_block, join_blocks, make_download, make_heading, make_link, make_table
from zonebook.book.wording import name_unit, pick_text
from zonebook.page.locale import Locale
from zonebook.tables.schema import Column, Table

# What the types of columns are called.
_TYPES = {"text": "text", "integer": "whole number", "number": "number", "boolean": "yes or no", "date": "date"}


def make_catalogue(tables: Iterable[Table], counts: Mapping[str, int], locale: Locale) -> str:
    """Return, as Markdown, the tables of the data contract.

    Parameters
    ----------
    tables
        The tables of the schema.
    counts
        Rows of each table the data set brings.
    locale
        Language of the page.
    """
    listed = list(tables)
    return join_blocks([_make_summary(listed, counts, locale), *(_make_table(one, counts, locale) for one in listed)])


def _make_summary(tables: Iterable[Table], counts: Mapping[str, int], locale: Locale) -> str:
    say = locale.text
    rows = [
        (
            make_link(f"#table-{table.name}", table.name),
            pick_text(table.heading, locale),
            locale.number(counts[table.name]) if table.name in counts else say("absent"),
            make_download(f"data/{table.name}.csv", "CSV") if table.name in counts else "",
        )
        for table in tables
    ]
    headings = (say("Table"), say("Holds"), say("Rows"), say("Download"))
    return as_block(make_table(say("Tables of the data contract"), headings, rows))


def _make_table(table: Table, counts: Mapping[str, int], locale: Locale) -> str:
    say = locale.text
    headings = (say("Column"), say("Holds"), say("Type"), say("Unit"), say("Allowed"))
    rows = [_make_row(column, locale) for column in table.columns.values()]
    caption = say("Columns of the table {table}", table=table.name)
    title = f"{pick_text(table.heading, locale)} ({table.name})"
    if table.name in counts:
        present = locale.plural("{n} row in this data set", "{n} rows in this data set", counts[table.name])
    else:
        present = say("not in this data set")
    note = Markup('<p>{} <span class="zb-note">{}</span></p>').format(pick_text(table.help, locale), present)
    return join_blocks(
        [
            # A target of Markdown would turn the underscore into a hyphen.
            as_block(Markup('<span id="table-{}"></span>').format(table.name)),
            make_heading(title, level=2),
            as_block(note),
            as_block(make_table(caption, headings, rows, kind="zb-schema")),
        ]
    )


def _make_row(column: Column, locale: Locale) -> tuple[object, ...]:
    name = Markup("<code>{}</code>").format(column.name)
    role = locale.text("key") if column.key else locale.text("required") if column.required else ""
    mark = Markup(' <span class="zb-note">{}</span>').format(role) if role else Markup("")
    described = Markup("<b>{}</b>").format(pick_text(column.heading, locale))
    explained = pick_text(column.help, locale)
    if explained:
        described += Markup("<br>{}").format(explained)
    return (
        name + mark,
        described,
        locale.text(_TYPES[column.type]),
        name_unit(column.unit, locale),
        _allowed(column, locale),
    )


def _allowed(column: Column, locale: Locale) -> Markup:
    parts: list[Markup] = []
    if column.allowed:
        parts.append(_codes(column.allowed))
    if column.format:
        parts.append(Markup("{}").format(pick_text(column.format.help, locale)))
    if column.minimum is not None and column.maximum is not None:
        low, high = locale.number(column.minimum), locale.number(column.maximum)
        parts.append(Markup("{}").format(locale.text("from {low} to {high}", low=low, high=high)))
    elif column.minimum is not None:
        parts.append(Markup("{}").format(locale.text("at least {low}", low=locale.number(column.minimum))))
    elif column.maximum is not None:
        parts.append(Markup("{}").format(locale.text("at most {high}", high=locale.number(column.maximum))))
    if column.references:
        parts.append(Markup("{}: {}").format(locale.text("a key of"), _codes(column.references)))
    return Markup("; ").join(parts)


def _codes(codes: Iterable[str]) -> Markup:
    return Markup(", ").join(Markup("<code>{}</code>").format(code) for code in codes)
