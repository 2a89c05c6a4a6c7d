"""Rows of the local multiplier LM3 (L23)."""

from __future__ import annotations

import numpy as np

from zonebook.metrics.interval import Interval
from zonebook.metrics.local_multiplier import LocalRounds, compute_local_multiplier, trace_rounds
from zonebook.metrics.local_trade import read_local_amounts
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.trade_sides import Members, TradeSide, read_trade_side


def local_multiplier_rows(scope: Scope) -> list[MetricResult]:
    """Return L23: what a rouble of residents' purchases sets in motion in their zone, by year and cluster."""
    register = read_register(scope)
    if not register:
        return [scope.missing("L23", "ratio", register.absence)]
    rows = []
    for year in register:
        trade = read_trade_side(year, "buyer")
        if trade.has_value:
            rows += [_multiplier_row(trade, members) for members in trade.parts]
        else:
            rows.append(year.missing(year.parts[0], "L23", "ratio", state(Reason.NO_VALUE)))
    return mark_low_n(rows, scope.settings.least_units)


def _multiplier_row(trade: TradeSide, members: Members) -> MetricResult:
    amounts = read_local_amounts(trade.year, trade.side)
    if amounts.has_excess:
        # The third round takes the shares of all local sellers.
        return members.row("L23", "ratio", None, undefined=Reason.EXCEEDS_TOTAL)
    is_member = np.zeros(len(amounts.index), dtype=bool)
    is_member[members.places] = True
    rounds = trace_rounds(amounts, is_member)
    if rounds is None:
        return members.missing("L23", "ratio", state(Reason.NO_TOTAL))
    buyers = members.select(amounts.is_known[members.places])
    if buyers.is_told_by(amounts.total_rub[buyers.places]):
        return buyers.suppressed("L23", "ratio")
    return _row_of_rounds(buyers, rounds, [*trade.notes, *_say_left_out(len(members.places) - len(buyers.places))])


def _say_left_out(count: int) -> list[str]:
    return [state(Reason.WITHOUT_TOTAL, left_out=count)] if count else []


def _row_of_rounds(buyers: Members, rounds: LocalRounds, notes: list[str]) -> MetricResult:
    """Return the multiplier; what sellers of unknown purchases earned may all leave (below) or all stay (above)."""
    if rounds.third_rub is None:
        return buyers.without("L23", "ratio", Status.NOT_APPLICABLE, [state(Reason.OPEN_ROUND), *buyers.year.notes])
    least = compute_local_multiplier(rounds.first_rub, rounds.second_rub, rounds.third_rub)
    most = compute_local_multiplier(rounds.first_rub, rounds.second_rub, rounds.third_rub + rounds.open_rub)
    value = None if least is None or most is None else Interval(least, least, most)
    said = [state(Reason.OPEN_ROUND), *notes] if rounds.open_rub else notes
    return buyers.row("L23", "ratio", value, *said, undefined=Reason.NO_DENOMINATOR)
