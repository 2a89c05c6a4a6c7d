"""The report's parameters: declared once, typed, frozen; parameters.yml and ``-p`` are checked against them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from zonebook.errors import ParameterError

SCOPES = ("zone", "region", "country")


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: the notebook that makes it, and whether it is made per zone, per region or once."""

    name: str
    notebook: str
    scope: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every parameter of a report, with its default.

    Attributes
    ----------
    year
        Reporting year: figures of later years are left out.
    languages
        Languages of the report; the first is the default one.
    zones, regions
        Ids of the zones and regions to make pages for; empty means all.
    publisher
        Who publishes the report, printed in the imprint.
    site_url
        Public address of the site, empty if it has none.
    on_course, moderate
        Lowest ratio of actual to required growth for "on course" and "moderate progress" (T02).
    timeout
        Seconds a page's notebook may run.
    pages
        The kinds of pages, in the order they are built.
    """

    year: int = 2025
    languages: tuple[str, ...] = ("ru", "en")
    zones: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    publisher: str = "Zonebook"
    site_url: str = ""
    on_course: float = 0.95
    moderate: float = 0.6
    timeout: int = 120
    pages: tuple[PageKind, ...] = (
        PageKind("zone", "zone.ipynb", "zone"),
        PageKind("region", "region.ipynb", "region"),
        PageKind("overview", "overview.ipynb", "country"),
        PageKind("comparison", "comparison.ipynb", "country"),
        PageKind("corridors", "corridors.ipynb", "country"),
        PageKind("targets", "targets.ipynb", "country"),
    )


@dataclass(frozen=True, slots=True)
class PageParameter:
    """One assignment of a notebook's parameters cell."""

    name: str
    type: type
    default: str | int | float
    help: str


_DEFAULTS = Parameters()
_COMMON = (
    PageParameter("year", int, _DEFAULTS.year, "reporting year: figures of later years are left out"),
    PageParameter("lang", str, "en", "language of the page"),
    PageParameter("data", str, "data", "data set: a folder or .xlsx, looked for from here upwards"),
)
_METRICS = PageParameter("metrics", str, "", "metrics.parquet of the other pages; empty: computed here")
_CLASSES = (
    PageParameter("on_course", float, _DEFAULTS.on_course, "lowest ratio of actual to required growth on course"),
    PageParameter("moderate", float, _DEFAULTS.moderate, "lowest ratio for moderate progress"),
)
_SCOPE_PARAMETERS = {
    "zone": (PageParameter("zone", str, "technopolis-moscow", "zone_id of the zone"), *_COMMON, *_CLASSES),
    "region": (PageParameter("region", str, "RU-MOW", "region_iso of the region"), *_COMMON, *_CLASSES),
    "country": (*_COMMON, _METRICS, *_CLASSES),
}


def page_parameters(scope: str) -> tuple[PageParameter, ...]:
    """Return the parameters a notebook of this scope takes, in the order of its parameters cell."""
    return _SCOPE_PARAMETERS[scope]


def _did_you_mean(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known are: {', '.join(known)}."


def _checked(name: str, value: Any) -> Any:
    """Return a value in the type its parameter is declared with."""
    default = getattr(_DEFAULTS, name)
    if name == "pages":
        return _checked_pages(value)
    if isinstance(default, tuple):
        items = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if isinstance(items, (list, tuple)) and all(isinstance(item, str) for item in items):
            return tuple(items)
        wanted = "a list of texts"
    elif isinstance(default, float):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        wanted = "a number"
    elif isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        wanted = "a whole number"
    else:
        if isinstance(value, str):
            return value
        wanted = "a text"
    raise ParameterError(f"parameter {name!r} must be {wanted}, got {value!r}.", remedy=f"The default is {default!r}.")


def _checked_pages(value: Any) -> tuple[PageKind, ...]:
    if not isinstance(value, Mapping):
        raise ParameterError("parameter 'pages' must map a kind of page to its notebook and scope.")
    kinds = []
    for name, entry in value.items():
        if not isinstance(entry, Mapping) or set(entry) != {"notebook", "scope"} or entry["scope"] not in SCOPES:
            raise ParameterError(
                f"page kind {name!r} must give notebook and scope, got {entry!r}.",
                remedy=f"The scope is one of {', '.join(SCOPES)}.",
            )
        kinds.append(PageKind(str(name), str(entry["notebook"]), str(entry["scope"])))
    return tuple(kinds)


def override(parameters: Parameters, values: Mapping[str, Any]) -> Parameters:
    """Return the parameters with some values replaced, each checked against its declared type.

    Raises
    ------
    ParameterError
        For a name that is not declared (with the nearest known one) or a value of the wrong type.
    """
    known = [field.name for field in fields(Parameters)]
    for name in values:
        if name not in known:
            raise ParameterError(f"there is no parameter {name!r}.", remedy=_did_you_mean(name, known))
    changed = replace(parameters, **{name: _checked(name, value) for name, value in values.items()})
    if not 1990 <= changed.year <= 2100:
        raise ParameterError(f"parameter 'year' must lie between 1990 and 2100, got {changed.year}.")
    if not changed.languages:
        raise ParameterError("parameter 'languages' must name at least one language.")
    return changed


def read_parameters(path: Path) -> Parameters:
    """Return the parameters of a ``parameters.yml``; those it leaves out have their defaults."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ParameterError(f"is not valid YAML: {error}", place=str(path)) from error
    if not isinstance(values, dict):
        raise ParameterError("must be a list of 'name: value' lines.", place=str(path))
    try:
        return override(_DEFAULTS, values)
    except ParameterError as error:
        raise ParameterError(error.message, place=str(path), remedy=error.remedy) from error


def parse_assignments(assignments: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of ``name=value`` words of a command line, typed as YAML would read them."""
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, separator, text = assignment.partition("=")
        if not separator or not name.strip():
            raise ParameterError(f"{assignment!r} is not of the form name=value.")
        try:
            values[name.strip()] = text if ": " in text else yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ParameterError(f"the value of {assignment!r} is not valid.", remedy="Quote it.") from error
    return values
