"""The map of a country's zones."""

from figure_pages import ZONE, alternative_of, assert_is_sound, make_page
from zonebook.page.figures import zones_map


def test_zones_are_counted_by_region_without_totals() -> None:
    zones = [{**ZONE, "zone_id": f"zone-{index}", "region_iso": code} for index, code in enumerate(["RU-MOW"] * 12)]
    zones += [{**ZONE, "zone_id": "zone-ta", "region_iso": "RU-TA"}]
    zones += [{**ZONE, "zone_id": "ru-total", "type": "aggregate"}]
    block = assert_is_sound(zones_map(make_page("en", scope="country", zone=zones)))
    assert [(row[0], row[2]) for row in block.rows] == [("RU-MOW", 12), ("RU-TA", 1)]
    assert "13 zones on the map, in 2 regions: Moscow (12), Tatarstan (1)." in alternative_of(block)
