"""The catalogue of metrics: what each is called, means, needs and cites, and the function that computes its rows.

The entries are those of ``catalogue/*.yml``, one file a family; the order of files and entries does not matter. They
are read when the first metric is looked up, not on import. A report may add metrics of its own: from Python files
named in its parameters, and from installed packages with an entry point of the group ``zonebook.metrics``.
"""

from __future__ import annotations

import importlib
import runpy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from zonebook.errors import MetricError

CATALOGUE_FOLDER = Path(__file__).with_name("catalogue")
LEVELS = ("local", "regional", "international", "support", "composite", "targets", "quality")
SCOPES = ("zone", "cluster", "region", "pair", "country")
ENTRY_POINTS = "zonebook.metrics"
_LANGUAGES = ("en", "ru")
_OWN = "METRICS"  # what a Python file of own metrics calls its list of entries

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of a metric, and whether it was opened and its numbers checked, or is cited from memory."""

    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Metric:
    """An entry of the catalogue.

    Attributes
    ----------
    id
        The catalogue's id; rows of further series have it before a dot.
    level
        ``local``, ``regional``, ``international``, ``support``, ``composite``, ``targets`` or ``quality``.
    tier
        Least data it needs: A public aggregates, B the management company's register, C confidential data of firms.
    core
        Whether it belongs to the core set.
    name, meaning, undefined
        What it is called, what it says to a reader who is no statistician, and where it has no value, by language.
    formula
        The formula as text.
    unit, range
        Unit of the headline series and the values it can take.
    sources
        Where definition and published numbers come from.
    tables
        Tables it is computed from.
    scopes
        For what it has rows: ``zone``, ``cluster``, ``region``, ``pair``, ``country``. Rows of clusters come from
        their zone, rows of pairs from the country.
    function
        ``module:name`` of what computes it, the module in this package unless its name has a dot; or the function.
    formulas
        ``module:name`` of the pure functions behind it.
    uses
        The library that does the computation, empty where it is the package's own code.
    oracle
        The published or independently computed case it is tested against, empty where there is none.
    series
        What the further series are, by suffix; ``{indicator}`` and the like stand for codes.
    """

    id: str
    level: str
    tier: str
    core: bool
    name: Texts
    meaning: Texts
    formula: str
    unit: str
    range: str
    undefined: Texts
    sources: tuple[Citation, ...]
    tables: tuple[str, ...]
    scopes: tuple[str, ...]
    function: str | Callable[..., Any]
    formulas: tuple[str, ...] = ()
    uses: str = ""
    oracle: str = ""
    series: Mapping[str, Texts] = field(default_factory=dict)

    def load_function(self) -> Callable[..., Any]:
        """Return the function that computes the metric."""
        return load_function(self.function) if isinstance(self.function, str) else self.function

    @property
    def place(self) -> str:
        """Where the function is to be found, for messages."""
        return self.function if isinstance(self.function, str) else self.function.__qualname__


def load_function(reference: str) -> Callable[..., Any]:
    """Return the function a ``module:name`` refers to.

    A module without a dot in its name is one of this package; any other is imported as it stands, so that a data set
    can bring metrics of its own.

    Raises
    ------
    MetricError
        Where the reference has another form, or module or function do not exist.
    """
    module_name, separator, name = reference.partition(":")
    if not separator or not module_name or not name:
        raise MetricError(f"{reference!r} is not of the form module:name.")
    path = module_name if "." in module_name else f"{__package__}.{module_name}"
    try:
        found = getattr(importlib.import_module(path), name)
    except (ImportError, AttributeError) as error:
        raise MetricError(
            f"there is no function {reference!r}: {error}.", remedy="Correct it in the catalogue."
        ) from error
    if not callable(found):
        raise MetricError(f"{reference!r} is not a function.")
    return found  # type: ignore[no-any-return]


def _read_texts(entry: Mapping[str, Any], name: str, place: str) -> Texts:
    texts = entry.get(name)
    if not isinstance(texts, Mapping) or not all(str(texts.get(lang) or "").strip() for lang in _LANGUAGES):
        raise MetricError(f"{name!r} must be given in {' and '.join(_LANGUAGES)}.", place=place)
    return MappingProxyType({str(lang): str(text).strip() for lang, text in texts.items()})


_OPTIONAL = frozenset({"formulas", "series", "uses", "oracle"})


def _read_metric(entry: Mapping[str, Any], place: str) -> Metric:
    place = f"{place}, metric {entry.get('id')!r}"
    known = {declared.name for declared in fields(Metric)}
    unknown, lacking = set(entry) - known, known - set(entry) - _OPTIONAL
    if unknown or lacking:
        raise MetricError(f"unknown {sorted(unknown)}, missing {sorted(lacking)}.", place=place)
    if entry["level"] not in LEVELS or not entry["scopes"] or not set(entry["scopes"]) <= set(SCOPES):
        raise MetricError("level or scopes are not among the known ones.", place=place)
    return Metric(
        id=str(entry["id"]),
        level=str(entry["level"]),
        tier=str(entry["tier"]),
        core=bool(entry["core"]),
        name=_read_texts(entry, "name", place),
        meaning=_read_texts(entry, "meaning", place),
        formula=str(entry["formula"]).strip(),
        unit=str(entry["unit"]),
        range=str(entry["range"]),
        undefined=_read_texts(entry, "undefined", place),
        sources=tuple(Citation(str(source["text"]), bool(source["checked"])) for source in entry["sources"]),
        tables=tuple(map(str, entry["tables"])),
        scopes=tuple(map(str, entry["scopes"])),
        function=entry["function"] if callable(entry["function"]) else str(entry["function"]),
        formulas=tuple(map(str, entry.get("formulas", ()))),
        uses=str(entry.get("uses", "")),
        oracle=str(entry.get("oracle", "")),
        series=MappingProxyType(
            {str(suffix): _read_texts(entry["series"], suffix, place) for suffix in entry.get("series", ())}
        ),
    )


def _read_entries(file: Path) -> Iterable[Mapping[str, Any]]:
    """Return the entries of a catalogue file: YAML, or a Python file that lists them as ``METRICS``."""
    if file.suffix == ".py":
        try:
            return _checked_entries(runpy.run_path(str(file)).get(_OWN), file.name)
        except (ImportError, SyntaxError, NameError, FileNotFoundError) as error:
            raise MetricError(f"cannot be read: {error}", place=str(file), remedy="Correct the file.") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # The loader is the safe one, in C where it is built.
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader) or []  # noqa: S506


def _checked_entries(entries: Any, place: str) -> Iterable[Mapping[str, Any]]:
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, Mapping) for entry in entries):
        raise MetricError(
            f"has no list {_OWN} of metrics.", place=place, remedy="See the recipe “Add a metric” in CONTRIBUTING.md."
        )
    return entries


class Catalogue(Mapping[str, Metric]):
    """Metrics by id: by level, then id. Files are read when the first metric is looked up.

    Parameters
    ----------
    files
        Catalogue files: YAML, or Python with a list ``METRICS`` of entries whose ``function`` may be a function.
    with_entry_points
        Whether metrics of installed packages are added: entry points of the group ``zonebook.metrics``, each of them
        such a list.
    """

    def __init__(self, *files: Path, with_entry_points: bool = False) -> None:
        self.files = files
        self.with_entry_points = with_entry_points

    @cached_property
    def _metrics(self) -> Mapping[str, Metric]:
        found: dict[str, Metric] = {}
        for entry, place in self._list_entries():
            metric = _read_metric(entry, place)
            if metric.id in found:
                raise MetricError(f"metric {metric.id!r} is declared twice.", place=place)
            found[metric.id] = metric
        return MappingProxyType(dict(sorted(found.items(), key=lambda item: (LEVELS.index(item[1].level), item[0]))))

    @property
    def is_shipped(self) -> bool:
        """Whether the metrics are those of the package, all of them and no others."""
        return {*self.files} == {*CATALOGUE_FILES} and not self._points

    @cached_property
    def _points(self) -> tuple[EntryPoint, ...]:
        return tuple(entry_points(group=ENTRY_POINTS)) if self.with_entry_points else ()

    def _list_entries(self) -> Iterator[tuple[Mapping[str, Any], str]]:
        for file in self.files:
            yield from ((entry, file.name) for entry in _read_entries(file))
        for point in self._points:
            yield from ((entry, point.value) for entry in _checked_entries(point.load(), point.value))

    def __getitem__(self, metric_id: str) -> Metric:
        return self._metrics[metric_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def of_scope(self, scope_type: str) -> tuple[Metric, ...]:
        """Return the metrics that are computed for a kind of scope."""
        return tuple(metric for metric in self.values() if scope_type in metric.scopes)


CATALOGUE_FILES = tuple(sorted(CATALOGUE_FOLDER.glob("*.yml")))
CATALOGUE = Catalogue(*CATALOGUE_FILES)


@cache
def read_catalogue(*own: Path) -> Catalogue:
    """Return the metrics of the package, of installed packages, and of files of one's own.

    Parameters
    ----------
    own
        Python files (or YAML) with metrics.
    """
    return Catalogue(*CATALOGUE_FILES, *own, with_entry_points=True)
