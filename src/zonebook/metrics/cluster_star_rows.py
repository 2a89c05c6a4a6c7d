"""Rows of cluster stars and strong clusters (L13): zones, regions and zones' clusters, each among its peers."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.cluster_stars import StarRules, award_stars, flag_strong_clusters
from zonebook.metrics.employment import Employment, Level, choose_level, merge_bases, read_employment_table
from zonebook.metrics.employment_pair import EmploymentPair
from zonebook.metrics.firm_panel import read_firm_panel
from zonebook.metrics.headcount import count_residents
from zonebook.metrics.outcome import Outcome, build_row, hide_row, repeat_largest
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.register_ties import assign_rows
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.specialisation import location_quotient
from zonebook.metrics.specialisation_rows import find_hidden

_UNIT = "count"
_KINDS = ("zone", "region", "cluster")


@dataclass(frozen=True, slots=True, eq=False)
class _Peers:
    """Peers of one kind in a year: their employment, and the whole each is measured by, here and in the country."""

    kind: str
    year: int
    places: Mapping[str, Employment]
    wholes: Mapping[str, tuple[float, float]]
    country: Employment


def cluster_star_rows(scope: Scope) -> list[MetricResult]:
    """Return L13 of every zone, region and cluster of the country: most stars in an industry, stars by industry.

    Peers are all zones, all regions or all clusters with employees in the industry, in the latest year. A zone or
    region alone has no peers.
    """
    if not scope.share.has("employment"):
        return [scope.missing_table("L13", _UNIT, "employment")]
    if scope.type != "country":
        return [scope.without("L13", Status.NOT_APPLICABLE, _UNIT, [state(Reason.NEEDS_PEERS)])]
    if not read_employment_table(scope).list_levels(scope.home_country):
        return [scope.missing_table("L13", _UNIT, "employment")]
    rows = [scope.without("L13", Status.NOT_APPLICABLE, _UNIT, [state(Reason.NO_PEERS)])]
    for kind in _KINDS:
        peers = _find_peers(scope, kind)
        if peers is not None:
            rows += _peer_rows(scope, peers)
    return rows


def _find_peers(scope: Scope, kind: str) -> _Peers | None:
    """Return the peers of a kind in the latest year and at the finest level the country and any of them have."""
    table = read_employment_table(scope)
    there = table.list_levels(scope.home_country)
    names = [str(code) for code in scope.table("region")["region_iso"]] if kind == "region" else list(scope.zone_ids)
    candidates = there & {found for name in names for found in table.list_levels(name)}
    candidates = candidates or ({found for found in there if found[1].digits} if kind != "region" else set())
    level = choose_level(candidates)
    country = None if level is None else table.select(scope.home_country, level)
    if level is None or country is None:
        return None
    places = {name: found for name in names if (found := table.select(name, level)) is not None}
    if kind != "region":
        places |= _count_zones(scope, level, {name for name in names if name not in places})
    years = {year for found in places.values() for year in found.years} & set(country.years)
    if not years:
        return None
    year = max(years)
    places = {name: found for name, found in places.items() if year in found.years}
    wholes = {name: EmploymentPair(found, country).wholes(year) for name, found in places.items()}
    if kind != "cluster":
        return _Peers(kind, year, places, wholes, country)
    return _find_clusters(scope, _Peers(kind, year, places, wholes, country))


def _count_zones(scope: Scope, level: Level, names: Collection[str]) -> Iterator[tuple[str, Employment]]:
    """Yield zones without employment of their own with that of their residents."""
    for name, panel in read_firm_panel(scope).split("zone_id") if names else ():
        found = count_residents(panel, level) if name in names else None
        if found is not None:
            yield name, found


def _find_clusters(scope: Scope, zones: _Peers) -> _Peers | None:
    """Return the clusters of zones, each as a part of its zone."""
    places, wholes = {}, {}
    for name, panel in read_firm_panel(scope).split("cluster_id"):
        found, home = count_residents(panel, zones.country.level), str(panel.parties["zone_id"].iloc[0])
        if found is not None and zones.year in found.years and home in zones.wholes:
            # The residents of a zone may be more than the employment given for it counts.
            places[name], own = found, float(found.whole[found.years.index(zones.year)])
            wholes[name] = (max(zones.wholes[home][0], own), zones.wholes[home][1])
    return _Peers("cluster", zones.year, places, wholes, zones.country) if places else None


def _peer_rows(scope: Scope, peers: _Peers) -> list[MetricResult]:
    table = _tabulate(scope, peers)
    judged = {str(industry): _judge(scope, group) for industry, group in table.groupby("industry", sort=True)}
    by_name: dict[str, list[dict[Hashable, Any]]] = {}
    for record in table.sort_values(["name", "industry"]).to_dict("records"):
        by_name.setdefault(str(record["name"]), []).append(record)
    rows = []
    for name, own in by_name.items():
        made = [_star_row(scope, peers, record, judged[str(record["industry"])]) for record in own]
        strong = _strong_row(scope, own, judged, _basis_of(peers, name))
        rows += assign_rows([repeat_largest(made, "L13"), *made, strong], peers.kind, name)
    return rows


def _tabulate(scope: Scope, peers: _Peers) -> pd.DataFrame:
    """Return a row for each peer and industry it has employees in."""
    there, at = peers.country, peers.country.years.index(peers.year)
    reference = dict(zip(there.industries, there.employees[:, at].tolist(), strict=True))
    rows = []
    for name, place in peers.places.items():
        (local, whole), when = peers.wholes[name], place.years.index(peers.year)
        hidden = find_hidden(place, peers.year, scope.settings.least_firms)
        for code, industry in enumerate(place.industries):
            employees, part = float(place.employees[code, when]), reference.get(industry, np.nan)
            if not employees > 0:
                continue
            quotient = None if np.isnan(part) else location_quotient(employees, local, part, whole)
            why = join_reasons(hidden.explain(code, scope.settings.least_firms))
            rows.append((name, industry, employees, quotient, employees / local, float(place.firms[code, when]), why))
    columns = ["name", "industry", "employees", "location_quotient", "focus", "firms", "hidden"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True, slots=True, eq=False)
class _Judgement:
    """Stars of the peers of an industry (none where there is one alone) by how many rules, and which are strong."""

    stars: Mapping[str, float]
    rules: int
    strong: Mapping[str, bool]
    count: int


def _judge(scope: Scope, group: pd.DataFrame) -> _Judgement:
    settings = scope.settings
    rules = StarRules(
        settings.stars_quotient,
        settings.stars_share,
        settings.stars_peers,
        settings.strong_quantile,
        settings.strong_employees,
    )
    peers = group.set_index("name")[["employees", "location_quotient", "focus"]].astype(float)
    strong = flag_strong_clusters(peers, rules)
    known = pd.Series(dtype=bool) if strong is None else strong.dropna()
    flags = dict(zip(known.index, known.to_numpy(dtype=bool).tolist(), strict=True))
    found = award_stars(peers, rules)
    if found is None:
        return _Judgement({}, 0, flags, len(peers))
    stars = dict(zip(peers.index, found.by_peer["stars"].to_numpy(dtype=float).tolist(), strict=True))
    return _Judgement(stars, found.rules, flags, len(peers))


def _basis_of(peers: _Peers, name: str, firms: float = np.nan) -> Basis:
    return merge_bases(peers.places[name].basis_of(peers.year, firms), peers.country.basis_of(peers.year))


def _star_row(scope: Scope, peers: _Peers, row: Mapping[Hashable, Any], judged: _Judgement) -> MetricResult:
    metric_id, name = f"L13.{row['industry']}", str(row["name"])
    basis = _basis_of(peers, name, float(row["firms"]))
    if row["hidden"]:
        return hide_row(scope, metric_id, _UNIT, [str(row["hidden"])], basis)
    if name not in judged.stars:
        reason = [state(Reason.FEW_PEERS, minimum=2)]
        return scope.without(metric_id, Status.NOT_APPLICABLE, _UNIT, reason, basis)
    notes = [state(Reason.OF_PEERS, peers=judged.count), *peers.places[name].notes_of(peers.year)]
    if judged.rules == 1:
        notes.insert(0, state(Reason.SPECIALISATION_ONLY, minimum=scope.settings.stars_peers))
    is_exact = peers.places[name].is_exact(peers.year)
    return build_row(scope, metric_id, _UNIT, Outcome(judged.stars[name], basis, is_exact, notes))


def _strong_row(
    scope: Scope, own: list[dict[Hashable, Any]], judged: Mapping[str, _Judgement], basis: Basis
) -> MetricResult:
    """Return in how many of the industries shown a peer is a strong cluster."""
    shown = [(record["name"], judged[record["industry"]].strong) for record in own if not record["hidden"]]
    flags = [strong[name] for name, strong in shown if name in strong]
    if not flags:
        reason = [state(Reason.FEW_PEERS, minimum=scope.settings.stars_peers)]
        return scope.without("L13.strong", Status.NOT_APPLICABLE, _UNIT, reason, basis)
    return build_row(scope, "L13.strong", _UNIT, Outcome(float(sum(flags)), basis))
