"""HTML that is safe to print: markupsafe's, with patterns that are looked at once.

A page fills thousands of small patterns. Markupsafe reads each whenever it is filled, in Python: that took a tenth of a
page's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from string import Formatter
from typing import Any

import markupsafe
from markupsafe import escape

_KEPT = 4096  # patterns


class Markup(markupsafe.Markup):
    """Text that is HTML already; what is put into it is escaped, unless it is such text itself.

    Examples
    --------
    >>> Markup("<b>{}</b>, {name}").format("1 < 2", name=Markup("<i>x</i>"))
    Markup('<b>1 &lt; 2</b>, <i>x</i>')
    """

    __slots__ = ()

    def __new__(cls, text: Any = "", *encoding: str) -> Markup:
        """Return a text as HTML (the interface is markupsafe's); plain text without looking at what it may be."""
        return str.__new__(cls, text) if type(text) is str and not encoding else super().__new__(cls, text, *encoding)

    def format(self, *arguments: Any, **named: Any) -> Markup:
        """Return the pattern filled; the interface is that of ``str.format``."""
        if not _has_names_alone(self):
            return type(self)(super().format(*arguments, **named))
        escaped = {name: _to_html(value) for name, value in named.items()}
        return str.__new__(type(self), str.format(self, *map(_to_html, arguments), **escaped))

    def join(self, parts: Iterable[Any], /) -> Markup:
        """Return the parts, escaped, with this between them."""
        return str.__new__(type(self), str.join(self, map(_to_html, parts)))


def _to_html(value: Any) -> str:
    """Return a value as HTML; HTML as it stands, where ``escape`` makes a copy, and another around every piece."""
    return value if isinstance(value, markupsafe.Markup) else escape(value)


@lru_cache(maxsize=_KEPT)
def _has_names_alone(pattern: str) -> bool:
    """Whether a pattern's fields are names or places and nothing more: no width, no attribute, no conversion."""
    return not any(
        how or conversion or not (name.isidentifier() or name.isdigit())
        for _, name, how, conversion in Formatter().parse(pattern)
        if name
    )
