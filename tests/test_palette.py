"""The palette: a brand replaces colours by role, in drawings and on the site; mistakes are said."""

import pytest

from zonebook.errors import ParameterError
from zonebook.palette import PALETTE, Shade, paint, read_colours, repaint, write_variables
from zonebook.parameters import Parameters, override, to_values


def test_an_accent_brings_its_tints_along_and_one_colour_serves_both_papers() -> None:
    colours = read_colours({"accent": "#800000"})
    assert colours["accent"] == Shade("#800000", "#800000")
    assert colours["accent-mid"].light == "#c08080"
    assert paint(colours)["ink"] == PALETTE["ink"]


def test_a_drawing_is_repainted_by_role() -> None:
    drawing = f'<rect fill="{PALETTE["accent"].light}"/><text fill="{PALETTE["ink"].light}"/>'
    assert repaint(drawing, read_colours({"accent": "#800000"})) == drawing.replace(PALETTE["accent"].light, "#800000")
    assert repaint(drawing, {}) == drawing


def test_the_sites_variables_take_a_brands_colours() -> None:
    css = write_variables(paint(read_colours({"accent": ["#111111", "#eeeeee"]})))
    assert "--zb-accent:#111111;" in css
    assert "--zb-accent:#eeeeee;" in css


@pytest.mark.parametrize("value", [{"acent": "#000000"}, {"accent": "red"}, {"accent": ["#000000"]}, "#000000"])
def test_what_is_no_colour_is_refused(value: object) -> None:
    with pytest.raises(ParameterError):
        read_colours(value)


def test_colours_survive_the_way_to_another_process() -> None:
    parameters = override(Parameters(), {"colours": {"accent": "#800000"}, "imprint": {"en": "x"}})
    assert override(Parameters(), to_values(parameters)) == parameters
