"""The store: what is read from it is what was checked, and a write leaves nothing half done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import small_data
from zonebook.errors import DataError
from zonebook.tables import store as store_module
from zonebook.tables.check import CheckedData, check_data_set
from zonebook.tables.schema import TABLES
from zonebook.tables.share import DataSet
from zonebook.tables.store import excerpt_store, is_current, is_store, open_data, read_info, write_store


@pytest.fixture
def checked(tmp_path: Path) -> CheckedData:
    return check_data_set(small_data.write_small_data_set(tmp_path / "data"))


def list_shares(data_set: DataSet) -> list[tuple[str, str]]:
    return [*(("zone", z) for z in data_set.zones), *(("region", r) for r in data_set.regions), ("country", "")]


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_store_serves_the_same_shares_as_the_tables_themselves(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    raw, stored = open_data(tmp_path / "data"), open_data(tmp_path / "store")
    assert (raw.zones, raw.regions, raw.tables_present) == (stored.zones, stored.regions, stored.tables_present)
    assert raw.reference_digest == stored.reference_digest
    for scope in list_shares(raw):
        first, second = raw.load(*scope), stored.load(*scope)
        assert (first.digest, first.present, sorted(first.tables)) == (
            second.digest,
            second.present,
            sorted(second.tables),
        )
        for name, frame in first.tables.items():
            pd.testing.assert_frame_equal(frame, second.tables[name])


def test_an_excerpt_serves_its_share_and_has_nothing_of_others(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    stored, info = open_data(tmp_path / "store"), read_info(tmp_path / "store")
    for number, scope in enumerate(list_shares(stored)):
        own, common = excerpt_store(tmp_path / "store", info, *scope)
        there = tmp_path / str(number)
        for name, content in {**{n: (tmp_path / "store" / n).read_bytes() for n in common}, **own}.items():
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            (there / name).write_bytes(content)
        first, second = stored.load(*scope), open_data(there).load(*scope)
        assert (first.digest, first.present, sorted(first.tables)) == (
            second.digest,
            second.present,
            sorted(second.tables),
        )
        for name, frame in first.tables.items():
            pd.testing.assert_frame_equal(frame, second.tables[name])
        if scope[0] != "country":
            assert [*open_data(there).zones, *open_data(there).regions] == [scope[1]]


def test_the_country_has_every_table_whole(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    country = open_data(tmp_path / "store").country()
    for name, frame in checked.tables.items():
        pd.testing.assert_frame_equal(country.table(name), frame)


def test_the_layout_is_as_documented(tmp_path: Path, checked: CheckedData) -> None:
    info = write_store(checked, tmp_path / "store")
    files = set(read_bytes(tmp_path / "store"))
    assert {"store.json", "all/tie.parquet", "zones/0000/tie.parquet", "regions/0000/zone.parquet"} <= files
    assert "zones/0000/region.parquet" not in files  # the same for all
    assert "zones/0000/support.parquet" not in files  # there is none
    ties = pq.read_table(tmp_path / "store" / "zones" / "0000" / "tie.parquet")["tie_id"].to_pylist()
    assert ties == ["t1", "t2", "t3", "t4", "t5", "t2"]
    assert info.tables["tie"] == 5
    assert read_info(tmp_path / "store") == info
    assert set(info.zones) == {"example-north", "example-volga"}


def test_equal_tables_give_equal_bytes(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "first")
    write_store(check_data_set(tmp_path / "data"), tmp_path / "second")
    assert read_bytes(tmp_path / "first") == read_bytes(tmp_path / "second")


def test_a_new_store_takes_the_place_of_the_old_one(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    fewer = small_data.TABLES["zone"].replace("example-volga", "example-south")
    none = dict.fromkeys(set(small_data.TABLES) - {"zone"})
    write_store(
        check_data_set(small_data.write_small_data_set(tmp_path / "other", **{**none, "zone": fewer})),
        tmp_path / "store",
    )
    assert open_data(tmp_path / "store").zones == ("example-north", "example-south")
    with pytest.raises(DataError, match="example-volga"):
        open_data(tmp_path / "store").zone("example-volga")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "other", "store"]


def test_a_failed_write_leaves_the_old_store(
    tmp_path: Path, checked: CheckedData, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_store(checked, tmp_path / "store")
    before = read_bytes(tmp_path / "store")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store_module, "write_bundle", fail)
    with pytest.raises(OSError, match="disk full"):
        write_store(checked, tmp_path / "store")
    assert read_bytes(tmp_path / "store") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "store"]


def test_a_folder_that_is_no_store_is_not_overwritten(tmp_path: Path, checked: CheckedData) -> None:
    with pytest.raises(DataError, match="not a store"):
        write_store(checked, tmp_path / "data")
    assert (tmp_path / "data" / "zone.csv").is_file()


def test_data_with_errors_are_neither_stored_nor_opened(tmp_path: Path) -> None:
    folder = small_data.write_small_data_set(tmp_path / "data", zone="zone_id\nA B\n")
    with pytest.raises(DataError, match="errors"):
        write_store(check_data_set(folder), tmp_path / "store")
    assert not (tmp_path / "store").exists()
    with pytest.raises(DataError, match=r"zone\.csv"):
        open_data(folder)


def test_a_missing_data_set_is_a_readable_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file or folder"):
        open_data(tmp_path / "nothing")


def test_relative_paths_are_looked_for_upwards(
    tmp_path: Path, checked: CheckedData, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_store(checked, tmp_path / "store")
    deep = tmp_path / "notebooks" / "ru" / "zones"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert open_data("store").zones == ("example-north", "example-volga")
    assert open_data("data").zones == ("example-north", "example-volga")


def test_a_store_of_another_format_is_refused(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    card = json.loads((tmp_path / "store" / "store.json").read_text(encoding="utf-8"))
    (tmp_path / "store" / "store.json").write_text(json.dumps({**card, "format": 0}), encoding="utf-8")
    with pytest.raises(DataError, match="another version"):
        open_data(tmp_path / "store")
    assert not is_current(tmp_path / "store", tmp_path / "data")
    write_store(checked, tmp_path / "store")
    assert is_current(tmp_path / "store", tmp_path / "data")


def test_a_store_is_current_until_a_file_changes(tmp_path: Path, checked: CheckedData) -> None:
    store, data = tmp_path / "store", tmp_path / "data"
    assert not is_current(store, data)
    write_store(checked, store)
    assert is_store(store)
    assert is_current(store, data)
    path = data / "tie.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("dashboards", "panels"), encoding="utf-8")
    assert not is_current(store, data)
    shutil.rmtree(data)
    assert not is_current(store, data)


def test_reading_a_share_loads_nothing_of_the_checks(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    code = (
        "import sys; from zonebook.tables.store import open_data; "
        f"open_data({str(tmp_path / 'store')!r}).zone('example-north').table('tie'); "
        "print(sorted({'zonebook.tables.check', 'zonebook.tables.cell'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_share_has_every_declared_column(tmp_path: Path, checked: CheckedData) -> None:
    write_store(checked, tmp_path / "store")
    share = open_data(tmp_path / "store").zone("example-volga")
    for name, table in TABLES.items():
        frame = share.table(name)
        declared = {column.name: column.dtype for column in table.columns.values()}
        assert {column: str(frame[column].dtype) for column in declared} == declared
