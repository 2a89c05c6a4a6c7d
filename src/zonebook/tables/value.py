"""What cells mean: numbers with decimal commas and spaces, dates, yes and no; worked out per distinct text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Codes, Positions, encode_text, narrow, read_codes, to_array
from zonebook.tables.schema import Column

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
_YES = ("true", "1", "yes", "y", "да", "истина", "+")
_NO = ("false", "0", "no", "n", "нет", "ложь", "-")
_SPACES = "\u0020\u00a0\u2009\u202f"
_GROUPED = rf"^-?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?$"
_NUMBER = r"^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?$"
_PLAIN_NUMBER = r"^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$"
_LARGEST_EXACT = 2**53
_DAY_FIRST = r"^(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.(?P<year>\d{4})$"
_YEAR_FIRST = r"^(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?)?)?$"
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True)
class Cells:
    """A column as values and, per row, which of them it holds.

    Rules look at the values: a column of ten million cells has few distinct ones, most of the time.

    Attributes
    ----------
    values
        Distinct texts, trimmed and in Unicode's composed form, none of them empty. Where cells mostly differ from
        row to row, or the file itself has their type, the cells as they stand: one value a row, null where empty.
    codes
        Per row the position of its value, -1 where the cell is empty; ``None`` where every row has its own value.
    """

    values: pa.Array
    codes: Codes | None = None

    def find_rows(self, is_bad: Mask) -> Positions:
        """Return the rows whose value is marked."""
        if not is_bad.any():
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(is_bad if self.codes is None else np.append(is_bad, False)[self.codes])

    def find_empty(self) -> Positions:
        """Return the rows whose cell is empty."""
        if self.codes is not None:
            return np.flatnonzero(self.codes == MISSING)
        return np.flatnonzero(is_null(self.values)) if self.values.null_count else np.empty(0, dtype=np.int64)

    def text_at(self, rows: Positions) -> list[str]:
        """Return the texts of some rows, the empty text for empty cells."""
        found = pa.array(rows if self.codes is None else self.codes[rows])
        codes = found if self.codes is None else pc.if_else(pc.equal(found, MISSING), None, found)
        return [text or "" for text in _write_text(self.values.take(codes)).to_pylist()]

    def take(self, meanings: pa.Array) -> pa.Array:
        """Return a column of what the values mean, null where the cell is empty; distinct text stays encoded."""
        if self.codes is None:
            return meanings
        if meanings is self.values:
            return encode_text(self.codes, meanings)
        if not pa.types.is_string(meanings.type):
            return meanings.take(pa.array(self.codes, mask=self.codes == MISSING))
        again = pc.dictionary_encode(meanings)
        return encode_text(np.append(read_codes(again), np.int32(MISSING))[self.codes], again.dictionary)


def gather_cells(cells: pa.ChunkedArray, column: Column, *, is_varied: bool) -> Cells:
    """Return a column's cells in the form in which checking them is least work.

    Parameters
    ----------
    cells
        As read.
    column
        The column's declaration.
    is_varied
        Whether cells mostly differ from row to row.
    """
    if _has_declared_type(cells.type, column):
        return Cells(to_array(cells))
    if is_varied and pa.types.is_string(cells.type):
        texts = _clean(to_array(cells))
        is_blank = pc.equal(texts, "")
        return Cells(pc.if_else(is_blank, None, texts) if pc.any(is_blank).as_py() else texts)
    return distinguish(cells)


def _has_declared_type(kind: pa.DataType, column: Column) -> bool:
    """Tell whether a file's own type can be read as the declared one without a detour by text."""
    if column.type == "boolean":
        return bool(pa.types.is_boolean(kind))
    is_number = pa.types.is_float64(kind) or (pa.types.is_integer(kind) and not pa.types.is_uint64(kind))
    return column.type in {"number", "integer"} and bool(is_number)


def _clean(texts: pa.StringArray) -> pa.StringArray:
    trimmed = pc.utf8_trim_whitespace(texts)
    return trimmed if pc.all(pc.string_is_ascii(trimmed)).as_py() else pc.utf8_normalize(trimmed, form="NFC")


def distinguish(cells: pa.ChunkedArray) -> Cells:
    """Return the distinct texts of a column and where they stand."""
    if not pa.types.is_dictionary(cells.type):
        cells = pc.dictionary_encode(_write_text(cells))
    encoded = to_array(cells.unify_dictionaries())
    codes = read_codes(encoded)
    values = encoded.dictionary.cast(pa.string())
    written = _clean(values)
    if written.equals(values) and not pc.any(pc.equal(written, "")).as_py():
        return Cells(written, narrow(codes, len(written)))
    again = pc.dictionary_encode(pc.if_else(pc.equal(written, ""), None, written))
    recoded = narrow(read_codes(again), len(again.dictionary))
    return Cells(again.dictionary, np.append(recoded, recoded.dtype.type(MISSING))[codes])


def _write_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells of a typed file as text."""
    if pa.types.is_floating(cells.type):
        whole = pc.and_(pc.equal(pc.floor(cells), cells), pc.less(pc.abs(cells), float(_LARGEST_EXACT)))
        as_whole = pc.cast(pc.if_else(whole, cells, None), pa.int64()).cast(pa.string())
        return pc.coalesce(as_whole, cells.cast(pa.string()))
    return cells.cast(pa.string())


@dataclass(frozen=True, slots=True)
class Understood:
    """The values of a column as its declared type, and those that could not be understood.

    Attributes
    ----------
    meanings
        Per value what it means; null where it was not understood.
    broken
        Which values were not understood, by the rule they break.
    """

    meanings: pa.Array
    broken: Mapping[str, Mask]


def understand(values: pa.Array, column: Column) -> Understood:
    """Return texts, or values of a typed file, as values of a column's declared type."""
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
    if not pc.all(pc.match_substring_regex(values, _PLAIN_NUMBER)).as_py():
        values = _write_plainly(values)
    return _drop_infinite(pc.cast(values, pa.float64()))


def _write_plainly(values: pa.StringArray) -> pa.StringArray:
    """Return numbers with a decimal point and nothing between their digits; null for what is no number."""
    plain = pc.replace_substring(pc.replace_substring_regex(values, "^[+]", ""), "\u2212", "-")
    together = pc.replace_substring_regex(plain, f"[{_SPACES}]", "")
    plain = pc.if_else(pc.match_substring_regex(plain, _GROUPED), together, plain)
    plain = pc.if_else(pc.match_substring_regex(plain, _NUMBER), plain, None)
    return pc.replace_substring(plain, ",", ".")


def _drop_infinite(numbers: pa.Array) -> pa.Array:
    is_finite = pc.is_finite(numbers)
    return numbers if pc.all(is_finite).as_py() else pc.if_else(is_finite, numbers, None)


def _to_numbers(values: pa.Array) -> pa.Array:
    """Return values as finite numbers, null for what is none; a zero has no sign."""
    if pa.types.is_string(values.type):
        return parse_numbers(values)
    return _drop_infinite(pc.add(pc.cast(values, pa.float64(), safe=False), 0.0))


def is_null(values: pa.Array) -> Mask:
    """Tell which values are null."""
    return np.asarray(pc.is_null(values)).astype(np.bool_, copy=False)


def _find_lost(values: pa.Array, meanings: pa.Array) -> Mask:
    """Tell which values are there and mean nothing."""
    if not meanings.null_count:
        return np.zeros(len(values), dtype=np.bool_)
    return is_null(meanings) & ~is_null(values)


def _understand_numbers(values: pa.Array) -> Understood:
    numbers = _to_numbers(values)
    return Understood(numbers, {"number_malformed": _find_lost(values, numbers)})


def _understand_integers(values: pa.Array) -> Understood:
    if pa.types.is_integer(values.type) and _is_exact(values):
        return Understood(values.cast(pa.int64()), {})
    numbers = _to_numbers(values)
    parsed = np.asarray(pc.fill_null(numbers, np.nan))
    is_number = ~is_null(numbers)
    is_whole = is_number & (np.floor(parsed) == parsed) & (np.abs(parsed) < _LARGEST_EXACT)
    whole = np.where(is_whole, parsed, 0).astype(np.int64)
    broken = {"number_malformed": _find_lost(values, numbers), "number_not_whole": is_number & ~is_whole}
    return Understood(pa.array(whole, mask=~is_whole), broken)


def _is_exact(values: pa.Array) -> bool:
    """Tell whether whole numbers are all small enough to be the same as floating-point numbers."""
    bounds = pc.min_max(values).as_py()
    return all(bound is None or abs(bound) < _LARGEST_EXACT for bound in bounds.values())


def _understand_booleans(values: pa.Array) -> Understood:
    if pa.types.is_boolean(values.type):
        return Understood(values, {})
    folded = pc.utf8_lower(values)
    is_yes, is_no = pc.is_in(folded, pa.array(_YES)), pc.is_in(folded, pa.array(_NO))
    meanings = pc.if_else(pc.or_(is_yes, is_no), is_yes, None)
    return Understood(meanings, {"boolean_malformed": _find_lost(values, meanings)})


def _understand_dates(values: pa.StringArray) -> Understood:
    year_first, day_first = (pc.extract_regex(values, pattern) for pattern in (_YEAR_FIRST, _DAY_FIRST))
    found = pc.if_else(pc.is_valid(year_first), year_first, _arrange_like(day_first, year_first))
    year, month, day = (pc.struct_field(found, part) for part in ("year", "month", "day"))
    is_date = _is_date(_count(year), _count(month), _count(day))
    parts = [year, *(pc.if_else(pc.equal(part, ""), part, _follow(part)) for part in (month, day))]
    iso = pc.if_else(pa.array(is_date), pc.binary_join_element_wise(*parts, ""), None)
    return Understood(iso, {"date_malformed": _find_lost(values, iso)})


def _arrange_like(found: pa.StructArray, other: pa.StructArray) -> pa.StructArray:
    """Return what a pattern found with its parts in the order of another's."""
    names = [field.name for field in other.type]
    parts = [pc.struct_field(found, name) for name in names]
    return pa.StructArray.from_arrays(parts, names, mask=pc.is_null(found))


def _follow(part: pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise("-", pc.utf8_lpad(part, 2, "0"), "")


def _count(part: pa.StringArray) -> Positions:
    """Return a part of dates as whole numbers: 1 where it was left out, 0 where there is no date."""
    written = pc.fill_null(pc.if_else(pc.equal(part, ""), "1", part), "0")
    return np.asarray(pc.cast(written, pa.int64()))


def _is_date(year: Positions, month: Positions, day: Positions) -> Mask:
    """Tell which years, months and days are a day of the calendar."""
    months = ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    length = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    is_plausible = (year >= _EARLIEST_YEAR) & (year <= _LATEST_YEAR) & (month >= 1) & (month <= 12)
    found: Mask = is_plausible & (day >= 1) & (day <= length)
    return found
