"""The key of a figure: each mark with its word, in as few lines as the width allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, Ink

_SWATCH = 18.0
_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark of the key: ``shape`` is ``box``, ``line`` or a mark of the sheet."""

    text: str
    ink: Ink
    shape: str = "box"


def draw_key(sheet: Sheet, y: float, entries: Sequence[Entry]) -> float:
    """Draw the key from its top ``y``; return its bottom."""
    x = 0.0
    y += 13
    for entry in entries:
        width = _SWATCH + measure_text(entry.text, NOTE)
        if x and x + width > sheet.width:
            x, y = 0.0, y + NOTE.leading + 3
        if entry.shape == "box":
            sheet.box((x, y - 9.5), (12, 10), entry.ink)
        elif entry.shape == "line":
            sheet.polyline([(x, y - 4.5), (x + 13, y - 4.5)], entry.ink)
        else:
            sheet.mark((x + 6, y - 4.2), 4.6, entry.ink, entry.shape)
        sheet.write(x + _SWATCH, y, entry.text, NOTE)
        x += width + _GAP
    return y + 6
