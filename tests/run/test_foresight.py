"""Whether pages will have to be run is guessed from the times of files, before anything is imported for it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zonebook.run import foresight
from zonebook.run.foresight import is_newer


def write(path: Path, age: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_a_file_in_a_folder_is_newer_than_the_last_build(tmp_path: Path) -> None:
    manifest = write(tmp_path / "out" / "manifest.json", age=50)
    data, parameters = tmp_path / "data", write(tmp_path / "parameters.yml", age=60)
    write(data / "zone.csv", age=60)
    write(data / "__pycache__" / "x.pyc", age=10)
    paths = (data, parameters, tmp_path / "nowhere")
    assert not is_newer(paths, manifest)
    changed = write(data / "deeper" / "zone_year.csv", age=40)
    assert is_newer(paths, manifest)
    assert is_newer((changed,), manifest)
    assert is_newer((parameters,), tmp_path / "never" / "manifest.json")


@pytest.mark.parametrize(("age", "starts"), [(60.0, 0), (40.0, 1)])
def test_the_server_is_started_only_where_something_is_newer(
    age: float, starts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(foresight, "start_server", lambda *, rare: started.append(rare))
    monkeypatch.setattr(foresight, "_PACKAGE", tmp_path / "package")
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "out" / "manifest.json", age=50)
    write(tmp_path / "notebooks" / "zone.ipynb", age=age)
    foresight.start_ahead(Path("data"), Path("out"))
    assert len(started) == starts


@pytest.mark.parametrize(
    ("tables", "holds"), [(("zone.csv", "tie.parquet"), False), (("zone.csv", "export_flow.parquet"), True)]
)
def test_names_of_files_tell_whether_there_are_registers(tables: tuple[str, ...], holds: bool, tmp_path: Path) -> None:
    for name in tables:
        write(tmp_path / "data" / name, age=1)
    assert foresight.holds_registers(tmp_path / "data") is holds
    assert foresight.holds_registers(tmp_path / "data.xlsx")


def test_looking_ahead_imports_next_to_nothing() -> None:
    tell = (
        "import sys, zonebook.run.foresight; print(sorted({'pandas', 'numpy', 'nbformat', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", tell], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
