"""Targets of all zones: the share attained of each, one by one or counted by tenths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.tables.excerpt import MOST_ROWS
from zonebook.page.tables.layout import capitalise

_FARTHEST = 1.12  # attainment is drawn up to here; more is an arrow with its number
_MOST_ROWS = 120
_DONE = Ink("accent")


@dataclass(frozen=True, slots=True)
class Attainment:
    """How much of one target of a zone is attained."""

    zone: str
    label: str
    share: tuple[float, float, float]
    printed: str
    source_ids: tuple[str, ...]


def targets_overview(here: PageContext) -> Block | None:
    """Return the figure of the share attained of each target of each zone; ``None`` where none is measured."""
    found = _choose_attainments(here)
    if not found:
        return None
    locale = here.locale
    reached = sum(item.share[0] >= 1 for item in found)
    # Of more targets than a page bears their numbers are read out, as they are drawn, and not the first by name.
    listed = (
        [f"{item.zone}, {item.label}: {item.printed}." for item in found[:_MOST_ROWS]]
        if len(found) <= MOST_ROWS
        else [f"{name}: {locale.number(count)}." for name, count in _count_tenths(locale, found)]
    )
    alternative = " ".join(
        [
            locale.plural("{n} target can be measured,", "{n} targets can be measured,", len(found)),
            locale.plural("{n} is reached.", "{n} are reached.", reached),
            *listed,
        ]
    )
    return frame_figure(
        here,
        Plate(
            name="targets-overview",
            title=locale.text("Share of the targets attained"),
            reading=locale.text(
                "Latest comparable figure as a share of the target, by zone in alphabetical order; "
                "targets of different zones are not comparable with each other."
            ),
            alternative=alternative,
            draw=partial(draw_attainments if len(found) <= _MOST_ROWS else draw_histogram, locale, found),
            columns=("zone", "target", "attained", "lower", "upper", "source_ids"),
            rows=tuple((i.zone, i.label, *i.share, ";".join(i.source_ids)) for i in found),
            source_ids=tuple(dict.fromkeys(source for item in found for source in item.source_ids)),
        ),
    )


def _choose_attainments(here: PageContext) -> tuple[Attainment, ...]:
    """Return the T01 rows of single targets that have a value, by zone and indicator."""
    locale = here.locale
    years = _target_years(here)
    found = []
    for row in here.rows("T01"):
        if row.scope_type != "zone" or not row.series or row.series.endswith(".progress") or row.value is None:
            continue
        indicator, _, year = row.series.partition(".")
        year = year or years.get((row.scope_id, indicator), "")
        label = capitalise(here.indicator(indicator))
        found.append(
            Attainment(
                zone=here.named("zone", row.scope_id),
                label=locale.text("{indicator}, {year}", indicator=label, year=year) if year.isdigit() else label,
                share=(row.value, row.value if row.lower is None else row.lower, row.upper or row.value),
                printed=locale.share(row.value, decimals=0),
                source_ids=split_ids(row.source_ids),
            )
        )
    return tuple(sorted(found, key=lambda item: (locale.sort_key(item.zone), locale.sort_key(item.label))))


def _target_years(here: PageContext) -> Mapping[tuple[str, str], str]:
    """Return the year of targets whose series does not name it: the next one to come, else the last."""
    years: dict[tuple[str, str], list[int]] = {}
    for row in here.records("target"):
        key = str(row["zone_id"]), str(row["indicator"])
        if str(row["target_year"]).isdigit():
            years.setdefault(key, []).append(int(row["target_year"]))
    return {
        key: str(min((year for year in found if year > here.year), default=max(found))) for key, found in years.items()
    }


def draw_attainments(locale: Locale, found: Sequence[Attainment], width: float) -> Sheet:
    """Draw a row for each target under the name of its zone: a dot on the way from nothing to the target."""
    sheet = Sheet(width)
    beside = width > 500
    left = width * 0.44 if beside else 0.0
    room = measure_text("888%", BODY) + 10
    reach = max(1.0, min(max(item.share[0] for item in found), _FARTHEST))
    scale = Scale(0, reach, left + 6, width - room - 6)
    y = 0.0
    zone = ""
    for item in found:
        if item.zone != zone:
            zone = item.zone
            y = sheet.write_wrapped(0, y + 18, zone, width, STRONG) - STRONG.leading + 6
        lines = wrap_text(item.label, (left - 10) if beside else width, NOTE)
        below = sheet.write_lines(0, y + 14, lines, NOTE) - NOTE.leading
        middle = y + 10 if beside else below + 11
        _draw_dot(sheet, item, scale, middle)
        y = max(below, middle) + (6 if beside else 8)
    return sheet


def _draw_dot(sheet: Sheet, item: Attainment, scale: Scale, y: float) -> None:
    value, lower, upper = item.share
    sheet.polyline([(scale(0), y), (scale(1), y)], Ink(edge="grid", width=5))
    sheet.polyline([(scale(1), y - 7), (scale(1), y + 7)], Ink(edge="accent", width=2))
    end = min(value, scale.high)
    sheet.polyline([(scale(0), y), (scale(end), y)], Ink(edge="peer", width=2))
    if upper > lower:
        ends = [(scale(min(share, scale.high)), y) for share in (lower, upper)]
        sheet.polyline(ends, Ink(edge="accent", width=3))
    shape = "circle" if value <= scale.high else "triangle"
    sheet.mark((scale(end), y), 4.6, Ink("accent", "paper", 1.2), shape, f"{item.label}: {item.printed}")
    sheet.write(sheet.width, y + 4.5, item.printed, Face(anchor="end"))


def _count_tenths(locale: Locale, found: Sequence[Attainment]) -> list[tuple[str, int]]:
    """Return how many targets have reached which tenth, the last those that are attained."""
    tenths = [0] * 11
    for item in found:
        tenths[min(int(item.share[0] * 10), 10)] += 1
    names = [f"{locale.share(i / 10, decimals=0)}–{locale.share((i + 1) / 10, decimals=0)}" for i in range(10)]
    names.append(f"≥ {locale.share(1.0, decimals=0)}")
    return list(zip(names, tenths, strict=True))


def draw_histogram(locale: Locale, found: Sequence[Attainment], width: float) -> Sheet:
    """Draw how many targets have reached which tenth, for more targets than rows can show."""
    sheet = Sheet(width)
    tenths = _count_tenths(locale, found)
    most = max(count for _, count in tenths)
    room = measure_text(locale.number(most), BODY) + 10
    left = max(measure_text(name, BODY) for name, _ in tenths) + 12
    scale = Scale(0, most, left, width - room)
    for index, (name, count) in enumerate(tenths):
        y = index * 22.0
        sheet.write(left - 10, y + 14, name, Face(anchor="end"))
        sheet.box((left, y + 3), (max(scale(count) - left, 0.5), 15), _DONE, f"{name}: {count}")
        sheet.write(scale(count) + 6, y + 14, locale.number(count), STRONG)
    return sheet
