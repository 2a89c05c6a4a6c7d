"""Names in files: which table a file or sheet holds, which column a heading stands for, in any language."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from zonebook.tables.problem import name_tables
from zonebook.tables.schema import LANGUAGE_SUFFIX, TABLES, Table

_SCALE = re.compile(r"\b(?:тыс|тысяч|млн|миллион(?:ов|ах)?|млрд|трлн|thousands?|mn|mln|millions?|bn|billions?)\b\.?")
_TRANSLATED_HEADING = re.compile(r"(?P<heading>.+) \((?P<lang>[a-z]{2})\)")


def fold_name(name: str) -> str:
    """Return a name without what people do not see as different: case, ё/е, spaces, the asterisk of what is required.

    Examples
    --------
    >>> fold_name(" Объём,  га* ")
    'объем, га'
    """
    plain = unicodedata.normalize("NFC", name).casefold().replace("ё", "е").replace("*", " ")
    return " ".join(plain.split())


@cache
def _table_names() -> dict[str, str]:
    return {fold_name(name): table.name for table in TABLES.values() for name in (table.name, *table.heading.values())}


@cache
def _column_names(table: str) -> dict[str, str]:
    columns = TABLES[table].columns.values()
    return {fold_name(name): column.name for column in columns for name in (column.name, *column.heading.values())}


def recognise_table(name: str) -> str | None:
    """Return the table that a file or sheet of this name holds; ``None`` if it is none of the contract's."""
    return _table_names().get(fold_name(name))


def recognise_column(table: Table, heading: str) -> str | None:
    """Return the name of the column a heading stands for; ``None`` if the table has none.

    A translation is recognised in both its forms: ``note_ru`` and ``Note (ru)``.
    """
    names = _column_names(table.name)
    folded = fold_name(heading)
    if folded in names:
        return names[folded]
    if LANGUAGE_SUFFIX.fullmatch(folded):
        return folded if table.column(folded) else None
    match = _TRANSLATED_HEADING.fullmatch(folded)
    if match and match["heading"] in names:
        translation = f"{names[match['heading']]}_{match['lang']}"
        return translation if table.column(translation) else None
    return None


def find_nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like a mistyped one; empty if none is like it.

    Examples
    --------
    >>> find_nearest("regoin_iso", ["zone_id", "region_iso"])
    'region_iso'
    """
    by_fold = {fold_name(candidate): candidate for candidate in known}
    close = difflib.get_close_matches(fold_name(name), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""


def find_nearest_table(name: str, lang: str) -> str:
    """Return what the table is called whose name in any language is most like this one; empty if none is."""
    nearest = find_nearest(name, _table_names())
    return name_tables([_table_names()[nearest]], lang) if nearest else ""


def find_scaled_column(table: Table, heading: str) -> str:
    """Return the column that a heading stands for but for its unit, thousands or millions of it; empty if none.

    Examples
    --------
    >>> find_scaled_column(TABLES["tie"], "Стоимость, млн руб."), find_scaled_column(TABLES["tie"], "Стоимость, руб.")
    ('value_rub', '')
    """
    folded = fold_name(heading)
    plain = _SCALE.sub(" ", folded)
    return (recognise_column(table, plain) or find_nearest_column(table, plain)) if plain != folded else ""


def find_nearest_column(table: Table, heading: str) -> str:
    """Return the column whose name in any language is most like this heading; empty if none is."""
    names = _column_names(table.name)
    nearest = find_nearest(heading, names)
    return names[nearest] if nearest else ""
