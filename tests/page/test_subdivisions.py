"""Regions that a data set gives codes of alone."""

import pytest

from word_pages import open_small
from zonebook.page.subdivisions import find_country, name_subdivision


@pytest.mark.parametrize(
    ("code", "english", "russian"),
    [
        ("US-CA", "California", "Калифорния"),
        ("KZ-33", "Zhetisū oblysy", "Zhetisū oblysy"),
        ("no-code", "no-code", "no-code"),
    ],
)
def test_a_region_has_the_name_of_the_standard(code: str, english: str, russian: str) -> None:
    assert name_subdivision(code, "en") == english
    assert name_subdivision(code, "ru") == russian
    assert name_subdivision(code, "a language without a catalogue") == english


@pytest.mark.parametrize(("code", "country"), [("KZ-33", "KAZ"), ("RU-MOW", "RUS"), ("", ""), ("x", "")])
def test_a_region_lies_in_the_country_of_its_code(code: str, country: str) -> None:
    assert find_country(code) == country


def test_pages_name_what_the_tables_do_not() -> None:
    here = open_small("zone", "ru")
    assert here.place("US-CA") == "Калифорния"
    assert here.named("region", "US-CA") == "Калифорния"
    assert here.place("DEU") == "Германия"
