"""What a page's notebook calls: open a page, make its sentences, tables and figures, and record it.

Each part is imported when it is first asked for: who wants the wording of a language alone does not
wait for the formulas, and a page without figures does not wait for matplotlib.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zonebook.page.opening import open_country, open_region, open_zone
    from zonebook.page.recording import record

_HOME = {"open_country": "opening", "open_region": "opening", "open_zone": "opening", "record": "recording"}

__all__ = ["open_country", "open_region", "open_zone", "record"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
