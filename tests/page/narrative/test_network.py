"""Sentences on the local level: who is alone, what is missing, what stays in the zone, what if the largest leave."""

import pytest

from local_pages import CHAINS, INDUSTRIES, LOSS, make_row, make_tie, open_register
from word_pages import read
from zonebook.page import narrative

ALONE = [make_row("L01", 0.6), make_row("L05", 0.5)]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "8 residents of 20 have no known partner in the zone. They are to be brought together first"),
        ("ru", "У 8 резидентов из 20 нет известных партнёров в зоне. Сводить с партнёрами"),
    ],
)
def test_who_is_alone_is_told_as_a_number_by_cluster(lang: str, said: str) -> None:
    shown = read(narrative.cohesion(open_register(lang, results=ALONE)))
    assert said in shown
    assert "— 4" in shown
    assert "Secret" not in shown


def test_a_single_one_is_told_as_one() -> None:
    ring = [make_tie(i, i, (i + 1) % 19) for i in range(19)]
    shown = read(narrative.cohesion(open_register("ru", ties=ring, results=[make_row("L05", 0.95)])))
    assert "У 1 резидента из 20 нет известных партнёров" in shown
    assert "В одну общую сеть объединены 95 % резидентов" in shown


def test_islands_are_no_network() -> None:
    shown = read(narrative.cohesion(open_register(results=[make_row("L05", 0.3)])))
    assert "There is no common network: the largest group of tied residents has 30% of them." in shown


def test_missing_stages_and_ties_are_named_by_chain() -> None:
    shown = read(narrative.value_chains(open_register(results=CHAINS)))
    assert "Stages that nobody in the zone can do — Medical devices: serial production." in shown
    assert "Stages without a tie to the next one — Medical devices: research and development." in shown


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.3, "above the line of 20%"),
        (0.15, "above the eased line of 10%, but below that of 20%"),
        (0.05, "below even the eased line of 10%"),
    ],
)
def test_purchases_are_held_against_the_lines(share: float, said: str) -> None:
    rows = [make_row("L08", share), make_row("L08", 0.1, year=2024), make_row("L08.above_eased", 3.0, unit="count")]
    shown = read(narrative.purchases(open_register(results=rows)))
    assert said in shown
    assert ("It has fallen" if share < 0.1 else "It has grown") in shown
    assert "Firms at or above 10%: 3 of 20." in shown


@pytest.mark.parametrize(("lang", "said"), [("en", "If the 10 residents"), ("ru", "Если уйдут 10 резидентов")])
def test_the_loss_of_the_largest_is_held_against_chance(lang: str, said: str) -> None:
    shown = read(narrative.resilience(open_register(lang, results=LOSS)))
    assert said in shown
    assert ("hangs on its largest" if lang == "en" else "сеть держится на крупнейших") in shown


def test_the_strongest_industries_come_first() -> None:
    shown = read(narrative.specialisation(open_register(results=INDUSTRIES)))
    assert "28" in shown
    assert "0.3" not in shown


def test_dependence_is_told_of_both_sides() -> None:
    rows = [make_row("L17.concentrated", 0.9), make_row("L17.customers_concentrated", 0.4)]
    shown = read(narrative.concentration(open_register(results=rows)))
    assert "90% of those that buy" in shown
    assert "40% of those that sell" in shown


@pytest.mark.parametrize(
    "name", ["cohesion", "value_chains", "purchases", "specialisation", "concentration", "resilience"]
)
def test_nothing_is_said_without_data(name: str) -> None:
    assert getattr(narrative, name)(open_register(ties=[])) is None
