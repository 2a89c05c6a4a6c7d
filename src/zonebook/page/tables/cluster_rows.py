"""Clusters of a zone side by side: a column a cluster, each number leading to its metric row."""

from __future__ import annotations

from zonebook.metrics.result import RESULT_COLUMNS, MetricResult, Status, to_record, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_result
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_small, set_table

# Series of the comparison, in its order, with the series of the whole zone that stands for the same.
SERIES = {
    "L01.zone": "L01",
    "L01": "",
    "L02": "L02",
    "L02.degree": "L02.degree",
    "L05": "L05",
    "L20": "L20",
    "L08": "L08",
    "L08.own_cluster": "L08.own_cluster",
    "L09": "L09",
    "L17.median": "L17.median",
    "L11": "L11",
    "R10": "R10",
    "S01": "S01",
    "X06": "X06",
    "X06.q1": "X06.q1",
    "X07": "X07",
}
_SILENT = frozenset({Status.MISSING_INPUT, Status.NOT_APPLICABLE})
_Cells = dict[str, MetricResult]


def cluster_comparison(here: PageContext) -> Block | None:
    """Return the metric rows of the clusters side by side, the whole zone beside them; ``None`` without any."""
    words = here.locale
    latest = find_latest(here)
    clusters = sorted(
        {row.scope_id for row in latest.values() if row.scope_type == "cluster"},
        key=lambda cluster: (words.sort_key(here.named("cluster", cluster)), cluster),
    )
    lines = {name: cells for name in SERIES if (cells := _select(here, latest, name, clusters))}
    rows = [row for cells in lines.values() for row in cells.values()]
    layout = Layout(
        name="cluster-comparison",
        caption=words.text("Clusters side by side"),
        headings=(
            Heading(words.text("Metric")),
            *(Heading(here.named("cluster", cluster), numeric=True) for cluster in clusters),
            Heading(words.text("Whole zone"), numeric=True),
        ),
        groups=(
            Group("", (_set_sizes(here, lines, clusters),) if lines else ()),
            Group("", tuple(_set_line(here, name, cells, clusters) for name, cells in lines.items())),
        ),
        behind=Behind.of(map(to_record, rows), RESULT_COLUMNS),
        note=words.text("The latest year of each. Each number leads to its metric row."),
        evidence=weakest_evidence(row.evidence for row in rows if row.value is not None),
    )
    return set_table(here, layout) if lines else None


def find_latest(here: PageContext) -> dict[tuple[str, str], MetricResult]:
    """Return the latest row of each series of the comparison, by series and by whose it is."""
    wanted = {*SERIES, *SERIES.values()}
    found: dict[tuple[str, str], MetricResult] = {}
    for row in here.series(wanted):
        if row.status in _SILENT or row.scope_type not in ("zone", "cluster"):
            continue
        key = (row.metric_id, row.scope_id)
        if key not in found or (row.year or 0) >= (found[key].year or 0):
            found[key] = row
    return found


def _select(here: PageContext, latest: dict[tuple[str, str], MetricResult], name: str, clusters: list[str]) -> _Cells:
    """Return the rows of one series by cluster, the zone's own under its id; nothing where no cluster has any."""
    cells = {cluster: latest[name, cluster] for cluster in clusters if (name, cluster) in latest}
    own = latest.get((SERIES[name], here.id))
    return {**cells, here.id: own} if cells and own else cells


def _set_sizes(here: PageContext, lines: dict[str, _Cells], clusters: list[str]) -> tuple[Text, ...]:
    """Return the line of how many residents each has."""
    cells = next(iter(lines.values()))
    sizes = [cells[one].n_units if one in cells else None for one in (*clusters, here.id)]
    return (here.locale.text("Residents"), *(here.locale.number(size) for size in sizes))


def _set_line(here: PageContext, name: str, cells: _Cells, clusters: list[str]) -> tuple[Text, ...]:
    words = here.locale
    base_id, years = name.partition(".")[0], {row.year for row in cells.values() if row.year}
    remark = Markup('<a class="zb-page" href="{}methods/{}.html">{}</a>, {}').format(
        here.root, base_id, name, "–".join(map(str, sorted(years)))
    )
    head = Markup("{}{}").format(capitalise(words.label("cluster.series", name)), set_small(remark))
    return (head, *(link_result(here, cells.get(one)) for one in clusters), link_result(here, cells.get(here.id)))
