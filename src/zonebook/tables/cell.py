"""Rules a single cell must keep: checked by Arrow on the values of a column, explained per value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel.core import get_global

from zonebook.tables.heading import find_nearest
from zonebook.tables.markup import UNSAVED
from zonebook.tables.problem import name_tables, translate_word
from zonebook.tables.schema import COUNTRY, LIST_SEPARATOR, Column, Format
from zonebook.tables.suggestion import find_currency, suggest_date, suggest_number
from zonebook.tables.value import Mask, Understood

_SPREADSHEET_ERROR = (
    r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA"
    r"|Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ПУСТО!|ЧИСЛО!|ПЕРЕНОС!|=.*)$"
)
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЅаеорсухіѕ", "ABEKMHOPCTYXISaeopcyxis")
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_PERCENT = re.compile(r"(?P<number>[-+]?\d[\d\s]*(?:[.,]\d+)?)\s*(?:%|процент\w*|percent)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: [\d:.]+)?")
_DAY_NUMBER = re.compile(r"[1-9]\d{4}")
_FIRST_DAY = datetime.date(1899, 12, 30)  # the day spreadsheets count from
_WORD = re.compile(r"[^\W\d_oOоО]")  # a letter that is not typed for a zero
_MONEY = frozenset({"RUB", "USD"})


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that some values of a column break: which, and the words its texts are filled with."""

    rule: str
    is_broken: Mask
    details: Mapping[str, str]


@cache
def list_countries() -> tuple[str, ...]:
    """Return the ISO 3166-1 codes of three letters, as Unicode's registry of territories has them."""
    aliases: Mapping[str, object] = get_global("territory_aliases")
    return tuple(sorted(code for code in aliases if re.fullmatch("[A-Z]{3}", code)))


def pattern_of(column: Column) -> str:
    """Return the pattern a whole cell of a column with a written form must match."""
    form = column.format
    if form is None:
        return ".*"
    one = f"(?:{form.pattern})"
    return rf"{one}(?:\s*{LIST_SEPARATOR}\s*{one})*" if column.is_list else one


def _find_broken(values: pa.Array, column: Column) -> Iterator[tuple[str, pa.Array]]:
    """Yield the rules a column declares, each with which of its values break it; null may stand for an empty one."""
    if column.allowed:
        yield "code_unknown", pc.invert(pc.is_in(values, pa.array(column.allowed)))
    if column.format is not None:
        yield "format_broken", pc.invert(pc.match_substring_regex(values, rf"^(?:{pattern_of(column)})$"))
        if column.format.excluded:
            yield "format_broken", pc.match_substring_regex(values, column.format.excluded)
        if column.format.name == COUNTRY:
            yield "country_unknown", pc.invert(pc.is_in(values, pa.array(list_countries())))
    if column.minimum is not None:
        yield "year_implausible" if column.is_year else "below_minimum", pc.less(values, column.minimum)
    if column.maximum is not None:
        yield "year_implausible" if column.is_year else "above_maximum", pc.greater(values, column.maximum)


def _mask_broken(values: pa.Array, is_broken: pa.Array) -> Mask:
    """Return which values break a rule; an empty one breaks none."""
    return np.asarray(pc.fill_null(pc.and_(is_broken, pc.is_valid(values)), False)).astype(np.bool_)


def _describe(column: Column) -> dict[str, str]:
    return {
        "allowed": ", ".join(column.allowed),
        "minimum": f"{column.minimum:.15g}" if column.minimum is not None else "",
        "maximum": f"{column.maximum:.15g}" if column.maximum is not None else "",
    }


def _find_spreadsheet_errors(values: pa.Array) -> Mask:
    if not pa.types.is_string(values.type) or not pc.any(pc.starts_with(values, "#")).as_py():
        return np.zeros(len(values), dtype=np.bool_)
    found = pc.fill_null(pc.match_substring_regex(values, _SPREADSHEET_ERROR), False)
    return np.asarray(found).astype(np.bool_)


def find_breaches(values: pa.Array, understood: Understood, column: Column) -> tuple[Breach, ...]:
    """Return the rules that values of a column break; each value is named under the first it breaks.

    Parameters
    ----------
    values
        The values: texts, or those of a typed file.
    understood
        The same as values of the column's type.
    column
        The column's declaration.
    """
    found = [("cell_broken", _find_spreadsheet_errors(values)), *understood.broken.items()]
    meanings = understood.meanings
    found.extend((rule, _mask_broken(meanings, is_broken)) for rule, is_broken in _find_broken(meanings, column))
    seen = np.zeros(len(values), dtype=np.bool_)
    breaches = []
    for rule, is_broken in found:
        first_broken = is_broken & ~seen
        if first_broken.any():
            breaches.append(Breach(rule, first_broken, _describe(column)))
        seen |= is_broken
    return tuple(breaches)


def explain(breach: Breach, text: str, column: Column, lang: str) -> tuple[str, dict[str, str]]:
    """Return the rule a value breaks, more exactly if it can be told, and the words for its texts."""
    details = dict(breach.details)
    if breach.rule == "cell_broken" and text.startswith(UNSAVED):
        return "formula_unsaved", {"formula": text.removeprefix("#")}
    if breach.rule == "number_malformed":
        return _explain_number(text, column, lang)
    if breach.rule == "date_malformed" and _DAY_NUMBER.fullmatch(text):
        day = _FIRST_DAY + datetime.timedelta(days=int(text))
        return "date_from_number", {"nearest": day.isoformat()}
    if breach.rule == "date_malformed":
        return breach.rule, {"nearest": suggest_date(text, column)}
    if breach.rule in ("code_unknown", "format_broken"):
        latin = text.translate(_LOOKALIKES)
        if latin != text and not _CYRILLIC.search(latin) and _is_acceptable(latin, column):
            return "letters_mixed", {"nearest": latin}
    if breach.rule == "code_unknown":
        details["nearest"] = find_nearest(text, column.allowed)
        details["help"] = column.help.get(lang, column.help["en"])
    if breach.rule == "format_broken" and column.format is not None:
        where = translate_word("as_in", lang).format(tables=name_tables(column.references, lang))
        details["form"] = column.format.help.get(lang, column.format.help["en"]) + (where if column.references else "")
        details["nearest"] = _suggest_form(text, column.format)
    return breach.rule, details


def _explain_number(text: str, column: Column, lang: str) -> tuple[str, dict[str, str]]:
    """Return the rule that a text breaks which is not a number, and the words for its texts."""
    if _DATE.fullmatch(text):
        return "number_as_date", {}
    percent = _PERCENT.fullmatch(text)
    if percent is not None:
        number = suggest_number(percent["number"])
        return "number_with_percent", {"number": number, "share": f"{(Decimal(number) / 100).normalize():f}"}
    currency = find_currency(text)
    if currency and column.unit in _MONEY and currency != column.unit:
        return "number_in_currency", {"currency": currency, "unit": translate_word(f"money_{column.unit}", lang)}
    suggestion = suggest_number(text)
    is_in_words = bool(suggestion) and _WORD.search(text) is not None
    return ("number_in_words" if is_in_words else "number_malformed"), {
        "nearest": suggestion,
        "example": _give_example(column, lang),
    }


def _give_example(column: Column, lang: str) -> str:
    """Return numbers such as belong into a column."""
    kind = "year" if column.is_year else "degree" if column.unit == "degree" else "number"
    return translate_word(f"example_{kind}", lang)


def _is_acceptable(text: str, column: Column) -> bool:
    if column.allowed:
        return text in column.allowed
    return re.fullmatch(pattern_of(column), text) is not None


def _suggest_form(text: str, form: Format) -> str:
    """Return the text changed to have a form, where capitals and signs are all that is wrong; else empty."""
    whole = re.sub(r"\s*\n\s*", "", text)
    variants = (
        whole.lower(),
        text.lower(),
        text.upper(),
        re.sub(r"[\s_.]+", "-", text.lower()),
        re.sub(r"[\s.-]+", "_", text.lower()),
    )
    for variant in variants:
        if re.fullmatch(form.pattern, variant) and not (form.excluded and re.search(form.excluded, variant)):
            return variant
    return ""
