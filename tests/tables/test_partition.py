"""Whose share a row lies in: compared with the plain definition, row by row, on generated data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small_data
from zonebook.tables.check import CheckedData, check_data_set
from zonebook.tables.partition import Selection, divide, list_ids

ZONES = {"za": "RU-MOW", "zb": "RU-TA", "zc": "RU-MOW"}
PARTIES = ["pa1", "pa2", "pb1", "pc1", "out", "abroad"]
HOME = {"pa1": "za", "pa2": "za", "pb1": "zb", "pc1": "zc"}


def build(ties: list[tuple[str, str]]) -> CheckedData:
    """Return a data set of three zones, six parties and these ties."""
    zones = [f"{zone},Зона,other,RUS,{region},s0" for zone, region in ZONES.items()]
    zones += ["total,Все,aggregate,RUS,,s0", "world,Мир,aggregate,,,s0", "kz,Казахстан,aggregate,KAZ,,s0"]
    parties = [
        f"{party},{party},firm,{HOME.get(party, '')},{'RU-TVE' if party == 'out' else ''},s1" for party in PARTIES
    ]
    rows = [f"t{number},{giver},{taker},local,supply,press,s2" for number, (giver, taker) in enumerate(ties)]
    tables = {
        "zone": ["zone_id,name_ru,type,country_iso3,region_iso,source_id", *zones],
        "party": ["party_id,name,kind,zone_id,region_iso,source_id", *parties],
        "tie": ["tie_id,from_party,to_party,level,kind,evidence,source_id", *rows],
        "source": ["source_id,kind", "s0,press", "s1,press", "s2,press", "unused,press"],
        "employment": [
            "geo,industry_scheme,year,employees",
            "za,A,2024,1",
            "RU-TA,A,2024,2",
            "RUS,A,2024,3",
            "KAZ,A,2024,4",
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in tables.items():
            (Path(folder) / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check_data_set(Path(folder))


def taken(checked: CheckedData, scope_type: str, table: str) -> dict[str, pd.DataFrame]:
    """Return a table's part in every share of a kind."""
    partition = divide(checked.normal, scope_type)
    frame = checked.tables[table]
    selection = partition.selections[table]
    return {scope_id: frame.iloc[selection.rows_of(share)] for share, scope_id in enumerate(partition.ids)}


TIES = st.lists(st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)), max_size=12)


@settings(deadline=None, max_examples=25)
@given(TIES)
def test_a_zones_share_is_the_whole_table_filtered(ties: list[tuple[str, str]]) -> None:
    checked = build(ties)
    frame = checked.tables["tie"]
    found = taken(checked, "zone", "tie")
    parties = taken(checked, "zone", "party")
    for zone in ZONES:
        touches = frame["from_party"].map(HOME).eq(zone) | frame["to_party"].map(HOME).eq(zone)
        pd.testing.assert_frame_equal(found[zone], frame[touches])
        own = {party for party, home in HOME.items() if home == zone}
        wanted = own | set(frame[touches]["from_party"]) | set(frame[touches]["to_party"])
        assert set(parties[zone]["party_id"]) == wanted


@settings(deadline=None, max_examples=15)
@given(TIES)
def test_a_regions_share_holds_ties_with_an_end_in_it(ties: list[tuple[str, str]]) -> None:
    checked = build(ties)
    frame = checked.tables["tie"]
    region_of = {party: ZONES[zone] for party, zone in HOME.items()}
    for region, found in taken(checked, "region", "tie").items():
        touches = frame["from_party"].map(region_of).eq(region) | frame["to_party"].map(region_of).eq(region)
        pd.testing.assert_frame_equal(found, frame[touches])


def test_a_tie_of_two_zones_lies_in_both_once() -> None:
    found = taken(build([("pa1", "pb1"), ("pa1", "pa2")]), "zone", "tie")
    assert found["za"]["tie_id"].tolist() == ["t0", "t1"]
    assert found["zb"]["tie_id"].tolist() == ["t0"]
    assert found["zc"].empty


def test_totals_of_the_country_and_of_the_world_go_to_every_share() -> None:
    found = taken(build([]), "zone", "zone")
    assert set(found["za"]["zone_id"]) == {"za", "total", "world"}


def test_zones_of_partners_can_be_named() -> None:
    found = taken(build([("pa1", "pb1")]), "zone", "zone")
    assert "zb" in set(found["za"]["zone_id"])
    assert "zc" not in set(found["za"]["zone_id"])


def test_employment_of_zone_region_and_country() -> None:
    found = taken(build([]), "zone", "employment")
    assert found["za"]["geo"].tolist() == ["RUS", "za"]
    assert found["zb"]["geo"].tolist() == ["RU-TA", "RUS"]


def test_sources_are_those_that_rows_of_the_share_cite() -> None:
    found = taken(build([("pa1", "out")]), "zone", "source")
    assert found["za"]["source_id"].tolist() == ["s0", "s1", "s2"]
    assert found["zb"]["source_id"].tolist() == ["s0", "s1"]


def test_pages_are_of_zones_and_of_regions_that_host_one() -> None:
    checked = build([])
    assert list_ids(checked.normal, "zone") == ("za", "zb", "zc")
    assert list_ids(checked.normal, "region") == ("RU-MOW", "RU-TA")


def test_sites_of_partners_come_with_them_and_other_sites_do_not(tmp_path: Path) -> None:
    checked = check_data_set(small_data.write_small_data_set(tmp_path))
    sites = taken(checked, "zone", "site")
    assert sites["example-north"]["site_id"].tolist() == ["north-one", "north-two"]
    assert sites["example-volga"]["site_id"].tolist() == ["north-one"]
    assert taken(checked, "zone", "cluster")["example-volga"].empty


@pytest.mark.parametrize("scope_type", ["zone", "region"])
def test_a_data_set_of_zones_alone_is_divided(tmp_path: Path, scope_type: str) -> None:
    only = {name: None for name in small_data.TABLES if name != "zone"}
    checked = check_data_set(small_data.write_small_data_set(tmp_path, **only))
    partition = divide(checked.normal, scope_type)
    assert [len(partition.selections["zone"].rows_of(share)) for share in range(len(partition.ids))] == [2, 2]


def test_a_selection_knows_its_shares() -> None:
    selection = Selection(np.array([4, 1, 2]), np.array([0, 1, 1, 3]))
    assert [selection.rows_of(share).tolist() for share in range(3)] == [[4], [], [1, 2]]
    assert selection.shares.tolist() == [0, 2, 2]
