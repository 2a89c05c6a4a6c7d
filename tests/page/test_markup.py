"""Patterns that are looked at once give what markupsafe's give."""

from typing import Any

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.page.markup import Markup

_VALUES = st.one_of(st.text(), st.integers(), st.none(), st.text().map(markupsafe.Markup), st.text().map(Markup))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "no field",
        '<td class="{name}">{}</td>{}',
        "{1}, {0}{name}",
        "{{kept}}{name}}}",
        "{lower_unit}–{name}",
        "{0!r}{name}",
    ],
)
@given(one=_VALUES, other=_VALUES, name=_VALUES)
def test_a_pattern_is_filled_as_markupsafe_fills_it(pattern: str, one: Any, other: Any, name: Any) -> None:
    filled = Markup(pattern).format(one, other, name=name, lower_unit=1.5)  # noqa: S704 - no page is made of it
    assert filled == markupsafe.Markup(pattern).format(one, other, name=name, lower_unit=1.5)  # noqa: S704 - as above
    assert type(filled) is Markup


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        Markup("<b>{name}</b>").format(other="x")


@given(parts=st.lists(_VALUES))
def test_parts_are_escaped_when_they_are_joined(parts: list[Any]) -> None:
    joined = Markup("<br>").join(parts)
    assert joined == markupsafe.Markup("<br>").join(parts)
    assert type(joined) is Markup
