"""The catalogue of metrics: what each is called, means, needs and cites, and the function that computes its rows.

The entries are ``catalogue.yml`` and ``catalogue/*.yml``. They are read when the first metric is looked up, not on
import.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from zonebook.errors import MetricError

CATALOGUE_FILE = Path(__file__).with_name("catalogue.yml")
CATALOGUE_FOLDER = Path(__file__).with_name("catalogue")
LEVELS = ("local", "regional", "international", "support", "composite", "targets", "quality")
SCOPES = ("zone", "region", "country")
_LANGUAGES = ("en", "ru")

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
        For what it is computed: ``zone``, ``region``, ``country``.
    function
        ``module:name`` of what computes it, the module in this package unless its name has a dot.
    formulas
        ``module:name`` of the pure functions behind it.
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
    function: str
    formulas: tuple[str, ...] = ()
    series: Mapping[str, Texts] = field(default_factory=dict)

    def load_function(self) -> Callable[..., Any]:
        """Return the function that computes the metric."""
        return load_function(self.function)


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


def _read_metric(entry: Mapping[str, Any], place: str) -> Metric:
    place = f"{place}, metric {entry.get('id')!r}"
    known = {declared.name for declared in fields(Metric)}
    unknown, lacking = set(entry) - known, known - set(entry) - {"formulas", "series"}
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
        function=str(entry["function"]),
        formulas=tuple(map(str, entry.get("formulas", ()))),
        series=MappingProxyType(
            {str(suffix): _read_texts(entry["series"], suffix, place) for suffix in entry.get("series", ())}
        ),
    )


class Catalogue(Mapping[str, Metric]):
    """Metrics by id, in the order of their files. Files are read when the first metric is looked up.

    Parameters
    ----------
    files
        Catalogue files; a data set's own metrics may be added to the package's.
    """

    def __init__(self, *files: Path) -> None:
        self.files = files

    @cached_property
    def _metrics(self) -> Mapping[str, Metric]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        found: dict[str, Metric] = {}
        for file in self.files:
            # The loader is the safe one, in C where it is built.
            entries = yaml.load(file.read_text(encoding="utf-8"), Loader=loader) or []  # noqa: S506
            for entry in entries:
                metric = _read_metric(entry, file.name)
                if metric.id in found:
                    raise MetricError(f"metric {metric.id!r} is declared twice.", place=file.name)
                found[metric.id] = metric
        return MappingProxyType(found)

    def __getitem__(self, metric_id: str) -> Metric:
        return self._metrics[metric_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def of_scope(self, scope_type: str) -> tuple[Metric, ...]:
        """Return the metrics that are computed for a kind of scope."""
        return tuple(metric for metric in self.values() if scope_type in metric.scopes)


CATALOGUE = Catalogue(CATALOGUE_FILE, *sorted(CATALOGUE_FOLDER.glob("*.yml")))
