"""Sentences on the ranking of zones and on the quality of their data."""

from __future__ import annotations

from zonebook.metrics.reasons import Reason, read_reason
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.rowlinks import link_home
from zonebook.page.tables.quality import MEASURES


def ranks(here: PageContext) -> Block | None:
    """Return how sure the ranks are and which choice moves them; ``None`` where zones are not ranked."""
    words = here.locale
    printed, apart = here.metric("C06.printed"), here.metric("C06.distinguishable")
    ranked = [row for row in here.rows("C06") if not row.series and row.scope_type == "zone" and row.value is not None]
    if not ranked or printed is None or printed.value is None:
        return None
    sentences = [
        words.html(
            "Zones with an index: {total}; of these with a place sure enough to be printed: {printed}.",
            total=words.number(len(ranked)),
            printed=link_home(here, printed, words.number(printed.value)),
        ),
        words.html(
            "Pairs of zones that can be told apart: {share}.",
            share=link_home(here, apart, words.share(apart.value, decimals=0)),
        )
        if apart and apart.value is not None
        else None,
        _say_choice(here),
    ]
    return set_paragraph(sentences)


def _say_choice(here: PageContext) -> Markup | None:
    row = here.metric("C07")
    if row is None or row.value is None:
        return None
    fields = (found for template, found in read_reason(row.reason) if template == Reason.STRONGEST.value)
    factor = next((found["factor"] for found in fields), "")
    if not factor:
        return None
    words = here.locale
    return words.html("What moves the places most: {choice}.", choice=words.label("index.factor", factor))


def quality(here: PageContext) -> Block | None:
    """Return how complete, exact and steady the figures of the country's zones are; ``None`` without a measure."""
    if here.scope != "country":
        return None
    words = here.locale
    said = []
    for metric_id in MEASURES:
        row = here.metric(metric_id)
        if row is not None and row.value is not None:
            printed = words.share(row.value) if row.unit == "share" else words.number(row.value, 3)
            value = link_home(here, row, printed)
            said.append(words.html("{name}: {value}", name=words.label("metric.short", metric_id), value=value))
    if not said:
        return None
    return set_paragraph([words.html("The country as a whole: {list}.", list=Markup("; ").join(said))])
