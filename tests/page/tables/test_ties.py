"""Tables of ties: by level, intended ones apart, amounts as their sources gave them."""

import pytest

from word_pages import change, open_small, read
from zonebook.page import tables


def test_ties_stand_at_their_level() -> None:
    here = open_small("zone", "en")
    assert "Screens" in read(tables.local_ties(here))
    assert "Dashboards" in read(tables.regional_ties(here))
    assert "Interactive boards" in read(tables.international_ties(here))


@pytest.mark.parametrize(
    ("lang", "planned"), [("en", "Not a fact yet: planned"), ("ru", "Пока не осуществлено: планируется")]
)
def test_planned_ties_stand_apart(lang: str, planned: str) -> None:
    block = tables.regional_ties(open_small("zone", lang))
    shown = read(block)
    assert shown.index(planned) > shown.index("Example Trucks" if lang == "en" else "Пример Грузовики")
    assert block is not None
    assert 'class="zb-intended"' in block.html


def test_partners_are_named_with_their_place() -> None:
    assert "Example Trucks (Tatarstan)" in read(tables.regional_ties(open_small("zone", "en")))
    # The name says the country already.
    assert "Buyers in Kazakhstan (" not in read(tables.international_ties(open_small("zone", "en")))


def test_a_partner_that_is_a_country_goes_by_the_country_s_name() -> None:
    party = change("party", "Покупатели в Намибии,Buyers in Namibia", "Намибия,Republic of Namibia")
    shown = read(tables.international_ties(open_small("zone", "en", party=party)))
    assert "Namibia" in shown
    assert "Republic of Namibia" not in shown


def test_amounts_take_the_word_of_their_source() -> None:
    tie = change(
        "tie",
        "50000000,actual,press,example-press,read in the text,прочитано в тексте",
        "50000000,actual,press,example-press,over,свыше",
    )
    shown = read(tables.international_ties(open_small("zone", "ru", tie=tie)))
    assert "свыше 50 млн ₽" in shown
    assert "12 млн ₽" in read(tables.local_ties(open_small("zone", "ru")))


def test_a_tie_with_the_figure_of_the_zone_takes_its_qualifier() -> None:
    tie = change("tie", "50000000,actual,press,example-press", "1100000000,actual,press,example-official")
    assert "over 1.1 bn RUB" in read(tables.international_ties(open_small("zone", "en", tie=tie)))


def test_destinations_stand_in_the_first_bloc_they_belong_to() -> None:
    shown = read(tables.destinations(open_small("zone", "en")))
    assert shown.index("Eurasian Economic Union") < shown.index("Kazakhstan")
    assert "Namibia" not in shown


def test_partner_regions_have_the_number_of_sources_beside() -> None:
    block = tables.partner_regions(open_small("zone", "en"))
    assert block is not None
    assert block.rows == (("RU-TA", 1, 1),)


def test_corridors_and_countries_of_all_zones() -> None:
    here = open_small("corridors", "ru")
    assert "Москва — Республика Татарстан" in read(tables.corridors(here))
    assert "Казахстан" in read(tables.partner_countries(here))
