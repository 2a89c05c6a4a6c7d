"""The one look of every figure: colours by role, type sizes, marks, hatches and the font family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

import fontpkg_fira_sans  # noqa: F401 - named so that a missing font fails at import, not as a silent fallback
from matplotlib import font_manager

FONT = "Fira Sans"
FONT_STACK = f"'{FONT}',sans-serif"

#: Widths a figure is drawn for, in CSS pixels: a text column on a desk or paper, and a phone of 360 px.
WIDE = 680.0
NARROW = 340.0

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour by its role, on light and on dark paper."""

    light: str
    dark: str


#: Roles and their colours. The light values are all different, so that a colour in a drawing says its role.
#: The categories differ in lightness as well as hue (dark, middle, light, pale), so that they survive
#: colour-blindness and a black-and-white printer.
PALETTE: Mapping[str, Shade] = MappingProxyType(
    {
        "ink": Shade("#1b1f24", "#e8eaed"),
        "muted": Shade("#58616c", "#a9b2bc"),
        "axis": Shade("#8b949e", "#79838e"),
        "grid": Shade("#e3e7eb", "#343b43"),
        "paper": Shade("#ffffff", "#14181d"),
        "wash": Shade("#f1f3f5", "#22282e"),
        "accent": Shade("#00687a", "#45bccb"),
        "accent-mid": Shade("#7fb9c2", "#2a6f7a"),
        "accent-soft": Shade("#b5d9de", "#1f5660"),
        "on-accent": Shade("#fdfefe", "#0c1215"),
        "on-bright": Shade("#15191d", "#0d1316"),
        "peer": Shade("#b3bac2", "#66707a"),
        "alert": Shade("#b3261e", "#ff8a80"),
        "eaeu": Shade("#1f3f7f", "#8fb0f5"),
        "cis": Shade("#c2566b", "#ee9aac"),
        "brics": Shade("#d99a25", "#f2cb74"),
        "rest": Shade("#b6bec6", "#7c8690"),
    }
)
ROLE_OF = MappingProxyType({shade.light: role for role, shade in PALETTE.items()})


def write_variables() -> str:
    """Return the CSS that defines the colours a page's figures use, for light and for dark paper."""
    light = "".join(f"--zb-{role}:{shade.light};" for role, shade in PALETTE.items())
    dark = "".join(f"--zb-{role}:{shade.dark};" for role, shade in PALETTE.items())
    return (
        f":root{{{light}}}\n"
        f'html[data-theme="dark"]{{{dark}}}\n'
        f'@media (prefers-color-scheme:dark){{html:not([data-theme="light"]){{{dark}}}}}\n'
        f"@media print{{html:root{{{light}}}}}\n"
    )


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
TINY = Face(size=10.0, role="muted", anchor="middle")


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
    files = {w: str(resources.files("fontpkg_fira_sans") / "files" / f"FiraSans-{n}.ttf") for w, n in weights.items()}
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
