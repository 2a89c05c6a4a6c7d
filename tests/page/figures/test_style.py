"""The palette: a colour says its role, text on it can be read, greys differ in print."""

import re
from itertools import pairwise

import pytest

from zonebook.palette import PALETTE, ROLE_OF, write_variables


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_every_light_colour_names_one_role() -> None:
    assert len(ROLE_OF) == len(PALETTE)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", shade.light + "") for shade in PALETTE.values())


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("muted", "paper"),
        ("muted", "wash"),
        ("alert", "paper"),
        ("accent", "paper"),
        ("ink", "accent-soft"),
        ("ink", "accent-mid"),
        ("on-accent", "accent"),
        ("on-accent", "eaeu"),
        ("on-accent", "cis"),
        ("on-bright", "brics"),
        ("on-bright", "rest"),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_what_it_stands_on(text: str, ground: str, theme: str) -> None:
    first, second = getattr(PALETTE[text], theme), getattr(PALETTE[ground], theme)
    assert _contrast(first, second) >= 4.2


def test_blocs_and_steps_differ_without_colour() -> None:
    for roles in (("eaeu", "cis", "brics"), ("accent", "accent-mid", "accent-soft", "wash")):
        greys = [_luminance(PALETTE[role].light) for role in roles]
        assert all(later > earlier * 1.2 for earlier, later in pairwise(greys))


def test_the_style_sheet_defines_every_role_for_light_dark_and_paper() -> None:
    css = write_variables()
    for role, shade in PALETTE.items():
        assert css.count(f"--zb-{role}:{shade.light};") == 2
        assert css.count(f"--zb-{role}:{shade.dark};") == 2
