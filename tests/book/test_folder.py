"""Folders: what has not changed is left alone, what is gone is removed."""

import os
import re
from pathlib import Path

from zonebook.book.folder import Folder, copy_if_changed, list_files, mirror_folder, write_if_changed

OLD = 1_000_000_000 * 10**9


def age(path: Path) -> None:
    os.utime(path, ns=(OLD, OLD))


def test_a_file_with_the_same_bytes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_if_changed(path, "ёлка")
    age(path)
    assert not write_if_changed(path, "ёлка".encode())
    assert path.stat().st_mtime_ns == OLD
    assert write_if_changed(path, "ель!")
    assert path.read_text(encoding="utf-8") == "ель!"
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]


def test_a_file_of_the_same_size_but_other_bytes_is_replaced(tmp_path: Path) -> None:
    write_if_changed(tmp_path / "x", "abc")
    assert write_if_changed(tmp_path / "x", "abd")


def test_copies_are_left_alone_too(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "deep" / "target"
    source.write_text("1", encoding="utf-8")
    assert copy_if_changed(source, target)
    age(source)
    assert not copy_if_changed(source, target)
    assert target.stat().st_mtime_ns == OLD
    source.write_text("2", encoding="utf-8")
    assert copy_if_changed(source, target)
    assert target.read_text(encoding="utf-8") == "2"


def test_what_was_not_written_again_is_removed(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    for name in ("a.txt", "zones/x.md", "zones/y.md", "deep/er/z.md"):
        first.write(name, name)
    first.finish()
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "kept").write_text("1", encoding="utf-8")
    second = Folder(tmp_path, keep=("_build",))
    second.write("a.txt", "a.txt")
    second.write("zones/y.md", "new")
    second.finish()
    assert list(list_files(tmp_path)) == ["a.txt", "_build/kept", "zones/y.md"]
    assert not (tmp_path / "deep").exists()


def test_a_mirror_holds_what_the_source_holds_and_keeps_what_is_not_its_own(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for name in ("index.html", "_static/a.css", "_static/a.css.map", ".buildinfo"):
        write_if_changed(source / name, name)
    write_if_changed(target / "data" / "zone.csv", "zone_id")
    write_if_changed(target / "old.html", "old")
    mirror_folder(source, target, leave_out=(".buildinfo",), keep=("data",), unwanted=re.compile(r"\.map$"))
    assert set(list_files(target)) == {"index.html", "_static/a.css", "data/zone.csv"}
