"""What was probably meant by a cell that cannot be read: numbers with words, dates with words, sums in a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from zonebook.tables.schema import Column
from zonebook.tables.value import parse_numbers, understand

_QUALIFYING = {
    "over": ("свыше", "более", "больше", "over", "more than", "above", ">"),
    "about": ("около", "порядка", "примерно", "почти", "about", "nearly", "~", "≈"),
}
_SCALES = {
    10**3: ("тыс", "тысяч", "тысячи", "тысяча", "thousand", "k"),
    10**6: ("млн", "миллион", "миллиона", "миллионов", "million", "mln", "mn", "m"),
    10**9: ("млрд", "миллиард", "миллиарда", "миллиардов", "billion", "bln", "bn"),
    10**12: ("трлн", "триллион", "триллиона", "триллионов", "trillion", "trn", "tn"),
}
_ENGLISH_GROUPS = re.compile(r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|-?\d{1,3},\d{3}\.\d+")
# Thousands parted by points, and letters typed for zeros.
_POINTED_GROUPS = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_ZEROS = str.maketrans("OoОо", "0000")
_DIGITS = re.compile(r"-?[\dOoОо]*\d[\dOoОо\s]*(?:[.,][\dOoОо]+)?")
_CURRENCIES = {
    "RUB": ("руб", "rub", "rur", "₽"),
    "USD": ("долл", "usd", "us$", "$"),
    "EUR": ("евро", "eur", "€"),
    "CNY": ("юан", "cny", "rmb", "¥"),
}
_YEAR_WORD = re.compile(r"\s*(?:г\.?|гг\.?|год\w*|year)$", re.IGNORECASE)


def _any_of(words: Iterator[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_NUMBER_IN_WORDS = re.compile(
    rf"(?P<qualifier>{_any_of(word for words in _QUALIFYING.values() for word in words)})?\s*"
    r"(?P<number>-?\d[\d\s]*(?:[.,]\d+)?)\s*"
    rf"(?:(?P<scale>{_any_of(word for words in _SCALES.values() for word in words)})\b\.?)?\s*"
    r"(?P<unit>(?:руб|р|год|г|year|долл|чел|га|км|ед|шт|rub|rur|usd|eur|ha|km|persons?|people)\w*\.?|[₽$€])?",
    re.IGNORECASE,
)


def suggest_number(text: str) -> str:
    """Return the plain number that a figure written with words or commas stands for; empty if none is seen.

    Examples
    --------
    >>> suggest_number("свыше 1,1 млрд руб."), suggest_number("1,234,567"), suggest_number("много")
    ('1100000000', '1234567', '')
    >>> suggest_number("12.000.000"), suggest_number("12ООО"), suggest_number("'5")
    ('12000000', '12000', '5')
    """
    text = text.strip().removeprefix("'")
    if _ENGLISH_GROUPS.fullmatch(text):
        return text.replace(",", "")
    if _POINTED_GROUPS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _DIGITS.fullmatch(text):
        text = text.translate(_ZEROS)
    match = _NUMBER_IN_WORDS.fullmatch(text)
    if match is None:
        return ""
    number = "".join(match["number"].split()).replace(",", ".")
    if not parse_numbers(pa.array([number]))[0].is_valid:
        return ""
    scale = next((size for size, words in _SCALES.items() if (match["scale"] or "").lower() in words), 1)
    scaled = Decimal(number) * scale
    return f"{scaled.normalize():f}"


def find_currency(text: str) -> str:
    """Return the code of the currency that a sum is written with; empty where none is named.

    Examples
    --------
    >>> find_currency("12 млн долл."), find_currency("$5"), find_currency("12 млн")
    ('USD', 'USD', '')
    """
    folded = text.casefold()
    named = ((code, sign) for code, signs in _CURRENCIES.items() for sign in signs)
    return next((code for code, sign in named if re.search(rf"(?<![^\W\d_]){re.escape(sign)}", folded)), "")


def suggest_date(text: str, column: Column) -> str:
    """Return a date without the words around it; empty where that is none either.

    Parameters
    ----------
    text
        What stands in the cell.
    column
        A column of dates.
    """
    plain = _YEAR_WORD.sub("", text.strip())
    if plain == text or not plain:
        return ""
    return plain if understand(pa.array([plain]), column).meanings[0].is_valid else ""
