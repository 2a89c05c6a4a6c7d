"""Editions opened from what a command line names: data sets, and output folders of a build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from zonebook import __version__
from zonebook.edition import (
    Comparison,
    Edition,
    compare_editions,
    name_subjects,
    read_brand,
    write_listing,
    write_page,
    write_text,
)
from zonebook.errors import DataError, ParameterError
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import RESULT_COLUMNS
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters, override, to_values
from zonebook.request import find_parameters
from zonebook.rows import METRICS, STORE, compute_metric_rows
from zonebook.settings import MetricSettings
from zonebook.tables.location import find_data
from zonebook.tables.share import DataSet
from zonebook.tables.store import is_store, open_data

_MANIFEST = "manifest.json"
_PAGES = (".html", ".htm")
# What of an edition's parameters decides which of its rows may be shown.
_DISCLOSURE = ("publish", "least_firms")


def compare_paths(old: Path, new: Path) -> Comparison:
    """Return what changed between two data sets or two output folders, or from one to the other.

    Raises
    ------
    DataError
        Where one of them is neither, has errors, or was written by another version of the program.
    """
    return compare_editions(open_edition(old), open_edition(new), read_catalogue())


def write_difference(old: Path, new: Path, lang: str = "", output: Path | None = None) -> str:
    """Write what changed as an HTML page with a CSV file of the same name beside it, or return it as text.

    Parameters
    ----------
    old, new
        Two data sets or output folders.
    lang
        Language; the first of the parameters if empty. The brand of the page is theirs too.
    output
        The page; without it nothing is written.

    Returns
    -------
    str
        What changed as plain text; where a page is written, which files were.
    """
    if output is not None and output.suffix.lower() not in _PAGES:
        raise ParameterError(f"cannot write a comparison as {output.suffix!r}.", remedy="Use .html.")
    project = Path.cwd()
    parameters = find_parameters(project)
    locale = get_locale(lang or parameters.languages[0])
    comparison, catalogue = compare_paths(old, new), read_catalogue()
    naming = name_subjects(comparison, locale, catalogue)
    if output is None:
        return write_text(comparison, naming)
    brand, listing = read_brand(parameters, project, locale.lang), output.with_suffix(".csv")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(write_page(comparison, naming, listing.name, brand), encoding="utf-8")
    listing.write_text(write_listing(comparison, naming), encoding="utf-8")
    return f"Comparison: {output}, {listing}\n"


def open_edition(path: Path) -> Edition:
    """Return an edition: what a build wrote, else what a data set gives with the parameters at hand."""
    if is_output(path):
        return open_output(path)
    name, parameters = find_data(path).name, find_parameters(Path.cwd())
    return make_edition(name, open_data(path), compute_metric_rows(path), parameters)


def is_output(path: Path) -> bool:
    """Whether a folder is one that a build wrote, or a part of one."""
    return (path / _MANIFEST).is_file() or (path / METRICS).is_file()


def make_edition(name: str, data: DataSet, metrics: pd.DataFrame, parameters: Parameters) -> Edition:
    """Return a data set with its metric rows as an edition of the program as it is.

    Parameters
    ----------
    name
        What it is called.
    data
        The data set.
    metrics
        Its metric rows.
    parameters
        Those they were computed with.
    """
    return Edition(
        name=name,
        share=data.country(),
        metrics=metrics,
        settings=parameters.settings,
        values=to_values(parameters),
        version=__version__,
        zones=data.zones,
        regions=data.regions,
    )


def open_output(folder: Path) -> Edition:
    """Return what a build wrote as an edition: nothing is computed.

    Raises
    ------
    DataError
        Where a part of it is missing or cannot be read.
    """
    for name, is_there in (
        (_MANIFEST, (folder / _MANIFEST).is_file()),
        (METRICS, (folder / METRICS).is_file()),
        (f"{STORE}/", is_store(folder / STORE)),
    ):
        if not is_there:
            raise _refuse(folder, f"is an output folder without {name}.")
    data, manifest = open_data((folder / STORE).resolve()), _read_manifest(folder)
    metrics = pd.read_parquet(folder / METRICS)
    if not set(RESULT_COLUMNS) <= set(metrics.columns):
        raise _refuse(folder / METRICS, "holds metric rows of another version of Zonebook.")
    edition = make_edition(folder.resolve().name, data, metrics, Parameters())
    settings, version = _read_settings(manifest["parameters"]), str(manifest["zonebook"])
    return replace(edition, settings=settings, values=manifest["parameters"], version=version)


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("parameters"), dict) or "zonebook" not in manifest:
        raise _refuse(path, "is no manifest of a build.")
    return manifest


def _read_settings(values: Mapping[str, Any]) -> MetricSettings:
    given = {name: values[name] for name in _DISCLOSURE if name in values}
    return override(Parameters(), given).settings


def _refuse(place: Path, message: str) -> DataError:
    return DataError(message, place=str(place), remedy="Build the report once more, or name its data set instead.")
