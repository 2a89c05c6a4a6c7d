"""A digest changes when a row changes, and only then."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import small_data
from zonebook.tables.digest import digest_rows, hash_file, hash_folder, hash_rows, read_version
from zonebook.tables.share import DataSet
from zonebook.tables.store import open_data

CELLS = st.lists(
    st.tuples(st.one_of(st.none(), st.text(max_size=4)), st.one_of(st.none(), st.integers(0, 9))), max_size=9
)


def table(rows: list[tuple[str | None, int | None]]) -> pa.Table:
    names = pa.array([row[0] for row in rows], pa.string()).dictionary_encode()
    return pa.table({"name": names, "number": pa.array([row[1] for row in rows], pa.int64())})


@given(CELLS)
def test_equal_rows_have_equal_hashes_wherever_they_stand(rows: list[tuple[str | None, int | None]]) -> None:
    hashes = hash_rows(table(rows))
    alone = [int(hash_rows(table([row]))[0]) for row in rows]
    assert hashes.tolist() == alone
    assert len(set(alone)) == len(set(rows))


def test_an_empty_column_is_as_good_as_an_absent_one() -> None:
    plain = pa.table({"a": ["x", "y"]})
    wider = plain.append_column("b", pa.nulls(2, pa.string()))
    assert np.array_equal(hash_rows(plain), hash_rows(wider))


def test_the_same_value_in_another_column_is_another_row() -> None:
    first = pa.table({"a": ["x"], "b": pa.nulls(1, pa.string())})
    second = pa.table({"a": pa.nulls(1, pa.string()), "b": ["x"]})
    assert hash_rows(first)[0] != hash_rows(second)[0]


def test_a_digest_stands_for_tables_rows_and_seed() -> None:
    rows = {"tie": np.array([1, 2], dtype=np.uint64), "zone": np.array([3], dtype=np.uint64)}
    digest = digest_rows(rows)
    assert digest == digest_rows(dict(reversed(rows.items())))
    assert digest == digest_rows({**rows, "site": np.empty(0, dtype=np.uint64)})
    assert digest != digest_rows({**rows, "zone": np.array([4], dtype=np.uint64)})
    assert digest != digest_rows(rows, "seed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files that were written long ago."""
    for name, text in (("a.py", "one"), ("b/c.yml", "two"), ("b/d/e.csv", "three")):
        path = tmp_path / "code" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1e9, 1e9))
    return tmp_path / "code"


def change(path: Path, text: str, seconds: float | None = None) -> None:
    path.write_text(text, encoding="utf-8")
    if seconds is not None:
        os.utime(path, (seconds, seconds))


def test_the_hash_of_a_folder_is_another_where_a_name_or_a_byte_is(folder: Path) -> None:
    found = {hash_folder(folder)}
    for path, text, seconds in (("b/c.yml", "owt", 1e9 + 1), ("b/d/e.csv", "threes", 1e9), ("new", "", 1e9)):
        change(folder / path, text, seconds)
        found.add(hash_folder(folder))
    (folder / "a.py").rename(folder / "f.py")
    found.add(hash_folder(folder))
    (folder / "f.py").unlink()
    found.add(hash_folder(folder))
    assert len(found) == 6


def test_the_hash_of_a_folder_does_not_depend_on_place_time_or_compiled_code(folder: Path, tmp_path: Path) -> None:
    expected = hash_folder(folder)
    (folder / "__pycache__").mkdir()
    change(folder / "__pycache__" / "a.cpython-311.pyc", "compiled")
    os.utime(folder / "a.py", (2e9, 2e9))
    shutil.copytree(folder, tmp_path / "copy")
    assert hash_folder(folder) == hash_folder(tmp_path / "copy") == expected


def test_what_is_left_out_of_the_hash_of_a_folder(folder: Path) -> None:
    expected = hash_folder(folder, leave_out=("b", "absent"))
    change(folder / "b" / "c.yml", "changed")
    assert hash_folder(folder, leave_out=("b", "absent")) == expected != hash_folder(folder)
    assert hash_folder(folder / "a.py") != hash_folder(folder / "b" / "c.yml")


def test_a_file_that_has_not_changed_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = hash_folder(folder)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert hash_folder(folder) == expected


def test_a_file_that_has_just_been_written_is_read_each_time(folder: Path) -> None:
    """Its time may be the same after the next change, as here."""
    now = time.time()
    change(folder / "a.py", "eno", now)
    first = hash_folder(folder)
    change(folder / "a.py", "neo", now)
    assert hash_folder(folder) != first


def test_the_hash_of_a_file_is_that_of_its_bytes(folder: Path) -> None:
    for text in ("one", "eno"):
        change(folder / "a.py", text)
        assert hash_file(folder / "a.py") == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("library", ["pandas", "jupyter-book", "Babel", "zonebook"])
def test_versions_are_those_that_are_installed(library: str) -> None:
    assert read_version(library) == version(library)


def test_a_library_that_is_not_there_has_no_version() -> None:
    with pytest.raises(PackageNotFoundError):
        read_version("no-such-library")


def digests(folder: Path, **changed: str | None) -> dict[str, str]:
    data_set: DataSet = open_data(small_data.write_small_data_set(folder, **changed))
    shares = [*map(data_set.zone, data_set.zones), *map(data_set.region, data_set.regions), data_set.country()]
    return {share.scope_id or share.scope_type: share.digest for share in shares}


def changed_by(tmp_path: Path, table: str, old: str, new: str) -> set[str]:
    """Return whose digests a change to one table changes."""
    before = digests(tmp_path / "before")
    after = digests(tmp_path / "after", **{table: small_data.TABLES[table].replace(old, new)})
    return {scope for scope in before if before[scope] != after[scope]}


NORTH, VOLGA = {"example-north", "RU-MOW", "country"}, {"example-volga", "RU-TA", "country"}


def test_a_changed_figure_changes_its_zone_its_region_and_the_country(tmp_path: Path) -> None:
    assert changed_by(tmp_path, "zone_year", "940000000", "950000000") == NORTH


def test_a_changed_tie_changes_both_ends(tmp_path: Path) -> None:
    assert changed_by(tmp_path, "tie", "dashboards", "panels") == NORTH | VOLGA


def test_a_changed_total_changes_all(tmp_path: Path) -> None:
    assert changed_by(tmp_path, "zone_year", "60000000000", "61000000000") == NORTH | VOLGA


def test_a_changed_party_changes_its_partners_too(tmp_path: Path) -> None:
    assert changed_by(tmp_path, "party", "Example Trucks", "Other Trucks") == NORTH | VOLGA
    assert changed_by(tmp_path, "party", "Example Institute", "Other Institute") == NORTH


def test_another_way_of_writing_the_same_changes_nothing(tmp_path: Path) -> None:
    assert changed_by(tmp_path, "zone", '"3903,5"', "3903.5") == set()
    assert changed_by(tmp_path, "zone", "2005-12-21", "21.12.2005") == set()


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    heading, *rows = small_data.TABLES["tie"].splitlines()
    assert digests(tmp_path / "a") == digests(tmp_path / "b", tie="\n".join([heading, *reversed(rows)]) + "\n")


def test_an_absent_table_is_not_an_empty_one(tmp_path: Path) -> None:
    heading = small_data.TABLES["target"].splitlines()[0] + "\n"
    absent, empty = digests(tmp_path / "a"), digests(tmp_path / "b", support="party_id,measure_id,start\n")
    assert absent != empty
    assert digests(tmp_path / "c", target=heading) != absent
