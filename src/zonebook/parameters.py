"""The report's parameters: declared once, typed, frozen; parameters.yml and ``-p`` are checked against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from zonebook.errors import ParameterError, suggest_name
from zonebook.page_kinds import KINDS, PageKind, read_kinds
from zonebook.palette import Shade, read_colours
from zonebook.settings import DEFAULT_SETTINGS, EDITIONS, SETTING_NAMES, MetricSettings, to_plain

PAPERS = ("a4", "us-letter")
PDF_STANDARDS = ("ua-1", "a-2a", "a-3a")


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
    colours
        The brand's colours by role (:mod:`zonebook.palette`): of figures, site and papers.
    font
        Folder with the files of the brand's family of letters, relative to the project's folder; empty: the family that
        the package brings.
    logo
        The brand's logo, an SVG or PNG file relative to the project's folder; empty if it has none.
    imprint
        By language, what the imprint says after the publisher.
    pdf
        Whether PDFs are printed and pages link them.
    paper, pdf_standards
        Size of the PDFs' pages; standards they are made to, PDF/UA-1 always among them.
    settings
        Thresholds, goalposts and simulation sizes of the metrics; ``parameters.yml`` and ``-p`` name each by itself.
    own_metrics, previous
        Relative to the project's folder: Python files with metrics of one's own; an earlier data set or output folder
        that the report is compared with (empty: none).
    timeout, memory
        Seconds a page's notebook may run; mebibytes of memory it may take, with what it starts (0: no limit).
    jump_factor, sum_tolerance, name_likeness
        From when on a check warns: how many times a figure is that of the year before; by which share a sum exceeds
        its total; how alike the names of two firms are, of 100 (0: not looked for).
    pages
        The kinds of pages, in the order they are built; given by their names where others are to be left out.
    """

    year: int = 2025
    languages: tuple[str, ...] = ("ru", "en")
    zones: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    publisher: str = "Zonebook"
    site_url: str = ""
    colours: Mapping[str, Shade] = field(default_factory=lambda: MappingProxyType({}))
    font: str = ""
    logo: str = ""
    imprint: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pdf: bool = True
    paper: str = PAPERS[0]
    pdf_standards: tuple[str, ...] = PDF_STANDARDS[:1]
    settings: MetricSettings = DEFAULT_SETTINGS
    own_metrics: tuple[str, ...] = ()
    previous: str = ""
    timeout: int = 120
    memory: int = 2048
    jump_factor: float = 10.0
    sum_tolerance: float = 0.05
    name_likeness: float = 90.0
    pages: tuple[PageKind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class PageParameter:
    """One assignment of a notebook's parameters cell."""

    name: str
    type: type
    default: str | int | float | dict[str, Any] | list[str]
    help: str


DEFAULT_PARAMETERS = _DEFAULTS = Parameters()
_COMMON = (
    PageParameter("year", int, _DEFAULTS.year, "reporting year: figures of later years are left out"),
    PageParameter("lang", str, "en", "language of the page"),
    PageParameter("data", str, "data", "data set: a folder or .xlsx, looked for from here upwards"),
)
_METRICS = PageParameter("metrics", str, "", "metrics.parquet of the other pages; empty: computed here")
_OF_REGION = PageParameter("metrics", str, "", "rows that only the whole country tells of a region; empty: left out")
_OF_METRICS = (
    PageParameter("settings", dict, {}, "thresholds, goalposts and seeds that differ from their defaults"),
    PageParameter("own_metrics", list, [], "Python files with metrics of one's own, looked for from here upwards"),
)
_SCOPE_PARAMETERS = {
    "zone": (
        PageParameter("zone", str, "technopolis-moscow", "zone_id of the zone"),
        *_COMMON,
        _OF_REGION,
        *_OF_METRICS,
    ),
    "region": (PageParameter("region", str, "RU-MOW", "region_iso of the region"), *_COMMON, _OF_REGION, *_OF_METRICS),
    "country": (*_COMMON, _METRICS, *_OF_METRICS),
}


def page_parameters(scope: str) -> tuple[PageParameter, ...]:
    """Return the parameters a notebook of this scope takes, in the order of its parameters cell."""
    return _SCOPE_PARAMETERS[scope]


def _checked(name: str, value: Any, default: Any) -> Any:
    """Return a value in the type its parameter is declared with."""
    checked = _SPECIAL.get(name)
    if checked is not None:
        return checked(value)
    if isinstance(default, tuple) and default and isinstance(default[0], int):
        items = value.split(",") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else [value]
        if all(str(item).strip().isdigit() and int(item) > 0 for item in items) and len(items):
            return tuple(sorted({int(item) for item in items}))
        wanted = "a list of numbers from 1 on"
    elif isinstance(default, tuple):
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


def _checked_index(value: Any) -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """Return the indicators of the cooperation index by level, each with the values that score 0 and 100."""
    levels: dict[str, Mapping[str, tuple[float, float]]] = {}
    for level, indicators in value.items() if isinstance(value, Mapping) else ():
        if not isinstance(indicators, Mapping) or not indicators:
            break
        posts = {str(name): tuple(map(_read_number, pair)) for name, pair in indicators.items() if _is_pair(pair)}
        if len(posts) < len(indicators) or any(None in pair or pair[0] == pair[1] for pair in posts.values()):
            break
        levels[str(level)] = MappingProxyType(posts)  # type: ignore[arg-type]
    if not isinstance(value, Mapping) or not value or len(levels) < len(value):
        raise ParameterError(
            f"parameter 'index' must map levels to indicators and these to two different numbers, got {value!r}.",
            remedy="Write, for example, index: {local: {L01: [0, 1], L17: [1, 0]}}.",
        )
    return MappingProxyType(levels)


def _checked_weights(name: str, what: str, value: Any) -> Mapping[str, float]:
    weights = {str(name): _read_number(weight) for name, weight in value.items()} if isinstance(value, Mapping) else {}
    known = {name: weight for name, weight in weights.items() if weight is not None and weight >= 0}
    if not isinstance(value, Mapping) or len(known) < len(value):
        raise ParameterError(f"parameter {name!r} must map {what} to numbers from 0 on, got {value!r}.")
    return MappingProxyType(known)


def _is_pair(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2


def _read_number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _checked_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ParameterError(f"parameter 'pdf' must be true or false, got {value!r}.")
    return value


def _checked_imprint(value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise ParameterError(f"parameter 'imprint' must map languages to texts, got {value!r}.")
    return MappingProxyType({str(lang): text for lang, text in value.items()})


_SPECIAL: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "index": _checked_index,
        "colours": read_colours,
        "imprint": _checked_imprint,
        "pdf": _checked_flag,
        "index_weights": partial(_checked_weights, "index_weights", "indicators"),
        "chain_weights": partial(_checked_weights, "chain_weights", "value chains"),
    }
)


def list_parameters() -> tuple[str, ...]:
    """Return the names ``parameters.yml`` and ``-p`` take: those of the report and those of the metrics."""
    of_report = (declared.name for declared in fields(Parameters) if declared.name != "settings")
    return (*of_report, *SETTING_NAMES)


def to_values(parameters: Parameters) -> dict[str, Any]:
    """Return every parameter by the name ``parameters.yml`` gives it, as plain values."""
    values = {name: to_plain(getattr(parameters.settings, name)) for name in SETTING_NAMES}
    for declared in fields(Parameters):
        if declared.name not in ("settings", "pages", "colours"):
            values[declared.name] = to_plain(getattr(parameters, declared.name))
    values["colours"] = {role: [shade.light, shade.dark] for role, shade in parameters.colours.items()}
    values["pages"] = {kind.name: {"notebook": kind.notebook, "scope": kind.scope} for kind in parameters.pages}
    return values


def read_settings(values: Mapping[str, Any], settings: MetricSettings = DEFAULT_SETTINGS) -> MetricSettings:
    """Return the settings of metrics with some values replaced, each checked against its declared type and range.

    Raises
    ------
    ParameterError
        For a name that is not declared, or a value of the wrong type or outside its range.
    """
    unknown = [name for name in values if name not in SETTING_NAMES]
    if unknown:
        raise ParameterError(
            f"there is no setting {unknown[0]!r}.", remedy=suggest_name(unknown[0], list(SETTING_NAMES))
        )
    checked = {name: _checked(name, value, getattr(DEFAULT_SETTINGS, name)) for name, value in values.items()}
    for name, value in checked.items():
        _check_range(name, value)
    return replace(settings, **checked)


def _check_range(name: str, value: Any) -> None:
    """Refuse numbers no metric can take: counts below 1, shares outside 0-1, a design that is no power of two."""
    if name in _SHARES and not 0 <= value <= 1:
        raise ParameterError(f"parameter {name!r} must lie between 0 and 1, got {value}.")
    if name in _COUNTS and value < 1:
        raise ParameterError(f"parameter {name!r} must be at least 1, got {value}.")
    if name == "publish" and value not in EDITIONS:
        raise ParameterError(f"parameter 'publish' must be {' or '.join(EDITIONS)}, got {value!r}.")
    if name == "ratio_partners" and value < 3:
        raise ParameterError(f"parameter {name!r} must be at least 3, got {value}.", remedy="One or two name a firm.")
    if name == "sobol_samples" and (value < 2 or value & (value - 1)):
        raise ParameterError(f"parameter {name!r} must be a power of two, got {value}.", remedy="Take 1024.")
    if name in ("seed", "index_lag") and value < 0:
        raise ParameterError(f"parameter {name!r} must not be negative, got {value}.")


_SHARES = frozenset(
    {"dominance", "p_percent", "dependence", "dependence_eased", "stars_share", "strong_quantile", "corridor_alpha"}
    | {"concentrated", "level_share", "score_floor", "widest_rank", "pre_trend", "noise_share"}
)
_COUNTS = frozenset(
    {"least_units", "least_firms", "stars_peers", "least_pairs", "permutations", "removals", "pivots", "bootstraps"}
    | {"rank_draws", "least_ranked", "least_treated", "large_network", "mixing_groups"}
)


def override(parameters: Parameters, values: Mapping[str, Any]) -> Parameters:
    """Return the parameters with some values replaced, each checked against its declared type.

    Names of :class:`~zonebook.settings.MetricSettings` are parameters like any other.

    Raises
    ------
    ParameterError
        For a name that is not declared (with the nearest known one) or a value of the wrong type.
    """
    known = list_parameters()
    for name in values:
        if name not in known:
            raise ParameterError(f"there is no parameter {name!r}.", remedy=suggest_name(name, list(known)))
    of_metrics = {name: value for name, value in values.items() if name in SETTING_NAMES}
    of_report: dict[str, Any] = {
        name: read_kinds(value, parameters.pages)
        if name == "pages"
        else _checked(name, value, getattr(_DEFAULTS, name))
        for name, value in values.items()
        if name not in of_metrics
    }
    changed = replace(parameters, settings=read_settings(of_metrics, parameters.settings), **of_report)
    if not 1990 <= changed.year <= 2100:
        raise ParameterError(f"parameter 'year' must lie between 1990 and 2100, got {changed.year}.")
    if changed.timeout < 1:
        raise ParameterError(f"parameter 'timeout' must be at least 1 second, got {changed.timeout}.")
    if changed.memory < 0:
        raise ParameterError(f"parameter 'memory' must not be negative, got {changed.memory}.", remedy="0: no limit.")
    _check_print(changed)
    _check_limits(changed)
    if not changed.languages:
        raise ParameterError("parameter 'languages' must name at least one language.")
    return changed


def _check_print(parameters: Parameters) -> None:
    if parameters.paper not in PAPERS:
        raise ParameterError(f"parameter 'paper' must be {' or '.join(PAPERS)}, got {parameters.paper!r}.")
    for standard in parameters.pdf_standards:
        if standard not in PDF_STANDARDS:
            raise ParameterError(
                f"there is no PDF standard {standard!r}.", remedy=f"Known: {', '.join(PDF_STANDARDS)}."
            )
    if PDF_STANDARDS[0] not in parameters.pdf_standards:
        raise ParameterError(f"parameter 'pdf_standards' must name {PDF_STANDARDS[0]}: papers are for every reader.")


def _check_limits(parameters: Parameters) -> None:
    """Refuse limits of the check that every figure or none would break."""
    if parameters.jump_factor <= 1:
        raise ParameterError(f"parameter 'jump_factor' must be more than 1, got {parameters.jump_factor}.")
    if parameters.sum_tolerance < 0:
        raise ParameterError(f"parameter 'sum_tolerance' must not be negative, got {parameters.sum_tolerance}.")
    if not 0 <= parameters.name_likeness <= 100:
        raise ParameterError(f"parameter 'name_likeness' must lie between 0 and 100, got {parameters.name_likeness}.")


def read_parameters(path: Path) -> Parameters:
    """Return the parameters of a ``parameters.yml``; those it leaves out have their defaults."""
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
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
            # A colon makes a mapping in YAML; in a plain text, such as a publisher's name, it is just a colon.
            is_text = ": " in text and not text.lstrip().startswith(("{", "["))
            values[name.strip()] = text if is_text else yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ParameterError(f"the value of {assignment!r} is not valid.", remedy="Quote it.") from error
    return values
