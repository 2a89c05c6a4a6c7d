"""Rows of brokers (L19): the largest betweenness and what the first few hold of it. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zonebook.metrics.betweenness import Betweenness, compute_betweenness
from zonebook.metrics.brokers import rank_brokers
from zonebook.metrics.interval import Interval
from zonebook.metrics.part_network import PartNetwork, YearNetworks, select_networks
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n

_NORMAL = 1.96  # 95 % of a normal distribution lie within so many standard errors


def broker_rows(scope: Scope) -> list[MetricResult]:
    """Return L19 by year: the largest betweenness and the share of the first.

    For the last year the scores of the first beside it, and the largest without direction where all paths are counted.
    """
    years = select_networks(scope)
    if not years:
        return [absent_row(scope, "L19", "share")]
    rows = [row for year in years for row in _broker_rows(year)]
    return mark_low_n(rows, scope.settings.least_units)


def _broker_rows(networks: YearNetworks) -> Iterator[MetricResult]:
    whole = networks.whole
    found = _measure(whole, directed=True)
    if found is None:
        yield whole.row("L19", "share", None, undefined=state(Reason.TOO_FEW_PARTIES, minimum=3))
        return
    yield _score_row(whole, "L19", found, 1)
    places = whole.year.scope.settings.top_residents
    yield from (_share_row(whole, found, top) for top in places)
    if networks.is_last:
        ranks = range(1, min(max(places), len(whole.parties)) + 1)
        yield from (_score_row(whole, f"L19.rank{rank}", found, rank) for rank in ranks)
        undirected = _measure(whole, directed=False) if found.is_exact else None
        if undirected is not None:
            yield _score_row(whole, "L19.undirected", undirected, 1)


def _measure(whole: PartNetwork, *, directed: bool) -> Betweenness | None:
    settings, size = whole.year.scope.settings, len(whole.parties)
    pivots = size if size <= settings.large_network else max(settings.pivots, 2)
    return compute_betweenness(whole.network, whole.parties, directed=directed, pivots=pivots, seed=settings.seed)


def _explain_sample(found: Betweenness) -> list[str]:
    return [] if found.is_exact else [state(Reason.SAMPLED_PATHS, pivots=found.pivots, seed=found.seed)]


def _score_row(whole: PartNetwork, metric_id: str, found: Betweenness, rank: int) -> MetricResult:
    """Return the score at a rank; from a sample with its 95 % interval."""
    scores = found.scores.to_numpy()
    place = int(np.argsort(-scores, kind="stable")[rank - 1])
    # A sampled score may pass 1 by its error.
    score = min(float(scores[place]), 1.0)
    if found.standard_errors is None:
        return whole.known_row(metric_id, "share", score)
    error = _NORMAL * float(found.standard_errors.to_numpy()[place])
    value = Interval(score, max(score - error, 0.0), min(score + error, 1.0))
    return whole.row(metric_id, "share", value, *_explain_sample(found), *whole.silence)


def _share_row(whole: PartNetwork, found: Betweenness, top: int) -> MetricResult:
    """Return the share of all betweenness that the first few hold; from a sample its bounds are not known."""
    brokers, metric_id = rank_brokers(found.scores, top), f"L19.top{top}"
    if brokers is None:
        return whole.row(metric_id, "share", None, undefined=Reason.NO_PATH)
    notes = _explain_sample(found)
    if len(brokers.parties) > top:
        notes.append(state(Reason.EQUAL_AT_CUT, count=len(brokers.parties)))
    if found.is_exact:
        return whole.known_row(metric_id, "share", brokers.share, *notes)
    return whole.row(metric_id, "share", brokers.share, *notes, *whole.silence)
