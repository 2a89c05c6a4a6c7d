"""Targets: what is wanted by when, the latest figure, and the growth required against the actual one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason
from zonebook.metrics.result import MetricResult, weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_home
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.excerpt import Excerpt, MadeRows
from zonebook.page.tables.headline import say_figure, say_period
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    join_text,
    set_small,
    set_table,
)
from zonebook.page.tables.profile import link_zone

_COLUMNS = (
    "zone_id",
    "indicator",
    "target_year",
    "target_value",
    "unit",
    "latest_year",
    "latest_value",
    "attainment",
    "required_growth",
    "actual_growth",
    "class",
    "source_ids",
)


def targets(here: PageContext) -> Block | None:
    """Return the targets of the zone, those ahead and then those whose year is past."""
    words = here.locale
    standings = list_standings(here, here.id)
    groups = (
        Group(words.text("Ahead"), _list_rows(here, [one for one in standings if not one.is_past])),
        Group(words.text("The year is past"), _list_rows(here, [one for one in standings if one.is_past])),
    )
    return _set_targets(here, groups, standings, words.text("Targets: required against actual growth"))


def targets_of_zones(here: PageContext) -> Block | None:
    """Return the targets of all zones of the page, zone by zone, those of the country's total first."""
    zone_ids = [here.total_id] if here.scope == "country" and here.total_id else []
    groups, shown = [], list[Standing]()
    for zone_id in (*zone_ids, *here.zone_ids):
        standings = list_standings(here, zone_id)
        groups.append(Group(link_zone(here, zone_id), _list_rows(here, standings)))
        shown.extend(standings)
    return _set_targets(here, tuple(groups), shown, here.locale.text("Targets of all zones"))


def _list_rows(here: PageContext, standings: Sequence[Standing]) -> Sequence[tuple[Text, ...]]:
    return MadeRows(standings, partial(_set_standing, here))


def _set_targets(
    here: PageContext, groups: tuple[Group, ...], standings: Sequence[Standing], caption: str
) -> Block | None:
    words = here.locale
    layout = Layout(
        name="targets",
        caption=caption,
        headings=(
            Heading(words.text("Indicator")),
            Heading(words.text("Target"), numeric=True),
            Heading(words.text("Latest figure"), numeric=True),
            Heading(words.text("Reached"), numeric=True),
            Heading(words.text("Growth required, a year"), numeric=True),
            Heading(words.text("Growth so far, a year"), numeric=True),
            Heading(words.text("Assessment")),
        ),
        groups=groups,
        behind=Behind.of((to_record(standing) for standing in standings), _COLUMNS),
        note=words.text(
            "On course: actual growth is at least {on_course} of the required one; moderate: at least {moderate}.",
            on_course=words.share(here.options.settings.on_course),
            moderate=words.share(here.options.settings.moderate),
        ),
        evidence=weakest_evidence(standing.track.goal.evidence for standing in standings),
        excerpt=Excerpt(words.text("the zones that are first by name")) if here.scope != "zone" else None,
    )
    return set_table(here, layout)


def _set_standing(here: PageContext, standing: Standing) -> tuple[Text, ...]:
    words, goal, now = here.locale, standing.track.goal, standing.track.now
    by_year = words.text("by {year}", year=goal.year) if goal.year else words.text("no year given")
    latest: Text = words.sign("missing")
    if now is not None:
        doubt = words.reason(Reason.FALLEN.value) if standing.has_fallen else ""
        latest = Markup("{}{}{}").format(say_figure(here, now), set_small(say_period(here, now)), set_small(doubt))
    if standing.afterwards:
        after = Markup("{}, {}").format(say_figure(here, standing.afterwards), say_period(here, standing.afterwards))
        latest = Markup("{}{}").format(latest, set_small(after))
    return (
        capitalise(here.indicator(goal.indicator)),
        Markup("{}{}{}").format(say_target(here, standing), here.cite(goal.source_ids), set_small(by_year)),
        latest,
        _say_rate(here, standing.attainment, signed=False),
        _say_required(here, standing),
        _say_rate(here, standing.actual),
        say_progress(here, standing),
    )


def say_target(here: PageContext, standing: Standing) -> str:
    """Return a target's value with its unit; of a target that is met or not, the words for yes."""
    goal = standing.track.goal
    if goal.unit == "qualitative":
        return here.locale.yes_no[goal.interval.value != 0]
    return say_interval(here, goal.interval, goal.unit)


def say_interval(here: PageContext, interval: Interval, unit: str) -> str:
    """Return an interval as its qualifier says it, else its value and bounds."""
    printed, wide = here.locale.interval(interval.value, interval.lower, interval.upper, unit)
    return here.locale.text("{value} ({bounds})", value=printed, bounds=wide) if wide else printed


def _say_rate(here: PageContext, row: MetricResult | None, *, signed: bool = True) -> Text:
    """Return a rate, without the interval, linked to its metric row, which has it."""
    if row is None or row.value is None:
        return here.locale.sign("missing")
    return link_home(here, row, here.locale.value_and_bounds(row, signed=signed)[0])


def _say_required(here: PageContext, standing: Standing) -> Text:
    if standing.is_past:
        return here.locale.sign("not_applicable")
    rate = _say_rate(here, standing.required)
    step = standing.per_year
    if step is None or step.value is None:
        return rate
    printed = here.locale.amount(step.value, step.unit, digits=2, signed=True)
    return Markup("{}{}").format(rate, set_small(printed))


def say_progress(here: PageContext, standing: Standing) -> Markup:
    """Return the class of a standing in words, the words alone carrying the meaning and the class the colour."""
    words = here.locale
    if not standing.progress:
        return Markup('<span class="zb-missing">{}</span>').format(words.text("cannot be judged"))
    css = standing.progress.replace(" ", "-")
    label = capitalise(words.label("target.class", standing.progress))
    return Markup('<span class="zb-class zb-class-{}">{}</span>').format(css, label)


def to_record(standing: Standing) -> dict[str, object]:
    """Return a standing as a row of a table for download."""
    goal, now = standing.track.goal, standing.track.now
    return {
        "zone_id": standing.zone_id,
        "indicator": goal.indicator,
        "target_year": goal.year,
        "target_value": goal.interval.value,
        "unit": goal.unit,
        "latest_year": now.year if now else None,
        "latest_value": now.value if now else None,
        "attainment": standing.attainment.value if standing.attainment else None,
        "required_growth": standing.required.value if standing.required else None,
        "actual_growth": standing.actual.value if standing.actual else None,
        "class": standing.progress,
        "source_ids": ";".join(goal.source_ids),
    }


def list_targets(here: PageContext, standings: Iterable[Standing]) -> Markup:
    """Return targets as running text: the indicator and its target with the marks of its sources."""
    said = (
        Markup("{} — {}{}").format(
            here.indicator(one.track.goal.indicator), say_target(here, one), here.cite(one.source_ids)
        )
        for one in standings
    )
    return join_text(said, "; ")
