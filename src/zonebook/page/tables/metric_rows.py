"""The metric rows behind a page, folded by metric: where every number of the page leads to, and what it came from.

A zone with a register has some two thousand of them: what rows of a metric share is said once, remarks are numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import list_rows, name_anchor, name_row_anchor
from zonebook.page.tables.excerpt import MOST_ROWS, Excerpt, say_excerpt
from zonebook.page.tables.layout import capitalise, link_file, mark_evidence, set_foot
from zonebook.page.tables.provenance import name_metric
from zonebook.page.tables.zone_metrics import gather_latest, is_by_places, order_zones
from zonebook.tables.schema import TABLES

_NAME, _DOWNLOAD = "metric-rows", "metrics"
# Up to so many rows all metrics are unfolded.
_UNFOLDED = 120
_INTERVAL, _VINTAGE = 3, 5  # columns that are left out where they would be empty
# Tables whose rows the page itself shows, by the table that shows them.
_SHOWN = {"zone_year": "table-figures-by-year", "target": "table-targets"}


def metric_rows(here: PageContext) -> Block | None:
    """Return every metric row behind the page, those of a zone's clusters and of a region's pairs after its own.

    On the page of the comparison these are the rows of zones that only it gives.

    Each with value, interval, period, number of units, vintage and remarks; each metric with its formula, the tables it
    is made from and its sources.
    """
    known = list_rows(here)
    rows, said = _cut(here, known)
    own = [row for row in rows if here.is_own(row)]
    others = _gather_others(here, rows)
    if not rows:
        return None
    is_open = len(rows) <= _UNFOLDED
    parts = [_Part(here, found).set(name_metric(here, one), is_open=is_open) for one, found in _gather(own).items()]
    parts += [_Part(here, found).set(one, is_open=is_open) for one, found in others.items()]
    evidence = weakest_evidence(row.evidence for row in known if row.value is not None)
    html = Markup('<div class="zb-metric-rows" id="table-{}"><p class="zb-text">{}{}</p>{}\n{}\n</div>\n{}').format(
        _NAME,
        here.locale.text("Metric rows behind this page"),
        mark_evidence(here, evidence),
        said,
        Markup("\n").join(parts),
        set_foot(here, _DOWNLOAD),
    )
    # The rows are on record: that is what is downloaded.
    return Block(html)


def _cut(here: PageContext, rows: Sequence[MetricResult]) -> tuple[Sequence[MetricResult], Markup]:
    """Return the rows that the page bears, of more zones those that are set side by side, and what is said of that."""
    if here.scope != "country":
        return rows, Markup("")
    known = {row.scope_id for row in rows if row.scope_type == "zone"}
    if len(known) <= MOST_ROWS:
        return rows, Markup("")
    zones, places = [zone for zone in here.zone_ids if zone in known], gather_latest(here, ["C06"])
    kept = set(order_zones(zones, places)[:MOST_ROWS])
    shown = [row for row in rows if row.scope_type != "zone" or row.scope_id in kept]
    words = here.locale
    first = (
        words.text("the zones with the first places")
        if is_by_places(zones, places)
        else words.text("the zones that are first by name")
    )
    said = say_excerpt(here, Excerpt(first), len(shown), len(rows))
    return shown, Markup('<p class="zb-remark zb-excerpt">{} {}</p>').format(said, link_file(here, _DOWNLOAD))


def _gather_others(here: PageContext, rows: Iterable[MetricResult]) -> dict[Markup, list[MetricResult]]:
    """Return the rows that stand beside the page's own, each under its heading."""
    found: dict[Markup, list[MetricResult]] = {}
    for row in rows:
        heading = _find_heading(here, row)
        if heading:
            found.setdefault(heading, []).append(row)
    return found


def _find_heading(here: PageContext, row: MetricResult) -> Markup:
    """Return what a row of a cluster, a pair of regions or a zone compared stands under; empty for all others."""
    words, scopes = here.locale, (here.scope, row.scope_type)
    if scopes == ("zone", "cluster"):
        return words.html("Cluster “{name}”", name=here.named("cluster", row.scope_id))
    if scopes == ("region", "pair"):
        return words.html("Flows to and from other regions")
    return name_metric(here, row.base_id) if scopes == ("country", "zone") else Markup("")


def _gather(rows: Iterable[MetricResult]) -> dict[str, list[MetricResult]]:
    found: dict[str, list[MetricResult]] = {}
    for row in rows:
        found.setdefault(row.base_id, []).append(row)
    return found


def _print(here: PageContext, row: MetricResult) -> tuple[str, str]:
    """Return the value of a row, else the sign of its status, and its interval."""
    return here.locale.value_and_bounds(row) if row.value is not None else (here.locale.result(row), "")


class _Part:
    """The rows of a metric, or of a cluster, and what they share."""

    def __init__(self, here: PageContext, rows: Sequence[MetricResult]) -> None:
        self.here, self.rows = here, rows
        self.remarks: dict[str, int] = {}
        self.reasons: dict[str, str] = {}
        self.printed = {id(row): _print(here, row) for row in rows}
        self.is_wide = any(wide for _, wide in self.printed.values())
        self.is_dated = any(row.vintage for row in rows)
        self.shared = Counter(row.source_ids for row in rows).most_common(1)[0][0]

    def set(self, name: Markup, *, is_open: bool) -> Markup:
        """Return the part: its name, where its rows come from, the rows, the remarks on them."""
        series: dict[str, list[MetricResult]] = {}
        for row in self.rows:
            series.setdefault(name_anchor(row), []).append(row)
        bodies = Markup("\n").join(self._set_series(anchor, found) for anchor, found in series.items())
        pattern = Markup(
            '<details class="zb-rows"{}><summary>{} <span class="zb-row-count">{}</span></summary>\n{}\n'
            '<div class="zb-table-frame" role="region" tabindex="0" aria-label="{}"><table class="zb-table">'
            '<caption class="zb-unseen">{}</caption>\n<thead><tr>{}</tr></thead>\n{}\n</table></div>\n{}</details>'
        )
        words = self.here.locale
        counted = words.plural("{n} row", "{n} rows", len(self.rows))
        plain = name.striptags()
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in self._list_headings())
        unfolded = Markup(" open") if is_open else ""
        origin = self._set_origin()
        return pattern.format(unfolded, plain, counted, origin, plain, plain, head, bodies, self._set_remarks())

    def _list_headings(self) -> tuple[str, ...]:
        words = self.here.locale
        texts = [words.text("Row"), words.text("Period"), words.text("Value"), words.text("Interval")]
        texts += [words.text("Units"), words.text("Vintage"), words.text("Remark")]
        return tuple(text for place, text in enumerate(texts) if self._has(place))

    def _has(self, place: int) -> bool:
        """Whether a column is set: those of intervals and vintages only where there are any."""
        return self.is_wide if place == _INTERVAL else self.is_dated if place == _VINTAGE else True

    def _set_origin(self) -> Markup:
        """Return the formula, the input tables and the sources that rows of a metric come from."""
        here, words = self.here, self.here.locale
        base_ids = dict.fromkeys(row.base_id for row in self.rows)
        known = [here.options.catalogue[one] for one in base_ids if one in here.options.catalogue]
        tables = dict.fromkeys(table for metric in known for table in metric.tables)
        inputs = here.inputs or here.share
        links = Markup(", ").join(self._link_table(table) for table in tables if inputs.has(table))
        said = [words.html("Sources of its rows: {marks}", marks=here.cite(self.shared))] if self.shared else []
        said = [words.html("Made from: {tables}", tables=links), *said] if links else said
        if len(known) == 1:
            pattern = Markup('<a class="zb-page" href="{}methods/{}.html">{}</a> <code>{}</code>')
            formula = pattern.format(here.root, known[0].id, words.text("Formula"), words.text(known[0].formula))
            said.insert(0, formula)
        return Markup('<p class="zb-foot">{}</p>').format(Markup(". ").join(said)) if said else Markup("")

    def _link_table(self, table: str) -> Markup:
        """Return an input table linked to its rows on this page where it shows them, else to its file."""
        here = self.here
        heading = here.locale.of(TABLES[table].heading) if table in TABLES else table
        is_shown = here.scope == "zone" and table in _SHOWN and not here.table(table).empty
        address = f"#{_SHOWN[table]}" if is_shown else f"{here.root}data/{table}.csv"
        return Markup('<a class="zb-input" href="{}">{}</a>').format(address, heading)

    def _set_series(self, anchor: str, rows: Sequence[MetricResult]) -> Markup:
        """Return the rows of a series, the latest first: that is where a link to the series leads."""
        latest = sorted(rows, key=lambda row: (-(row.year or 0), row.period))
        return Markup('<tbody id="{}">{}</tbody>').format(anchor, Markup("\n").join(map(self._set_row, latest)))

    def _set_row(self, row: MetricResult) -> Markup:
        words = self.here.locale
        printed, wide = self.printed[id(row)]
        marks = self.here.cite(row.source_ids, titled=False) if row.source_ids not in ("", self.shared) else ""
        cells = (
            self._name(row),
            words.period(row.period, row.year) if row.period and row.year else row.year or "",
            Markup("{}{}").format(printed, marks) if marks else printed,
            wide,
            "" if row.n_units is None else words.number(row.n_units),
            words.date(row.vintage) if row.vintage else "",
            self._remark(row),
        )
        first, *others = (cell for place, cell in enumerate(cells) if self._has(place))
        told = Markup("</td><td>").join(others)
        return Markup('<tr id="{}"><th scope="row">{}</th><td>{}</td></tr>').format(name_row_anchor(row), first, told)

    def _name(self, row: MetricResult) -> str:
        """Return the id of a row's series, with the name of the zone compared, or of a pair of regions."""
        here = self.here
        if row.scope_type == "zone" and here.scope == "country":
            return f"{row.metric_id} {here.named('zone', row.scope_id)}"
        if row.scope_type != "pair":
            return row.metric_id
        origin, _, destination = row.scope_id.partition(":")
        ends = {"origin": here.place(origin), "destination": here.place(destination)}
        return f"{row.metric_id} {here.locale.text('{origin} → {destination}', **ends)}"

    def _remark(self, row: MetricResult) -> Markup:
        """Return the status of a row without a full value, and the numbers of its remarks."""
        words = self.here.locale
        said = [self._say_reason(row.reason)] if row.reason else []
        if row.value is not None and row.evidence is not Evidence.REPORTED:
            said.append(words.label("evidence", row.evidence.value))
        numbers = [str(self.remarks.setdefault(one, len(self.remarks) + 1)) for one in said]
        status = "" if row.status is Status.OK else capitalise(words.label("metric.status", row.status.value))
        missing = Markup('<span class="zb-missing">{}</span> ').format(status) if status else Markup("")
        return missing + (Markup("({})").format(", ".join(numbers)) if numbers else "")

    def _say_reason(self, reason: str) -> str:
        if reason not in self.reasons:
            self.reasons[reason] = capitalise(self.here.locale.reason(reason, self.here.indicator))
        return self.reasons[reason]

    def _set_remarks(self) -> Markup:
        if not self.remarks:
            return Markup("")
        listed = Markup("").join(Markup("<li>{}</li>").format(text) for text in self.remarks)
        return Markup('<ol class="zb-remark">{}</ol>').format(listed)
