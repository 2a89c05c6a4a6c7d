"""Targets: the latest figure against each target, the required path and the growth it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.metrics.target_tracks import Track
from zonebook.metrics.targets import Path, required_value
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, Face, Ink
from zonebook.page.locale import Locale, qualifier_of
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.layout import capitalise

_NOT_MEASURED = frozenset({"qualitative"})
_TRACK = Ink("wash")
_TARGET = Ink("ink")
_REQUIRED = Ink("paper", "ink", 1.3)
_DONE = Ink("accent")
_FARTHEST = 1.12  # attainment is drawn up to here; more is an arrow with its number
_END = Face(size=12, role="muted", anchor="end")
_BAR = 14.0


@dataclass(frozen=True, slots=True)
class Goal:
    """One target as it is drawn: words ready to be printed, lengths as shares of the target.

    ``attained`` is ``None`` where there is no comparable figure. ``required`` is where the path of
    constant growth from the base stood when the latest figure was measured.
    """

    name: str
    target: str
    now: str
    growth: str
    attained: tuple[float, float, float] | None
    required: float | None


def targets(here: PageContext) -> Block | None:
    """Return the figure of the page's targets, a bar each; ``None`` where none can be measured.

    On a region's page these are the targets of its zones, on a country page those of the country's total.
    """
    standings = [s for s in _list_standings(here) if s.track.goal.unit not in _NOT_MEASURED]
    # Targets with a figure first: the others only say that there is none to compare with.
    standings.sort(key=lambda standing: standing.track.now is None)
    if all(standing.track.now is None for standing in standings):
        return None
    locale = here.locale
    goals = [_read_goal(here, standing) for standing in standings]
    tracks = [standing.track for standing in standings]
    sources = dict.fromkeys(s for t in tracks for s in (*t.goal.source_ids, *(t.now.source_ids if t.now else ())))
    sentences = [
        locale.text("The bar is the latest comparable figure as a share of the target."),
        locale.text("The triangle: where steady growth from the base to the target would have stood by then.")
        if any(goal.required is not None for goal in goals)
        else "",
    ]
    return frame_figure(
        here,
        Plate(
            name="targets",
            title=locale.text("Targets and what is attained"),
            reading=" ".join(filter(None, sentences)),
            alternative=" ".join(_describe(goal) for goal in goals),
            draw=partial(draw_goals, locale, goals),
            columns=("indicator", "target", "latest", "attained", "lower", "upper", "required_path", "growth"),
            rows=tuple(
                (g.name, g.target, g.now, *(g.attained or (None, None, None)), g.required, g.growth) for g in goals
            ),
            source_ids=tuple(sources),
        ),
    )


def _list_standings(here: PageContext) -> list[Standing]:
    owners = here.zone_ids if here.scope != "country" else tuple(filter(None, [here.total_id]))
    return [standing for zone_id in owners for standing in list_standings(here, zone_id)]


def _read_goal(here: PageContext, standing: Standing) -> Goal:
    locale, track = here.locale, standing.track
    goal, now, whole = track.goal, track.now, track.goal.interval.value
    qualifier = qualifier_of(whole, goal.interval.lower, goal.interval.upper) or "exact"
    target = locale.figure(whole, goal.unit, qualifier)
    dated = locale.text("target for {year}: {figure}", year=goal.year, figure=target) if goal.year else target
    name = capitalise(here.indicator(goal.indicator))
    if here.scope == "region":
        name = f"{here.named('zone', standing.zone_id)}: {here.indicator(goal.indicator)}"
    if now is None or not whole:
        return Goal(name, dated, locale.text("no comparable figure"), "", None, None)
    attained = (now.value / whole, now.interval.lower / whole, now.interval.upper / whole)
    printed = locale.text(
        "{figure} {period}: {share} of the target",
        figure=locale.figure(now.value, now.unit, now.qualifier),
        period=locale.during(now.period, now.year, cumulative=now.cumulative),
        share=locale.share(attained[0], decimals=0),
    )
    return Goal(name, dated, printed, _write_growth(locale, standing), attained, _find_required(track))


def _find_required(track: Track) -> float | None:
    base, now, goal = track.base, track.now, track.goal
    if base is None or now is None or goal.year is None or base.year >= now.year:
        return None
    # A path that falls to its target has no place on a bar that grows to it.
    if base.interval.value >= goal.interval.value:
        return None
    required = required_value(Path(base.year, base.interval.value, goal.year, goal.interval.value), now.year)
    return None if required is None else required / goal.interval.value


def _write_growth(locale: Locale, standing: Standing) -> str:
    """Say the actual growth a year and what is required from now on, where they are known."""
    actual, required = _growth(locale, standing.actual), _growth(locale, standing.required)
    if actual and required:
        return locale.text("growth a year: actual {actual}, required {required}", actual=actual, required=required)
    return locale.text("required growth a year: {required}", required=required) if required else ""


def _growth(locale: Locale, row: MetricResult | None) -> str:
    return "" if row is None or row.value is None else locale.share(row.value, signed=True)


def _describe(goal: Goal) -> str:
    return f"{goal.name}, {goal.target}; {'; '.join(part for part in (goal.now, goal.growth) if part)}."


def draw_goals(locale: Locale, goals: Sequence[Goal], width: float) -> Sheet:
    """Draw a bullet bar for each target."""
    sheet = Sheet(width)
    reach = min(max([1.0, *(goal.attained[0] for goal in goals if goal.attained)]), _FARTHEST)
    scale = Scale(0, reach, 0, width - (16 if reach > 1 else 2))
    y = 0.0
    for goal in (goal for goal in goals if goal.attained):
        y = _draw_goal(sheet, goal, y, scale) + 14
    if any(goal.required is not None for goal in goals):
        entries = [
            Entry(locale.text("attained"), _DONE),
            Entry(locale.text("still to go"), Ink("wash", "axis", 0.8)),
            Entry(locale.text("target"), _TARGET, "bar"),
            Entry(locale.text("required by then"), _REQUIRED, "inverted"),
        ]
        y = draw_key(sheet, y - 4, entries) + 8
    unmeasured = [goal for goal in goals if not goal.attained]
    if unmeasured:
        sheet.write(0, y + 16, capitalise(locale.text("no comparable figure")), STRONG)
        y += 22
    for goal in unmeasured:
        y = sheet.write_wrapped(0, y + 13, f"{goal.name}, {goal.target}", width, NOTE) - 10
    return sheet


def _draw_goal(sheet: Sheet, goal: Goal, y: float, scale: Scale) -> float:
    width = sheet.width
    together = measure_text(goal.name, STRONG) + measure_text(goal.target, NOTE) + 16 <= width
    below = sheet.write_wrapped(0, y + 14, goal.name, width, STRONG)
    if together:
        sheet.write(width, y + 14, goal.target, _END)
    else:
        below = sheet.write_wrapped(0, below, goal.target, width, NOTE)
    y = below - STRONG.leading + 9
    if goal.attained is not None:
        _draw_bullet(sheet, goal, y, scale)
        y += _BAR + 4
    words = [part for part in (goal.now, goal.growth) if part]
    if sum(measure_text(part, NOTE) for part in words) + 16 <= width and len(words) == 2:
        sheet.write(0, y + 12, words[0], NOTE)
        sheet.write(width, y + 12, words[1], _END)
        return y + 16
    for part in words:
        y = sheet.write_wrapped(0, y + 12, part, width, NOTE) - 12
    return y + 4


def _draw_bullet(sheet: Sheet, goal: Goal, y: float, scale: Scale) -> None:
    value, lower, upper = goal.attained or (0.0, 0.0, 0.0)
    sheet.box((0, y), (scale(1), _BAR), _TRACK)
    end = scale(min(value, scale.high))
    sheet.box((0, y + 3), (max(end, 1.0), _BAR - 6), _DONE, f"{goal.name}: {goal.now}")
    if value > scale.high:
        tip = [(end, y + 1), (end + 9, y + _BAR / 2), (end, y + _BAR - 1)]
        sheet.polyline(tip, _DONE)
    elif upper > lower:
        middle = y + _BAR / 2
        ends = [(scale(lower), middle), (scale(min(upper, scale.high)), middle)]
        sheet.polyline(ends, Ink(edge="ink", width=1.4))
    sheet.box((scale(1) - 1.2, y - 3), (2.4, _BAR + 6), _TARGET)
    if goal.required is not None and goal.required <= scale.high:
        sheet.mark((scale(goal.required), y - 1.5), 5.0, _REQUIRED, "inverted")
