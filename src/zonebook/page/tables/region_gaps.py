"""Regions with a zone beside each other: corridors, under-traded pairs, multipliers, and the largest gaps of each."""

from __future__ import annotations

from zonebook.metrics.result import MetricResult, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.followed import ROW_COLUMNS, to_table
from zonebook.page.gaps import Pair, list_pairs
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import find_own_region, link_home
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, set_table

_MOST_PAIRS, _MOST_OF_REGION = 3, 8
_SERIES = ("R06", "R06.under", "R08", "R11", "R11.spillover", "R12")


def region_standing(here: PageContext) -> Block | None:
    """Return a line a region with a zone: its flows by the gravity model, corridors and multipliers."""
    words = here.locale
    rows = _latest_rows(here)
    regions = sorted({region for region, _ in rows}, key=lambda code: words.sort_key(here.place(code)))
    lines = tuple(_set_region(here, region, rows) for region in regions)
    used = list(rows.values())
    layout = Layout(
        name="region-standing",
        caption=words.text("Regions with a zone: flows, corridors, multipliers")
        if here.scope == "country"
        else words.text("The region: flows, corridors, multipliers"),
        headings=(
            Heading(words.text("Region")),
            Heading(words.text("Middle ratio of observed to expected flows"), numeric=True),
            Heading(words.text("Under-traded pairs"), numeric=True),
            Heading(words.text("Corridors"), numeric=True),
            Heading(words.text("Output multiplier"), numeric=True),
            Heading(words.text("of it in other regions"), numeric=True),
            Heading(words.text("Backward linkage"), numeric=True),
        ),
        groups=(Group("", lines),),
        behind=Behind(ROW_COLUMNS, to_table(used)),
        note=words.text(
            "The multiplier: output in all regions for one rouble of final demand in the region, from modelled tables."
        ),
        evidence=weakest_evidence(row.evidence for row in used) if used else None,
    )
    return set_table(here, layout)


def _latest_rows(here: PageContext) -> dict[tuple[str, str], MetricResult]:
    """Return the latest row with a value of each region with a zone and series."""
    homes = {str(row["region_iso"]) for row in here.records("zone") if row["type"] != "aggregate"}
    homes = homes if here.scope == "country" else {find_own_region(here)}
    found: dict[tuple[str, str], MetricResult] = {}
    for base_id in ("R06", "R08", "R11", "R12"):
        for row in here.rows(base_id):
            key = (row.scope_id, row.metric_id)
            if row.scope_type != "region" or row.scope_id not in homes or row.metric_id not in _SERIES:
                continue
            if row.value is not None and (key not in found or (row.year or 0) >= (found[key].year or 0)):
                found[key] = row
    return found


def _set_region(here: PageContext, region: str, rows: dict[tuple[str, str], MetricResult]) -> tuple[Text, ...]:
    words = here.locale
    name = Markup('<a href="{}regions/{}.html" id="region-{}">{}</a>').format(
        here.root, region, region, here.place(region)
    )
    printed: list[Text] = []
    for metric_id in _SERIES:
        row = rows.get((region, metric_id))
        printed.append(words.sign("missing") if row is None else link_home(here, row, words.number(row.value, 3)))
    return (name, *printed)


def region_gaps(here: PageContext) -> Block | None:
    """Return the pairs with the largest shortfall, both ways: of a region, on a country page of each with a zone."""
    words = here.locale
    pairs = [pair for pair in list_pairs(here) if pair.shortfall > 0]
    homes = {str(row["region_iso"]) for row in here.records("zone") if row["type"] != "aggregate"}
    ordered = sorted(homes, key=lambda code: words.sort_key(here.place(code)))
    regions = ordered if here.scope == "country" else [find_own_region(here)]
    groups = tuple(_group_region(here, region, pairs) for region in regions)
    caption = (
        words.text("Where each region with a zone trades less than expected")
        if here.scope == "country"
        else words.text("Where the region trades less than expected")
    )
    layout = Layout(
        name="region-gaps",
        caption=caption,
        headings=(
            Heading(words.text("Flow")),
            Heading(words.text("Observed"), numeric=True),
            Heading(words.text("Expected"), numeric=True),
            Heading(words.text("Part of what is expected"), numeric=True),
        ),
        groups=tuple(group for group in groups if group.rows),
        behind=Behind(
            ("origin", "destination", "observed_rub", "expected_rub", "ratio"),
            tuple((p.origin, p.destination, p.observed, p.expected, p.ratio.value) for p in pairs),
        ),
        note=words.text("The largest shortfalls, both ways; the table behind has more of them."),
        evidence=weakest_evidence(pair.ratio.evidence for pair in pairs) if pairs else None,
    )
    return set_table(here, layout)


def _group_region(here: PageContext, region: str, pairs: list[Pair]) -> Group:
    words = here.locale
    most = _MOST_PAIRS if here.scope == "country" else _MOST_OF_REGION
    sent = [pair for pair in pairs if pair.origin == region][:most]
    taken = [pair for pair in pairs if pair.destination == region][:most]
    heading = Markup('<span id="gaps-{}">{}</span>').format(region, here.place(region))
    lines = [_set_pair(here, pair, words.text("to: {place}", place=here.place(pair.destination))) for pair in sent]
    lines += [_set_pair(here, pair, words.text("from: {place}", place=here.place(pair.origin))) for pair in taken]
    return Group(heading if here.scope == "country" else "", tuple(lines))


def _set_pair(here: PageContext, pair: Pair, name: str) -> tuple[Text, ...]:
    words = here.locale
    return (
        name,
        link_home(here, pair.flow, words.amount(pair.observed, "RUB", digits=3)),
        link_home(here, pair.implied, words.amount(pair.expected, "RUB", digits=3)),
        link_home(here, pair.ratio, words.share(pair.ratio.value, decimals=0)),
    )
