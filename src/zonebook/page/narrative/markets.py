"""Sentences on export markets: one or many, new ones or more of the same, which bloc, where there is room."""

from __future__ import annotations

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.destinations import GROUPS, name_group
from zonebook.page.followed import link_row
from zonebook.page.markup import Markup
from zonebook.page.narrative.reach import find_row, link_number, link_share
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.tables.opportunities import list_markets

_NAMED_MARKETS = 3


def markets(here: PageContext) -> Block | None:
    """Return what the flows of exports say, in four sentences; ``None`` without flows."""
    return set_paragraph([_say_markets(here), _say_blocs(here), _say_margins(here), _say_potential(here)])


def _say_markets(here: PageContext) -> Markup | None:
    """Return whether exports hang on one market, a few, or many."""
    count, effective, hhi = (find_row(here, name) for name in ("X06", "X06.q1", "X07"))
    if count is None or effective is None or hhi is None:
        return None
    words, line = here.locale, here.options.settings.concentrated
    numbers = {
        "count": link_number(here, count),
        "effective": link_number(here, effective),
        "hhi": link_number(here, hhi),
    }
    if (hhi.value or 0.0) > line:
        return words.html(
            "Countries exports go to: {count}, but one or two of them decide: counted by weight there are {effective} "
            "(Herfindahl index {hhi}).",
            **numbers,
        )
    return words.html(
        "Countries exports go to: {count}; counted by weight, {effective}. No single market decides (Herfindahl "
        "index {hhi}).",
        **numbers,
    )


def _say_blocs(here: PageContext) -> Markup | None:
    found = [(code, find_row(here, f"X15.{code.lower()}")) for code, _, _ in GROUPS]
    known = [(code, row) for code, row in found if row is not None]
    if len(known) < len(GROUPS):
        return None
    code, row = max(known, key=lambda entry: entry[1].value or 0.0)
    return here.locale.html(
        "Largest group of countries: {group}, {share} of exports.",
        group=name_group(here.locale, code),
        share=link_share(here, row),
    )


def _say_margins(here: PageContext) -> Markup | None:
    """Return whether the latest change comes from flows that went on, or from new ones and ended ones."""
    rows = {name: find_row(here, f"X11{name}") for name in ("", ".kept", ".new", ".lost")}
    change, kept, new, lost = rows.values()
    if change is None or kept is None or new is None or lost is None or not change.value:
        return None
    words = here.locale
    numbers = {
        "period": words.during(change.period, change.year),
        "change": _link_signed(here, change),
        "kept": _link_signed(here, kept),
        "new": _link_signed(here, new),
        "lost": link_row(here, lost.metric_id, words.amount(-(lost.value or 0.0), lost.unit, digits=2, signed=True)),
    }
    moved = (new.value or 0.0) - (lost.value or 0.0)
    if abs(kept.value or 0.0) >= abs(moved):
        return words.html(
            "Exports changed {period} by {change}, mostly more or less of the same: flows that went on {kept}, new "
            "ones {new}, ended ones {lost}.",
            **numbers,
        )
    return words.html(
        "Exports changed {period} by {change}, mostly by markets won and lost: new flows {new}, ended ones {lost}, "
        "those that went on {kept}.",
        **numbers,
    )


def _link_signed(here: PageContext, row: MetricResult) -> Markup:
    return link_row(here, row.metric_id, here.locale.amount(row.value or 0.0, row.unit, digits=2, signed=True))


def _say_potential(here: PageContext) -> Markup | None:
    rows = list_markets(here)[:_NAMED_MARKETS]
    if not rows:
        return None
    words = here.locale
    listed = "; ".join(f"{words.country(row.series)} ({words.amount(row.value or 0, 'USD', digits=2)})" for row in rows)
    return words.html("Most room for more in the markets served, a year: {list}.", list=listed)
