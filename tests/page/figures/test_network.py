"""The drawing of the network: counts of what it shows, nobody named, nothing without a register."""

import numpy as np
import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from local_pages import PAIR, TIES, make_row, make_tie, open_register
from zonebook.page.figures import network
from zonebook.page.figures.network import read_picture
from zonebook.page.figures.placing import place_group


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_drawing_is_sound_and_names_nobody(lang: str) -> None:
    block = assert_is_sound(network(open_register(lang, results=[make_row("L05", 0.5)])))
    assert "Secret" not in block.html + block.svg + block.text + str(block.rows)
    assert "r00" not in block.html + block.svg + str(block.rows)
    assert 'href="#metric-L05"' in block.html


def test_alternative_text_tells_the_giant_component_the_isolates_and_the_clusters() -> None:
    said = alternative_of(network(open_register()))
    assert "Residents: 20; in the giant component: 10; in smaller groups: 2; without a known tie: 8" in said
    assert "Alpha: 12, of these in the giant component: 8, without a known tie: 4." in said


def test_the_table_behind_counts_by_cluster() -> None:
    block = network(open_register())
    assert block is not None
    assert block.rows == (("Alpha", 12, 8, 0, 4, 0), ("Beta <b>", 8, 2, 2, 4, 0))


def test_ties_are_those_of_the_register_between_residents() -> None:
    picture = read_picture(open_register())
    assert picture is not None
    assert len(picture.ends) == 11
    assert picture.giant == 10


def test_a_cluster_of_too_few_and_the_one_that_would_tell_of_it_go_together() -> None:
    block = network(open_register(residents=14))
    assert block is not None
    assert [row[0] for row in block.rows] == ["other residents"]


def test_places_do_not_follow_from_ids_that_somebody_may_know() -> None:
    picture = read_picture(open_register())
    changed = read_picture(open_register(ties=[tie | {"value_rub": 2e6} for tie in (*TIES, PAIR)]))
    assert picture is not None
    assert changed is not None
    # Without the amounts of the register's first year nobody can tell where a firm stands.
    assert abs(picture.groups[0].places - changed.groups[0].places).max() > 0.1
    guessed = place_group([f"r{index:02}" for index in range(8)], np.array([[i, (i + 1) % 8] for i in range(8)]))
    nearest = [abs(picture.groups[0].places - place).sum(axis=1).min() for place in guessed]
    assert max(nearest) > 0.5


def test_what_the_press_tells_is_no_network() -> None:
    assert network(make_page(**tie_tables([{"level": "local", "zone_id": "example"}]))) is None
    assert network(open_register(ties=[make_tie(0, 0, 1, evidence="press", source_id="press-a")])) is None


def test_a_new_firm_leaves_the_others_where_they_were() -> None:
    before, after = (read_picture(open_register(residents=size)) for size in (20, 21))
    assert before is not None
    assert after is not None
    for old, new in zip(before.groups, after.groups, strict=True):
        assert abs(old.places - new.places).max() < 1e-9
