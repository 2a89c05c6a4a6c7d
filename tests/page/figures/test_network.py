"""The drawing of the network: counts of what it shows, nobody named, nothing without a register."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from local_pages import make_row, make_tie, open_register
from zonebook.page.figures import network
from zonebook.page.figures.network import read_picture


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


def test_a_cluster_of_too_few_goes_with_the_others() -> None:
    block = network(open_register(residents=14))
    assert block is not None
    assert [row[0] for row in block.rows] == ["Alpha", "other residents"]


def test_what_the_press_tells_is_no_network() -> None:
    assert network(make_page(**tie_tables([{"level": "local", "zone_id": "example"}]))) is None
    assert network(open_register(ties=[make_tie(0, 0, 1, evidence="press", source_id="press-a")])) is None


def test_a_new_firm_leaves_the_others_where_they_were() -> None:
    before, after = (read_picture(open_register(residents=size)) for size in (20, 21))
    assert before is not None
    assert after is not None
    for old, new in zip(before.groups, after.groups, strict=True):
        assert abs(old.places - new.places).max() < 1e-9
