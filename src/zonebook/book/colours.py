"""The colours of the figures as the site's style sheet has them; ``python -m zonebook.book.colours`` writes them anew.

A test compares them with the palette; a brand's colours are added to them as a book is staged.
"""

from __future__ import annotations

from pathlib import Path

from zonebook.book.folder import write_if_changed
from zonebook.palette import write_variables

COLOURS_FILE = Path(__file__).parent / "assets" / "colours.css"


def make_colours() -> str:
    """Return the style sheet of the figures' colours by role, for light and dark paper."""
    return f"/* Written by `make fix` from the palette of zonebook.palette. */\n{write_variables()}"


if __name__ == "__main__":
    write_if_changed(COLOURS_FILE, make_colours())
