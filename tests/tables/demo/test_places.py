"""Zones, sites, clusters and regions: where they are, of which types."""

import numpy as np

from demo_data import Demo
from zonebook.tables.demo import DemoSettings
from zonebook.tables.demo.world import build_world


def test_zones_are_of_all_types_with_one_total(demo: Demo) -> None:
    assert (demo.tables["zone"]["type"] == "aggregate").sum() == 1
    types = build_world(DemoSettings(zones=100)).types
    assert set(types) == {0, 1, 2, 3}


def test_the_area_of_a_zone_is_that_of_its_sites(demo: Demo) -> None:
    zone = demo.tables["zone"].dropna(subset=["area_ha"]).set_index("zone_id")["area_ha"].astype(float)
    sites = demo.tables["site"].groupby("zone_id")["area_ha"].sum().astype(float)
    assert np.allclose(zone, sites.reindex(zone.index), atol=0.06)


def test_zones_lie_near_the_centre_of_their_region(demo: Demo) -> None:
    zone = demo.tables["zone"].dropna(subset=["region_iso"])
    region = demo.tables["region"].set_index("region_iso")
    for column, most in (("latitude", 0.4), ("longitude", 0.7)):
        assert (zone[column] - zone["region_iso"].map(region[column])).abs().max() < most


def test_sites_and_clusters_belong_to_the_zone_of_their_residents(demo: Demo) -> None:
    residents = demo.residents
    for table, key in (("site", "site_id"), ("cluster", "cluster_id")):
        owner = demo.tables[table].set_index(key)["zone_id"]
        assert (residents[key].map(owner) == residents["zone_id"]).all()


def test_zones_are_established_before_their_figures(demo: Demo) -> None:
    years = demo.tables["zone"]["established"].dropna().astype(int)
    assert (years < demo.settings.years[0]).all()


def test_zones_trade_both_ways_with_few_others() -> None:
    world = build_world(DemoSettings(zones=40))
    for zone in range(40):
        partners = world.partners_of(zone)
        assert zone not in partners
        assert len(partners) == 12
        assert all(zone in world.partners_of(other) for other in partners)
    assert build_world(DemoSettings(zones=1)).partners_of(0) == ()
    assert build_world(DemoSettings(zones=2)).partners_of(0) == (1,)
