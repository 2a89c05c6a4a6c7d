"""The truths of a data set: known without its files, one zone after another."""

import pytest

from demo_data import Demo
from zonebook.errors import ParameterError
from zonebook.tables.demo import DemoSettings, planted_structure


def test_zones_are_those_of_the_table(demo: Demo) -> None:
    written = demo.tables["zone"].query("type != 'aggregate'")["zone_id"]
    assert set(demo.planted.zone_ids) == set(written)
    assert [zone.zone_id for zone in demo.planted.zones()] == list(demo.planted.zone_ids)


def test_one_zone_is_found_by_its_id(demo: Demo) -> None:
    wanted = demo.planted.zone_ids[3]
    assert demo.planted.zone(wanted) == list(demo.planted.zones())[3]
    with pytest.raises(ParameterError, match="no zone 'nowhere'"):
        demo.planted.zone("nowhere")


def test_truths_hold_parties_of_the_zone(demo: Demo) -> None:
    for zone in demo.planted.zones():
        own = set(demo.residents.index[demo.residents["zone_id"] == zone.zone_id])
        assert set(zone.clusters) == own
        named = {zone.reference_buyer, zone.reference_exporter, *zone.supplier_shares, *zone.support_years}
        assert named <= own


def test_a_single_year_has_no_margins() -> None:
    planted = planted_structure(DemoSettings(zones=1, residents=15, years=(2025, 2025)))
    (zone,) = planted.zones()
    assert zone.margins is None
    assert zone.reference_margins is None
