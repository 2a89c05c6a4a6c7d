"""Checking a data set: every problem in one run, and the tables as the rest of the program reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import pandas as pd

from zonebook.parameters import DEFAULT_PARAMETERS, Parameters
from zonebook.tables.amount_sums import check_sums
from zonebook.tables.frame import to_frame
from zonebook.tables.jump import check_jumps
from zonebook.tables.likeness import check_names_alike
from zonebook.tables.location import fingerprint
from zonebook.tables.normal import NormalTable, normalise
from zonebook.tables.problem import ERROR, Findings, Place, Problem
from zonebook.tables.read import read_data_set, read_text
from zonebook.tables.relation import check_relations
from zonebook.tables.schema import TABLES
from zonebook.tables.zone_totals import check_zone_totals

_LIMITS = ("jump_factor", "sum_tolerance", "name_likeness")
BUNDLED = ("bloc_membership", "hs2", "industry", "tile")


@dataclass(frozen=True, slots=True)
class Frames(Mapping[str, pd.DataFrame]):
    """Normalised tables as frames with the contract's dtypes, made one by one as they are asked for."""

    normal: Mapping[str, NormalTable]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return to_frame(self.normal[name].data)

    def __iter__(self) -> Iterator[str]:
        return iter(self.normal)

    def __len__(self) -> int:
        return len(self.normal)


@dataclass(frozen=True, slots=True)
class CheckedData:
    """A data set understood, and what is wrong with it.

    Attributes
    ----------
    path
        Where the data set was read.
    normal
        Its tables, and those of the package that it does not bring itself; broken cells are empty.
    problems
        Everything that was found, in the order of files and rows.
    fingerprint
        Hash of the files and of the contract as they were before the check; empty if there is nothing to read.
    """

    path: Path
    normal: Mapping[str, NormalTable]
    problems: tuple[Problem, ...]
    fingerprint: str

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables as frames: every declared column, in the contract's dtypes."""
        return Frames(self.normal)

    @property
    def is_accepted(self) -> bool:
        """Whether there is no error; warnings do not count."""
        return all(problem.severity != ERROR for problem in self.problems)


@cache
def read_bundled(name: str) -> NormalTable:
    """Return a reference table that comes with the package."""
    with resources.as_file(resources.files("zonebook.tables") / "reference" / f"{name}.csv") as path:
        raw = read_text(path, TABLES[name], Findings("en"))
        if raw is None:
            raise FileNotFoundError(path)
        return normalise(raw, Findings("en"))


def list_limits(parameters: Parameters) -> dict[str, float]:
    """Return the parameters that the outcome of a check depends on."""
    return {name: getattr(parameters, name) for name in _LIMITS}


def check_data_set(path: Path, lang: str = "en", parameters: Parameters = DEFAULT_PARAMETERS) -> CheckedData:
    """Return a data set's tables, normalised, and every problem found in them.

    Parameters
    ----------
    path
        A folder of CSV and Parquet files, or one workbook.
    lang
        Language of the messages.
    parameters
        Those of the report: from when on something is named that may be a mistake.
    """
    findings = Findings(lang)
    read_from = fingerprint(path) if path.exists() else ""
    found = {raw.place.table: normalise(raw, findings) for raw in read_data_set(path, findings)}
    normal = {name: found[name] for name in TABLES if name in found}
    found_here = set(normal) | {problem.table for problem in findings.problems()}
    for table in TABLES.values():
        if table.required and table.name not in found_here and found_here - {""}:
            details = {"name": table.name, "heading": table.heading.get(lang, table.heading["en"])}
            findings.add("table_missing", Place(table.name, str(path)), details=details)
    check_relations(normal, findings)
    limits = list_limits(parameters)
    check_sums(normal, limits["sum_tolerance"], findings)
    check_zone_totals(normal, limits["sum_tolerance"], findings)
    check_jumps(normal, limits["jump_factor"], findings)
    check_names_alike(normal, limits["name_likeness"], findings)
    normal.update({name: read_bundled(name) for name in BUNDLED if name not in normal})
    return CheckedData(path, normal, findings.problems(), read_from)
