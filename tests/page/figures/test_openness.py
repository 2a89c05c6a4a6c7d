"""The E–I index against what size implies."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from metric_pages import make_row
from zonebook.page.figures import openness

LONG = "Кластер автомобилестроения, беспилотного транспорта и компонентной базы"
ROWS = [
    make_row("R03", 0.24, unit="index"),
    make_row("R03.expected", 0.63, unit="index", lower=0.53, upper=0.71),
    make_row("R03", 0.95, unit="index", scope_type="cluster", scope_id="cars"),
    make_row("R03.expected", 0.9, unit="index", lower=0.83, upper=1.0, scope_type="cluster", scope_id="cars"),
]
CLUSTERS = [{"cluster_id": "cars", "zone_id": "example", "name_ru": LONG, "name_en": "Cars"}]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_zone_and_its_clusters_have_a_row(lang: str) -> None:
    block = assert_is_sound(openness(make_page(lang, results=ROWS, cluster=CLUSTERS)))
    assert len(block.rows) == 4


def test_index_and_expectation_are_said() -> None:
    said = alternative_of(openness(make_page("en", results=ROWS[:2])))
    assert said == "the whole zone: 0.24; expected 0.63, from 0.53 to 0.71."


def test_nothing_without_an_index() -> None:
    assert openness(make_page(results=[make_row("R03", None, unit="index")])) is None
