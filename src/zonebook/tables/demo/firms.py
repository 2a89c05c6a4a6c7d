"""The residents of a zone: clusters, industries, sizes, growth, and their figures by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.rows import write_numbers
from zonebook.tables.demo.selection import NEVER, Candidates, draw_support_years
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.truths import SUPPLIER_LOTS, SUPPORT_EFFECT
from zonebook.tables.demo.vocabulary import (
    Flags,
    Floats,
    Integers,
    product_of_industry,
    read_numbers,
    theme_of_industry,
)
from zonebook.tables.demo.world import World

_CORE = len(SUPPLIER_LOTS) + 1  # the reference buyer and its suppliers
_MOST_CLUSTERS = 5
_ROUBLES = 1000  # revenue is stated in thousands
_EXPORTING_SHARE = 0.45


@dataclass(frozen=True, eq=False)
class Firms:
    """The residents of a zone; by resident, or by resident and year.

    Attributes
    ----------
    zone
        Number of the zone.
    ids
        Their ids.
    themes
        Number of the theme of each cluster.
    clusters, industries
        Number of each resident's cluster and industry.
    since
        Year each resident began.
    log_size
        Logarithm of the number of employees at the beginning.
    support_years
        First year of support, 0 for residents never supported.
    export_share
        Most that exports are of revenue; 0 for residents that do not export.
    core
        The reference buyer and its four suppliers, all of the first cluster.
    is_present, has_responded
        By year: whether it works already, and whether it answered the survey.
    employees, revenue, purchases, research, investment
        By year.
    """

    zone: int
    ids: pa.StringArray
    themes: Integers
    clusters: Integers
    industries: Integers
    since: Integers
    log_size: Floats
    support_years: Integers
    export_share: Floats
    core: Integers
    is_present: Flags
    has_responded: Flags
    employees: Integers
    revenue: Integers
    purchases: Integers
    research: Integers
    investment: Integers

    def __len__(self) -> int:
        return len(self.clusters)

    @property
    def reference_buyer(self) -> int:
        """The resident whose suppliers' shares are known."""
        return int(self.core[0])

    @property
    def reference_exporter(self) -> int:
        """The resident whose exports are known."""
        return int(self.core[1])

    @property
    def domestic_revenue(self) -> Floats:
        """Revenue less the most that may be exported, by year."""
        return self.revenue * (1 - self.export_share)[:, None]


@dataclass(frozen=True, eq=False)
class _Frame:
    """What does not change with the years."""

    themes: Integers
    clusters: Integers
    industries: Integers
    log_size: Floats
    since: Integers
    core: Integers
    export_share: Floats


def draw_firms(world: World, zone: int) -> Firms:
    """Return the residents of a zone."""
    settings = world.settings
    years = np.array(settings.all_years)
    frame = _draw_frame(world, zone)
    rng = open_stream(settings.seed, Stream.GROWTH, zone)
    growth = rng.normal(0.02, 0.04, len(frame.since))
    candidates = Candidates(frame.log_size, growth, frame.since <= years[0])
    starts = draw_support_years(
        open_stream(settings.seed, Stream.SUPPORT, zone), candidates, tuple(int(year) for year in years)
    )
    log_growth = growth[:, None] + world.year_effects + rng.normal(0.0, 0.1, (len(growth), len(years)))
    log_growth += SUPPORT_EFFECT * ((starts != NEVER)[:, None] & (years >= starts[:, None]))
    log_growth[:, 0] = 0.0
    path = log_growth.cumsum(axis=1)
    per_head = read_numbers("industries", "revenue_per_head_rub")[frame.industries]
    base = frame.log_size + np.log(per_head) + rng.normal(0.0, 0.3, len(growth))
    revenue = _round_up(np.exp(base[:, None] + path) / _ROUBLES) * _ROUBLES
    more = 0.4 * (path - np.cumsum(world.year_effects) + world.year_effects[0])
    responded = _draw_responses(rng, frame, len(years))
    prefix = f"z{world.number_of(zone)}-r"
    return Firms(
        zone=zone,
        ids=write_numbers(prefix, np.arange(1, len(growth) + 1), 4),
        themes=frame.themes,
        clusters=frame.clusters,
        industries=frame.industries,
        since=frame.since,
        log_size=frame.log_size,
        support_years=starts,
        export_share=frame.export_share,
        core=frame.core,
        is_present=frame.since[:, None] <= years,
        has_responded=responded,
        employees=_round_up(np.exp(frame.log_size[:, None] + more)),
        revenue=revenue,
        purchases=_part_of(revenue, rng.beta(11, 9, len(growth)), rng, 0.0),
        research=_part_of(revenue, read_numbers("industries", "rnd_share")[frame.industries], rng, 0.3),
        investment=_part_of(revenue, rng.uniform(0.03, 0.12, len(growth)), rng, 0.4),
    )


def _round_up(amounts: Floats) -> Integers:
    return np.maximum(np.rint(amounts), 1).astype(np.int64)


def _part_of(revenue: Integers, shares: Floats, rng: np.random.Generator, spread: float) -> Integers:
    """Return parts of revenue, in thousands; with a spread they vary from year to year."""
    noise = rng.normal(0.0, spread, revenue.shape) if spread else np.zeros(revenue.shape)
    return np.rint(revenue * shares[:, None] * np.exp(noise) / _ROUBLES).astype(np.int64) * _ROUBLES


def _draw_frame(world: World, zone: int) -> _Frame:
    rng = open_stream(world.settings.seed, Stream.FIRMS, zone)
    count, first_year = int(world.residents[zone]), world.settings.years[0]
    themes = _draw_themes(rng, world.type_of(zone), min(int(rng.integers(3, _MOST_CLUSTERS + 1)), count // _CORE))
    sizes = _CORE + rng.multinomial(count - _CORE * len(themes), rng.dirichlet(np.full(len(themes), 12.0)))
    clusters = rng.permutation(np.repeat(np.arange(len(themes)), sizes))
    industries = _draw_industries(rng, themes[clusters])
    log_size = np.clip(rng.normal(np.log(45), 1.15, count), np.log(4), np.log(6000))
    first_cluster = np.flatnonzero(clusters == 0)
    core = first_cluster[np.argsort(-log_size[first_cluster], kind="stable")[:_CORE]]
    since = first_year - rng.integers(0, 9, count)
    is_later = rng.random(count) < 0.18
    is_later[core] = False
    entered = first_year + rng.integers(1, max(len(world.settings.all_years), 2), count)
    since = np.where(is_later & (entered <= world.settings.years[1]), entered, since)
    can_export = product_of_industry()[industries] >= 0
    shares = np.where(can_export & (rng.random(count) < _EXPORTING_SHARE), rng.uniform(0.05, 0.6, count), 0.0)
    shares[core[1]] = 0.5
    return _Frame(themes, clusters, industries, log_size, since, core, shares)


def _draw_themes(rng: np.random.Generator, zone_type: str, count: int) -> Integers:
    """Return the themes of a zone's clusters, each once; that of the first has products to export."""
    weights = read_numbers("themes", zone_type)
    exporting = weights * read_numbers("themes", "exports")
    first = int(rng.choice(len(weights), p=exporting / exporting.sum()))
    others = weights.copy()
    others[first] = 0.0
    rest = rng.choice(len(weights), count - 1, replace=False, p=others / others.sum())
    return np.array([first, *rest], dtype=np.int64)


def _draw_industries(rng: np.random.Generator, themes: Integers) -> Integers:
    """Return an industry of each resident's theme."""
    weights, theme_of = read_numbers("industries", "weight"), theme_of_industry()
    found = np.zeros(len(themes), dtype=np.int64)
    for theme in np.unique(themes):
        own = np.where(theme_of == theme, weights, 0.0)
        mine = np.flatnonzero(themes == theme)
        found[mine] = rng.choice(len(own), len(mine), p=own / own.sum())
    return found


def _draw_responses(rng: np.random.Generator, frame: _Frame, years: int) -> Flags:
    """Return whether each resident answered, by year: few stay silent, those most of the time."""
    silent = rng.random(len(frame.since)) < 0.07
    silent[frame.core] = False
    return ~(silent[:, None] & (rng.random((len(silent), years)) < 0.7))
