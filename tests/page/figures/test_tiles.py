"""The labels of tiles and the steps of their shades."""

from figure_pages import make_page
from zonebook.page.figures.tiles import STEPS, Grid, choose_step, choose_tiles


def test_labels_are_short_and_all_different() -> None:
    for lang in ("ru", "en"):
        labels = [tile.label for tile in choose_tiles(make_page(lang))]
        assert len(labels) == len(set(labels)) == 4
        assert all(len(label) <= 5 for label in labels)


def test_the_map_begins_in_the_top_left_corner_and_leaves_unknown_regions_out() -> None:
    tiles = choose_tiles(make_page())
    assert min(tile.row for tile in tiles) == min(tile.column for tile in tiles) == 0
    grid = Grid.fit(tiles, 340)
    assert grid.centre("RU-UNKNOWN") is None
    assert all(0 < x < 340 and 0 < y < grid.bottom for x, y in (grid.centre(tile.region) for tile in tiles))


def test_one_is_always_pale_and_the_most_always_full() -> None:
    assert choose_step(1, 1) == choose_step(1, 90) == STEPS[0]
    assert choose_step(2, 2) == choose_step(90, 90) == STEPS[2]
    assert choose_step(30, 90) == STEPS[1]
