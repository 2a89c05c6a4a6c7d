"""Rows of robustness to the loss of top residents (L20): by partners, by turnover, at random; firms and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.metrics.adjacency import build_adjacency
from zonebook.metrics.interval import Interval
from zonebook.metrics.part_network import PartNetwork, YearNetworks, read_networks, select_networks
from zonebook.metrics.percolation import simulate_random_removal
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import TRADE, absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.robustness import Robustness, measure_robustness
from zonebook.metrics.scope import Scope, mark_low_n

_TOO_FEW = state(Reason.TOO_FEW_PARTIES, minimum=2)
_BY_PARTNERS = state(Reason.BY_PARTNERS)


def robustness_rows(scope: Scope) -> list[MetricResult]:
    """Return L20 by year, for the scope and a zone's clusters; for the last year beside it the loss at random."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L20", "index")]
    rows = [row for year in select_networks(scope) for row in _year_rows(year)]
    rows += _random_rows(years[-1].whole)
    return mark_low_n(rows, scope.settings.least_units)


def _year_rows(networks: YearNetworks) -> Iterator[MetricResult]:
    whole = networks.whole
    if len(whole.parties) < 2:
        yield whole.row("L20", "index", None, undefined=_TOO_FEW)
    else:
        yield from _loss_rows(whole, "", None, [_BY_PARTNERS])
        yield from _turnover_rows(whole)
    for part in networks.clusters:
        found = measure_robustness(part.network, part.parties)
        value = None if found is None else found.index
        yield part.known_row("L20", "index", value, _BY_PARTNERS, undefined=_TOO_FEW)


def _turnover_rows(whole: PartNetwork) -> Iterator[MetricResult]:
    """Return the loss of residents from the largest turnover down."""
    turnover = whole.year.totals("revenue_rub")
    unknown = int(turnover.isna().sum())
    if unknown == len(turnover):
        yield whole.missing("L20.turnover", "index", state(Reason.NO_TOTAL))
        return
    notes = [state(Reason.BY_TURNOVER), *([state(Reason.WITHOUT_TURNOVER, count=unknown)] if unknown else [])]
    yield from _loss_rows(whole, "turnover", turnover, notes)


def _loss_rows(
    whole: PartNetwork, order: str, sizes: pd.Series[float] | None, notes: Sequence[str]
) -> Iterator[MetricResult]:
    """Return R, the giant shares and the shares of value left, of the loss in one order."""
    found = measure_robustness(whole.network, whole.parties, sizes)
    if found is None:
        return
    yield whole.known_row(f"L20.{order}" if order else "L20", "index", found.index, *notes)
    prefix = f"L20.{order}_" if order else "L20."
    for k in _list_losses(whole):
        yield whole.known_row(f"{prefix}s{k}", "share", found.giant_share[k], *notes)
    yield from _value_rows(whole, f"{prefix}value_s", found, notes)


def _list_losses(whole: PartNetwork) -> list[int]:
    """Return how many residents are lost, no more than there are."""
    return [k for k in whole.year.scope.settings.top_residents if k <= len(whole.parties)]


def _value_rows(whole: PartNetwork, prefix: str, found: Robustness, notes: Sequence[str]) -> Iterator[MetricResult]:
    """Return the share of what residents sell one another that is left, where enough firms are behind each step.

    What a step takes away is money of the firms lost in it, what is left is money of those that stay: where these are
    too few, their part could be worked out.
    """
    losses = _list_losses(whole)
    if found.value_share is None:
        yield from (whole.missing(f"{prefix}{k}", "share", state(Reason.NO_VALUE)) for k in losses[:1])
        return
    inside = whole.year.inside
    unvalued = int((inside["value_rub"].isna() & inside["kind"].isin(TRADE)).sum())
    notes = [*notes, *([state(Reason.WITHOUT_VALUE, left_out=unvalued)] if unvalued else [])]
    order = whole.parties.get_indexer(pd.Index(found.order, dtype=object))
    traded = build_adjacency(whole.network, whole.parties, directed=False, weighted=True)[order][:, order]
    places, respondents, told = scipy.sparse.coo_array(traded), whole.respondents[order], 0
    for k in losses:
        # Firms lost since the last step told, with whomever was still there; and those that stay, among themselves.
        parts = ((told, k), (k, len(order)))
        counts = [_count_trading(places, respondents, first, end) for first, end in parts]
        if all(count == 0 or count >= whole.year.scope.settings.least_firms for count in counts):
            told = k
            yield whole.known_row(f"{prefix}{k}", "share", found.value_share[k], *notes)
        else:
            yield whole.suppressed(f"{prefix}{k}", "share")


def _count_trading(traded: scipy.sparse.coo_array, respondents: NDArray[np.intp], first: int, end: int) -> int:
    """Return how many respondents between two places of the order trade with firms from the first place on."""
    trading = (traded.row >= first) & (traded.row < end) & (traded.col >= first)
    return len(np.unique(respondents[traded.row[trading]]))


def _random_rows(whole: PartNetwork) -> Iterator[MetricResult]:
    """Return R and the giant shares of loss in random order: what the loss of the largest is to be held against."""
    settings, size = whole.year.scope.settings, len(whole.parties)
    # In a large network one draw takes longer and differs less from the next: the time stays the same.
    draws = settings.removals if size <= settings.large_network else settings.removals * settings.large_network // size
    band = simulate_random_removal(whole.network, whole.parties, draws=max(draws, 1), seed=settings.seed)
    if band is None:
        return
    notes = [state(Reason.RANDOM_LOSS, draws=band.draws, seed=band.seed), *whole.silence]
    lower, median, upper = band.index
    yield whole.row("L20.random", "index", Interval(median, lower, upper), *notes)
    for k in _list_losses(whole):
        value = Interval(band.median[k], band.lower[k], band.upper[k])
        yield whole.row(f"L20.random_s{k}", "share", value, *notes)
