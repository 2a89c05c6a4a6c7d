"""What a reader reads in a language: numbers with their units, periods, dates, names, labels and sentences.

A language is data: a gettext catalogue (``locale/<lang>.po``) and what Babel knows of numbers, dates and
territories. Nothing here asks which language it is.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, cached_property
from gettext import NullTranslations
from typing import Any

from babel import Locale as BabelLocale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

from zonebook.metrics.figures import is_missing
from zonebook.metrics.reasons import read_reason
from zonebook.metrics.result import MetricResult, Status
from zonebook.page.amount import (
    choose_scale,
    is_computed,
    qualifier_of,
    scale_amount,
    shorten_money,
    strip_zeros,
    to_decimal,
)
from zonebook.page.catalogue import get_translations
from zonebook.page.markdown import translate_blocks
from zonebook.page.markup import Markup
from zonebook.page.wording import find_forms, find_label
from zonebook.tables.schema import TABLES

NBSP = "\u00a0"
MINUS = "\u2212"
_AROUND_DIGITS = re.compile(r"(?<=\d) | (?=\d)")
# Fields of reasons that hold codes, with the vocabulary of each.
_REASON_CODES = {"progress": "target.class", "factor": "index.factor", "stages": "stage"}
# Units whose values are shown as a percentage, with the factor that makes the value one.
PERCENT_UNITS = {
    "share": 100.0,
    "percent": 1.0,
    "share per year": 100.0,
    "share_per_year": 100.0,
    "1/year": 100.0,
    "% per year": 1.0,
}


@dataclass(frozen=True)
class Locale:
    """Everything language-dependent, for one language. Get it by :func:`get_locale`."""

    lang: str
    babel: BabelLocale
    translations: NullTranslations

    # -- words -------------------------------------------------------------------------------------------------

    def text(self, message: str, /, **values: object) -> str:
        """Return an English message in this language, with ``{name}`` filled in."""
        translated = self.translations.gettext(message)
        return translated.format(**values) if values else translated

    def html(self, message: str, /, **values: object) -> Markup:
        """Return a message as HTML: the values are escaped unless they are HTML already."""
        return Markup(self.translations.gettext(message)).format(**values)  # noqa: S704 - messages are our own

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Return the plural form for a number; ``{n}`` is the number, formatted."""
        translated = self.translations.ngettext(singular, plural, n)
        return translated.format(n=self.number(n), **values)

    def label(self, vocabulary: str, code: object) -> str:
        """Return what a code of the data contract is called; an unknown code as it stands."""
        if is_missing(code):
            return self.sign("missing")
        key = vocabulary, str(code)
        if key not in self._said:
            english = find_label(*key)
            found = key[1].replace("_", " ") if english is None else self.translations.pgettext(vocabulary, english)
            self._said[key] = found
        return self._said[key]

    @cached_property
    def _said(self) -> dict[tuple[str, str], str]:
        """What codes have been called, by vocabulary."""
        return {}

    def sign(self, name: str) -> str:
        """Return a table sign: ``missing`` …, ``suppressed`` к, ``undefined``, ``not_applicable``, ``low_n``."""
        return self.translations.pgettext("sign", find_label("sign", name) or name)

    def join(self, items: Iterable[str], style: str = "standard") -> str:
        """Return a list of words as running text: "A, B and C" (``style`` "or" for "A, B or C")."""
        return format_list(list(items), style=style, locale=self.babel)  # type: ignore[arg-type]

    def sort_key(self, word: str) -> str:
        """Return the key words are sorted by in lists."""
        return word.casefold().replace("ё", "е").lstrip("«\"'")

    # -- numbers -----------------------------------------------------------------------------------------------

    def decimal(self, number: Decimal, *, signed: bool = False) -> str:
        """Return a decimal number with all its digits, grouped, with a real minus sign."""
        if number == 0:
            return "0"
        sign = MINUS if number < 0 else "+" if signed else ""
        return f"{sign}{abs(number):,f}".translate(self._marks)

    @cached_property
    def _marks(self) -> Mapping[int, str]:
        """What stands between groups of digits and before decimals, for what Python puts there."""
        marks = {",": get_group_symbol(self.babel), ".": get_decimal_symbol(self.babel)}
        return str.maketrans({sign: mark.replace("\u202f", NBSP) for sign, mark in marks.items()})

    def number(self, value: float | None, digits: int | None = None) -> str:
        """Return a number without a unit; ``digits`` rounds it to significant digits."""
        return self.sign("missing") if is_missing(value) else self.decimal(to_decimal(float(value or 0), digits))

    def share(self, value: float | None, *, decimals: int = 1, signed: bool = False) -> str:
        """Return a share (0 to 1) as a percentage; what rounds to nothing is shown as less than the last digit."""
        if is_missing(value):
            return self.sign("missing")
        return self._percent(self._rounded(float(value or 0) * 100, decimals, signed=signed))

    def _rounded(self, value: float, decimals: int, *, signed: bool = False) -> str:
        smallest = Decimal(1).scaleb(-decimals)
        number = to_decimal(value)
        rounded = strip_zeros(number.quantize(smallest, rounding=ROUND_HALF_EVEN))
        if rounded == 0 and number != 0:
            return ("<" if number > 0 else ">" + MINUS) + self.decimal(smallest)
        return self.decimal(rounded, signed=signed)

    def _percent(self, printed: str) -> str:
        pattern = str(self.babel.percent_formats[None].pattern)
        return pattern.replace("#,##0", printed).replace(" ", NBSP)

    def _with_unit(self, printed: str, scale: str, unit: str) -> str:
        parts = [printed, self.label("scale", scale) if scale else "", self.label("unit", unit) if unit else ""]
        return NBSP.join(part.replace(" ", NBSP) for part in parts if part)

    def amount(self, value: float, unit: str = "", *, digits: int | None = None, signed: bool = False) -> str:
        """Return a number with its unit, scaled for reading (1,100,000,000 RUB as "1.1 bn RUB"), without qualifier."""
        if unit in PERCENT_UNITS:
            number = to_decimal(value * PERCENT_UNITS[unit], digits)
            return self._percent(self.decimal(number, signed=signed))
        number = shorten_money(to_decimal(value, digits), unit)
        scaled = scale_amount(number, choose_scale(number, unit, rounded=digits is not None))
        return self._with_unit(self.decimal(scaled.number, signed=signed), scaled.scale, unit)

    def figure(self, value: float | None, unit: str = "", qualifier: str = "exact", *, signed: bool = False) -> str:
        """Return a published figure with its unit and the source's own "over" or "about".

        Never more digits than the source printed: trailing zeros are none of them. A sum to the rouble has fewer.
        """
        if is_missing(value):
            return self.sign("missing")
        given = float(value or 0)
        if unit in PERCENT_UNITS:
            printed = self.amount(given, unit, signed=signed)
        else:
            is_exact, number = qualifier in ("exact", ""), to_decimal(given)
            number = shorten_money(number, unit) if is_exact else number
            scaled = scale_amount(number, choose_scale(number, unit, rounded=not is_exact))
            printed = self._with_unit(self.decimal(scaled.number, signed=signed), scaled.scale, unit)
        return self.qualified(printed, qualifier)

    def qualified(self, printed: str, qualifier: str) -> str:
        """Return a printed figure with the word of its qualifier ("over", "about", nothing for exact)."""
        pattern = find_label("qualifier.phrase", qualifier)
        if pattern is None:
            return printed
        return self.translations.pgettext("qualifier.phrase", pattern).format(figure=printed)

    def quantity(self, value: float, unit: str, words: str = "") -> str:
        """Return a counted quantity in words that agree with the number; ``words`` stand in for an unknown unit."""
        forms = find_forms("quantity", unit)
        if forms is None and find_label("unit", unit) is not None:
            return self.figure(value, unit)
        printed = self.amount(value)
        if forms is None:
            return f"{printed}{NBSP}{words or unit}"
        n = int(value) if value == int(value) else 2
        return self.translations.npgettext("quantity", *forms, n).format(n=printed).replace(" ", NBSP, 1)

    def bounds(self, lower: float | None, upper: float | None, unit: str = "", *, digits: int = 3) -> str:
        """Return an interval: "from 1.1 to 1.2 bn RUB", the unit and the scale of both those of the upper bound."""
        if lower is None or is_missing(lower):
            return self.sign("missing")
        if upper is None or is_missing(upper) or math.isinf(upper):
            return self.text("not less than {figure}", figure=self.amount(lower, unit, digits=digits))
        if lower == upper:
            return self.amount(lower, unit, digits=digits)
        low, high, scale = self._pair(lower, upper, unit, digits)
        if unit in PERCENT_UNITS:
            pattern, low_unit, high_unit = "from {lower_unit} to {upper_unit}", self._percent(low), self._percent(high)
        else:
            pattern = "from {lower} to {upper_unit}"
            low_unit, high_unit = self._with_unit(low, scale, unit), self._with_unit(high, scale, unit)
        translated = self.translations.pgettext("bounds", pattern)
        return translated.format(lower=low, upper=high, lower_unit=low_unit, upper_unit=high_unit).replace(" ", NBSP)

    def _pair(self, lower: float, upper: float, unit: str, digits: int) -> tuple[str, str, str]:
        """Return both numbers in one scale, with digits enough to tell them apart."""
        factor = PERCENT_UNITS.get(unit, 1.0)
        for wanted in (*range(digits, 9), 9):
            low, high = to_decimal(lower * factor, wanted), to_decimal(upper * factor, wanted)
            if low != high:
                break
        power = 0 if unit in PERCENT_UNITS else choose_scale(max(abs(low), abs(high)), unit, rounded=True)
        scaled = scale_amount(high, power)
        return self.decimal(scale_amount(low, power).number), self.decimal(scaled.number), scaled.scale

    # -- results -----------------------------------------------------------------------------------------------

    def result(self, result: MetricResult | None, *, signed: bool = False) -> str:
        """Return a metric's value with its qualifier and, where wide, its interval; else the sign of its status."""
        if result is None:
            return self.sign("missing")
        if result.value is None:
            return self.sign(result.status.value if result.status is not Status.OK else "missing")
        printed, wide = self.value_and_bounds(result, signed=signed)
        return self.text("{value} ({bounds})", value=printed, bounds=wide) if wide else printed

    def value_and_bounds(self, result: MetricResult, *, signed: bool = False) -> tuple[str, str]:
        """Return a result's value and, where they say more than its qualifier does, its bounds (else empty)."""
        value = result.value or 0.0
        lower = value if result.lower is None else result.lower
        upper = value if result.upper is None else result.upper
        printed, wide = self.interval(value, lower, upper, result.unit, signed=signed)
        if result.lower is not None and result.upper is None:
            return printed, self.bounds(lower, None, result.unit)
        return printed, wide

    def interval(self, value: float, lower: float, upper: float, unit: str, *, signed: bool = False) -> tuple[str, str]:
        """Return a value and its bounds as they are printed; no bounds where a qualifier says as much."""
        if unit in PERCENT_UNITS:
            printed = self._percent_result(value, lower, upper, unit, signed=signed)
            return printed, "" if lower == upper else self.bounds(lower, upper, unit, digits=2)
        qualifier = qualifier_of(value, lower, upper)
        if qualifier is None:
            digits = None if value == int(value) and abs(value) < 1e6 else 4
            return self.amount(value, unit, digits=digits, signed=signed), self.bounds(lower, upper, unit)
        if qualifier == "exact" and is_computed(value):
            return self.amount(value, unit, digits=4, signed=signed), ""
        return self.figure(value, unit, qualifier, signed=signed), ""

    def _percent_result(self, value: float, lower: float, upper: float, unit: str, *, signed: bool) -> str:
        factor = PERCENT_UNITS[unit]
        decimals = 0 if (upper - lower) * factor >= 1 and abs(value) * factor >= 10 else 1
        return self._percent(self._rounded(value * factor, decimals, signed=signed))

    def reason(self, text: str, name_indicator: Callable[[str], str] | None = None) -> str:
        """Return a result's reason in this language; indicators are called what ``name_indicator`` says."""
        sentences = []
        for template, fields in read_reason(text):
            named = {name: self._reason_field(name, value, name_indicator) for name, value in fields.items()}
            sentences.append(self.translations.pgettext("reason", template).format(**named))
        return "; ".join(sentences)

    def _reason_field(self, name: str, value: str, name_indicator: Callable[[str], str] | None) -> str:
        if name in ("indicator", "second_indicator"):
            label = name_indicator(value) if name_indicator else self.label("indicator", value)
            return self.text("“{words}”", words=label)
        if name in _REASON_CODES:
            return ", ".join(self.label(_REASON_CODES[name], code) for code in value.split(", "))
        if name == "line":
            return self.amount(float(value), "index")
        return self.table_heading(value) if name == "table" else value

    def table_heading(self, name: str) -> str:
        """Return what a table of the data contract is called, with its name in files."""
        if name not in TABLES:
            return name
        return self.text("“{heading}” ({table})", heading=self.of(TABLES[name].heading), table=name)

    def of(self, texts: Mapping[str, str]) -> str:
        """Return the text of this language out of texts by language, else the English one, else any."""
        return texts.get(self.lang) or texts.get("en") or next(iter(texts.values()), "")

    # -- time --------------------------------------------------------------------------------------------------

    def date(self, value: object) -> str:
        """Return a date written ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` as this language writes it."""
        if is_missing(value):
            return self.sign("missing")
        if isinstance(value, datetime.date):
            return _bind(format_date(value, "long", self.babel))
        key = str(value)
        if key not in self._dates:
            self._dates[key] = self._write_date(key)
        return self._dates[key]

    @cached_property
    def _dates(self) -> dict[str, str]:
        """What dates have been written as."""
        return {}

    def _write_date(self, value: str) -> str:
        parts = value.split("-")
        try:
            numbers = [int(part) for part in parts]
            day = datetime.date(*(*numbers, 1, 1)[:3])
        except ValueError:
            return value
        if len(numbers) == 1:
            return parts[0]
        if len(numbers) == 2:
            return _bind(format_skeleton("yMMMM", day, locale=self.babel))
        return _bind(format_date(day, "long", self.babel))

    def period(self, period: str, year: object = None, *, cumulative: bool = False) -> str:
        """Return a period as a heading: "2024", "first half of 2025", "as of 2025", "since foundation, to 2025"."""
        return self._period("period.heading", period, year, cumulative=cumulative)

    def during(self, period: str, year: object = None, *, cumulative: bool = False) -> str:
        """Return a period as part of a sentence: "in 2024", "in the first half of 2025"."""
        return self._period("period.phrase", period, year, cumulative=cumulative)

    def _period(self, vocabulary: str, period: str, year: object, *, cumulative: bool) -> str:
        if is_missing(year):
            return self.label("period", period)
        code = f"{period}.cumulative" if cumulative else period
        pattern = find_label(vocabulary, code) or find_label(vocabulary, period) or "{year}"
        said = self.translations.pgettext(vocabulary, pattern).format(year=int(float(str(year))))
        return _AROUND_DIGITS.sub(NBSP, said)

    # -- names -------------------------------------------------------------------------------------------------

    def country(self, iso3: object) -> str:
        """Return a country's name by its ISO 3166 alpha-3 code; an unknown code as it stands."""
        if is_missing(iso3):
            return self.sign("missing")
        code = str(iso3)
        if find_label("country", code) is not None:
            return self.label("country", code)
        alpha2 = _alpha2().get(code, code)
        return str(self.babel.territories.get(alpha2, code))

    def name(self, row: Mapping[str, Any]) -> str:
        """Return a row's name in this language, else as the data have it, else in any language."""
        for column in (f"name_{self.lang}", "name", "name_ru", "name_en"):
            if not is_missing(row.get(column)):
                return str(row[column])
        return self.sign("missing")

    def column(self, row: Mapping[str, Any], column: str) -> str:
        """Return a text column in this language (``note_ru``) if the row has it, else as it stands, else empty."""
        for candidate in (f"{column}_{self.lang}", column):
            if not is_missing(row.get(candidate)):
                return str(row[candidate])
        return ""

    @cached_property
    def yes_no(self) -> Mapping[bool, str]:
        """The words for true and false."""
        return {True: self.text("yes"), False: self.text("no")}


def _bind(text: str) -> str:
    """Return words that stay on one line."""
    return text.replace(" ", NBSP).replace("\u202f", NBSP)


@cache
def _alpha2() -> Mapping[str, str]:
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {code: found[0] for code, found in aliases.items() if len(code) == 3 and found}


@cache
def get_locale(lang: str) -> Locale:
    """Return the locale of a language, built once.

    Raises
    ------
    ParameterError
        For a language without a catalogue.
    """
    translations = get_translations(lang)
    variant = translations.pgettext("babel", find_label("babel", "locale") or lang)
    return Locale(lang, BabelLocale.parse(variant), translations)


def translate_markdown(source: str, locale: Locale) -> str:
    """Return a Markdown text of a notebook or a page in a locale's language, block by block."""
    return translate_blocks(source, locale.text)


__all__ = ["MINUS", "NBSP", "Locale", "get_locale", "is_missing", "qualifier_of", "translate_markdown"]
