"""The report's colours by role: one place for figures, site and papers; a brand replaces some of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zonebook.errors import ParameterError

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# Tints that follow the accent where a brand names the accent alone: how much of it, the rest is paper.
_TINTS = {"accent-mid": 0.5, "accent-soft": 0.29}


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


def write_variables(palette: Mapping[str, Shade] = PALETTE) -> str:
    """Return the CSS that defines the colours a page's figures use, for light and for dark paper."""
    light = "".join(f"--zb-{role}:{shade.light};" for role, shade in palette.items())
    dark = "".join(f"--zb-{role}:{shade.dark};" for role, shade in palette.items())
    return (
        f":root{{{light}}}\n"
        f'html[data-theme="dark"]{{{dark}}}\n'
        f'@media (prefers-color-scheme:dark){{html:not([data-theme="light"]){{{dark}}}}}\n'
        f"@media print{{html:root{{{light}}}}}\n"
    )


def read_colours(value: object) -> Mapping[str, Shade]:
    """Return a brand's colours by role, checked.

    Parameters
    ----------
    value
        Roles and their colours: ``#rrggbb``, or two of them, for light and for dark paper. One colour serves both
        papers. An accent brings its tints along unless they are named too.

    Raises
    ------
    ParameterError
        For a role there is not, or something that is no colour.
    """
    if not isinstance(value, Mapping):
        raise ParameterError(f"parameter 'colours' must map roles to colours such as '#00687a', got {value!r}.")
    shades: dict[str, Shade] = {}
    for role, colour in value.items():
        if role not in PALETTE:
            raise ParameterError(f"there is no colour {role!r}.", remedy=f"Roles are: {', '.join(PALETTE)}.")
        pair = [colour, colour] if isinstance(colour, str) else colour
        if not isinstance(pair, (list, tuple)) or len(pair) != 2 or not all(_is_hex(one) for one in pair):
            raise ParameterError(
                f"colour {role!r} must be #rrggbb, or two of them for light and dark paper, got {colour!r}.",
                remedy="Put it in quotes: # begins a comment.",
            )
        shades[role] = Shade(pair[0].lower(), pair[1].lower())
    if "accent" in shades:
        for role, part in _TINTS.items():
            own, paper = shades["accent"], PALETTE["paper"]
            shades.setdefault(role, Shade(_mix(own.light, paper.light, part), _mix(own.dark, paper.dark, part)))
    return MappingProxyType(shades)


def paint(colours: Mapping[str, Shade]) -> Mapping[str, Shade]:
    """Return the whole palette with a brand's colours in their places."""
    return MappingProxyType({**PALETTE, **colours})


def repaint(svg: str, colours: Mapping[str, Shade]) -> str:
    """Return a drawing made for light paper in a brand's colours: each colour in it says its role."""
    if not colours:
        return svg

    def painted(match: re.Match[str]) -> str:
        role = ROLE_OF.get(match[0], "")
        return colours[role].light if role in colours else match[0]

    return _HEX.sub(painted, svg)


def _is_hex(colour: object) -> bool:
    return isinstance(colour, str) and _HEX.fullmatch(colour) is not None


def _mix(colour: str, paper: str, part: float) -> str:
    """Return a colour thinned with paper.

    Examples
    --------
    >>> _mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = ((int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(own * part + other * (1 - part)):02x}" for own, other in pairs)
