"""The same firm under two ids: names that are alike once legal forms, quotes and case are left aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from zonebook.tables.frame import MISSING, Positions, read_codes, to_array
from zonebook.tables.normal import NormalTable
from zonebook.tables.problem import Findings

_FORM = (
    r"(?:ооо|оао|зао|пао|нао|ао|ип|гк|гуп|муп|фгуп|фгбу|нпо|нпп|пк|тоо"
    r"|llc|ltd|limited|inc|jsc|ojsc|cjsc|pjsc|plc|gmbh|corp|corporation|company|co|sa|ag|llp)"
)
_WRITTEN_OUT = (
    r"общество с ограниченной ответственностью|(?:публичное |открытое |закрытое |непубличное )?акционерное общество"
)
_ALL_COMPARED = (
    1_000  # of so many names each is compared with each; of more, each with those next to it in the alphabet
)
_NEIGHBOURS = 5
_LONG_ENOUGH = 4  # letters: shorter names are alike by chance


def check_names_alike(tables: Mapping[str, NormalTable], likeness: float, findings: Findings) -> None:
    """Find parties of the same kind and place whose names are alike; those of one holding are counted as one anyway.

    Parameters
    ----------
    tables
        The tables of the data set, normalised.
    likeness
        How alike names are that are named, from 0 (never looked for) to 100 (the same but for form and quotes).
    findings
        Collects the problems.
    """
    party = tables.get("party")
    if party is None or party.data.num_rows < 2 or likeness <= 0:
        return
    folded = fold_names(to_array(party.data.column("name")).cast(pa.string()))
    places = _number_places(party)
    holdings = read_codes(party.texts_of("holding_id"))
    reported = set[int]()
    names, ids = party.data.column("name"), party.data.column("party_id")
    for first, second in _find_pairs(folded, places, likeness):
        one, other = sorted((first, second))
        if other in reported or MISSING != holdings[one] == holdings[other]:
            continue
        reported.add(other)
        like = {"other": str(ids[one]), "name": str(names[one]), "row": str(party.number_of(np.array([one]))[0])}
        (number,) = party.number_of(np.array([other]))
        column, value = party.heading_of("name"), str(names[other])
        findings.add("names_alike", party.place, row=number, column=column, value=value, details=like)


def fold_names(names: pa.StringArray) -> pa.StringArray:
    """Return names without what differs when one firm is written twice.

    Examples
    --------
    >>> fold_names(pa.array(["ООО «Пример»", 'Общество с ограниченной ответственностью "ПРИМЕР"'])).to_pylist()
    ['пример', 'пример']
    """
    folded = pc.replace_substring(pc.utf8_lower(pc.fill_null(names, "")), "ё", "е")
    folded = pc.replace_substring_regex(folded, _WRITTEN_OUT, " ")
    words = pc.replace_substring_regex(folded, r"[^\p{L}\p{N}]+", " ")
    padded = pc.binary_join_element_wise("", words, "", " ")
    plain = pc.replace_substring_regex(padded, rf"(?:^|\s){_FORM}(?:\s+{_FORM})*(?:\s|$)", " ")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, r"\s+", " "))


def _number_places(party: NormalTable) -> Positions:
    """Return for each party a number that those of the same kind, region and country share."""
    numbers = np.zeros(party.data.num_rows, dtype=np.int64)
    for name in ("kind", "region_iso", "country_iso3"):
        cells = party.texts_of(name)
        numbers = numbers * (len(cells.dictionary) + 1) + read_codes(cells) - MISSING
    return numbers


def _find_pairs(folded: pa.StringArray, places: Positions, likeness: float) -> Iterator[tuple[int, int]]:
    """Yield the positions of names that are alike: those of one place next to each other in the alphabet, or all."""
    digits = pc.replace_substring_regex(folded, r"[^\p{N}]+", " ")
    lengths = np.asarray(pc.utf8_length(folded))
    ranks = np.asarray(pc.rank(folded, tiebreaker="first")).astype(np.int64)
    order = np.lexsort((ranks, places))
    order = order[lengths[order] >= _LONG_ENOUGH]
    together, numbers = folded.take(pa.array(order)), digits.take(pa.array(order))
    place = places[order]
    reach = len(order) - 1 if len(order) <= _ALL_COMPARED else _NEIGHBOURS
    for step in range(1, reach + 1):
        same = (place[step:] == place[:-step]) & np.asarray(pc.equal(numbers[step:], numbers[:-step])).astype(np.bool_)
        rows = np.flatnonzero(same)
        if not len(rows):
            continue
        left, right = (together.take(pa.array(rows + shift)).to_pylist() for shift in (0, step))
        scores = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=likeness)
        for row in rows[np.flatnonzero(scores >= likeness)].tolist():
            yield int(order[row]), int(order[row + step])
