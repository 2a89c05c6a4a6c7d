"""A bundle gives back the rows of every share."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonebook.tables import bundle
from zonebook.tables.bundle import extract_share, read_bundle, write_bundle, write_whole
from zonebook.tables.partition import Selection

COUNT = 40
DATA = pa.table(
    {
        "tie_id": [f"t{number}" for number in range(COUNT)],
        "from_party": pa.array([f"p{number}" if number % 7 else None for number in range(COUNT)]).dictionary_encode(),
        "level": pa.array(["local", "regional"] * (COUNT // 2)).dictionary_encode(),
        "year": pa.array([2024, None] * (COUNT // 2)),
        "value_rub": [number / 4 for number in range(COUNT)],
    }
)
PLAIN = pa.table(
    {
        name: DATA[name].cast(pa.string()) if name in ("from_party", "level") else DATA[name]
        for name in DATA.column_names
    }
)


def select(shares: list[list[int]]) -> Selection:
    bounds = np.cumsum([0, *map(len, shares)])
    return Selection(np.array([row for share in shares for row in share], dtype=np.int32), bounds)


SHARES = st.lists(st.lists(st.integers(0, COUNT - 1), max_size=30, unique=True).map(sorted), min_size=1, max_size=6)


@settings(deadline=None, max_examples=80)
@given(SHARES, st.integers(1, 12), st.integers(1, 40), st.integers(1, 20), st.sampled_from([1, 32]))
def test_every_share_is_read_back(
    shares: list[list[int]], per_group: int, at_once: int, together: int, few: int
) -> None:
    sizes = {"_ROWS_PER_GROUP": per_group, "_ROWS_AT_ONCE": at_once, "_ROWS_TOGETHER": together, "_FEW_VALUES": few}
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for name, size in sizes.items():
            patch.setattr(bundle, name, size)
        path = Path(folder) / "tie.parquet"
        write_bundle(DATA, select([[5], *shares]), range(1, len(shares) + 1), path, "tie")
        assert path.exists() is any(shares)
        for position, rows in enumerate(shares if path.exists() else ()):
            read = read_bundle(path, position)
            assert (read is None) is (not rows)
            assert read is None or read.equals(PLAIN.take(pa.array(rows, pa.int32())))
            alone, content = path.with_name("alone.parquet"), extract_share(path, position)
            alone.write_bytes(content or b"")
            assert (content is None) is (read is None)
            assert read is None or read.equals(read_bundle(alone, 0))


@pytest.mark.parametrize(("together", "groups"), [(1, [2, 3, 1]), (3, [2, 3, 1]), (4, [2, 4]), (9, [6])])
def test_only_small_shares_stand_together(
    tmp_path: Path, together: int, groups: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "_ROWS_TOGETHER", together)
    path = tmp_path / "tie.parquet"
    write_bundle(DATA, select([[0, 1], [], [1, 2, 3], [7]]), range(4), path, "tie")
    written = pq.read_metadata(path)
    assert [written.row_group(number).num_rows for number in range(written.num_row_groups)] == groups
    assert read_bundle(path, 1) is None


def test_a_whole_table_is_plain_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_ROWS_PER_GROUP", 16)
    write_whole(DATA, tmp_path / "tie.parquet", "tie")
    assert pq.read_table(tmp_path / "tie.parquet").equals(PLAIN)
    write_whole(DATA.slice(0, 0), tmp_path / "none.parquet", "tie")
    assert pq.read_table(tmp_path / "none.parquet").schema == PLAIN.schema
