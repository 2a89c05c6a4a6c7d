"""Opening a page: its share of the data, its metric rows, its language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pandas as pd

from zonebook.errors import DataError
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import RESULT_COLUMNS, Evidence, MetricResult, Status
from zonebook.page.context import PageContext, PageOptions
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters
from zonebook.tables.share import DataSet, Share
from zonebook.tables.store import open_data

_DEFAULTS = Parameters()
_NUMBERS = frozenset({"value", "lower", "upper"})
_WHOLE_NUMBERS = frozenset({"year", "n_units"})


class Limits(TypedDict, total=False):
    """The lowest ratios of actual to required growth for the classes of T02."""

    on_course: float
    moderate: float


def open_zone(
    zone: str, *, year: int = _DEFAULTS.year, lang: str = "en", data: str = "data", **limits: Unpack[Limits]
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
    limits
        ``on_course`` and ``moderate``: lowest ratio of actual to required growth for the classes of T02.

    Raises
    ------
    DataError
        For a zone the data set does not have, or a data set that cannot be read.
    """
    options = PageOptions(data=data, **limits)
    return _open("zone", open_data(data).zone(zone), year, lang, options)


def open_region(
    region: str, *, year: int = _DEFAULTS.year, lang: str = "en", data: str = "data", **limits: Unpack[Limits]
) -> PageContext:
    """Return the page of a region that hosts a zone. The parameters are those of :func:`open_zone`."""
    options = PageOptions(data=data, **limits)
    return _open("region", open_data(data).region(region), year, lang, options)


def open_country(
    kind: str,
    *,
    year: int = _DEFAULTS.year,
    lang: str = "en",
    data: str = "data",
    metrics: str = "",
    **limits: Unpack[Limits],
) -> PageContext:
    """Return a country page with the metric rows of all zones and regions beside the country's own.

    Parameters
    ----------
    kind
        Kind of page: ``overview``, ``comparison``, ``corridors``, ``targets``.
    metrics
        File of the metric rows that the other pages recorded, looked for from here upwards; empty: computed here.
    year, lang, data, limits
        As for :func:`open_zone`.
    """
    options = PageOptions(data=data, **limits)
    data_set = open_data(data)
    of_others = _read_results(metrics) if metrics else _compute_all(data_set, year, options)
    page = _open(kind, data_set.country(), year, lang, options)
    results = tuple(row for row in of_others if row.scope_type != "country") + page.results
    return PageContext(
        kind, kind, lang, year, page.locale, page.share, results, root="", title=page.title, options=options
    )


def _open(kind: str, share: Share, year: int, lang: str, options: PageOptions) -> PageContext:
    locale = get_locale(lang)
    results = _compute(share, year, options)
    page_id = share.scope_id if share.scope_type != "country" else kind
    page = PageContext(kind, page_id, lang, year, locale, share, results, options=options)
    if share.scope_type == "country":
        title, root = locale.label("page.title", kind), ""
    else:
        title, root = page.place(page_id) if share.scope_type == "region" else page.named("zone", page_id), "../"
    return PageContext(kind, page_id, lang, year, locale, share, results, root=root, title=title, options=options)


def _compute(share: Share, year: int, options: PageOptions) -> tuple[MetricResult, ...]:
    return compute_metrics(share, year, on_course=options.on_course, moderate=options.moderate)


def _compute_all(data_set: DataSet, year: int, options: PageOptions) -> Iterable[MetricResult]:
    shares = [*map(data_set.zone, data_set.zones), *map(data_set.region, data_set.regions)]
    return [row for share in shares for row in _compute(share, year, options)]


def _read_results(path: str) -> list[MetricResult]:
    """Return the metric rows of a file."""
    frame = pd.read_parquet(_find_upwards(path), columns=list(RESULT_COLUMNS))
    return [_to_result(row) for row in frame.to_dict("records")]


def _find_upwards(path: str) -> Path:
    wanted, here = Path(path), Path.cwd()
    for folder in (here, *here.parents):
        if (folder / wanted).is_file():
            return folder / wanted
    raise DataError(
        "there is no such file of metric rows here or in a folder above.",
        place=path,
        remedy="Build the report first, or leave the parameter metrics empty to compute them here.",
    )


def _to_result(row: dict[Any, Any]) -> MetricResult:
    fields: dict[str, Any] = {}
    for name in RESULT_COLUMNS:
        value = row[name]
        if name in _NUMBERS:
            fields[name] = None if is_missing(value) else float(value)
        elif name in _WHOLE_NUMBERS:
            fields[name] = None if is_missing(value) else int(value)
        else:
            fields[name] = "" if is_missing(value) else str(value)
    fields["status"], fields["evidence"] = Status(fields["status"]), Evidence(fields["evidence"])
    return MetricResult(**fields)
