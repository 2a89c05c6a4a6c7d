"""Puts off Beautiful Soup, which the theme imports, until it calls it: the pages of the site give it no reason to.

It takes a fifth of the time of all that building a book imports.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_PARSER = "bs4"


class LateSoup:
    """Stands in the place of Beautiful Soup where the theme has imported it: each call makes the real thing."""

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """Return what Beautiful Soup makes of the arguments."""
        return import_module(_PARSER).BeautifulSoup(*arguments, **named)


def import_theme() -> None:
    """Import the theme without its parser, where nothing has imported that already; others import it as ever."""
    if _PARSER in sys.modules:
        return
    stand: Any = ModuleType(_PARSER)
    stand.BeautifulSoup = LateSoup
    sys.modules[_PARSER] = stand
    try:
        import_module("pydata_sphinx_theme.toctree")
    finally:
        del sys.modules[_PARSER]
