"""The first rows of a long table: how many a page bears, which come first, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from zonebook.page.context import PageContext
from zonebook.page.markup import Markup

# Most rows of a table on a page: 100 kB to 500 kB of HTML, which a phone still lays out at once and a browser searches.
# Tables of one country's zones, some sixty, and of their targets, some three hundred, stay whole; of five thousand
# nobody reads all rows on a page, and the file has them.
MOST_ROWS = 400
# Most names in a cell, where a row gathers what many zones have in common.
MOST_NAMED = 20

_Item = TypeVar("_Item")
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """How a table is cut that has more rows than a page bears.

    Attributes
    ----------
    first
        Which rows come first, in words that follow "400 rows of 5,400 are shown".
    of_each
        Whether every group gives its first rows, as many as the others; else the first groups are set whole.
    of_zones
        Whether the rows are of zones, which have pages of their own.
    anchors
        Anchors of the rows that other pages link to, in the order of the rows: those of rows that are not shown stand
        at the sentence, beside the file that has them. A page that links to a row cannot know which are shown.
    """

    first: str
    of_each: bool = False
    of_zones: bool = True
    anchors: Sequence[str] = ()


class MadeRows(Sequence[_Row], Generic[_Item, _Row]):
    """Rows that are made when they are set: those that a page does not show cost nothing and cite no source."""

    def __init__(self, items: Sequence[_Item], make: Callable[[_Item], _Row]) -> None:
        self._items, self._make = items, make

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._items)

    def __iter__(self) -> Iterator[_Row]:
        """Make all rows in turn."""
        return map(self._make, self._items)

    @overload
    def __getitem__(self, place: int) -> _Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[_Row, ...]: ...

    def __getitem__(self, place: int | slice) -> _Row | tuple[_Row, ...]:
        """Make a row, or some."""
        if isinstance(place, slice):
            return tuple(map(self._make, self._items[place]))
        return self._make(self._items[place])


def share_out(sizes: Sequence[int], *, of_each: bool = False, most: int = MOST_ROWS) -> tuple[int, ...]:
    """Return how many rows of each group are set where no more than so many may be.

    Examples
    --------
    >>> share_out([3, 2, 4], most=9), share_out([3, 2, 4], most=6), share_out([9, 2], most=6)
    ((3, 2, 4), (3, 2, 0), (6, 0))
    >>> share_out([9, 1, 5], of_each=True, most=7)
    (3, 1, 3)
    """
    if sum(sizes) <= most:
        return tuple(sizes)
    if of_each and sum(size > 0 for size in sizes) <= most:
        level = next(level for level in range(most, 0, -1) if sum(min(size, level) for size in sizes) <= most)
        return tuple(min(size, level) for size in sizes)
    taken, left = list[int](), most
    for size in sizes:
        # A group is cut only where it is the first: half of what belongs together misleads.
        taken.append(size if size <= left else left if left == most else 0)
        left = left - size if size <= left else 0
    return tuple(taken)


def say_excerpt(here: PageContext, excerpt: Excerpt, shown: int, total: int) -> Markup:
    """Return the sentence on how many rows are shown and which; where the others are."""
    words = here.locale
    said = words.plural(
        "{n} row of {total} is shown: {first}. The file has all of them.",
        "{n} rows of {total} are shown: {first}. The file has all of them.",
        shown,
        total=words.number(total),
        first=excerpt.first,
    )
    others = words.text("Pages of zones are found by the search and in the contents.")
    anchors = Markup("").join(map(Markup('<span id="{}"></span>').format, excerpt.anchors[shown:]))
    return Markup("{}{} {}").format(anchors, said, others) if excerpt.of_zones else Markup("{}{}").format(anchors, said)


def name_first(here: PageContext, names: Sequence[Markup | str], most: int = MOST_NAMED) -> Sequence[Markup | str]:
    """Return names, of many the first and how many more there are."""
    if len(names) <= most:
        return names
    return [*names[:most], here.locale.text("{n} more", n=here.locale.number(len(names) - most))]
