"""What the metrics take for granted: thresholds, goalposts, sizes and seeds of simulations, each with its default.

Each is a parameter of ``parameters.yml``, which says where its default comes from. Values that the literature or
the law does not fix are choices of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

PUBLIC, INTERNAL = "public", "internal"
EDITIONS = (PUBLIC, INTERNAL)

Goalposts = Mapping[str, Mapping[str, tuple[float, float]]]

_INDEX: Goalposts = MappingProxyType(
    {
        "local": MappingProxyType({"L01": (0.0, 1.0), "L05": (0.0, 1.0), "L08": (0.0, 0.5), "L10": (0.0, 1.0)}),
        "regional": MappingProxyType({"R02": (1.0, 40.0), "R03.gap": (1.0, 0.0), "R09": (0.0, 10.0)}),
        "international": MappingProxyType({"X04": (0.0, 0.5), "X06.q1": (1.0, 40.0), "X07": (1.0, 0.0)}),
    }
)
# Headings of the Harmonized System that hold most products of the high-technology groups: pharmacy, aerospace,
# computers, electronics, instruments. An approximation at four digits, made from memory of the groups.
_HIGH_TECH = (
    *("2937", "2941", "3001", "3002", "3003", "3004", "8411", "8471", "8473", "8486", "8517", "8523", "8525", "8526"),
    *("8529", "8532", "8534", "8540", "8541", "8542", "8543", "8544", "8801", "8802", "8806", "8807", "9001", "9005"),
    *("9011", "9012", "9013", "9014", "9015", "9018", "9019", "9021", "9022", "9024", "9026", "9027", "9030", "9031"),
    *("9032", "9306"),
)


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """Thresholds, goalposts and simulation sizes of the metrics, with their defaults.

    Attributes
    ----------
    publish
        ``public``: nothing is shown that would give a firm away (Q04, Q05). ``internal``: all is shown, and every page
        says that it is for official use.
    on_course, moderate
        Lowest ratio of actual to required growth for "on course" and "moderate progress" (T02).
    least_units
        Fewer ties, countries or firms behind a share or mean give it the status ``low_n``.
    least_firms, dominance, p_percent
        Primary suppression (Q04): fewest respondents, largest share of one of them, p of the p-percent rule.
    dependence, dependence_eased
        Lines of the intra-zone procurement share (L08), shares.
    concentrated, ratio_partners
        Herfindahl-Hirschman index above which a firm's partners are concentrated (L17); how many partners the
        concentration ratio counts, at least 3 (L18).
    chain_weights
        Weight by value chain (L10); 1 for a chain that is not named.
    stars_quotient, stars_share, stars_peers, strong_quantile, strong_employees
        Cluster stars (L13): location quotient, top share of size and focus, fewest peers; the other rule's
        percentile of the quotient and least size.
    least_pairs, corridor_alpha
        Fewest pairs of regions a gravity model is fitted on (R06, R07); level of the backbone (R08).
    gap_ratio, shown_gaps
        Ratio of observed to expected flow below which two regions are under-traded (R06); pairs with the largest
        shortfalls that are listed for a region with a zone, in either direction.
    hub_z
        Within-zone z of the number of ties from which a resident is a hub (R04).
    seed
        Of every simulation.
    large_network, mixing_groups, top_residents
        Residents above which a network is large (L06, L19, L20): its shortest paths and removals are sampled more
        thinly and no partition of it is sought; most clusters whose ties are told pair by pair (L07); how many
        residents are looked at as brokers (L19) and as lost (L20).
    permutations, removals, pivots, bootstraps
        Draws of the expected E-I index (R03), of random removals (L20), of sources of sampled betweenness (L19), of
        the paired bootstrap (S03).
    index_lag
        Years by which an indicator of the cooperation index may be older than the index (C05).
    rank_draws, sobol_samples
        Draws of the rank uncertainty (C06); base size of the Sobol design (C07), a power of two.
    level_share, score_floor, least_ranked, widest_rank
        Cooperation index (C05, C06): share of a level's indicators that must be there, least score in a geometric
        mean, fewest units with a rank, widest printed rank interval as a part of the list.
    pre_trend, least_treated, least_clusters
        Wording of support effects (S04): p of the pre-trend test, supported firms; fewest firms with an interval.
    support_span
        Years before and after the first year of support that are compared (S03).
    noise_share, opportunities, filled_gap
        Trade: share of world trade in a product below which an advantage is marked as noise (X09, X10); products
        (X18) and countries (X19) that are listed; longest gap, in years, that is filled in spells of exports (X14).
    high_tech
        Codes of high-technology products (X21), each with all codes below it.
    index
        Indicators of the cooperation index by level, each with the values that score 0 and 100; where less is
        better the first is the larger.
    index_weights
        Weight by indicator; empty for equal weights within and between levels.
    """

    publish: str = PUBLIC
    on_course: float = 0.95
    moderate: float = 0.6
    least_units: int = 5
    least_firms: int = 3
    dominance: float = 0.9
    p_percent: float = 0.1
    dependence: float = 0.2
    dependence_eased: float = 0.1
    concentrated: float = 0.25
    ratio_partners: int = 4
    chain_weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    stars_quotient: float = 2.0
    stars_share: float = 0.1
    stars_peers: int = 10
    strong_quantile: float = 0.75
    strong_employees: int = 0
    least_pairs: int = 30
    corridor_alpha: float = 0.05
    gap_ratio: float = 0.5
    shown_gaps: int = 10
    hub_z: float = 2.5
    seed: int = 1
    large_network: int = 2000
    mixing_groups: int = 10
    top_residents: tuple[int, ...] = (1, 3, 5, 10)
    permutations: int = 1000
    removals: int = 100
    pivots: int = 500
    bootstraps: int = 2000
    index_lag: int = 1
    rank_draws: int = 2000
    sobol_samples: int = 1024
    level_share: float = 2 / 3
    score_floor: float = 0.01
    least_ranked: int = 6
    widest_rank: float = 1 / 3
    pre_trend: float = 0.1
    least_treated: int = 10
    least_clusters: int = 10
    support_span: int = 1
    noise_share: float = 0.001
    opportunities: int = 10
    filled_gap: int = 1
    high_tech: tuple[str, ...] = _HIGH_TECH
    index: Goalposts = field(default_factory=lambda: _INDEX, hash=False)
    index_weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def in_force(self) -> MetricSettings:
        """The settings metrics are computed with: in an internal edition no rule of suppression hides anything.

        Examples
        --------
        >>> MetricSettings(publish="internal").in_force.least_firms, MetricSettings().in_force.least_firms
        (1, 3)
        """
        if self.publish == PUBLIC:
            return self
        return replace(self, least_firms=1, dominance=1.0, p_percent=0.0)


DEFAULT_SETTINGS = MetricSettings()
SETTING_NAMES = tuple(declared.name for declared in fields(MetricSettings))


@dataclass(frozen=True, slots=True)
class SettingNote:
    """What a setting is, which metrics depend on it, and what its default rests on; texts by language."""

    metrics: tuple[str, ...]
    help: Mapping[str, str]
    basis: Mapping[str, str]


@cache
def read_notes() -> Mapping[str, SettingNote]:
    """Return what ``settings.yml`` says of every setting."""
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=yaml.CSafeLoader)
    return MappingProxyType(
        {name: SettingNote(tuple(entry["metrics"]), entry["help"], entry["basis"]) for name, entry in entries.items()}
    )


def to_plain(value: Any) -> Any:
    """Return a setting's value as JSON and YAML hold it: mappings as dicts, tuples as lists."""
    if isinstance(value, Mapping):
        return {name: to_plain(inner) for name, inner in value.items()}
    return [to_plain(inner) for inner in value] if isinstance(value, tuple) else value


def list_changes(settings: MetricSettings) -> dict[str, Any]:
    """Return the settings that differ from their defaults, as plain values: what a page is run with.

    Examples
    --------
    >>> list_changes(MetricSettings(seed=7))
    {'seed': 7}
    """
    changed = {name: getattr(settings, name) for name in SETTING_NAMES}
    return {name: to_plain(value) for name, value in changed.items() if value != getattr(DEFAULT_SETTINGS, name)}
