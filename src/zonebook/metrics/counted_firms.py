"""Numbers of firms that may not be told: of too few of them, or of too few beside what parts of the scope show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from zonebook.metrics.figures import is_missing
from zonebook.metrics.hidden_parts import Behind, count_parts, leaves_few
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope


def counts_few(scope: Scope, parties: Iterable[Any]) -> bool:
    """Return whether a number of firms of the scope would give few of them away.

    A region's number stands beside those of its zones, the country's beside those of regions and zones: less theirs
    it must not be one of few firms either. A holding is one firm.
    """
    known = read_parties(scope).reindex(pd.Index(sorted(parties, key=str), dtype=object))
    kinds = {"zone": (), "region": ("zone_id",)}.get(scope.type, ("zone_id", "region_iso"))
    places = [[None if is_missing(one) else str(one) for one in known[kind]] for kind in kinds]
    return leaves_few(known["respondent"].tolist(), places, scope.rule)


def group_firms(scope: Scope, labels: pd.Series[Any]) -> dict[str, Behind]:
    """Return how many firms of each respondent have each label; ``labels`` are those of parties, by id."""
    respondents = read_parties(scope)["respondent"].reindex(labels.index)
    return dict(count_parts(labels.astype(str), respondents))


def find_few(scope: Scope, labels: pd.Series[Any]) -> frozenset[str]:
    """Return the labels that few firms have; ``labels`` are those of parties, by id."""
    groups = labels.groupby(labels.astype(str).to_numpy(dtype=object), sort=True)
    return frozenset(str(label) for label, own in groups if counts_few(scope, own.index))
