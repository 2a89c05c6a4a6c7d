"""Sentences on targets: how many are on course, what the first of them takes from now on, which were missed."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.reasons import Reason, read_reason
from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.standing import MET, MISSED, ON_COURSE, Standing, count_classes, list_standings
from zonebook.page.tables.goals import list_targets, say_target
from zonebook.page.tables.layout import Text, capitalise


def targets(here: PageContext) -> Block | None:
    """Return what the targets of the zone come to, and what the first of them takes from now on."""
    standings = list_standings(here, here.id)
    missed = [one for one in standings if one.is_past and one.progress == MISSED]
    met = [one for one in standings if one.is_past and one.progress == MET]
    words = here.locale
    sentences: list[Text | None] = [
        sum_up_targets(here, standings),
        weigh_first_target(here, standings),
        words.html("Met by their year: {list}.", list=list_targets(here, met)) if met else None,
        words.html("Missed by their year: {list}.", list=list_targets(here, missed)) if missed else None,
    ]
    if not standings:
        sentences = [words.html("No target of the zone became public.")]
    return set_paragraph(sentences)


def sum_up_targets(here: PageContext, standings: Sequence[Standing]) -> Markup | None:
    """Return how many targets are ahead and how many past, by what became of them; ``None`` without targets."""
    words = here.locale
    said = []
    ahead = [one for one in standings if not one.is_past]
    past = [one for one in standings if one.is_past]
    if ahead:
        counts = count_classes(ahead)
        said.append(
            words.html(
                "Targets ahead: {number}; of these reached already: {met}, on course: {on_course}, behind: {behind}, "
                "cannot be judged: {unknown}.",
                number=words.number(len(ahead)),
                met=words.number(counts[MET]),
                on_course=words.number(counts[ON_COURSE]),
                behind=words.number(len(ahead) - counts[MET] - counts[ON_COURSE] - counts[""]),
                unknown=words.number(counts[""]),
            )
        )
    if past:
        counts = count_classes(past)
        said.append(
            words.html(
                "Targets whose year is past: {number}; of these met: {met}, missed: {missed}, without a figure for the "
                "year: {unknown}.",
                number=words.number(len(past)),
                met=words.number(counts[MET]),
                missed=words.number(counts[MISSED]),
                unknown=words.number(counts[""]),
            )
        )
    return Markup(" ").join(said) if said else None


def weigh_first_target(here: PageContext, standings: Sequence[Standing]) -> Markup | None:
    """Return what the first target ahead takes from now on, one with an undisputed figure before others."""
    words = here.locale
    known = [one for one in standings if not one.is_past and one.required and one.required.value]
    first = next((one for one in known if not one.is_doubtful), next(iter(known), None))
    if first is None or first.required is None:
        return None
    parts = {
        "indicator": capitalise(here.indicator(first.track.goal.indicator)),
        "target": Markup("{}{}").format(say_target(here, first), here.cite(first.source_ids)),
        "year": first.track.goal.year,
        "required": words.value_and_bounds(first.required)[0],
    }
    if first.actual is None or first.actual.value is None:
        return words.html("{indicator}: to reach {target} by {year}, growth of {required} a year is needed.", **parts)
    parts["actual"] = words.value_and_bounds(first.actual)[0]
    if first.recent is None or first.recent.value is None or first.track.base is None:
        return words.html(
            "{indicator}: to reach {target} by {year}, growth of {required} a year is needed; so far it was {actual}.",
            **parts,
        )
    return words.html(
        "{indicator}: to reach {target} by {year}, growth of {required} a year is needed; since {base_year} it was "
        "{actual}, since {recent_year} {recent}.",
        base_year=first.track.base.year,
        recent_year=_read_recent_year(first.recent),
        recent=words.value_and_bounds(first.recent)[0],
        **parts,
    )


def _read_recent_year(row: MetricResult) -> str:
    """Return the year that recent growth is counted from."""
    fields = (fields for template, fields in read_reason(row.reason) if template == Reason.RECENT_YEARS.value)
    return next(found["earlier_year"] for found in fields)
