"""Rows of assortativity by cluster and by stage of the value chain (L07), with the ties between every two groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from zonebook.metrics.hidden_parts import count_parts, hide_labels
from zonebook.metrics.mixing import UNASSIGNED, build_mixing_matrix, compute_assortativity
from zonebook.metrics.modularity_rows import explain_unassigned
from zonebook.metrics.part_network import PartNetwork, YearNetworks, read_networks, select_part
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import RegisterYear, absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.ties import find_column

_NO_GROUP = "none"  # in the code of a series, the residents without a cluster


def assortativity_rows(scope: Scope) -> list[MetricResult]:
    """Return L07 by year: by cluster and by stage; for the last year the ties between every two groups."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L07", "index")]
    rows = [row for year in years for row in _cluster_rows(year)]
    rows += _stage_rows(scope, years)
    return mark_low_n(rows, scope.settings.least_units)


def _cluster_rows(networks: YearNetworks) -> Iterator[MetricResult]:
    whole, groups = networks.whole, networks.year.clusters
    if groups.isna().all():
        yield whole.missing("L07", "index", state(Reason.NO_CLUSTER))
        return
    mixing = build_mixing_matrix(whole.network, groups)
    yield from _assortativity_rows(whole, mixing, ("L07", "L07.minimum"), explain_unassigned(groups))
    if networks.is_last and len(mixing) <= whole.year.scope.settings.mixing_groups:
        yield from _mixing_rows(whole, mixing, "L07.ties", _find_few(whole, groups))


def _find_few(part: PartNetwork, groups: pd.Series[Any]) -> frozenset[str]:
    """Return the groups of so few firms that their ties would be those of one or two, and others with them."""
    labels = groups.reindex(part.parties).fillna(UNASSIGNED).astype(str)
    return hide_labels(count_parts(labels, part.respondents.tolist()), part.year.scope.rule)


def _assortativity_rows(
    whole: PartNetwork, mixing: pd.DataFrame, ids: tuple[str, str], notes: Sequence[str]
) -> Iterator[MetricResult]:
    """Return the coefficient, and the least it could be with groups of these sizes."""
    found = compute_assortativity(mixing)
    if found is None:
        undefined = Reason.ONE_CLASS if mixing.to_numpy().any() else Reason.NO_TIE_INSIDE
        yield whole.row(ids[0], "index", None, undefined=undefined)
        return
    for metric_id, value in zip(ids, (found.value, found.minimum), strict=True):
        yield whole.known_row(metric_id, "index", value, *notes)


def _mixing_rows(
    whole: PartNetwork, mixing: pd.DataFrame, metric_id: str, few: frozenset[str]
) -> Iterator[MetricResult]:
    """Return how many pairs of residents are tied, for every two groups and inside each."""
    labels = [str(label) for label in mixing.index]
    names = [_NO_GROUP if label == UNASSIGNED else label for label in labels]
    counts = mixing.to_numpy().tolist()
    for place, name in enumerate(names):
        for other in range(place, len(names)):
            series = f"{metric_id}.{name}.{names[other]}"
            # A tie inside a group stands twice in its cell of the matrix.
            count = counts[place][other] // (2 if other == place else 1)
            is_hidden = not few.isdisjoint((labels[place], labels[other]))
            yield whole.suppressed(series, "count") if is_hidden else whole.known_row(series, "count", count)


def _stage_rows(scope: Scope, years: Sequence[YearNetworks]) -> Iterator[MetricResult]:
    """Return assortativity by stage for the years capabilities are given for, among residents with one stage each."""
    by_year = _read_stages(scope)
    found = [(networks, _find_stages(networks.year, by_year.get(networks.year.year))) for networks in years]
    known = [(networks, stages) for networks, stages in found if len(stages)]
    if not known:
        yield scope.missing_table("L07.stage", "index", "stage_capability")
    for networks, stages in known:
        yield from _one_stage_rows(networks, stages, is_last=networks is known[-1][0])


def _one_stage_rows(networks: YearNetworks, stages: pd.Series[Any], *, is_last: bool) -> Iterator[MetricResult]:
    whole = networks.whole
    staged = select_part(whole, replace(whole.part, members=stages.index))
    if len(stages) < 2:
        yield staged.row("L07.stage", "index", None, undefined=Reason.NO_STAGE)
        return
    few, ids = _find_few(staged, stages), ("L07.stage", "L07.stage_minimum")
    mixing = build_mixing_matrix(staged.network, stages)
    if few:
        yield from (staged.suppressed(name, "index") for name in ids)
    else:
        notes = [state(Reason.WITHOUT_STAGE, left_out=len(whole.parties) - len(stages))]
        yield from _assortativity_rows(staged, mixing, ids, notes)
    if is_last:
        yield from _mixing_rows(staged, mixing, "L07.stage_ties", few)


def _read_stages(scope: Scope) -> dict[int, pd.DataFrame]:
    """Return who can do which stage by year, each pair once, over all chains."""
    table = scope.table("stage_capability")
    able = find_column(table, "capable")
    table = table[(able.isna() | (able == "yes")).fillna(value=False).astype(bool)]
    stages = table[["year", "party_id", "stage"]].astype(object).drop_duplicates()
    return {int(str(year)): rows for year, rows in stages.groupby("year")}


def _find_stages(year: RegisterYear, able: pd.DataFrame | None) -> pd.Series[Any]:
    """Return the stage of each resident; of those with several stages in a year none."""
    if able is None:
        return pd.Series(dtype=object)
    stages = able[able["party_id"].isin(year.residents)]
    return stages.drop_duplicates("party_id", keep=False).set_index("party_id")["stage"].sort_index()
