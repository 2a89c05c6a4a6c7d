"""What follows, in one sentence: the weakest level, else the first target, else what a register says first."""

import pytest

from figure_pages import make_page
from standing_rows import CLUSTERS, levels, register, row
from word_pages import check_html, open_public, open_small, read
from zonebook.page.narrative import conclusion, level


def test_the_weakest_level_comes_first() -> None:
    said = read(conclusion(make_page("en", results=levels())))
    assert said.startswith("Cooperation index in 2025: 52 of 100 points")
    assert "the weakest level is interregional, 40 points" in said


def test_without_an_index_it_is_what_the_first_target_takes() -> None:
    said = read(conclusion(open_public("zone", "ru")))
    assert said.startswith("Предприятия: цель на 2030 год — около 600, для неё нужен прирост")
    check_html(conclusion(open_public("zone", "en")))  # type: ignore[arg-type]


def test_a_region_without_an_index_says_what_its_register_does() -> None:
    rows = [row("X01", 17e9, unit="RUB", scope_type="region", scope_id="RU-MOW")]
    assert read(conclusion(make_page("en", scope="region", results=rows))) == "Exports in 2025: 17 bn RUB."


def test_nothing_is_concluded_from_publications_without_targets() -> None:
    assert conclusion(open_small("region", "en")) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("local", "Residents with a tie to another resident: 70%; the others are isolated."),
        ("regional", "Partner regions: 12; weighted by ties, as many as 5.2 equal ones."),
        ("international", "Exports in 2025: 17 bn RUB."),
    ],
)
def test_a_register_says_something_of_every_level(name: str, said: str) -> None:
    assert read(level(make_page("en", results=register(), cluster=CLUSTERS), name)).startswith(said)
    assert level(make_page("en"), name) is None
