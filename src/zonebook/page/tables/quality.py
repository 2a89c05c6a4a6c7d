"""How good the data are, zone by zone, and what would mend what is wanting (Q01 to Q07)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_home
from zonebook.page.tables.excerpt import MOST_ROWS, Excerpt, MadeRows
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_table, set_value
from zonebook.page.tables.profile import link_zone

# The measures of quality set side by side, in the order of the catalogue.
MEASURES = ("Q01", "Q02", "Q03", "Q04", "Q05", "Q06", "Q07", "Q07.silent")
_COLUMNS = ("zone_id", "metric_id", "year", "value", "unit", "status", "reason", "n_units")
Found = Mapping[tuple[str, str], MetricResult]


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wanting: the measure that tells, from which value on, and below which."""

    code: str
    metric_id: str
    above: float | None = None
    below: float | None = None

    def is_wanting(self, row: MetricResult | None) -> bool:
        """Whether a zone's row shows that something is to be mended."""
        if row is None or row.value is None:
            return False
        if self.above is not None:
            return row.value > self.above
        return self.below is not None and row.value < self.below


_MENDS = (
    Mend("missing_years", "Q07", above=0.0),
    Mend("inexact", "Q03", above=0.0),
    Mend("revised", "Q02", above=0.0),
    Mend("silent", "Q07.silent", above=0.0),
    Mend("blank_cells", "Q01", below=1.0),
    Mend("blank_ties", "Q01.tie", below=1.0),
    Mend("blank_firms", "Q01.party_year", below=1.0),
    Mend("few_firms", "Q04", above=0.0),
)


def quality_by_zone(here: PageContext) -> Block | None:
    """Return the quality of each zone's data on a country page; a measure no zone has is left out."""
    if here.scope != "country":
        return None
    words = here.locale
    found = _gather(here, MEASURES)
    measures = [one for one in MEASURES if any(_has_value(found.get((zone, one))) for zone in here.zone_ids)]
    zones = [zone for zone in here.zone_ids if any((zone, one) in found for one in measures)]
    shown = [found[zone, one] for zone in zones for one in measures if (zone, one) in found]
    rows = zones if len(zones) <= MOST_ROWS else _order_by_wants(here, zones)
    layout = Layout(
        name="quality-by-zone",
        caption=words.text("Quality of the data of each zone"),
        headings=(
            Heading(words.text("Zone")),
            *(Heading(capitalise(words.label("metric.short", one)), numeric=True) for one in measures),
        ),
        groups=(Group("", MadeRows(rows, partial(_set_zone, here, found, measures))),),
        behind=Behind.of(map(_to_record, shown), _COLUMNS),
        note=words.text("A value leads to its metric row. Latest year of each measure."),
        evidence=weakest_evidence(row.evidence for row in shown if row.value is not None),
        tool="sort",
        excerpt=Excerpt(words.text("those with most of what the list below names")),
    )
    return set_table(here, layout)


def _order_by_wants(here: PageContext, zones: Sequence[str]) -> Sequence[str]:
    """Return zones by how much their data want, the most first; of as much in the order they are given."""
    found = _gather(here, [mend.metric_id for mend in _MENDS])
    wants = {zone: sum(mend.is_wanting(found.get((zone, mend.metric_id))) for mend in _MENDS) for zone in zones}
    return sorted(zones, key=lambda zone: -wants[zone])


def _set_zone(here: PageContext, found: Found, measures: Sequence[str], zone: str) -> tuple[Text, ...]:
    return link_zone(here, zone), *(_set_cell(here, found.get((zone, one))) for one in measures)


def _has_value(row: MetricResult | None) -> bool:
    return row is not None and row.value is not None


def _gather(here: PageContext, metric_ids: Iterable[str]) -> Found:
    """Return the latest row of each zone and metric, in one pass."""
    found: dict[tuple[str, str], MetricResult] = {}
    for row in here.series(metric_ids):
        if row.scope_type == "zone":
            held = found.get((row.scope_id, row.metric_id))
            if held is None or (row.value is not None, row.year or 0) > (held.value is not None, held.year or 0):
                found[row.scope_id, row.metric_id] = row
    return found


def _to_record(row: MetricResult) -> dict[str, object]:
    cells = {name: getattr(row, name) for name in _COLUMNS if name not in ("zone_id", "status")}
    return {**cells, "zone_id": row.scope_id, "status": row.status.value}


def _set_cell(here: PageContext, row: MetricResult | None) -> Text:
    words = here.locale
    if row is None or row.value is None:
        sign = words.sign("missing") if row is None or row.status is Status.OK else words.result(row)
        return Markup('<span class="zb-missing">{}</span>').format(sign)
    printed = words.share(row.value, decimals=0) if row.unit == "share" else words.number(row.value, 3)
    return set_value(row.value, link_home(here, row, printed))


def mends(here: PageContext) -> Block | None:
    """Return what is wanting in the data, in how many zones, and what would mend it; ``None`` where nothing is."""
    if here.scope != "country":
        return None
    words = here.locale
    found = _gather(here, [mend.metric_id for mend in _MENDS])
    counted = [
        (mend, [zone for zone in here.zone_ids if mend.is_wanting(found.get((zone, mend.metric_id)))])
        for mend in _MENDS
    ]
    known = [(mend, zones) for mend, zones in counted if zones]
    rows = [
        (
            capitalise(words.label("quality.lack", mend.code)),
            set_value(len(zones), words.number(len(zones))),
            capitalise(words.label("quality.mend", mend.code)),
        )
        for mend, zones in known
    ]
    layout = Layout(
        name="mends",
        caption=words.text("What is wanting and what would mend it"),
        headings=(
            Heading(words.text("What is wanting")),
            Heading(words.text("Zones"), numeric=True),
            Heading(words.text("What would mend it")),
        ),
        groups=(Group("", tuple(rows)),),
        behind=Behind(
            ("lack", "metric_id", "zones", "zone_ids"),
            tuple((mend.code, mend.metric_id, len(zones), ";".join(zones)) for mend, zones in known),
        ),
    )
    return set_table(here, layout)
