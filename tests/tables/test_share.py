"""A share answers for tables it has, tables it lacks and names that are no table."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_data
from zonebook.errors import DataError
from zonebook.tables.frame import create_empty
from zonebook.tables.share import DataSet, Share
from zonebook.tables.store import open_data


@pytest.fixture
def data_set(tmp_path: Path) -> DataSet:
    return open_data(small_data.write_small_data_set(tmp_path))


def test_present_and_empty_are_two_things(data_set: DataSet) -> None:
    volga = data_set.zone("example-volga")
    assert volga.has("cluster")
    assert volga.table("cluster").empty
    assert not volga.has("export_flow")
    assert volga.table("export_flow").empty
    assert list(volga.table("export_flow").columns) == list(create_empty("export_flow").columns)


def test_bundled_tables_are_present(data_set: DataSet) -> None:
    share = data_set.zone("example-north")
    assert all(share.has(name) for name in ("bloc_membership", "hs2", "industry", "tile"))
    assert len(share.table("tile")) == 89


def test_unknown_names_are_errors_that_name_the_nearest(data_set: DataSet) -> None:
    with pytest.raises(DataError, match="Did you mean 'zone_year'"):
        data_set.zone("example-north").table("zone_years")
    with pytest.raises(DataError, match="Did you mean 'example-north'"):
        data_set.zone("exampel-north")
    with pytest.raises(DataError, match="no region 'RU-TVE'"):
        data_set.region("RU-TVE")
    with pytest.raises(DataError, match="no zone 'example-total'"):
        data_set.zone("example-total")


def test_a_share_says_whose_it_is(data_set: DataSet) -> None:
    def name(share: Share) -> tuple[str, str]:
        return share.scope_type, share.scope_id

    assert name(data_set.zone("example-north")) == ("zone", "example-north")
    assert name(data_set.region("RU-TA")) == ("region", "RU-TA")
    assert name(data_set.country()) == ("country", "")
