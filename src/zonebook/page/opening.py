"""Opening a page: its share of the data, its metric rows, its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pandas as pd

from zonebook.errors import DataError
from zonebook.metrics.compute import compute_metrics, select_rows_of_region
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import MetricResult
from zonebook.metrics.rowtable import RowTable
from zonebook.page.context import PageContext, PageOptions
from zonebook.page.kept_rows import recall_or_compute
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters, read_settings
from zonebook.tables.lazy import Note, Question
from zonebook.tables.publication import mask_share
from zonebook.tables.share import DataSet, Share
from zonebook.tables.store import open_data

_DEFAULTS = Parameters()


class Choices(TypedDict, total=False):
    """What the metrics of a page take for granted, as its notebook is given it."""

    settings: Mapping[str, Any]
    own_metrics: Sequence[str]


class PlaceChoices(Choices, total=False):
    """The same for the page of a zone or region, which does not see the whole country."""

    metrics: str


def open_zone(
    zone: str, *, year: int = _DEFAULTS.year, lang: str = "en", data: str = "data", **choices: Unpack[PlaceChoices]
) -> PageContext:
    """Return the page of a zone.

    Parameters
    ----------
    zone
        Id of the zone.
    year
        Reporting year: figures of later years are left out.
    lang
        Language of the page.
    data
        The data set: a folder or .xlsx, looked for from here upwards.
    choices
        ``metrics``: file of the rows that only the whole country tells of a region, looked for from here upwards;
        ``settings``: thresholds, goalposts and seeds of the metrics that differ from their defaults;
        ``own_metrics``: Python files with metrics of one's own, looked for from here upwards.

    Raises
    ------
    DataError
        For a zone the data set does not have, or a data set that cannot be read.
    """
    options = _read_options(data, choices)
    return _open("zone", open_data(data).zone(zone), year, lang, options, choices.get("metrics", ""))


def open_region(
    region: str, *, year: int = _DEFAULTS.year, lang: str = "en", data: str = "data", **choices: Unpack[PlaceChoices]
) -> PageContext:
    """Return the page of a region that hosts a zone. The parameters are those of :func:`open_zone`."""
    options = _read_options(data, choices)
    return _open("region", open_data(data).region(region), year, lang, options, choices.get("metrics", ""))


def open_country(
    kind: str,
    *,
    year: int = _DEFAULTS.year,
    lang: str = "en",
    data: str = "data",
    metrics: str = "",
    **choices: Unpack[Choices],
) -> PageContext:
    """Return a country page with the metric rows of all zones and regions beside the country's own.

    Parameters
    ----------
    kind
        Kind of page: ``overview``, ``comparison``, ``corridors``, ``targets``, ``quality``.
    metrics
        File of the metric rows that the other pages recorded, looked for from here upwards; empty: computed here.
    year, lang, data, choices
        As for :func:`open_zone`.
    """
    options = _read_options(data, choices)
    data_set = open_data(data)
    share, locale = data_set.country(), get_locale(lang)
    reads: set[Question] | None = None  # what is computed from the shares of all zones is not followed
    results: Sequence[MetricResult]
    if metrics:
        reads = set()
        share, results = share.with_note(reads.add), _read_results(metrics, reads.add)
    else:
        results = _compute_all(data_set, year, options)
    if not _has_country(results):
        results = (*results, *_compute(share, year, options, results))
    title = locale.label("page.title", kind)
    shown = mask_share(share, options.settings)
    page = PageContext(kind, kind, lang, year, locale, shown, results, title=title, options=options)
    return replace(page, inputs=share, reads=reads)


def _open(kind: str, share: Share, year: int, lang: str, options: PageOptions, metrics: str) -> PageContext:
    remedy = "Build the report first, or leave the parameter metrics empty to do without."
    told = read_told(share, _find_upwards(metrics, "file of metric rows", remedy)) if metrics else ()
    results = recall_or_compute(share, year, options, partial(_compute, share, year, options))
    return add_told(open_share(kind, share, results, year, lang, options=options), told)


def open_share(
    kind: str, share: Share, results: tuple[MetricResult, ...], year: int, lang: str, *, options: PageOptions
) -> PageContext:
    """Return the page of a zone or region whose metric rows are there already.

    What the edition may not print of single firms is masked here as on every page.
    """
    shown, locale = mask_share(share, options.settings), get_locale(lang)
    page = PageContext(kind, share.scope_id, lang, year, locale, shown, results, options=options, inputs=share)
    return replace(page, root="../", title=page.own_name)


def read_told(share: Share, path: Path) -> tuple[MetricResult, ...]:
    """Return the rows of a file that only the whole country tells of a region, that of the zone on a zone's page."""
    zones = share.table("zone")
    of_zone = zones.loc[(zones["zone_id"] == share.scope_id).fillna(value=False), "region_iso"].dropna()
    region = share.scope_id if share.scope_type == "region" else next(iter(of_zone.astype(str)), "")
    return select_rows_of_region(pd.read_parquet(path), region)


def add_told(page: PageContext, told: tuple[MetricResult, ...]) -> PageContext:
    """Return a page with what the whole country tells of its region: in the place of rows without a value.

    A page that recorded its rows has those of its own region among them already.
    """
    if not told:
        return page
    series = {(row.metric_id, row.scope_type, row.scope_id) for row in told}
    known = {(row.metric_id, row.scope_type, row.scope_id, row.year, row.period) for row in told}
    kept = [
        row
        for row in page.results
        if (row.metric_id, row.scope_type, row.scope_id, row.year, row.period) not in known
        and (row.value is not None or (row.metric_id, row.scope_type, row.scope_id) not in series)
    ]
    results = tuple(sorted((*kept, *told), key=lambda row: row.metric_id))
    return replace(page, results=results, told=frozenset(told))


def _read_options(data: str, choices: Choices) -> PageOptions:
    remedy = "Correct the parameter own_metrics."
    own = (_find_upwards(path, "file of own metrics", remedy) for path in choices.get("own_metrics", ()))
    return PageOptions(read_settings(choices.get("settings", {})), read_catalogue(*own), data)


def _compute(
    share: Share, year: int, options: PageOptions, recorded: Sequence[MetricResult] = ()
) -> tuple[MetricResult, ...]:
    return compute_metrics(share, year, settings=options.settings, catalogue=options.catalogue, recorded=recorded)


def _compute_all(data_set: DataSet, year: int, options: PageOptions) -> tuple[MetricResult, ...]:
    shares = [*map(data_set.zone, data_set.zones), *map(data_set.region, data_set.regions)]
    return tuple(row for share in shares for row in _compute(share, year, options))


def _read_results(path: str, note: Note) -> RowTable:
    """Return the metric rows of a file; what they are asked is noted down."""
    remedy = "Build the report first, or leave the parameter metrics empty to compute them here."
    return RowTable.read(_find_upwards(path, "file of metric rows", remedy), note)


def _has_country(results: Sequence[MetricResult]) -> bool:
    if isinstance(results, RowTable):
        return "country" in results.scope_types
    return any(row.scope_type == "country" for row in results)


def _find_upwards(path: str, what: str, remedy: str) -> Path:
    wanted, here = Path(path), Path.cwd()
    for folder in (here, *here.parents):
        if (folder / wanted).is_file():
            return folder / wanted
    raise DataError(f"there is no such {what} here or in a folder above.", place=path, remedy=remedy)
