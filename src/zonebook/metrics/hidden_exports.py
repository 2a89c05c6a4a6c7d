"""Which countries, blocs and products of a scope's exports must be hidden, seen together with all that is shown.

Blocs are sums of countries, and a region's exports are sums of those of its zones: each pattern has to hold beside
the others, or one undoes the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.disclosure import SuppressionRule
from zonebook.metrics.hidden_parts import Behind, gather_amounts, hide_labels, is_disclosing, is_whole_telling

_Parts = Mapping[str, Behind]


@dataclass(frozen=True, eq=False)
class Contributed:
    """What firms add to exports, an element each in every array: the label it counts for, who, how much, which zone."""

    labels: NDArray[Any]
    respondents: NDArray[Any]
    amounts: NDArray[np.float64]
    places: NDArray[Any]

    @property
    def total(self) -> Behind:
        """What each respondent adds to the whole."""
        return gather_amounts([""] * len(self.labels), self.respondents, self.amounts).get("", {})

    @property
    def parts(self) -> _Parts:
        """What each respondent adds to each label."""
        return gather_amounts(self.labels, self.respondents, self.amounts)

    def sum_groups(self, group_of: Mapping[str, str]) -> _Parts:
        """Return what each respondent adds to each group of labels."""
        return gather_amounts([group_of[label] for label in self.labels], self.respondents, self.amounts)

    def split(self) -> tuple[Contributed, ...]:
        """Return what belongs to each zone, where there are several."""
        masks = [self.places == place for place in sorted(set(self.places))]
        columns = (self.labels, self.respondents, self.amounts, self.places)
        return tuple(Contributed(*(column[mask] for column in columns)) for mask in masks) if len(masks) > 1 else ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is hidden: labels (countries, products), groups of them (blocs); and sets of labels whose sum is known.

    ``is_total_hidden`` says that the total gives away what is hidden, or a firm, so that nothing can be shown.
    """

    labels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    known_sums: tuple[frozenset[str], ...] = ()
    is_total_hidden: bool = False

    def tells(self, labels: Iterable[str]) -> bool:
        """Return whether the sum of some labels would tell more of those hidden than is known.

        Examples
        --------
        >>> pattern = Pattern(frozenset("abc"), known_sums=(frozenset("ab"), frozenset("c")))
        >>> pattern.tells("abx"), pattern.tells("ax")
        (False, True)
        """
        chosen = frozenset(labels)
        return any(own & chosen not in (frozenset(), own) for own in self.known_sums)


def hide_exports(contributed: Contributed, rule: SuppressionRule, group_of: Mapping[str, str] | None = None) -> Pattern:
    """Return what must be hidden of exports whose total is known.

    Parameters
    ----------
    contributed
        What firms add.
    rule
        Thresholds of primary suppression.
    group_of
        The bloc of each country, where its sum is shown as well.

    Examples
    --------
    >>> who = np.array(list("pqrspqrsz"), dtype=object)
    >>> labels = np.array([*["KAZ"] * 4, *["CHN"] * 4, "UZB"], dtype=object)
    >>> given = Contributed(labels, who, np.array([*[9.0] * 4, *[5.0] * 4, 8.0]), np.array(["home"] * 9, dtype=object))
    >>> sorted(hide_exports(given, SuppressionRule()).labels)
    ['CHN', 'UZB']
    >>> sorted(hide_exports(given, SuppressionRule(), {"KAZ": "EAEU", "CHN": "rest", "UZB": "rest"}).groups)
    []
    """
    blocs = group_of or dict.fromkeys(map(str, contributed.labels), "")
    zones = contributed.split()
    if not zones:
        return _hide(contributed, rule, blocs)
    # Whoever adds up zones knows all that each of them shows: a region hides what any of its zones hides, and no more.
    patterns = [_hide(zone, rule, blocs) for zone in zones]
    groups = frozenset[str]().union(*(pattern.groups for pattern in patterns))
    labels = frozenset[str]().union(*(pattern.labels for pattern in patterns))
    families = _list_families(frozenset(map(str, contributed.labels)), groups, blocs)
    silent = [zone for zone, pattern in zip(zones, patterns, strict=True) if pattern.is_total_hidden]
    is_total_hidden = is_disclosing(contributed.total, rule) or _is_told(silent, rule)
    return Pattern(labels, groups, tuple(own & labels for own in families if own & labels), is_total_hidden)


def _is_told(silent: Sequence[Contributed], rule: SuppressionRule) -> bool:
    """Return whether the total less those that zones show tells what others do not show."""
    together: dict[Hashable, float] = {}
    for zone in silent:
        for who, amount in zone.total.items():
            together[who] = together.get(who, 0.0) + amount
    return len(silent) == 1 or is_disclosing(together, rule)


def _hide(contributed: Contributed, rule: SuppressionRule, group_of: Mapping[str, str]) -> Pattern:
    parts, sums, telling = contributed.parts, contributed.sum_groups(group_of), set[str]()
    if is_disclosing(contributed.total, rule):
        return Pattern(frozenset(parts), frozenset(sums), is_total_hidden=True)
    while True:
        groups = hide_labels(sums, rule, telling)
        *shown, others = _list_families(frozenset(parts), groups, group_of)
        hidden = {own: hide_labels({label: parts[label] for label in sorted(own)}, rule) for own in shown}
        found = {
            group_of[next(iter(own))]
            for own in shown
            if is_whole_telling(hidden[own], {label: parts[label] for label in own}, rule)
        }
        if not found:
            # Were countries of a hidden bloc shown, too little of it would be uncertain.
            known_sums = (*(own for own in hidden.values() if own), *([others] if others else []))
            is_total_hidden = any(is_whole_telling(own, told, rule) for own, told in ((groups, sums), (others, parts)))
            return Pattern(frozenset[str]().union(*known_sums), groups, known_sums, is_total_hidden)
        telling |= found


def _list_families(labels: frozenset[str], hidden: frozenset[str], group_of: Mapping[str, str]) -> list[frozenset[str]]:
    """Return the sets of labels whose sum is known: those of each group that is shown, and all others together."""
    shown = sorted({group_of[label] for label in labels} - hidden)
    families = [frozenset(label for label in labels if group_of[label] == group) for group in shown]
    return [*families, frozenset(label for label in labels if group_of[label] in hidden)]
