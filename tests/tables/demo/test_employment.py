"""Employment: zones in regions, regions in the country; the row without an industry is the sum."""

import pandas as pd
import pytest

from demo_data import Demo

_ALL = "all"  # stands for the empty industry


@pytest.fixture(scope="module")
def rows(demo: Demo) -> pd.DataFrame:
    columns = demo.tables["employment"].astype({"employees": float, "firms": float, "industry": object})
    return columns.fillna({"industry": _ALL})


def test_all_industries_together_are_their_sum(rows: pd.DataFrame) -> None:
    whole = rows[rows["industry"] == _ALL].set_index(["geo", "year"])
    parts = rows[rows["industry"] != _ALL].groupby(["geo", "year"])[["employees", "firms"]].sum()
    assert whole[["employees", "firms"]].sort_index().equals(parts.sort_index())


def test_the_country_is_the_sum_of_its_regions(rows: pd.DataFrame, demo: Demo) -> None:
    regions = rows[rows["geo"].isin(demo.tables["region"]["region_iso"])]
    keys = ["industry", "year"]
    country = rows[rows["geo"] == "RUS"].set_index(keys)["employees"]
    assert regions.groupby(keys)["employees"].sum().sort_index().equals(country.sort_index())


def test_regions_hold_their_zones(rows: pd.DataFrame, demo: Demo) -> None:
    region = demo.tables["zone"].dropna(subset=["region_iso"]).set_index("zone_id")["region_iso"]
    zones = rows[rows["geo"].isin(region.index)]
    keys = ["industry", "year"]
    of_zones = zones.groupby([zones["geo"].map(region), *keys])["employees"].sum()
    of_regions = rows.set_index(["geo", *keys])["employees"].reindex(of_zones.index)
    assert (of_zones < of_regions).all()
    # A zone is a part of its region's economy, not most of it.
    everything = (of_zones / of_regions).xs((_ALL, demo.settings.years[1]), level=("industry", "year"))
    assert everything.max() < 0.3


def test_zones_have_the_employees_and_the_number_of_their_residents(rows: pd.DataFrame, demo: Demo) -> None:
    year, begun = demo.settings.years[1], demo.residents["since"].astype(int)
    whole = rows[(rows["industry"] == _ALL) & (rows["year"] == year)].set_index("geo")
    present = demo.residents[begun <= year].groupby("zone_id").size()
    assert (whole["firms"].reindex(present.index) == present).all()
    figures = demo.tables["party_year"]
    stated = figures[figures["year"] == year].set_index("party_id")["employees"].astype(float)
    by_zone = stated.groupby(demo.residents["zone_id"].reindex(stated.index)).sum()
    assert (by_zone <= whole["employees"].reindex(by_zone.index)).all()  # silent residents state nothing
