"""What the subjects of changes are called in a language, and which zone or region each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.edition.comparison import Comparison
from zonebook.metrics.figures import is_missing
from zonebook.metrics.registry import Catalogue
from zonebook.page.locale import Locale
from zonebook.page.subdivisions import name_subdivision
from zonebook.tables.schema import TABLES
from zonebook.tables.share import COUNTRY, REGION, ZONE

_KEYS = {ZONE: "zone_id", REGION: "region_iso", "cluster": "cluster_id", "party": "party_id", "tie": "tie_id"}
# Cells of a tie that are codes; one that is new or lost says its kind.
_KIND, _CODES = "kind", frozenset({"kind", "level", "status"})
_METRICS, _FIGURES = "metrics", "zone_year"
# What an exporter may be, in the order it is looked for.
_EXPORTERS = (ZONE, REGION, "party")

Row = Mapping[str, Any]
Scope = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """The names of zones, regions, clusters, parties and ties of both editions. Get it by :func:`name_subjects`."""

    locale: Locale
    catalogue: Catalogue
    rows: Mapping[str, Mapping[str, Row]]

    def scope(self, scope: Scope) -> str:
        """Return what a change is about: a zone, region, cluster, party, tie, pair of regions or the country."""
        kind, one = self.settle(scope)
        if kind == "pair":
            return self.locale.text(
                "{origin} → {destination}", **dict(zip(_ENDS, map(self._place, _split(one)), strict=True))
            )
        if kind == COUNTRY:
            return self.locale.country(one) if one else self.locale.text("The whole country")
        row = self.rows.get(kind, {}).get(one, {})
        if kind == "tie":
            ends = (self.scope(("party", str(row.get(end, "")))) for end in ("from_party", "to_party"))
            return self.locale.text("{origin} → {destination}", **dict(zip(_ENDS, ends, strict=True)))
        if self.is_secret(scope):
            return self.locale.text("name withheld")
        return self._place(one) if kind == REGION else self.locale.name(row) if row else one

    def settle(self, scope: Scope) -> Scope:
        """Return a scope with its kind: an exporter is a zone, a region or a party."""
        kind, one = scope
        return (
            (next((kind for kind in _EXPORTERS if one in self.rows[kind]), "party"), one)
            if kind == "exporter"
            else scope
        )

    def group(self, scope: Scope) -> Scope:
        """Return the zone a change belongs to, else its region, else the country."""
        kind, one = self.settle(scope)
        if kind in (ZONE, REGION):
            return kind, one
        row = self.rows.get(kind, {}).get(one, {})
        if kind == "tie":
            homes = [self.group(("party", str(row.get(end, "")))) for end in ("from_party", "to_party")]
            return next((home for wanted in (ZONE, REGION) for home in homes if home[0] == wanted), (COUNTRY, ""))
        if kind == "pair":
            return self.settle(("exporter", _split(one)[0]))
        for wanted in (ZONE, REGION):
            if not is_missing(row.get(_KEYS[wanted])):
                return wanted, str(row[_KEYS[wanted]])
        return COUNTRY, ""

    def is_secret(self, scope: Scope) -> bool:
        """Whether a change is about a party that is never named, or a tie of one."""
        kind, one = self.settle(scope)
        row = self.rows.get(kind, {}).get(one, {})
        if kind == "tie":
            return any(self.is_secret(("party", str(row.get(end, "")))) for end in ("from_party", "to_party"))
        confidential = row.get("confidential") if kind == "party" else None
        return not is_missing(confidential) and bool(confidential)

    def subject(self, table: str, one: str) -> str:
        """Return what changed: a metric with its series, an indicator, a column of a table."""
        words = self.locale
        if table == _METRICS:
            base, _, series = one.partition(".")
            name = words.of(self.catalogue[base].name) if base in self.catalogue else ""
            return f"{base} {name} ({series})" if series else f"{base} {name}".strip()
        if table == _FIGURES:
            base, _, part = one.partition(":")
            label = words.label("indicator", base)
            return f"{label} ({part})" if part else label
        column = TABLES[table].columns.get(one)
        return words.of(column.heading) if column else words.text("Tie")

    def text(self, row: Row, side: str) -> str:
        """Return a cell that is no number: the party a tie now leads to, a code, a product."""
        cell = str(row[f"{side}_text"])
        if not cell:
            return self.locale.sign("missing")
        code = row["id"] or _KIND
        if code in ("from_party", "to_party"):
            return self.scope(("party", cell))
        return self.locale.label(f"tie.{code}", cell) if code in _CODES else cell

    def product(self, row: Row) -> str:
        """Return the product of a change, that of a tie in the language of the names."""
        tie = self.rows["tie"].get(str(row["scope_id"]), {}) if row["table"] == "tie" else {}
        return self.locale.column(tie, "product") or str(row["product"])

    def _place(self, code: str) -> str:
        row = self.rows[REGION].get(code) or self.rows[ZONE].get(code)
        return self.locale.name(row) if row else name_subdivision(code, self.locale.lang)


_ENDS = ("origin", "destination")


def _split(pair: str) -> tuple[str, str]:
    origin, _, destination = pair.partition(":")
    return origin, destination


def name_subjects(comparison: Comparison, locale: Locale, catalogue: Catalogue) -> Naming:
    """Return the names of a comparison in a language: those of the new edition, else those of the old one."""
    rows: dict[str, dict[str, Row]] = {}
    for kind, key in _KEYS.items():
        rows[kind] = {}
        mentioned = _list_mentioned(comparison, kind)
        for share in comparison.shares:
            frame = share.table(kind)
            kept = frame if mentioned is None else frame[frame[key].isin(mentioned)]
            for row in kept.astype(object).to_dict("records"):
                rows[kind][str(row[key])] = {str(name): cell for name, cell in row.items()}
    return Naming(locale, catalogue, rows)


def _list_mentioned(comparison: Comparison, kind: str) -> set[str] | None:
    """Return the ids of ties that a change is about; ``None`` for what there is little of, or what ties lead to."""
    changes = comparison.changes
    return set(changes.loc[changes["scope_type"] == kind, "scope_id"]) if kind == "tie" else None


def map_scopes(changes: pd.DataFrame, call: Any) -> pd.Series[Any]:
    """Return what a function says of the scope of each change, asked once for each."""
    scopes = pd.Series(
        list(zip(changes["scope_type"], changes["scope_id"], strict=True)), dtype=object, index=changes.index
    )
    said = {scope: call(scope) for scope in scopes.unique()}
    return scopes.map(said)
