"""What of a data set may be printed: in a public edition, of what tells of single firms only what is public already."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from zonebook.settings import INTERNAL, MetricSettings
from zonebook.tables.schema import LIST_SEPARATOR
from zonebook.tables.share import Share

# A row with such a source is public: somebody printed it. A register, or the demonstration that stands for one, is not.
PUBLIC_KINDS = frozenset({"press", "official", "company"})
# Bodies that no figure of a firm hides behind: their names are public by themselves.
_PUBLIC_BODIES = frozenset({"zone", "government"})
_PARTY, _TIE, _EMPLOYMENT = "party", "tie", "employment"
# The tables of single firms' figures, each with the column that names the firm.
_FIRM_OF = MappingProxyType(
    {"party_year": "party_id", "export_flow": "exporter_id", "support": "party_id", "stage_capability": "party_id"}
)
_GATED = (_PARTY, _TIE, *_FIRM_OF, _EMPLOYMENT)  # the tables that a public edition may not give away whole
_DECIDING = ("source", _PARTY, _TIE)  # beside their own rows, those of these tables decide which of them it gives
# What is left of a firm without a name, to be counted: its kind, its place, its industry.
_COUNTED = ("party_id", "kind", "zone_id", "site_id", "region_iso", "country_iso3", "cluster_id", "industry_scheme")
_OF_PARTY = frozenset({*_COUNTED, "industry", "holding_id", "confidential", "source_id"})
_OF_TIE = frozenset({"tie_id", "from_party", "to_party", "level", "kind", "year", "status", "evidence", "source_id"})
_OF_NAMED = frozenset({"party_id", "kind", "zone_id", "region_iso", "country_iso3"})
_ENDS = ("from_party", "to_party")


def publish_share(share: Share, settings: MetricSettings) -> Share:
    """Return a share with the rows an edition may give away as a file.

    An internal edition gives all. A public one gives the tables of zones, regions and sources whole; of those that tell
    of single firms the rows that are public already, by a source of the press, of an authority or of a company itself.
    Firms marked as confidential are not named at all, whatever the source. A firm that the register knows and the press
    named in a tie keeps its name and place, and nothing else.
    """
    if settings.publish == INTERNAL:
        return share
    marks = _mark_rows(share)
    parties, ties = share.table(_PARTY), share.table(_TIE)
    kept = _strip(parties, marks.named, _OF_NAMED)[marks.public | marks.named]
    return share.with_tables({_PARTY: kept, _TIE: ties[marks.ties], **_gate_figures(share, marks, settings)})


def list_deciding(name: str) -> tuple[str, ...]:
    """Return the tables whose rows decide what :func:`publish_share` gives of a table."""
    return (name, *_DECIDING) if is_gated(name) else (name,)


def is_gated(name: str) -> bool:
    """Tell whether a public edition may hold back rows of a table."""
    return name in _GATED


def mask_share(share: Share, settings: MetricSettings) -> Share:
    """Return a share as the pages of an edition may read it.

    It is that of :func:`publish_share` with the other firms and ties still there to be counted and drawn: without
    names, products, amounts and ids. Whatever a page does with them, it cannot print what it does not have.
    """
    if settings.publish == INTERNAL:
        return share
    marks = _mark_rows(share)
    parties, ties = share.table(_PARTY), share.table(_TIE)
    hidden = ~(marks.public | marks.named)
    number = pd.Series(range(1, len(parties) + 1), index=parties.index).astype(str)
    ids = dict(zip(parties.loc[hidden, "party_id"], "firm-" + number[hidden], strict=True))
    masked = _strip(_strip(parties, marks.named, _OF_NAMED), hidden, _OF_PARTY)
    if ids:
        masked["party_id"] = masked["party_id"].map(lambda one: ids.get(one, one)).astype(parties["party_id"].dtype)
        masked.loc[hidden, "confidential"] = True
    if "holding_id" in masked:
        # Firms of a holding are counted as one, whatever it is called.
        known = masked["holding_id"].notna()
        numbers = pd.factorize(masked["holding_id"])[0]
        masked.loc[known, "holding_id"] = [f"group-{number}" for number in numbers[known.to_numpy(dtype=bool)]]
    anonymous = _strip(ties, ~marks.ties, _OF_TIE)
    for end in _ENDS if ids else ():
        anonymous[end] = anonymous[end].map(lambda one: ids.get(one, one)).astype(ties[end].dtype)
    place = pd.Series(range(1, len(ties) + 1), index=ties.index).astype(str)
    anonymous.loc[~marks.ties, "tie_id"] = "tie-" + place[~marks.ties]
    return share.with_tables({_PARTY: masked, _TIE: anonymous, **_gate_figures(share, marks, settings)})


def count_withheld(share: Share, published: Share) -> dict[str, int]:
    """Return, by table, how many rows of a share an edition does not print; tables printed whole do not appear."""
    gated = [name for name in _GATED if name in share.tables]
    left = {name: len(share.table(name)) - len(published.table(name)) for name in gated}
    return {name: rows for name, rows in left.items() if rows}


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """Which parties are public, which only their names by a public tie; which ties are public; who is never named."""

    public: pd.Series[Any]
    named: pd.Series[Any]
    ties: pd.Series[Any]
    confidential: frozenset[str]
    sources: frozenset[str]


def _mark_rows(share: Share) -> _Marks:
    sources, parties, ties = (share.table(name) for name in ("source", _PARTY, _TIE))
    public = frozenset(sources.loc[sources["kind"].isin(PUBLIC_KINDS), "source_id"].dropna())
    is_secret = parties["confidential"].fillna(value=False).astype(bool)
    secret = frozenset(parties.loc[is_secret, "party_id"])
    told = _has_source(ties, public) & ~ties["from_party"].isin(secret) & ~ties["to_party"].isin(secret)
    is_public = ~is_secret & (_has_source(parties, public) | parties["kind"].isin(_PUBLIC_BODIES))
    ends = {*ties.loc[told, "from_party"], *ties.loc[told, "to_party"]}
    is_named = ~is_secret & ~is_public & parties["party_id"].isin(ends)
    return _Marks(is_public.astype(bool), is_named.astype(bool), told.astype(bool), secret, public)


def _has_source(frame: pd.DataFrame, sources: frozenset[str]) -> pd.Series[Any]:
    """Return which rows of a table have one of some sources."""
    if "source_id" not in frame:
        return pd.Series(data=False, index=frame.index)
    known = {
        cell: any(part.strip() in sources for part in str(cell).split(LIST_SEPARATOR))
        for cell in frame["source_id"].dropna().unique()
    }
    return frame["source_id"].map(known).fillna(value=False).astype(bool)


def _strip(frame: pd.DataFrame, rows: pd.Series[Any], left: frozenset[str]) -> pd.DataFrame:
    """Return a table in which some rows have lost all but the columns that are left to them.

    The name of a party that is named is left as well: in ``name`` and its translations.
    """
    keeps_name = left == _OF_NAMED
    lost = [name for name in frame.columns if name not in left and not (keeps_name and name.startswith("name"))]
    stripped = frame.copy()
    if rows.any():
        for name in lost:
            stripped[name] = stripped[name].mask(rows)
    return stripped


def _gate_figures(share: Share, marks: _Marks, settings: MetricSettings) -> dict[str, pd.DataFrame]:
    """Return the tables of firms' figures with what is public in them, employment without the rows of few firms."""
    gated = {}
    for name, firm in _FIRM_OF.items():
        if name not in share.tables:
            continue
        frame = share.table(name)
        gated[name] = frame[_has_source(frame, marks.sources) & ~frame[firm].isin(marks.confidential)]
    if _EMPLOYMENT not in share.tables:
        return gated
    frame = share.table(_EMPLOYMENT)
    is_few = frame["firms"].between(1, settings.least_firms - 1).fillna(value=False).astype(bool)
    return {**gated, _EMPLOYMENT: frame[~is_few | _has_source(frame, marks.sources)]}
