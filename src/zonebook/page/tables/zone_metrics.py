"""All zones with the measures that registers allow, side by side: each zone a row that leads to its own rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from zonebook.metrics.result import Evidence, MetricResult, find_latest, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_home, name_zone_anchor
from zonebook.page.tables.excerpt import MOST_ROWS, Excerpt, MadeRows
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_table, set_value
from zonebook.page.tables.profile import link_zone

# The measures set side by side, by their ids; the last is the place of the index with its uncertainty.
MEASURES = ("C05", "L01", "L08", "L10", "R02", "R09", "X04", "X06.q1", "S01")
_RANK = "C06"
_COLUMNS = ("zone_id", "metric_id", "year", "period", "value", "lower", "upper", "unit", "status", "evidence")
Rows = Mapping[tuple[str, str], MetricResult]


def zone_metrics(here: PageContext) -> Block | None:
    """Return the zones by name with their measures; ``None`` where no zone has one that is more than reported.

    Reported figures are lower bounds of what became public: set in a table that sorts they would be ranked.
    """
    words = here.locale
    found = gather_latest(here, (*MEASURES, _RANK, f"{_RANK}.rank"))
    measures = [one for one in MEASURES if any((zone, one) in found for zone in here.zone_ids)]
    zones = order_zones([zone for zone in here.zone_ids if any((zone, one) in found for one in measures)], found)
    has_ranks = any((zone, _RANK) in found for zone in zones)
    shown = [found[zone, one] for zone in zones for one in (*measures, _RANK) if (zone, one) in found]
    headings = [
        Heading(words.text("Zone")),
        *(Heading(capitalise(words.label("metric.short", one)), numeric=True) for one in measures),
    ]
    columns = (*measures, _RANK) if has_ranks else (*measures,)
    if has_ranks:
        headings.append(Heading(words.text("Place by the index"), numeric=True))
    is_by_place = is_by_places(zones, found)
    layout = Layout(
        name="zone-metrics",
        caption=words.text("Zones side by side, by their place in the index")
        if is_by_place
        else words.text("Zones side by side, in alphabetical order"),
        headings=tuple(headings),
        groups=(Group("", MadeRows(zones, partial(_set_zone, here, found, columns))),),
        behind=Behind.of(map(_to_record, shown), _COLUMNS),
        note=words.text(
            "A value leads to its metric row. A place is printed as a number only where it is sure enough, else as the "
            "places it lies between."
        )
        if has_ranks
        else words.text("A value leads to its metric row."),
        evidence=weakest_evidence(row.evidence for row in shown),
        tool="sort",
        excerpt=Excerpt(
            words.text("those with the first places") if is_by_place else words.text("the first by name"),
            anchors=tuple(map(name_zone_anchor, zones)),
        ),
    )
    return set_table(here, layout)


def order_zones(zones: Sequence[str], found: Rows) -> Sequence[str]:
    """Return zones in the order they are set in: as they are; more than a page bears by their place, if they have one.

    Of so many the alphabet would show those that begin with its first letters.
    """
    return sorted(zones, key=lambda zone: _find_place(zone, found)) if is_by_places(zones, found) else zones


def is_by_places(zones: Sequence[str], found: Rows) -> bool:
    """Whether zones are set in the order of their places."""
    return len(zones) > MOST_ROWS and any(_find_place(zone, found) < math.inf for zone in zones)


def _find_place(zone: str, found: Rows) -> float:
    row = found.get((zone, _RANK))
    return math.inf if row is None or row.value is None else row.value


def _set_zone(here: PageContext, found: Rows, columns: Sequence[str], zone: str) -> tuple[Text, ...]:
    return (
        Markup('<span id="{}">{}</span>').format(name_zone_anchor(zone), link_zone(here, zone)),
        *(_set_rank(here, zone, found) if one == _RANK else _set_cell(here, found.get((zone, one))) for one in columns),
    )


def gather_latest(here: PageContext, metric_ids: Iterable[str]) -> Rows:
    """Return the latest row of each zone and metric that is more than reported, by zone and metric, in one pass."""
    rows = here.series(metric_ids)
    return find_latest(row for row in rows if row.scope_type == "zone" and row.evidence is not Evidence.REPORTED)


def _to_record(row: MetricResult) -> dict[str, object]:
    cells = {name: getattr(row, name) for name in _COLUMNS if name != "zone_id"}
    return {**cells, "zone_id": row.scope_id, "status": row.status.value, "evidence": row.evidence.value}


def _set_cell(here: PageContext, row: MetricResult | None) -> Text:
    if row is None or row.value is None:
        return here.locale.result(row)
    return set_value(row.value, link_home(here, row, _print(here, row)))


def _print(here: PageContext, row: MetricResult) -> str:
    if row.unit in ("index", "count"):
        return here.locale.number(row.value, 2 if row.unit == "index" else 3)
    return here.locale.value_and_bounds(row)[0]


def _set_rank(here: PageContext, zone_id: str, found: Rows) -> Text:
    """Return the place where it may be printed, else the places it lies between; sorted by the median."""
    words, wide, exact = here.locale, found.get((zone_id, _RANK)), found.get((zone_id, f"{_RANK}.rank"))
    if wide is None or wide.value is None:
        return words.result(wide)
    if exact is not None and exact.value is not None:
        return set_value(wide.value, link_home(here, exact, words.number(exact.value)))
    if wide.lower is None or wide.upper is None:
        return words.sign("undefined")
    return set_value(wide.value, link_home(here, wide, f"{words.number(wide.lower)}–{words.number(wide.upper)}"))
