"""Which parts of a known whole must be hidden so that no firm behind them is given away (Q04, Q05)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from zonebook.metrics.disclosure import SuppressionRule

Behind = Mapping[Hashable, float]  # what each respondent adds; ``None`` for what a zone or region states itself


def gather_amounts(
    labels: Iterable[str], respondents: Iterable[Hashable], amounts: Iterable[float]
) -> dict[str, dict[Hashable, float]]:
    """Return what each respondent adds to each part.

    Examples
    --------
    >>> gather_amounts(["KAZ", "BLR", "KAZ"], ["p", "p", "p"], [1.0, 2.0, 3.0])
    {'KAZ': {'p': 4.0}, 'BLR': {'p': 2.0}}
    """
    found: dict[str, dict[Hashable, float]] = {}
    for label, respondent, amount in zip(labels, respondents, amounts, strict=True):
        behind = found.setdefault(label, {})
        behind[respondent] = behind.get(respondent, 0.0) + float(amount)
    return found


def is_disclosing(behind: Behind, rule: SuppressionRule) -> bool:
    """Return whether a sum gives a firm away: of too few, of one that dominates, or of two that can guess each other.

    What nobody is behind, and what a zone or region states itself, gives nobody away.

    Examples
    --------
    >>> sums = {"p": 1, "q": 1}, {"p": 1, "q": 1, "r": 1}, {"p": 98, "q": 1, "r": 1}
    >>> [is_disclosing(behind, SuppressionRule()) for behind in sums]
    [True, False, True]
    """
    if not behind or None in behind:
        return False
    first, *others = sorted(behind.values(), reverse=True)
    total = first + sum(others)
    rest = sum(others[1:])
    return len(behind) < rule.minimum or first > rule.dominance * total or rest < rule.protection * first


def hide_labels(
    parts: Mapping[str, Behind], rule: SuppressionRule, beside: Collection[str] = frozenset()
) -> frozenset[str]:
    """Return the parts of a known whole that must be hidden.

    Those that give away a firm by themselves; and where what is hidden can be told from the whole (a single part, or
    parts whose sum gives away a firm), the smallest of the others with them.

    Parameters
    ----------
    parts
        What each respondent adds to each part.
    rule
        Thresholds of primary suppression.
    beside
        Parts that must be hidden for what is shown elsewhere.

    Examples
    --------
    >>> alike = dict.fromkeys("pqr", 2.0)
    >>> sorted(hide_labels({"a": alike, "b": {"p": 9.0}, "c": {**alike, "s": 9.0}}, SuppressionRule()))
    ['a', 'b']
    """
    primary = {label for label, behind in parts.items() if label in beside or is_disclosing(behind, rule)}
    hidden = set(primary)
    others = sorted((sum(behind.values()), label) for label, behind in parts.items() if behind and label not in hidden)
    while hidden and others and _is_exposed(hidden, primary, parts, rule):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def is_whole_telling(hidden: Collection[str], parts: Mapping[str, Behind], rule: SuppressionRule) -> bool:
    """Return whether parts follow from their whole though as many are hidden as can be: it must be hidden itself.

    Examples
    --------
    >>> alike, whole = dict.fromkeys("pqr", 2.0), {"a": {"p": 90.0, "q": 50.0, "r": 8.0}, "b": {"s": 14.0}}
    >>> is_whole_telling("ab", whole, SuppressionRule()), is_whole_telling("", {"a": alike}, SuppressionRule())
    (True, False)
    """
    primary = [label for label in hidden if is_disclosing(parts[label], rule)]
    return bool(primary) and _is_exposed(hidden, primary, parts, rule)


def _is_exposed(
    hidden: Collection[str], primary: Collection[str], parts: Mapping[str, Behind], rule: SuppressionRule
) -> bool:
    """Whether the sum of the hidden parts, which the whole gives, gives away one of them to p per cent, or a firm."""
    together: dict[Hashable, float] = {}
    for label in hidden:
        for respondent, amount in parts[label].items():
            together[respondent] = together.get(respondent, 0.0) + amount
    total = sum(together.values())
    is_known = any(total <= (1 + rule.protection) * sum(parts[label].values()) for label in primary)
    return len(hidden) < 2 or is_known or is_disclosing(together, rule)


def count_parts(labels: Iterable[str], respondents: Iterable[Hashable]) -> dict[str, dict[Hashable, float]]:
    """Return how many firms of each respondent are in each part.

    Examples
    --------
    >>> count_parts(["26", "26", "28"], ["p", "p", "q"])
    {'26': {'p': 2.0}, '28': {'q': 1.0}}
    """
    pairs = list(zip(labels, respondents, strict=True))
    return gather_amounts([label for label, _ in pairs], [who for _, who in pairs], [1.0] * len(pairs))


def is_few(respondents: Iterable[Hashable], rule: SuppressionRule) -> bool:
    """Return whether some firms are too few to be counted in public; none at all is a true zero.

    Examples
    --------
    >>> [is_few(firms, SuppressionRule()) for firms in ([], ["p"], ["p", "p", "q"], ["p", "q", "r"])]
    [False, True, True, False]
    """
    return 0 < len(set(respondents)) < rule.minimum


def is_dominated(respondents: Iterable[Hashable], amounts: Iterable[float], rule: SuppressionRule) -> bool:
    """Return whether a mean weighted by amounts, or a ratio of their sums, is in truth that of few firms or of one.

    Examples
    --------
    >>> [is_dominated("pqr", amounts, SuppressionRule()) for amounts in ([95.0, 3.0, 2.0], [3.0, 3.0, 2.0])]
    [True, False]
    """
    who = list(respondents)
    behind = gather_amounts([""] * len(who), who, amounts).get("", {})
    largest, total = max(behind.values(), default=0.0), sum(behind.values())
    return bool(behind) and (len(behind) < rule.minimum or largest > rule.dominance * total)


def leaves_few(respondents: Iterable[Hashable], places: Sequence[Sequence[str | None]], rule: SuppressionRule) -> bool:
    """Return whether a number of firms gives few of them away: by itself, or less the numbers of parts of the scope.

    Parameters
    ----------
    respondents
        Who answers for each firm.
    places
        For each kind of part, the smaller ones first (zones, then regions), the part each firm belongs to; each of
        them shows a number of its own unless that gives few firms away.
    rule
        Thresholds of primary suppression.

    Examples
    --------
    >>> zones = ["a", "b", "b", "b"]
    >>> leaves_few("pqrs", [zones], SuppressionRule()), leaves_few("pqrs", [], SuppressionRule())
    (True, False)
    """
    firms = list(respondents)
    left = set(range(len(firms)))
    for labels in places:
        members: dict[str, set[int]] = {}
        for place, label in enumerate(labels):
            if label:
                members.setdefault(label, set()).add(place)
        for mine in members.values():
            if not any(is_few((firms[place] for place in told), rule) for told in (mine, mine & left)):
                left -= mine
    return is_few(firms, rule) or is_few((firms[place] for place in left), rule)
