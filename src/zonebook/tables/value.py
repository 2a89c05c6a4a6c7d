"""What a cell's text means: numbers with decimal commas and spaces, dates, yes and no; worked out per distinct text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import Positions
from zonebook.tables.schema import Column

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
_MISSING = -1
_YES = ("true", "1", "yes", "y", "да", "истина", "+")
_NO = ("false", "0", "no", "n", "нет", "ложь", "-")
_SPACES = "\u0020\u00a0\u2009\u202f"
_GROUPED = rf"^-?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?$"
_NUMBER = r"^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?$"
_LARGEST_EXACT = 2**53
_DAY_FIRST = r"^(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.(?P<year>\d{4})$"
_YEAR_FIRST = r"^(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[ T]00:00(?::00)?)?)?)?$"
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True)
class Distinct:
    """A column of text as its distinct values and, per row, which of them it holds.

    Rules look at the distinct values: a column of ten million cells has few, most of the time.

    Attributes
    ----------
    values
        The distinct texts, trimmed and in Unicode's composed form; no nulls.
    codes
        Per row the position of its value, -1 where the cell is empty.
    """

    values: pa.StringArray
    codes: np.ndarray[tuple[int], np.dtype[np.int32]]

    def find_rows(self, is_bad: Mask) -> Positions:
        """Return the rows whose value is marked."""
        if not is_bad.any():
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(np.append(is_bad, False)[self.codes])

    def find_empty(self) -> Positions:
        """Return the rows whose cell is empty."""
        return np.flatnonzero(self.codes == _MISSING)

    def text_at(self, rows: Positions) -> list[str]:
        """Return the texts of some rows, the empty text for empty cells."""
        texts = np.append(self.values.to_numpy(zero_copy_only=False), "")
        return [str(text) for text in texts[self.codes[rows]]]

    def take(self, meanings: pa.Array) -> pa.Array:
        """Return a column of what the distinct texts mean, null where the cell is empty; text stays encoded."""
        codes = pa.array(self.codes, mask=self.codes == _MISSING)
        return pa.DictionaryArray.from_arrays(codes, meanings) if meanings is self.values else meanings.take(codes)


def distinguish(cells: pa.ChunkedArray) -> Distinct:
    """Return the distinct texts of a column and where they stand."""
    if not pa.types.is_dictionary(cells.type):
        cells = pc.dictionary_encode(_write_text(cells))
    encoded = cells.unify_dictionaries().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # a column without rows stays in chunks
        encoded = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.string()))
    codes = np.asarray(pc.fill_null(encoded.indices, _MISSING)).astype(np.int32, copy=False)
    written = pc.utf8_normalize(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string())), form="NFC")
    if written.equals(encoded.dictionary):
        return Distinct(written, codes)
    again = pc.dictionary_encode(pc.if_else(pc.equal(written, ""), None, written))
    recoded = np.asarray(pc.fill_null(again.indices, _MISSING)).astype(np.int32, copy=False)
    return Distinct(again.dictionary, np.append(recoded, np.int32(_MISSING))[codes])


def _write_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells of a typed file as text."""
    if pa.types.is_floating(cells.type):
        whole = pc.and_(pc.equal(pc.floor(cells), cells), pc.less(pc.abs(cells), float(_LARGEST_EXACT)))
        as_whole = pc.cast(pc.if_else(whole, cells, None), pa.int64()).cast(pa.string())
        return pc.coalesce(as_whole, cells.cast(pa.string()))
    return cells.cast(pa.string())


@dataclass(frozen=True, slots=True)
class Understood:
    """The distinct texts of a column as its declared type, and those that could not be understood.

    Attributes
    ----------
    meanings
        Per distinct text its value; null where it was not understood.
    broken
        Which distinct texts were not understood, by the rule they break.
    """

    meanings: pa.Array
    broken: Mapping[str, Mask]


def understand(values: pa.StringArray, column: Column) -> Understood:
    """Return texts as values of a column's declared type."""
    match column.type:
        case "integer":
            return _understand_integers(values)
        case "number":
            return _understand_numbers(values)
        case "boolean":
            return _understand_booleans(values)
        case "date":
            return _understand_dates(values)
        case _:
            return Understood(values, {})


def parse_numbers(values: pa.StringArray) -> pa.Array:
    """Return the numbers people wrote; null for a text that is not a number.

    Decimal comma or point; thousands may be parted by spaces, also narrow or non-breaking ones.

    Examples
    --------
    >>> parse_numbers(pa.array(["1 234 567,5", "-3", "1.1 bn"])).to_pylist()
    [1234567.5, -3.0, None]
    """
    plain = pc.replace_substring(pc.replace_substring_regex(values, "^[+]", ""), "\u2212", "-")
    together = pc.replace_substring_regex(plain, f"[{_SPACES}]", "")
    plain = pc.if_else(pc.match_substring_regex(plain, _GROUPED), together, plain)
    plain = pc.if_else(pc.match_substring_regex(plain, _NUMBER), plain, None)
    numbers = pc.cast(pc.replace_substring(plain, ",", "."), pa.float64())
    return pc.if_else(pc.is_finite(numbers), numbers, None)


def _understand_numbers(values: pa.StringArray) -> Understood:
    typed = parse_numbers(values)
    return Understood(typed, {"number_malformed": _is_null(typed)})


def _is_null(typed: pa.Array) -> Mask:
    return np.asarray(pc.is_null(typed)).astype(np.bool_)


def _understand_integers(values: pa.StringArray) -> Understood:
    numbers = parse_numbers(values)
    parsed = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    is_number = ~_is_null(numbers)
    is_whole = is_number & (np.floor(parsed) == parsed) & (np.abs(parsed) < _LARGEST_EXACT)
    whole = np.where(is_whole, parsed, 0).astype(np.int64)
    broken = {"number_malformed": ~is_number, "number_not_whole": is_number & ~is_whole}
    return Understood(pa.array(whole, mask=~is_whole), broken)


def _understand_booleans(values: pa.StringArray) -> Understood:
    folded = pc.utf8_lower(values)
    is_yes, is_no = pc.is_in(folded, pa.array(_YES)), pc.is_in(folded, pa.array(_NO))
    meanings = pc.if_else(pc.or_(is_yes, is_no), is_yes, None)
    return Understood(meanings, {"boolean_malformed": _is_null(meanings)})


def _understand_dates(values: pa.StringArray) -> Understood:
    texts = values.to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get)
    year_first, day_first = texts.str.extract(_YEAR_FIRST), texts.str.extract(_DAY_FIRST)
    parts = year_first.where(year_first["year"].notna(), day_first[list(year_first.columns)])
    is_date = pd.to_datetime(parts.fillna({"month": "1", "day": "1"}), errors="coerce").notna()
    is_date &= pd.to_numeric(parts["year"]).between(_EARLIEST_YEAR, _LATEST_YEAR).fillna(False)
    month, day = (("-" + parts[part].str.zfill(2)).fillna("") for part in ("month", "day"))
    iso = (parts["year"] + month + day).where(is_date)
    return Understood(pa.array(iso, pa.string()), {"date_malformed": ~is_date.to_numpy(dtype=np.bool_)})
