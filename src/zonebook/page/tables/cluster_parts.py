"""A part of the zone's page for each cluster: who is in it, how it is tied, and what is not known of it.

What one or two firms stand behind is withheld, with what it would follow from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from zonebook.metrics.counted_firms import counts_few, group_firms
from zonebook.metrics.firm_panel import read_firm_panel
from zonebook.metrics.gate import find_hidden_clusters
from zonebook.metrics.headcount import cut_code
from zonebook.metrics.hidden_parts import hide_labels
from zonebook.metrics.result import Evidence, MetricResult, Status, to_record, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.followed import write_value
from zonebook.page.inputs import find_scope
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_home
from zonebook.page.tables.cluster_rows import SERIES, find_latest
from zonebook.page.tables.layout import Behind, Text, capitalise, join_text, mark_evidence, set_foot

# Most employees of each class of firms, as Russian law (209-FZ, article 4) bounds small business; others are large.
SIZES = {"micro": 15, "small": 100, "medium": 250}
_LARGE, _UNKNOWN = "large", "unknown"
_FEWEST = 3  # firms of the most frequent industry
_NAME = "cluster-parts"
_COLUMNS = ("cluster_id", "series", "year", "value", "lower", "upper", "unit", "status", "n_units", "evidence")
_Counts = Mapping[str, int | None]  # None is withheld


@dataclass(frozen=True, slots=True)
class _Members:
    """How many members of a cluster are of each size, of how many it is not known, and their most frequent industry.

    All of the latest year with figures.
    """

    year: int
    sizes: _Counts
    silent: int
    industry: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A cluster with its metric rows, the zone's beside them, and its members; none of those where they are hidden."""

    cluster: str
    rows: Mapping[str, MetricResult]
    zone: Mapping[str, MetricResult]
    members: _Members | None

    @property
    def known(self) -> dict[str, MetricResult]:
        """The rows that have a value."""
        return {name: row for name, row in self.rows.items() if row.value is not None}


def cluster_parts(here: PageContext) -> Block | None:
    """Return a part for each cluster of the zone with a register; ``None`` where none has a row."""
    parts = _list_parts(here)
    if not parts:
        return None
    evidence = weakest_evidence(row.evidence for part in parts for row in part.known.values())
    html = Markup('<div class="zb-clusters" id="table-{}">\n<p class="zb-text">{}{}</p>\n{}\n</div>\n{}').format(
        _NAME,
        here.locale.html("Clusters one by one: {list}.", list=join_text(map(partial(_point_to, here), parts))),
        mark_evidence(here, evidence),
        Markup("\n").join(map(partial(_set_part, here), parts)),
        set_foot(here, _NAME),
    )
    behind = Behind.of((record for part in parts for record in _list_records(part)), _COLUMNS)
    return Block(html, name=_NAME, columns=behind.columns, rows=behind.rows)


def _list_parts(here: PageContext) -> list[_Part]:
    latest = {key: row for key, row in find_latest(here).items() if row.evidence is not Evidence.REPORTED}
    clusters = {row.scope_id for row in latest.values() if row.scope_type == "cluster"}
    ordered = sorted(clusters, key=lambda one: (here.locale.sort_key(here.named("cluster", one)), one))
    zone = {name: latest[SERIES[name], here.id] for name in SERIES if (SERIES[name], here.id) in latest}
    members = _read_members(here, ordered) if ordered else {}
    rows = {one: {name: latest[name, one] for name in SERIES if (name, one) in latest} for one in ordered}
    return [_Part(one, rows[one], zone, members.get(one)) for one in ordered]


def _list_records(part: _Part) -> Iterable[dict[str, object]]:
    """Return the table behind a part: its metric rows, and its members by size."""
    for name, row in part.rows.items():
        yield {**to_record(row), "cluster_id": part.cluster, "series": name}
    if part.members is not None:
        for code, count in {**part.members.sizes, _UNKNOWN: part.members.silent}.items():
            status = Status.SUPPRESSED if count is None else Status.OK
            cells = {"year": part.members.year, "value": count, "unit": "count", "status": status}
            yield {"cluster_id": part.cluster, "series": f"residents.{code}", **cells}


# -- Members ---------------------------------------------------------------------------------------------------------


def _read_members(here: PageContext, clusters: Iterable[str]) -> dict[str, _Members]:
    """Return the members of the clusters by size and industry; clusters of few firms are left out."""
    scope = find_scope(here)
    panel = read_firm_panel(scope)
    if not panel.years:
        return {}
    hidden = find_hidden_clusters(scope, panel.years[-1])
    present = panel.is_present[:, -1]
    labels = panel.parties["cluster_id"].astype(object).to_numpy()
    found = {}
    for cluster in clusters:
        chosen = np.flatnonzero(present & (labels == cluster))
        if cluster not in hidden and len(chosen):
            employees = pd.Series(panel.figures["employees"][chosen, -1], panel.parties.index[chosen])
            sizes = _count(here, employees.dropna().map(find_size))
            industry = _find_industry(panel.parties["industry"].iloc[chosen])
            found[cluster] = _Members(panel.years[-1], sizes, int(employees.isna().sum()), industry)
    return found


def _find_industry(codes: pd.Series[str]) -> str:
    """Return the class of industry that most firms are of, empty where it is that of few."""
    classes = Counter(cut_code(str(code), 2) for code in codes.dropna())
    first = sorted(((-count, code) for code, count in classes.items() if code))[:1]
    return next((code for count, code in first if -count >= _FEWEST), "")


def find_size(employees: float) -> str:
    """Return the class of a firm with so many employees.

    Examples
    --------
    >>> [find_size(count) for count in (15, 16, 250, 251)]
    ['micro', 'small', 'medium', 'large']
    """
    return next((code for code, most in SIZES.items() if employees <= most), _LARGE)


def _count(here: PageContext, labels: pd.Series[str]) -> _Counts:
    """Return how many firms have each label, nothing for labels of few firms and others they would follow from.

    How many gave no number is told elsewhere, too: the firms counted here are a known whole.
    """
    scope = find_scope(here)
    few = {str(label) for label, firms in labels.groupby(labels).groups.items() if counts_few(scope, firms)}
    hidden = hide_labels(group_firms(scope, labels), scope.rule, few)
    return {label: None if label in hidden else count for label, count in Counter(labels).items()}


# -- Words and tables ------------------------------------------------------------------------------------------------


def _point_to(here: PageContext, part: _Part) -> Markup:
    return Markup('<a class="zb-page" href="#cluster-{}">{}</a>').format(part.cluster, _name(here, part))


def _name(here: PageContext, part: _Part) -> str:
    return here.named("cluster", part.cluster)


def _set_part(here: PageContext, part: _Part) -> Markup:
    words = here.locale
    said = [_say_size(here, part), _say_coverage(here, part), _say_network(here, part), _say_industry(here, part)]
    pattern = Markup(
        '<section class="zb-cluster">\n<h3 id="cluster-{0}">{1}</h3>\n<p class="zb-text">{2}</p>\n{3}\n{4}</section>'
    )
    lacking = _say_lacking(here, part)
    return pattern.format(
        part.cluster,
        words.text("Cluster “{name}”", name=_name(here, part)),
        join_text((one for one in said if one), " "),
        _set_table(here, part),
        Markup('<p class="zb-foot">{}</p>').format(lacking) if lacking else Markup(""),
    )


def _say_size(here: PageContext, part: _Part) -> Text:
    row, zone = part.known.get("L01.zone"), part.zone.get("L01.zone")
    if row is None or not row.n_units:
        return here.locale.text("Too few residents for anything to be told of them.")
    words = here.locale
    counted = words.plural("{n} resident", "{n} residents", row.n_units)
    if zone is None or not zone.n_units:
        return words.html("In the cluster: {residents}.", residents=link_home(here, row, counted))
    return words.html(
        "In the cluster: {residents}, {share} of all in the zone.",
        residents=link_home(here, row, counted),
        share=words.share(row.n_units / zone.n_units, decimals=0),
    )


def _say_coverage(here: PageContext, part: _Part) -> Text:
    row, zone = part.known.get("L01.zone"), part.zone.get("L01.zone")
    if row is None or zone is None or row.value is None or zone.value is None:
        return ""
    words = here.locale
    wide = words.value_and_bounds(row)[1]
    shares = [words.share(one.value, decimals=0) for one in (row, zone)]
    share = join_text((link_home(here, row, shares[0]), f"({wide})" if wide else ""), " ")
    fields = {"share": share, "zone": link_home(here, zone, shares[1])}
    may_be_alike = (row.lower or row.value) <= zone.value <= (row.upper or row.value)
    if shares[0] == shares[1] or may_be_alike:
        return words.html("About as many as in the zone as a whole have a partner there: {share}, {zone}.", **fields)
    if row.value < zone.value:
        return words.html("Fewer than in the zone as a whole have a partner there: {share} against {zone}.", **fields)
    return words.html("More than in the zone as a whole have a partner there: {share} against {zone}.", **fields)


def _say_network(here: PageContext, part: _Part) -> Text:
    joined, degree = part.known.get("L05"), part.known.get("L02.degree")
    if joined is None or degree is None:
        return ""
    words = here.locale
    return words.html(
        "Among themselves, the largest network joins {share} of them; ties per resident: {degree}.",
        share=link_home(here, joined, words.share(joined.value, decimals=0)),
        degree=link_home(here, degree, words.number(degree.value, 2)),
    )


def _say_industry(here: PageContext, part: _Part) -> Text:
    """Return the most frequent industry of the cluster, and how specialised the zone is in it."""
    code = part.members.industry if part.members else ""
    if not code:
        return ""
    words, row, quotient = here.locale, here.row("industry", code), here.metric(f"L12.{code}")
    industry = words.name(row) if row else code
    if quotient is None or quotient.value is None:
        return words.html("Most frequent industry: {industry}.", industry=industry)
    return words.html(
        "Most frequent industry: {industry}; the zone's location quotient in it is {quotient}.",
        industry=industry,
        quotient=link_home(here, quotient, words.number(quotient.value, 2)),
    )


def _set_table(here: PageContext, part: _Part) -> Markup:
    words = here.locale
    year = _find_year(part)
    headings = [words.text("Measure, {year}", year=year), words.text("Cluster"), words.text("Bounds")]
    headings.append(words.text("Whole zone"))
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="zb-number"') if place else "", text)
        for place, text in enumerate(headings)
    )
    lines = [*_list_sizes(here, part, year), *(_set_measure(here, part, name, year) for name in part.rows)]
    bodies = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, Markup("").join(Markup('<td class="zb-number">{}</td>').format(cell) for cell in cells)
        )
        for first, *cells in lines
    )
    pattern = Markup(
        '<div class="zb-table-frame" role="region" tabindex="0" aria-label="{0}"><table class="zb-table">\n'
        '<caption class="zb-unseen">{0}</caption>\n<thead><tr>{1}</tr></thead>\n<tbody>{2}</tbody>\n</table></div>'
    )
    return pattern.format(words.text("Cluster “{name}”", name=_name(here, part)), head, bodies)


def _find_year(part: _Part) -> int:
    """Return the year most rows are of."""
    years = Counter(row.year for row in part.rows.values() if row.year)
    return max(years, key=lambda year: (years[year], year), default=0)


def _date(here: PageContext, label: str, year: int | None, common: int) -> str:
    """Return the name of a line, with its year where that is not the common one."""
    name = capitalise(label)
    return name if not year or year == common else here.locale.text("{measure}, {year}", measure=name, year=year)


def _list_sizes(here: PageContext, part: _Part, common: int) -> list[tuple[Text, ...]]:
    """Return a line a size of firms; a class without a firm has a true zero."""
    if part.members is None:
        return []
    words, lines = here.locale, list[tuple[Text, ...]]()
    counts = {code: part.members.sizes.get(code, 0) for code in (*SIZES, _LARGE)}
    for code, count in {**counts, _UNKNOWN: part.members.silent}.items():
        printed = words.sign("suppressed") if count is None else words.number(count)
        name = words.text("residents: {size}", size=words.label("firm.size", code))
        lines.append((_date(here, name, part.members.year, common), printed, "", ""))
    return lines


def _set_measure(here: PageContext, part: _Part, name: str, common: int) -> tuple[Text, ...]:
    row, zone = part.rows[name], part.zone.get(name)
    wide = here.locale.value_and_bounds(row)[1] if row.value is not None else ""
    beside = "" if zone is None else link_home(here, zone, write_value(here.locale, zone))
    label = _date(here, here.locale.label("cluster.series", name), row.year, common)
    return label, link_home(here, row, write_value(here.locale, row)), wide, beside


def _say_lacking(here: PageContext, part: _Part) -> Text:
    """Return which measures the zone has and the cluster has not, or has without a value."""
    words = here.locale
    withheld = [name for name, row in part.rows.items() if row.status is Status.SUPPRESSED]
    absent = [name for name in part.zone if name not in part.known and name not in withheld]
    said = []
    if withheld:
        said.append(words.text("Withheld: {list}.", list=_name_measures(here, withheld)))
    if absent:
        said.append(words.text("Not known of the cluster: {list}.", list=_name_measures(here, absent)))
    return " ".join(said)


def _name_measures(here: PageContext, names: Iterable[str]) -> str:
    return "; ".join(here.locale.label("cluster.series", name) for name in names)
