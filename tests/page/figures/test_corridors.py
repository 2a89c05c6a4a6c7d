"""Corridors between regions."""

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from zonebook.page.figures import corridors

PARTNERS = [
    {"region_iso": "RU-TA", "level": "regional", "kind": "supply"},
    {"region_iso": "RU-TA", "level": "regional", "kind": "r_and_d"},
    {"region_iso": "RU-KHM", "level": "regional", "kind": "supply"},
    {"region_iso": "RU-TOM", "level": "regional", "kind": "agreement", "status": "planned"},
    {"region_iso": "RU-MOW", "level": "local", "kind": "supply"},
    {"level": "regional", "kind": "supply"},
]


def test_a_corridor_joins_both_directions() -> None:
    tables = tie_tables(PARTNERS)
    tables["tie"][1].update(from_party="p1", to_party="own")
    block = assert_is_sound(corridors(make_page("en", scope="country", **tables)))
    assert [(row[0], row[2], row[4]) for row in block.rows] == [("RU-MOW", "RU-TA", 2), ("RU-KHM", "RU-MOW", 1)]
    assert "2 pairs of regions have ties. Most: Moscow – Tatarstan (2)" in alternative_of(block)
