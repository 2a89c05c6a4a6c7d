"""The changes of a section as rows of a table, by the zone or region that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from zonebook.edition.listing import name_place
from zonebook.edition.naming import Naming, Scope
from zonebook.edition.wording import set_cells
from zonebook.page.locale import Locale
from zonebook.tables.share import COUNTRY

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Rows of a section by zone or region, the one with the most important change first; how many are left out."""

    groups: Mapping[Scope, tuple[Cells, ...]]
    left: int


def list_headings(words: Locale) -> Cells:
    """Return the headings of a table of changes."""
    return (
        words.text("What"),
        words.text("Period"),
        words.text("Before"),
        words.text("Now"),
        words.text("Difference"),
        words.text("Why"),
    )


def group_changes(changes: pd.DataFrame, groups: pd.Series[Any], naming: Naming, most: int) -> Grouped:
    """Return changes as rows of a table.

    Parameters
    ----------
    changes
        The changes of a section, the most important first.
    groups
        The zone or region of each.
    naming
        The names of what changed.
    most
        Changes that are shown.
    """
    shown = changes.head(most)
    gathered: dict[Scope, list[Cells]] = {}
    for group, row in zip(groups[shown.index], shown.to_dict("records"), strict=True):
        told = {str(name): cell for name, cell in row.items()}
        gathered.setdefault(group, []).append(_tell(told, group, naming))
    return Grouped({group: tuple(rows) for group, rows in gathered.items()}, len(changes) - len(shown))


def _tell(row: Mapping[str, Any], group: Scope, naming: Naming) -> Cells:
    scope, cells = (row["scope_type"], row["scope_id"]), set_cells(row, naming)
    is_of_group = naming.settle(scope) == group or row["scope_type"] == COUNTRY
    subject = cells.subject if is_of_group else f"{naming.scope(scope)}: {cells.subject}"
    return subject, cells.when, cells.old, cells.new, cells.difference, cells.cause


def say_left(left: int, words: Locale) -> str:
    """Return how many changes the file has that are not shown; empty where there are none."""
    if not left:
        return ""
    return words.plural(
        "{n} more row is in the file of all changes.", "{n} more rows are in the file of all changes.", left
    )


def list_places(changes: pd.DataFrame, naming: Naming) -> Markup:
    """Return the zones and regions that only one of the editions has, as a list."""
    told = (
        (name_place(change, kind, naming.locale), naming.scope((kind, one)))
        for change, kind, one in zip(changes["change"], changes["scope_type"], changes["scope_id"], strict=True)
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}: {}</li>").format(*one) for one in told))
