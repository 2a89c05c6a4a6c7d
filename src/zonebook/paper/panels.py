"""The panels of a handout: a heading and a text, and beside them a figure, a list or the targets.

A panel comes in variants, the fullest first: the template measures them and takes the fullest that two pages hold.
Lists are cut, type is not made smaller. A panel that is no must is left out where it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.paper.runs import Run, cut_runs, limit_runs, list_cites, to_runs

COLUMN = 400.0  # px a figure of a panel is drawn for: half of the width of an A4 page, 0.62 pt a px
TALLEST = 430.0  # px a figure may be high
_LONGEST_ITEM = 600  # characters of a line of a list
Draw = Callable[[PageContext], Block | None]
Panel = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A panel in all its variants.

    ``rank`` says when its fuller variants and, where it is no must, it itself are tried: the smallest first.
    """

    heading: str
    variants: tuple[Panel, ...]
    rank: int
    is_must: bool = True
    level: str = ""

    def to_values(self) -> dict[str, Any]:
        """Return the section as plain values for the template."""
        return {
            "heading": self.heading,
            "variants": list(self.variants),
            "rank": self.rank,
            "must": self.is_must,
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Ground:
    """The page that panels are made of, and what is already said, so that nothing is said twice."""

    here: PageContext
    said: list[str] = field(default_factory=list)


def choose_figure(here: PageContext, draws: Iterable[Draw], tallest: float = TALLEST) -> Panel | None:
    """Return the first figure there is that is not too tall, as plain values; ``None`` without one."""
    for draw in draws:
        block = draw(here)
        if block is not None and block.svg and read_height(block.svg) <= tallest:
            return to_figure(block)
    return None


def to_figure(block: Block) -> Panel:
    """Return a figure as plain values: drawing, text for those who do not see it, title, what stands under it."""
    return {"svg": block.svg, "alt": block.text, "title": block.title, "caption": to_runs(block.html)}


def read_height(svg: str) -> float:
    """Return the height of a drawing as its root element gives it.

    Examples
    --------
    >>> read_height('<svg width="467" height="210.5">')
    210.5
    """
    return float(svg.partition(' height="')[2].partition('"')[0])


def make_panel(
    text: list[Run], *, figure: Panel | None = None, items: Sequence[list[Run]] = (), more: str = ""
) -> Panel:
    """Return one variant of a panel; what it does not have is empty."""
    runs = [*text, *(figure["caption"] if figure else ()), *(run for item in items for run in item)]
    return {
        "text": text,
        "figure": figure,
        "items": list(items),
        "more": more,
        "targets": [],
        "cites": list_cites(runs),
    }


def list_variants(
    text: list[Run], items: Sequence[list[Run]], counts: Iterable[int], count_rest: Callable[[int], str]
) -> tuple[Panel, ...]:
    """Return a list as variants: with as many lines as each count says, and how many more there are."""
    items = [limit_runs(item, _LONGEST_ITEM) for item in items]
    found = [len(items)] if len(items) <= max(counts := tuple(counts)) else []
    found += [count for count in counts if count < len(items)]
    return tuple(
        make_panel(text, items=items[:count], more=count_rest(len(items) - count) if count < len(items) else "")
        for count in found
    )


def shorten(text: list[Run], *sentences: int) -> list[list[Run]]:
    """Return a text, and its first sentences as often as asked, each once, the longest first."""
    found = [text]
    for number in sentences:
        cut = cut_runs(text, number)
        if cut not in found:
            found.append(cut)
    return found
