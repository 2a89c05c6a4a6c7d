"""The tiles of a handout: a key figure with its interval, its trend, and its place among the peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zonebook.metrics.figures import Figure, is_missing, select_series
from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page.context import PageContext
from zonebook.page.followed import select_years
from zonebook.page.locale import Locale
from zonebook.page.tables.headline import (
    HEADLINES,
    find_comparator,
    find_growth,
    say_figure,
    say_growth,
    say_period,
    select_headline,
)
from zonebook.page.tables.layout import capitalise
from zonebook.page.tables.profile import find_region_row
from zonebook.paper.peers import SHOWN, Place, Places, Span, key_of
from zonebook.paper.runs import to_runs

MOST_TILES = 8
_MOST_METRICS = 6
_FEW = 4  # a zone with fewer tiles of its own gets those of what it stands among
_LEAST_POINTS = 3  # a line of two points says no more than the change printed beside it
_REGION_FIGURES = (("population", ""), ("grp_rub", "RUB"), ("grp_per_head_rub", "RUB"))
Tile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Course:
    """Values over time: what the small line of a tile is drawn from."""

    years: tuple[int, ...]
    values: tuple[Span, ...]

    def draw(self) -> list[list[float]]:
        """Return points between 0 and 1, from the first year to the last and from the smallest to the largest."""
        if len(self.years) < _LEAST_POINTS:
            return []
        low, high = min(span.value for span in self.values), max(span.value for span in self.values)
        first, last = self.years[0], self.years[-1]
        wide, tall = max(last - first, 1), (high - low) or 1.0
        pairs = zip(self.years, self.values, strict=True)
        return [[round((year - first) / wide, 4), round((span.value - low) / tall, 4)] for year, span in pairs]

    @property
    def arrow(self) -> str:
        """Where the last value went from the one before: ``↑``, ``↓``, or nothing where the intervals overlap."""
        if len(self.values) < 2:
            return ""
        before, now = self.values[-2:]
        return "↑" if now.lower > before.upper else "↓" if now.upper < before.lower else ""


def list_tiles(here: PageContext, places: Places) -> list[Tile]:
    """Return the tiles: metric rows of a register first, then the main reported figures."""
    rows = [row for name in SHOWN if (row := _find_row(here, name))]
    tiles = [_tile_of_row(here, row, places) for row in rows[:_MOST_METRICS]]
    figures = here.figures.get(here.id, ()) if here.scope == "zone" else ()
    for name in HEADLINES.get(here.scope, ()):
        headline = select_headline(figures, name)
        if headline is not None:
            tiles.append(_tile_of_figure(here, figures, headline.main))
    if here.scope == "region":
        tiles += [_tile_of_zones(here), *_tiles_of_region(here, here.id)]
    elif len(tiles) < _FEW:
        tiles += _tiles_around(here)
    return tiles[:MOST_TILES]


def _tiles_around(here: PageContext) -> list[Tile]:
    """Return what a zone of which little is known stands among: its region, and all zones of the country together."""
    region = here.row("zone", here.id).get("region_iso")
    tiles = [] if is_missing(region) else _tiles_of_region(here, str(region))
    figures = here.figures.get(here.total_id, ())
    for name in HEADLINES["country"]:
        headline = select_headline(figures, name)
        if headline is not None:
            tile = _tile_of_figure(here, figures, headline.main)
            tiles.append(tile | {"label": f"{here.named('zone', here.total_id)}: {here.indicator(name)}", "place": ""})
    return tiles


def _find_row(here: PageContext, metric_id: str) -> MetricResult | None:
    row = here.metric(metric_id)
    return row if row is not None and row.value is not None and row.evidence is not Evidence.REPORTED else None


def _tile_of_row(here: PageContext, row: MetricResult, places: Places) -> Tile:
    words = here.locale
    printed, bounds = words.value_and_bounds(row)
    if row.unit == "index":
        printed = words.number(row.value, 2)
        bounds = words.bounds(row.lower, row.upper, digits=2) if bounds else ""
    years = select_years(here, row.metric_id)
    kept = {year: one for year, one in years.items() if one.value is not None}
    course = Course(tuple(kept), tuple(Span.of(one) for one in kept.values()))
    before = [one for year, one in kept.items() if year < (row.year or 0)]
    return {
        "label": _name_row(words, row.metric_id),
        "value": [{"t": printed}],
        "period": capitalise(words.period(row.period, row.year)),
        "bounds": bounds,
        "change": _say_before(words, before[-1], course.arrow) if before else "",
        "course": course.draw(),
        **_set_place(here, places.get(key_of(row))),
    }


def _name_row(words: Locale, metric_id: str) -> str:
    names = {
        "C05": words.text("Cooperation index, of 100"),
        "L01": words.text("Residents with a partner in the zone"),
        "L08": words.text("Purchases from the zone's own residents"),
        "R01": words.text("Partner regions"),
        "X06": words.text("Export destinations"),
        "X04": words.text("Exports in revenue"),
    }
    return names[metric_id]


def _say_before(words: Locale, before: MetricResult, arrow: str) -> str:
    printed = words.number(before.value, 2) if before.unit == "index" else words.value_and_bounds(before)[0]
    return _say_change(arrow, words.period(before.period, before.year), printed)


def _set_place(here: PageContext, place: Place | None) -> Tile:
    """Return the place in words and what its line is drawn from; nothing where there are too few to be ranked."""
    if place is None:
        return {"place": "", "strip": {}}
    words = here.locale
    span = words.number(place.best) if place.best == place.worst else f"{place.best}–{place.worst}"
    if here.scope == "zone":
        said = words.text("Place {span} of {number} zones", span=span, number=words.number(place.of))
    else:
        said = words.text("Place {span} of {number} regions", span=span, number=words.number(place.of))
    return {"place": said, "strip": {"own": list(place.own), "others": list(place.others)}}


def _tile_of_figure(here: PageContext, figures: Sequence[Figure], main: Figure) -> Tile:
    words = here.locale
    series = select_series(figures, main.indicator, period=main.period, cumulative=main.cumulative)
    same = [one for one in series if one.unit == main.unit and one.year <= main.year]
    course = Course(
        tuple(one.year for one in same), tuple(Span(one.value, one.interval.lower, one.interval.upper) for one in same)
    )
    growth, total = find_growth(figures, main), find_comparator(here, main)
    change: object = ""
    if growth is not None:
        change = say_growth(here, growth)
    elif len(same) > 1:
        before = same[-2]
        printed = words.figure(before.value, before.unit, before.qualifier)
        change = _say_change(course.arrow, say_period(here, before), printed)
    compared = words.figure(total.value, total.unit, total.qualifier) if total else ""
    return {
        "label": capitalise(here.indicator(main.indicator)),
        "value": to_runs(say_figure(here, main)),
        "period": capitalise(say_period(here, main)),
        "bounds": _say_spread(words, main),
        "change": change,
        "course": course.draw() if not any(one.disagree for one in same) else [],
        "place": f"{here.named('zone', here.total_id)}: {compared}" if compared else "",
        "strip": {},
    }


def _say_spread(words: Locale, figure: Figure) -> str:
    """Return what sources that disagree span; of the others the qualifier says what there is to say."""
    if not figure.disagree:
        return ""
    wide = words.bounds(figure.interval.lower, figure.interval.upper, figure.unit)
    return words.text("sources disagree: {bounds}", bounds=wide)


def _tile_of_zones(here: PageContext) -> Tile:
    words = here.locale
    return _plain_tile(words.text("Special economic zones in these data"), words.number(len(here.zone_ids)), "")


def _tiles_of_region(here: PageContext, region: str) -> list[Tile]:
    words, whose = here.locale, "" if here.scope == "region" else f"{here.place(region)}: "
    labels = {
        "population": words.text("Population"),
        "grp_rub": words.text("Gross regional product"),
        "grp_per_head_rub": words.text("Gross regional product per head"),
    }
    tiles = []
    for indicator, unit in _REGION_FIGURES:
        row = find_region_row(here, indicator, region)
        if row is not None:
            printed = words.amount(float(row["value"]), unit, digits=4 if unit else 3)
            label = whose + (labels[indicator].lower() if whose else labels[indicator])
            tile = _plain_tile(label, printed, words.period("FY", row["year"]))
            tile["value"] += to_runs(here.cite(row.get("source_id")))
            tiles.append(tile)
    return tiles


def _plain_tile(label: str, value: str, period: str) -> Tile:
    empty = {"bounds": "", "change": "", "course": [], "place": "", "strip": {}}
    return {"label": label, "value": [{"t": value}], "period": period, **empty}


def _say_change(arrow: str, period: str, printed: str) -> str:
    return f"{arrow} {period}: {printed}" if arrow else f"{capitalise(period)}: {printed}"
