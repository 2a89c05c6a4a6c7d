"""What a handout says beside the levels: targets, where sources disagree, what follows for whom, what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup

from zonebook.metrics.figures import Figure
from zonebook.page import figures, narrative, tables
from zonebook.page.context import PageContext
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.disagreements import find_disagreements
from zonebook.page.tables.goals import say_progress, say_target
from zonebook.page.tables.headline import HEADLINES, say_figure, say_period, select_headline
from zonebook.page.tables.layout import capitalise
from zonebook.paper.panels import Ground, Panel, Section, list_variants, make_panel, to_figure
from zonebook.paper.runs import Run, cut_runs, list_cites, to_runs, to_text
from zonebook.tables.schema import TABLES

_MOST_TARGETS = (8, 5, 3)
_MOST_LINES = (12, 8, 5, 3)
_TABLES_A_PANEL = 3
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def list_outlook(ground: Ground) -> list[Section]:
    """Return the sections that follow the levels, in their order; those that have nothing to say are left out."""
    makers: tuple[Callable[[Ground], Section | None], ...] = (
        _make_standing,
        _make_answers,
        make_targets,
        make_disagreements,
        _make_targets_of_all,
        _make_profile,
        _make_other_figures,
        _make_signs,
    )
    return [*(section for make in makers if (section := make(ground))), *_list_missing(ground)]


def make_targets(ground: Ground) -> Section | None:
    """Return the targets ahead, and where there are none those past, each with the way that is done."""
    here = ground.here
    known = [one for zone_id in here.zone_ids for one in list_standings(here, zone_id)]
    if not known:
        text = [{"t": here.locale.text("No target became public.")}]
        return Section(here.locale.text("Targets"), (make_panel(text),), rank=3)
    # Those that can be judged come first: the others only say that there is nothing to compare with.
    ordered = sorted(known, key=lambda one: (one.is_past, not one.progress))
    rows = [_set_target(here, one) for one in ordered]
    summary = to_runs(narrative.targets(here).html) if here.scope == "zone" else _sum_up(here, known)  # type: ignore[union-attr]
    text = cut_runs(summary, 1)
    counts = [count for count in _MOST_TARGETS if count < len(rows)]
    counts = [len(rows), *counts] if len(rows) <= _MOST_TARGETS[0] else counts
    variants = [_list_targets(text, rows[:n], _count_rest(here, len(rows) - n)) for n in counts]
    return Section(_name_targets(here, known), tuple(variants), rank=3)


def _list_targets(text: list[Run], rows: list[Panel], more: str) -> Panel:
    """Return a variant of the targets' panel."""
    runs = [run for row in rows for run in (*row["target"], *row["latest"])]
    return make_panel(text, more=more) | {"targets": rows, "cites": list_cites([*text, *runs])}


def _make_targets_of_all(ground: Ground) -> Section | None:
    """Return the targets of all zones of the country together, for a zone that has none of its own."""
    here = ground.here
    own = any(list_standings(here, zone_id) for zone_id in here.zone_ids)
    known = list_standings(here, here.total_id) if here.total_id and not own else ()
    standings = [one for one in known if one.progress]
    if not standings:
        return None
    ordered = sorted(standings, key=lambda one: (one.is_past, not one.progress))
    rows = [_set_target(here, one) for one in ordered]
    variants = [_list_targets([], rows[:n], _count_rest(here, len(rows) - n)) for n in _MOST_TARGETS if n <= len(rows)]
    heading = here.locale.text("Targets of all zones")
    return Section(heading, tuple(variants or [_list_targets([], rows, "")]), rank=7, is_must=False)


def _name_targets(here: PageContext, standings: Sequence[Standing]) -> str:
    years = [one.track.goal.year for one in standings if one.track.goal.year and not one.is_past]
    return here.locale.text("Targets to {year}", year=max(years)) if years else here.locale.text("Targets")


def _sum_up(here: PageContext, standings: Sequence[Standing]) -> list[Run]:
    said = narrative.sum_up_targets(here, standings)
    return to_runs(said) if said else []


def _set_target(here: PageContext, one: Standing) -> Panel:
    """Return a target as a line of the table: what by when, the latest figure, how much of it that is."""
    words, goal, now = here.locale, one.track.goal, one.track.now
    reached = one.attainment.value if one.attainment else None
    name = capitalise(here.indicator(goal.indicator))
    if here.scope == "region" and len(here.zone_ids) > 1:
        name = f"{here.named('zone', one.zone_id)}: {here.indicator(goal.indicator)}"
    due = words.text("by {year}", year=goal.year) if goal.year else words.text("no year given")
    latest: list[Run] = [{"t": words.sign("missing")}]
    if now is not None:
        latest = to_runs(Markup("{}, {}").format(say_figure(here, now), say_period(here, now)))
    return {
        "name": name,
        "target": to_runs(Markup("{}{}").format(say_target(here, one), here.cite(one.source_ids))),
        "due": due,
        "latest": latest,
        "reached": min(max(reached, 0.0), 1.0) if reached is not None else None,
        "share": words.share(reached, decimals=0) if reached is not None else words.sign("missing"),
        "progress": to_text(to_runs(say_progress(here, one))),
        "class": one.progress,
    }


def _count_rest(here: PageContext, number: int) -> str:
    if number <= 0:
        return ""
    return here.locale.text("{n} more on the page", n=here.locale.number(number))


def make_disagreements(ground: Ground) -> Section:
    """Return the figures that sources disagree on, each with what they span; or that there are none."""
    here, words = ground.here, ground.here.locale
    heading = words.text("What sources disagree on")
    found = [(zone_id, figure) for zone_id in here.zone_ids for figure in find_disagreements(here, zone_id)]
    if not found:
        said = words.text("No figure has sources that exclude each other.")
        return Section(heading, (make_panel([{"t": said}]),), rank=4)
    found.sort(key=lambda one: -one[1].year)
    items = [_set_disagreement(here, zone_id, figure) for zone_id, figure in found]
    text = [
        {"t": words.plural("Sources disagree on {n} figure.", "Sources disagree on {n} figures.", len(found))},
        {"t": " " + words.text("Shown is the figure of the most authoritative source, then of the latest one.")},
    ]
    return Section(heading, list_variants(text, items, _MOST_LINES[1:], partial(_count_rest, here)), rank=4)


def _set_disagreement(here: PageContext, zone_id: str, figure: Figure) -> list[Run]:
    words = here.locale
    whose = f"{here.named('zone', zone_id)}: " if here.scope == "region" and len(here.zone_ids) > 1 else ""
    indicator = here.indicator(figure.indicator)
    name = f"{whose}{indicator if whose else capitalise(indicator)}"
    wide = words.bounds(figure.interval.lower, figure.interval.upper, figure.unit)
    pattern = Markup("{}, {} — {}{}").format(name, say_period(here, figure), wide, here.cite(figure.source_ids))
    return to_runs(pattern)


def _make_standing(ground: Ground) -> Section | None:
    block = figures.index_profile(ground.here) if ground.here.scope == "zone" else None
    if block is None:
        return None
    panel = make_panel([], figure=to_figure(block) | {"title": ""})  # the heading says it
    return Section(block.title, (panel,), rank=5, is_must=False)


def _make_answers(ground: Ground) -> Section | None:
    """Return what the three readers can take from the page and no other part of the handout says."""
    block = narrative.answers(ground.here)
    lines = [to_runs(item) for item in _ITEM.findall(block.html)] if block else []
    said = " ".join(ground.said)
    items = [line for line in lines if to_text(cut_runs(line, 1)) not in said]
    if not items:
        return None
    words = ground.here.locale
    text = [{"t": words.text("For the department, the management company and the residents.")}]
    variants = list_variants(text, items, _MOST_LINES, partial(_count_rest, ground.here))
    return Section(words.text("What else follows"), variants, rank=6, is_must=False)


def _make_other_figures(ground: Ground) -> Section | None:
    """Return the latest figure of every indicator that has no tile."""
    here, words = ground.here, ground.here.locale
    shown, items = set(HEADLINES.get(here.scope, ())), []
    for zone_id in here.zone_ids:
        known = here.figures.get(zone_id, ())
        for indicator in dict.fromkeys(figure.indicator for figure in known):
            headline = select_headline(known, indicator)
            if headline is None or indicator in shown or ":" in indicator:
                continue
            whose = f"{here.named('zone', zone_id)}: " if here.scope == "region" else ""
            label = here.indicator(indicator) if whose else capitalise(here.indicator(indicator))
            line = Markup("{}{}, {} — {}").format(
                whose, label, say_period(here, headline.main), say_figure(here, headline.main)
            )
            items.append(to_runs(line))
    if not items:
        return None
    text = [{"t": words.text("The latest figure of each, as published.")}]
    variants = list_variants(text, items, _MOST_LINES, partial(_count_rest, here))
    return Section(words.text("Further figures"), variants, rank=18, is_must=False)


def _make_profile(ground: Ground) -> Section | None:
    """Return what the zone or region is, a line for each thing known of it."""
    here, words = ground.here, ground.here.locale
    block = tables.profile(here)
    if block is None:
        return None
    items = [[{"t": f"{label}: {said}"}] for label, said in block.rows if said]
    heading = words.text("The zone at a glance") if here.scope == "zone" else words.text("The region at a glance")
    return Section(heading, list_variants([], items, _MOST_LINES, partial(_count_rest, here)), rank=19, is_must=False)


def _list_missing(ground: Ground) -> list[Section]:
    """Return the tables that would bring what is not known, some in each panel: they fill what little data leave."""
    here, words = ground.here, ground.here.locale
    block = tables.missing(here)
    rows = block.rows if block else ()
    sections = []
    for start in range(0, len(rows), _TABLES_A_PANEL):
        text = (
            [{"t": words.text("These tables would bring what is not known; none of it is zero.")}] if not start else []
        )
        heading = words.text("What else is missing") if start else words.text("What is missing")
        part = rows[start : start + _TABLES_A_PANEL]
        variants = [make_panel(text, items=[_set_missing(here, row, named) for row in part]) for named in (True, False)]
        sections.append(Section(heading, tuple(variants), rank=21 + start, is_must=False))
    return sections


def _set_missing(here: PageContext, row: Sequence[object], is_named: bool) -> list[Run]:
    """Return a table that is not there with the metrics it would bring, by name or by number alone."""
    words, catalogue = here.locale, here.options.catalogue
    table, metric_ids = str(row[0]), str(row[1]).split(";")
    heading = words.of(TABLES[table].heading) if table in TABLES else table
    names = [words.of(catalogue[one].name) if one in catalogue else one for one in metric_ids]
    return [{"t": f"{heading} ({table}): {'; '.join(names) if is_named else ', '.join(metric_ids)}"}]


def _make_signs(ground: Ground) -> Section:
    """Return how the handout is to be read: its signs, and what rests on what."""
    words, here = ground.here.locale, ground.here
    items = [
        words.text("{sign} — not known; it is not zero.", sign=words.sign("missing")),
        words.text("{sign} — withheld, because it would give a firm away.", sign=words.sign("suppressed")),
        words.text("over, about — as the source prints it: a bound or a rounded figure."),
        words.text("↑ ↓ — surely more or less than before: the intervals do not overlap."),
        words.text("Reported figures are lower bounds of what was published; they are ranked with nothing."),
    ]
    text = [{"t": words.label("evidence.sentence", here.evidence.value)}]
    return Section(
        words.text("How to read this"), (make_panel(text, items=[[{"t": item}] for item in items]),), 20, is_must=False
    )
