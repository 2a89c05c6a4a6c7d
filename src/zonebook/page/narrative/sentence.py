"""What sentences are made of: a figure with its period, names with numbers, paragraphs with their marks."""

from __future__ import annotations

from collections.abc import Iterable

from zonebook.metrics.figures import Figure
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.headline import find_growth, say_figure, say_growth
from zonebook.page.tables.layout import Text, capitalise


def set_paragraph(sentences: Iterable[Text | None], css: str = "zb-text") -> Block | None:
    """Return sentences as one paragraph; ``None`` where there is none to say."""
    said = [sentence for sentence in sentences if sentence]
    if not said:
        return None
    return Block(Markup('<p class="{}">{}</p>').format(css, Markup(" ").join(said)))


def set_list(intro: Text, items: Iterable[Text]) -> Markup:
    """Return an introduction and a list of items below it; nothing where there are no items."""
    lines = [Markup("<li>{}</li>").format(item) for item in items]
    if not lines:
        return Markup("")
    return Markup('<p class="zb-text">{}</p>\n<ul>\n{}\n</ul>').format(intro, Markup("\n").join(lines))


def state_figure(here: PageContext, figure: Figure, among: Iterable[Figure] = ()) -> Markup:
    """Return a figure as a sentence: what, when, how much, and growth as reported if a source gives it."""
    words = here.locale
    parts = {
        "indicator": capitalise(here.indicator(figure.indicator)),
        "period": words.during(figure.period, figure.year, cumulative=figure.cumulative),
        "figure": say_figure(here, figure),
    }
    growth = find_growth(among, figure)
    if growth is None:
        return words.html("{indicator} {period}: {figure}.", **parts)
    said = Markup("{}{}").format(say_growth(here, growth), here.cite(growth.source_ids))
    return words.html("{indicator} {period}: {figure} ({growth}).", growth=said, **parts)


def count_names(here: PageContext, names: Iterable[tuple[str, int]]) -> str:
    """Return names with numbers in brackets, as a list."""
    words = here.locale
    return "; ".join(words.text("{name} ({number})", name=name, number=words.number(number)) for name, number in names)
