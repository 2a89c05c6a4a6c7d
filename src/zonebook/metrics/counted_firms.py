"""Numbers of firms that may not be told: of too few of them, or of too few beside what parts of the scope show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.metrics.hidden_parts import Behind, count_parts, leaves_few
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope


@dataclass(frozen=True, slots=True)
class _Firm:
    """Who answers for a firm, and where it is."""

    respondent: Any
    zone: str | None
    region: str | None


def _list_firms(scope: Scope) -> Mapping[Any, _Firm]:
    parties = read_parties(scope)
    columns = (parties[name].tolist() for name in ("respondent", "zone_id", "region_iso"))
    known = zip(parties.index.tolist(), *columns, strict=True)
    return {party: _Firm(who, zone, region) for party, who, zone, region in known}


def find_firms(scope: Scope, parties: Iterable[Any]) -> list[_Firm]:
    """Return who answers for some parties, and where they are; each of them as often as it is given."""
    known = scope.remember("firms counted", lambda: _list_firms(scope))
    return [known.get(party) or _Firm(party, None, None) for party in parties]


def counts_few(scope: Scope, parties: Iterable[Any]) -> bool:
    """Return whether a number of firms of the scope would give few of them away.

    A region's number stands beside those of its zones, the country's beside those of regions and zones: less theirs
    it must not be one of few firms either. A holding is one firm.
    """
    firms = find_firms(scope, parties)
    places = {"zone": (), "region": ([firm.zone for firm in firms],)}
    wider = places.get(scope.type, ([firm.zone for firm in firms], [firm.region for firm in firms]))
    return leaves_few([firm.respondent for firm in firms], wider, scope.rule)


def group_firms(scope: Scope, labels: pd.Series[Any]) -> dict[str, Behind]:
    """Return how many firms of each respondent have each label; ``labels`` are those of parties, by id."""
    firms = find_firms(scope, labels.index.tolist())
    return dict(count_parts(map(str, labels.tolist()), (firm.respondent for firm in firms)))


def find_few(scope: Scope, labels: pd.Series[Any]) -> frozenset[str]:
    """Return the labels that few firms have; ``labels`` are those of parties, by id."""
    members: dict[str, list[Any]] = {}
    for party, label in zip(labels.index.tolist(), labels.tolist(), strict=True):
        members.setdefault(str(label), []).append(party)
    return frozenset(label for label, parties in members.items() if counts_few(scope, parties))
