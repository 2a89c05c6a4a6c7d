"""What a register holds, in numbers: its ties by kind, cluster and year, its residents by cluster and industry.

Nobody in a register is named and none of its ties is listed: what is public is in the tables of ties and residents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.counted_firms import find_few, group_firms
from zonebook.metrics.figures import is_missing
from zonebook.metrics.gate import find_hidden_clusters
from zonebook.metrics.hidden_parts import count_parts, hide_labels
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.ties import read_ties
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.inputs import find_scope
from zonebook.page.links import KINDS, is_published
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    set_table,
)
from zonebook.tables.frame import list_records

_MOST_YEARS = 4
_MOST_CLASSES = 25
_RESIDENT_COLUMNS = ("party_id", "cluster_id", "industry", "since", "source_id")
_Rows = tuple[tuple[Text, ...], ...]
_Counts = Mapping[str, tuple[int | None, ...]]  # by code, a number for each year: None is withheld


def local_tie_counts(here: PageContext) -> Block | None:
    """Return how many ties inside the zone and its region the register holds, by kind, cluster and year."""
    return _set_counts(here, "local", here.locale.text("Ties of the register inside the zone and its region"))


def regional_tie_counts(here: PageContext) -> Block | None:
    """Return how many ties with other regions the register holds, by kind, cluster and year."""
    return _set_counts(here, "regional", here.locale.text("Ties of the register with other regions"))


def international_tie_counts(here: PageContext) -> Block | None:
    """Return how many ties with other countries the register holds, by kind, cluster and year."""
    return _set_counts(here, "international", here.locale.text("Ties of the register with other countries"))


def _set_counts(here: PageContext, level: str, caption: str) -> Block | None:
    words = here.locale
    known = read_ties(find_scope(here))
    rows = known.rows[(known.rows["level"] == level).to_numpy(dtype=bool) & ~known.find_reported(known.rows)]
    rows = rows[rows["year"].notna()]
    years = sorted({int(year) for year in rows["year"]})[-_MOST_YEARS:]
    is_actual = (rows["status"] == "actual").to_numpy(dtype=bool)
    parts = {
        "kind": _count(here, rows[is_actual], rows[is_actual]["kind"], years),
        "cluster": _count(here, rows[is_actual], _find_clusters(here, rows[is_actual]), years),
        "status": _count(here, rows[~is_actual], rows[~is_actual]["status"], years),
    }
    headings = {
        "kind": words.text("By kind"),
        "cluster": words.text("By cluster of the participant"),
        "status": words.text("Not a fact yet"),
    }
    layout = Layout(
        name=f"tie-counts-{level}",
        caption=caption,
        headings=(Heading(words.text("Ties")), *(Heading(str(year), numeric=True) for year in years)),
        groups=tuple(Group(headings[part], _set_lines(here, part, found)) for part, found in parts.items()),
        behind=Behind(
            ("part", "code", *map(str, years)),
            tuple((part, code, *counts) for part, found in parts.items() for code, counts in found.items()),
        ),
        note=words.text("Ties recorded for each year. Those of a register are counted here and not listed."),
        evidence=find_evidence(here, rows["source_id"].unique()),
    )
    return set_table(here, layout)


def _find_clusters(here: PageContext, rows: pd.DataFrame) -> pd.Series[Any]:
    """Return the cluster of the home end of each tie; nothing on pages of more than one zone, nor of few firms."""
    if here.scope != "zone" or rows.empty:
        return pd.Series(float("nan"), index=rows.index, dtype=object)
    clusters = read_parties(find_scope(here))["cluster_id"]
    hidden = find_hidden_clusters(find_scope(here), here.year)
    own = clusters.reindex(rows["home_party_id"]).fillna("")
    return pd.Series(own.mask(own.isin(hidden)).to_numpy(dtype=object), index=rows.index)


def _count(here: PageContext, rows: pd.DataFrame, codes: pd.Series[Any], years: Sequence[int]) -> _Counts:
    """Return how many ties there are in each of the years, by a code of theirs; those of few firms are withheld."""
    known = codes.notna()
    if not known.any():
        return {}
    labels, dates = codes[known].astype(str), rows.loc[known, "year"].astype(int)
    found = Counter(zip(labels, dates, strict=True))
    listed = sorted({code for code, year in found if year in years}, key=_order_kind)
    respondents = read_parties(find_scope(here))["respondent"].reindex(rows.loc[known, "home_party_id"])
    hidden = {year: _hide_ties(here, labels, respondents, (dates == year).to_numpy(dtype=bool)) for year in years}
    return {code: tuple(None if code in hidden[year] else found[code, year] for year in years) for code in listed}


def _hide_ties(
    here: PageContext, labels: pd.Series[Any], respondents: pd.Series[Any], chosen: NDArray[np.bool_]
) -> frozenset[str]:
    """Return the codes whose ties in a year are those of few participants, and others they would follow from."""
    parts = count_parts(labels[chosen], respondents.to_numpy(dtype=object)[chosen].tolist())
    return hide_labels(parts, find_scope(here).rule)


def _order_kind(code: str) -> tuple[bool, int, str]:
    return (code == "", KINDS.index(code) if code in KINDS else len(KINDS), code)


def _set_lines(here: PageContext, part: str, found: _Counts) -> _Rows:
    return tuple(
        (_name(here, part, code), *(_print_count(here, count) for count in counts)) for code, counts in found.items()
    )


def _print_count(here: PageContext, count: int | None) -> str:
    return here.locale.sign("suppressed") if count is None else here.locale.number(count)


def _name(here: PageContext, part: str, code: str) -> str:
    if part == "cluster":
        return here.named("cluster", code) if code else here.locale.text("without a cluster")
    return capitalise(here.locale.label(f"tie.{part}", code))


def residents_by_industry(here: PageContext) -> Block | None:
    """Return how many residents the register lists, by cluster and by class of industry; none is named."""
    words = here.locale
    parties = find_scope(here).table("party")
    is_listed = ((parties["kind"] == "resident") & parties["zone_id"].isin(here.zone_ids)).fillna(value=False)
    listed = list_records(parties.loc[is_listed.astype(bool), list(_RESIDENT_COLUMNS)])
    rows = [row for row in listed if not is_published(here, row["source_id"]) and _is_present(here, row)]
    clusters = _count_firms(
        here, rows, lambda row: row["cluster_id"], find_hidden_clusters(find_scope(here), here.year)
    )
    classes = _count_firms(here, rows, lambda row: row["industry"] and row["industry"].split(".")[0])
    first = sorted(classes, key=lambda code: (code == "", -(classes[code] or 0), code))[:_MOST_CLASSES]
    parts: dict[str, dict[str, int | None]] = {
        "cluster": {code: clusters[code] for code in sorted(clusters) if code},
        "industry": {code: classes[code] for code in first},
    }
    headings = {"cluster": words.text("By cluster"), "industry": words.text("By industry")}
    layout = Layout(
        name="residents-by-industry",
        caption=words.text("Residents of the register"),
        headings=(Heading(words.text("Group")), Heading(words.text("Residents"), numeric=True)),
        groups=tuple(
            Group(
                headings[part],
                tuple((_name_class(here, part, code), _print_count(here, number)) for code, number in found.items()),
            )
            for part, found in parts.items()
        ),
        behind=Behind(
            ("part", "code", "residents"),
            tuple((part, code, number) for part, found in parts.items() for code, number in found.items()),
        ),
        note=words.plural(
            "{n} resident is listed; a register's residents are counted here and not named.",
            "{n} residents are listed; a register's residents are counted here and not named.",
            len(rows),
        ),
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _count_firms(
    here: PageContext,
    rows: Sequence[Mapping[Any, Any]],
    pick: Callable[[Mapping[Any, Any]], Any],
    beside: Collection[str] = frozenset(),
) -> dict[str, int | None]:
    """Return how many residents have each code, nothing for codes of few firms and others they would follow from."""
    known = [{name: None if is_missing(row[name]) else row[name] for name in _RESIDENT_COLUMNS} for row in rows]
    codes = pd.Series([str(pick(row) or "") for row in known], [row["party_id"] for row in rows], dtype=object)
    scope = find_scope(here)
    hidden = hide_labels(group_firms(scope, codes), scope.rule, find_few(scope, codes).union(beside))
    return {code: None if code in hidden else count for code, count in Counter(codes).items()}


def _is_present(here: PageContext, row: Mapping[Any, Any]) -> bool:
    """Whether a resident had come by the page's year; one without a date counts as having come."""
    since = "" if is_missing(row["since"]) else str(row["since"])[:4]
    return not since.isdigit() or int(since) <= here.year


def _name_class(here: PageContext, part: str, code: str) -> str:
    if part == "cluster":
        return here.named("cluster", code)
    if not code:
        return here.locale.text("industry not stated")
    row = here.row("industry", code)
    return here.locale.name(row) if row else code
