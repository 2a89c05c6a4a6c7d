"""The one look of every figure: colours by role, type sizes, marks, hatches and the font family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from matplotlib import font_manager

from zonebook.typeface import SHIPPED, SHIPPED_FOLDER

#: The family that figures are measured with. Site and papers set another one, smaller where it is wider: a page need
#: not be run again for it.
FONT = SHIPPED
FONT_STACK = f"var(--zb-figure-font,'{FONT}'),sans-serif"

#: Widths a figure is drawn for, in CSS pixels: a text column on a desk or paper, and a phone of 360 px.
WIDE = 680.0
NARROW = 340.0

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Face:
    """How a piece of text is set: size in px, weight, colour role and which end of it stands at the point."""

    size: float = 13.0
    weight: int = 400
    role: str = "ink"
    anchor: Anchor = "start"

    @property
    def leading(self) -> float:
        """Distance between the baselines of two lines."""
        return round(self.size * 1.25, 2)


BODY = Face()
STRONG = Face(weight=600)
NOTE = Face(size=12.0, role="muted")


@dataclass(frozen=True, slots=True)
class Ink:
    """How a shape is drawn: fill and edge by colour role, edge width, dashes, hatch."""

    fill: str = ""
    edge: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    hatch: str = ""


@cache
def register_fonts() -> Mapping[int, str]:
    """Make the report's font known to matplotlib; return its file per weight."""
    weights = {400: "Regular", 500: "Medium", 600: "SemiBold"}
    files = {weight: str(SHIPPED_FOLDER / f"FiraSans-{name}.ttf") for weight, name in weights.items()}
    for file in files.values():
        font_manager.fontManager.addfont(file)
    return MappingProxyType(files)


#: Settings of matplotlib while a figure is written: text stays text, identifiers do not depend on the clock.
SETTINGS: Mapping[Any, Any] = MappingProxyType(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "zonebook",
        "font.family": FONT,
        "text.parse_math": False,
        "path.simplify": False,
        "hatch.linewidth": 1.1,
    }
)
