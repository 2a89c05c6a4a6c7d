"""The tile map of partner regions: how many ties with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import (
    PARTNER_COLUMNS,
    Partner,
    choose_links,
    find_withheld,
    group_partners,
    list_sources,
    to_table,
    write_bound,
)
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, Ink
from zonebook.page.figures.tiles import EMPTY, STEPS, Grid, Tile, choose_step, choose_tiles, draw_tiles
from zonebook.page.locale import NBSP, Locale

_HOME = Ink("paper", "accent", 2.4)
_INTENDED = Ink("paper", "accent", 1.2, dash=(3, 2))
_WITHHELD = Ink("wash", "axis", 0.8)
_NAMED_ON_PAPER = 12


@dataclass(frozen=True, slots=True)
class RegionMap:
    """What a tile map shows: the tiles, the home regions, the partners with counts, and how many are named below.

    ``withheld`` are regions with ties of too few firms to be counted.
    """

    tiles: tuple[Tile, ...]
    home: frozenset[str]
    partners: tuple[Partner, ...]
    most_named: int | None = None
    withheld: tuple[str, ...] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the regions by code."""
        return {tile.region: tile.name for tile in self.tiles}


def partner_regions(here: PageContext) -> Block | None:
    """Return the tile map of the regions a zone has ties with; ``None`` where there are none or no map."""
    links = [link for link in choose_links(here) if not link.is_foreign]
    home = _home_regions(here)
    away = [link for link in links if link.place not in home]
    hidden = find_withheld(here, away, lambda link: link.place)
    partners = group_partners(link for link in away if link.is_reported or link.place not in hidden)
    tiles = choose_tiles(here)
    drawn = {tile.region for tile in tiles}
    partners = tuple(partner for partner in partners if partner.place in drawn)
    withheld = tuple(sorted((hidden & drawn) - {partner.place for partner in partners}))
    if not partners and not withheld:
        return None
    locale = here.locale
    chart = RegionMap(tiles, home, partners, _NAMED_ON_PAPER if here.options.column else None, withheld)
    unnamed = sum(1 for link in links if not link.place and link.level == "regional")
    sentences = [
        locale.text("The number in a tile: ties with that region."),
        write_bound(locale, links),
        locale.plural("{n} more tie names no region.", "{n} more ties name no region.", unnamed) if unnamed else "",
        _say_withheld(locale, chart),
    ]
    return frame_figure(
        here,
        Plate(
            name="partner-regions",
            title=locale.text("Partner regions"),
            reading=" ".join(filter(None, sentences)),
            alternative=_describe_partners(locale, chart),
            draw=partial(draw_partner_regions, locale, chart),
            columns=PARTNER_COLUMNS,
            rows=(*to_table(here, partners), *((one, here.place(one), *[None] * 5) for one in withheld)),
            source_ids=list_sources(link for partner in partners for link in partner.links),
        ),
    )


def _home_regions(here: PageContext) -> frozenset[str]:
    if here.scope == "region":
        return frozenset({here.id})
    zones = (row for row in here.records("zone") if row["zone_id"] == here.id)
    return frozenset(str(row["region_iso"]) for row in zones)


def _describe_partners(locale: Locale, chart: RegionMap) -> str:
    actual = [partner for partner in chart.partners if partner.count("actual")]
    planned = [partner for partner in chart.partners if not partner.count("actual")]
    names = chart.names
    sentences = []
    if actual:
        ranked = sorted(actual, key=lambda p: (-p.count("actual"), names[p.place]))
        listed = ", ".join(f"{names[p.place]} ({locale.number(p.count('actual'))})" for p in ranked)
        counted = locale.plural(
            "Working ties with {n} region: {listed}.",
            "Working ties with {n} regions: {listed}.",
            len(actual),
            listed=listed,
        )
        sentences.append(counted)
    if planned:
        listed = ", ".join(names[p.place] for p in planned)
        sentences.append(locale.text("Only planned or under discussion: {listed}.", listed=listed))
    return " ".join(filter(None, [*sentences, _say_withheld(locale, chart)]))


def _say_withheld(locale: Locale, chart: RegionMap) -> str:
    if not chart.withheld:
        return ""
    return locale.plural(
        "{sign}: {n} region with ties of few firms, whose number is withheld.",
        "{sign}: {n} regions with ties of few firms, whose number is withheld.",
        len(chart.withheld),
        sign=locale.sign("suppressed"),
    )


def draw_partner_regions(locale: Locale, chart: RegionMap, width: float) -> Sheet:
    """Draw the map, its key and the partners by name."""
    sheet = Sheet(width)
    grid = Grid.fit(chart.tiles, width)
    by_place = {partner.place: partner for partner in chart.partners}
    most = max((partner.count("actual") for partner in chart.partners), default=0)

    def ink_of(tile: Tile) -> tuple[Ink, str, str]:
        partner = by_place.get(tile.region)
        if tile.region in chart.home:
            return _HOME, "", tile.name
        if tile.region in chart.withheld:
            return _WITHHELD, locale.sign("suppressed"), f"{tile.name}: {locale.sign('suppressed')}"
        if partner is None:
            return EMPTY, "", ""
        actual, intended = partner.count("actual"), partner.count("planned", "talks")
        if not actual:
            return _INTENDED, "", f"{tile.name}: {locale.label('tie.status', 'planned')}: {intended}"
        return Ink(choose_step(actual, most)), locale.number(actual), f"{tile.name}: {locale.number(actual)}"

    draw_tiles(sheet, grid, ink_of)
    entries = [Entry(locale.text("own region"), _HOME), *_key_of_counts(locale, most)]
    if any(not partner.count("actual") for partner in chart.partners):
        entries.append(Entry(locale.text("only planned or under discussion"), _INTENDED))
    y = draw_key(sheet, grid.bottom + 8, entries)
    _list_names(sheet, locale, chart, y + 8)
    return sheet


def _key_of_counts(locale: Locale, most: int) -> list[Entry]:
    """Return the shades with the counts they stand for."""
    ranges: dict[str, list[int]] = {}
    for count in range(1, most + 1):
        ranges.setdefault(choose_step(count, most), []).append(count)
    entries = []
    for step in STEPS:
        counts = ranges.get(step)
        if counts:
            span = "–".join(locale.number(count) for count in dict.fromkeys((counts[0], counts[-1])))
            entries.append(Entry(locale.plural("{span} tie", "{span} ties", counts[-1], span=span), Ink(step)))
    return entries


def _list_names(sheet: Sheet, locale: Locale, chart: RegionMap, y: float) -> None:
    """Write the partners under the map, most ties first: the tiles bear codes only."""
    names = chart.names
    ranked = sorted(chart.partners, key=lambda p: (-p.count("actual"), names[p.place]))
    counts = [(names[p.place], p.count("actual")) for p in ranked]
    parts = [f"{name}{NBSP}{locale.number(count)}" for name, count in counts if count]
    left_out = len(parts[chart.most_named :]) if chart.most_named else 0
    if left_out:
        parts = [*parts[: chart.most_named], locale.text("{n} more", n=locale.number(left_out))]
    if parts:
        sheet.write_wrapped(0, y + 13, " · ".join(parts), sheet.width, BODY)
