"""Files of tables: their bytes do not depend on how rows came; numbers are written plainly."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zonebook.tables.demo import writing
from zonebook.tables.demo.rows import build_rows
from zonebook.tables.demo.writing import Folder, list_columns
from zonebook.tables.schema import TABLES


def _make_rows(first: int, count: int) -> pa.Table:
    numbers = np.arange(first, first + count)
    columns = {"origin": [f"place-{number}" for number in numbers], "destination": "place", "km": numbers * 1.0}
    return build_rows("distance", columns)


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("sizes", [[1] * 50, [7, 43], [50], [0, 49, 0, 1]])
def test_bytes_do_not_depend_on_the_parts(
    form: str, sizes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_ROWS_AT_ONCE", 8)
    monkeypatch.setattr(writing, "_PARTS_AT_ONCE", 3)
    found = []
    for name, parts in (("one", [25, 25]), ("other", sizes)):
        (tmp_path / name).mkdir()
        with Folder(tmp_path / name, form) as files:
            for first, count in zip(np.cumsum([0, *parts]), parts, strict=False):
                files.add("distance", _make_rows(int(first), count))
        assert dict(files.counts) == {"distance": 50}
        found.append((tmp_path / name / f"distance.{form}").read_bytes())
    assert found[0] == found[1]


def test_a_table_without_rows_has_its_headings(tmp_path: Path) -> None:
    with Folder(tmp_path, "csv") as files:
        files.add("distance", _make_rows(0, 0))
    assert (tmp_path / "distance.csv").read_text(encoding="utf-8") == "origin,destination,km\n"


def test_numbers_are_written_as_people_write_them(tmp_path: Path) -> None:
    with Folder(tmp_path, "csv") as files:
        files.add("fx", build_rows("fx", {"year": [2020, 2021], "currency": "USD", "rub_per_unit": [1e12, 0.25]}))
    assert (tmp_path / "fx.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "2020,USD,1000000000000,",
        "2021,USD,0.25,",
    ]


def test_parquet_holds_the_types_of_the_contract(tmp_path: Path) -> None:
    with Folder(tmp_path, "parquet") as files:
        files.add("distance", _make_rows(0, 3))
    types = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "distance.parquet")}
    assert types == {"origin": "string", "destination": "string", "km": "double"}


def test_a_column_no_table_has_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="colour"):
        build_rows("fx", {"colour": ["red"]})
    with Folder(tmp_path, "csv") as files, pytest.raises(KeyError, match="colour"):
        files.add("fx", pa.table({"colour": ["red"]}))


def test_columns_are_declared_ones_or_translations() -> None:
    for table in TABLES.values():
        assert all(table.column(column) for column in list_columns(table.name))
        assert set(table.key) - set(list_columns(table.name)) <= {"series"}
