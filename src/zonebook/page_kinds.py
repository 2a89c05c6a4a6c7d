"""Kinds of pages: the notebook that makes each, and what it is run for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zonebook.errors import ParameterError, suggest_name

SCOPES = ("zone", "region", "country")


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: the notebook that makes it, and whether it is made per zone, per region or once."""

    name: str
    notebook: str
    scope: str


KINDS = (
    PageKind("zone", "zone.ipynb", "zone"),
    PageKind("region", "region.ipynb", "region"),
    PageKind("overview", "overview.ipynb", "country"),
    PageKind("comparison", "comparison.ipynb", "country"),
    PageKind("corridors", "corridors.ipynb", "country"),
    PageKind("targets", "targets.ipynb", "country"),
    PageKind("quality", "quality.ipynb", "country"),
)


def read_kinds(value: object, known: Iterable[PageKind]) -> tuple[PageKind, ...]:
    """Return the kinds of pages of a report, checked.

    Parameters
    ----------
    value
        Kinds with their notebook and scope; or names of known kinds, the others being left out.
    known
        Those a name may stand for.

    Raises
    ------
    ParameterError
        For a name there is no kind of, or a kind without a notebook or with a scope there is not.
    """
    if isinstance(value, Mapping):
        return tuple(_read_kind(str(name), entry) for name, entry in value.items())
    names = [name.strip() for name in value.split(",")] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not names or not all(isinstance(name, str) for name in names):
        raise ParameterError(
            f"parameter 'pages' must name kinds of pages, or map each to its notebook and scope, got {value!r}."
        )
    kinds = {kind.name: kind for kind in known}
    for name in names:
        if name not in kinds:
            raise ParameterError(f"there is no kind of page {name!r}.", remedy=suggest_name(name, list(kinds)))
    return tuple(kinds[name] for name in dict.fromkeys(names))


def _read_kind(name: str, entry: Any) -> PageKind:
    if not isinstance(entry, Mapping) or set(entry) != {"notebook", "scope"} or entry["scope"] not in SCOPES:
        raise ParameterError(
            f"page kind {name!r} must give notebook and scope, got {entry!r}.",
            remedy=f"The scope is one of {', '.join(SCOPES)}.",
        )
    return PageKind(name, str(entry["notebook"]), str(entry["scope"]))
