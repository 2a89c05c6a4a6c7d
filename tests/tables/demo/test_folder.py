"""The folder of a demonstration data set: refused where something else stands, whole or as it was."""

from pathlib import Path

import pytest

from zonebook.errors import ParameterError
from zonebook.tables.demo import DemoSettings, data_set, write_demo
from zonebook.tables.demo.folder import MARK

SMALL = DemoSettings(zones=1, residents=15, years=(2024, 2025))


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="is a file"):
        write_demo(tmp_path / "data", SMALL)
    assert (tmp_path / "data").read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_data_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "zone.csv").write_text("zone_id\nmine\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="not empty"):
        write_demo(tmp_path, SMALL)
    assert _read(tmp_path) == {"zone.csv": b"zone_id\nmine\n"}


def test_a_folder_that_cannot_be_made_is_a_readable_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ParameterError, match="no folder can be made here"):
        write_demo(tmp_path / "file" / "data", SMALL)


def test_missing_folders_are_made_and_empty_ones_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "some" / "where"):
        assert (write_demo(folder, SMALL).folder / "zone.csv").is_file()


def test_an_earlier_demonstration_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    write_demo(tmp_path / "data", DemoSettings(zones=2, residents=15, years=(2024, 2025)), form="parquet")
    (tmp_path / "data" / "notes.txt").write_text("mine", encoding="utf-8")
    write_demo(tmp_path / "data", SMALL)
    write_demo(tmp_path / "fresh", SMALL)
    assert _read(tmp_path / "data") == {**_read(tmp_path / "fresh"), "notes.txt": b"mine"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "fresh"]


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(tmp_path / "data", SMALL)
    before = _read(tmp_path / "data")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(data_set, "_list_common_tables", fail)
    with pytest.raises(OSError, match="disk full"):
        write_demo(tmp_path / "data", DemoSettings(zones=2, residents=15, years=(2024, 2025)))
    assert _read(tmp_path / "data") == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_folder_says_what_it_is_and_how_it_was_made(tmp_path: Path) -> None:
    write_demo(tmp_path / "data", SMALL)
    text = (tmp_path / "data" / MARK).read_text(encoding="utf-8")
    assert "made up" in text
    assert "вымышлены" in text
    assert "zonebook demo DIR --zones 1 --residents 15 --years 2024-2025 --seed 1 --ties-per-resident 12\n" in text
