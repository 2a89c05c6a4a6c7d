"""What a handout says beside the levels: targets, where sources disagree, what follows for whom, what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest

from markupsafe import Markup

from zonebook.metrics.figures import Figure
from zonebook.page import figures, narrative, tables
from zonebook.page.context import PageContext
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.disagreements import find_disagreements
from zonebook.page.tables.goals import say_progress, say_target
from zonebook.page.tables.headline import HEADLINES, say_figure, say_period, select_headline
from zonebook.page.tables.layout import capitalise
from zonebook.paper.panels import Ground, Panel, Section, choose_figure, list_variants, make_panel, to_figure
from zonebook.paper.runs import Run, cut_runs, list_cites, to_runs, to_text
from zonebook.tables.schema import TABLES

_MOST_TARGETS = (8, 5, 3)
_MOST_LINES = (12, 8, 5, 3)
_NAMED_METRICS, _NAMED_WHERE_NOTHING_IS_KNOWN = 4, 16
_OF_COUNTRY = ("residents", "jobs", "investment_actual_rub", "zones")
_MOST_OF_COUNTRY = 3
_FEW_FIGURES = 12  # of a zone with more there is enough to print
_LOWEST = 330.0  # px a figure of the country may be high
_OF_OTHERS = frozenset({"composite", "quality"})
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
    return [*(section for make in makers if (section := make(ground))), *_list_missing(ground), *_list_country(ground)]


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
        "progress": _begin_small(to_text(to_runs(say_progress(here, one)))),
        "class": one.progress,
    }


def _begin_small(words: str) -> str:
    """Return words that go on in a line."""
    return words[:1].lower() + words[1:]


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
    found = [_list_other_figures(here, zone_id) for zone_id in here.zone_ids]
    # In turn, so that no zone of a region takes all the room.
    items = [line for lines in zip_longest(*found) for line in lines if line is not None]
    if not items:
        return None
    whose = f"{here.named('zone', here.zone_ids[0])}. " if here.scope == "region" and len(here.zone_ids) == 1 else ""
    text = [{"t": whose + words.text("The latest figure of each, as published.")}]
    variants = list_variants(text, items, _MOST_LINES, partial(_count_rest, here))
    return Section(words.text("Further figures"), variants, rank=18, is_must=False)


def _list_other_figures(here: PageContext, zone_id: str) -> list[list[Run]]:
    """Return the latest figure of every indicator of a zone that has no tile, named where there are several zones."""
    known, shown, lines = here.figures.get(zone_id, ()), set(HEADLINES.get(here.scope, ())), []
    whose = f"{here.named('zone', zone_id)}: " if len(here.zone_ids) > 1 else ""
    for indicator in dict.fromkeys(figure.indicator for figure in known):
        headline = select_headline(known, indicator)
        if headline is None or indicator in shown or ":" in indicator:
            continue
        label = here.indicator(indicator) if whose else capitalise(here.indicator(indicator))
        pattern = Markup("{}{}, {} — {}")
        lines.append(
            to_runs(pattern.format(whose, label, say_period(here, headline.main), say_figure(here, headline.main)))
        )
    return lines


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
    """Return the tables that would bring what is not known, those first that would bring most of what matters.

    In two panels where nothing else is known: they can stand on either page.
    """
    here, words = ground.here, ground.here.locale
    block = tables.missing(here)
    if block is None:
        return []
    found = [(str(table), _name_metrics(here, str(metric_ids).split(";"))) for table, metric_ids in block.rows]
    found.sort(key=lambda one: -len(one[1]))
    is_bare = not any(here.figures.get(zone_id) for zone_id in here.zone_ids)
    most = _NAMED_WHERE_NOTHING_IS_KNOWN if is_bare and not here.total_id else _NAMED_METRICS
    items = [_set_missing(here, table, names, most) for table, names in found]
    text = [{"t": words.text("These tables would bring what is not known; none of it is zero.")}]
    half = (len(items) + 1) // 2 if is_bare and len(items) > _MOST_LINES[1] else len(items)
    parts = [items[start : start + half] for start in range(0, len(items), half)]
    return [
        Section(words.text("What is missing"), variants, rank=21 + place, is_must=False)
        for place, part in enumerate(parts)
        if (variants := list_variants(text, part, (len(part), *_MOST_LINES), partial(_count_rest, here)))
    ]


def _name_metrics(here: PageContext, metric_ids: Sequence[str]) -> list[str]:
    """Return the names of metrics, those of the core first; what only makes an index of others is none of a level."""
    known = here.options.catalogue
    found = [known[one] for one in metric_ids if one in known and known[one].level not in _OF_OTHERS]
    return [here.locale.of(metric.name) for metric in sorted(found, key=lambda metric: not metric.core)]


def _set_missing(here: PageContext, table: str, names: Sequence[str], most: int) -> list[Run]:
    """Return a table that is not there with some of the metrics it would bring, the names of so many at most."""
    words = here.locale
    heading = words.of(TABLES[table].heading) if table in TABLES else table
    rest = len(names) - most
    more = [words.text("{n} more", n=words.number(rest))] if rest > 0 else []
    brings = "; ".join([*names[:most], *more])
    return [{"t": f"{heading} ({table}): {brings}" if brings else f"{heading} ({table})"}]


def _list_country(ground: Ground) -> list[Section]:
    """Return how all zones of the country together grew: the surroundings of a zone of which little is known."""
    here = ground.here
    if not here.total_id or sum(len(here.figures.get(zone_id, ())) for zone_id in here.zone_ids) > _FEW_FIGURES:
        return []
    draws = [partial(figures.indicator_history, indicator=name, of=here.total_id) for name in _OF_COUNTRY]
    found = [figure for draw in draws if (figure := choose_figure(here, [draw], _LOWEST))]
    return [
        Section(figure["title"], (make_panel([], figure=figure | {"title": ""}),), rank=23 + place, is_must=False)
        for place, figure in enumerate(found[:_MOST_OF_COUNTRY])
    ]


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
