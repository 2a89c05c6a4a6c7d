"""Folders that are written so that what has not changed stays untouched, and what is gone is removed."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from zonebook.tables.draft import open_draft, put_file


def write_if_changed(path: Path, content: str | bytes) -> bool:
    """Write a file unless it holds exactly this already; return whether it was written.

    A file is replaced in one step: a build that is killed leaves the old file or the new one, never half of it.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    put_file(path, data)
    return True


def copy_if_changed(source: Path, target: Path) -> bool:
    """Copy a file unless the target holds the same bytes already; return whether it was copied."""
    if os.path.isfile(target):  # noqa: PTH113 - of many files, most of which have not changed
        old, new = os.stat(target), os.stat(source)  # noqa: PTH116
        same_stamp = (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns)
        if same_stamp or (old.st_size == new.st_size and filecmp.cmp(source, target, shallow=False)):
            if not same_stamp:
                os.utime(target, ns=(new.st_atime_ns, new.st_mtime_ns))
            return False
    with open_draft(target) as draft:
        shutil.copy2(source, draft)
    return True


def list_files(folder: Path, *, leave_out: Iterable[str] = ()) -> Iterator[str]:
    """Yield the files below a folder as relative POSIX paths, in order; top-level names can be left out."""
    skipped = set(leave_out)
    for place, folders, files in os.walk(folder):
        relative = Path(place).relative_to(folder)
        folders[:] = sorted(name for name in folders if relative.parts or name not in skipped)
        before = f"{relative.as_posix()}/" if relative.parts else ""
        for name in sorted(files):
            if before or name not in skipped:
                yield before + name


class Folder:
    """A folder that is written whole: after :meth:`finish` it holds exactly the files that were written.

    Parameters
    ----------
    root
        The folder.
    keep
        Top-level names in it that are somebody else's and stay as they are.
    memo
        File outside the folder that notes from which key each part of it was derived; none: nothing is remembered.
    """

    def __init__(self, root: Path, keep: Iterable[str] = (), memo: Path | None = None) -> None:
        self.root = root
        self._keep = frozenset(keep)
        self._written: set[str] = set()
        self._memo = memo
        self._known: dict[str, list[Any]] = {}
        self._derived: dict[str, list[Any]] = {}
        if memo is not None and memo.is_file():
            self._known = json.loads(memo.read_text(encoding="utf-8"))

    def derive(self, part: str, key: str, make: Callable[[], None]) -> None:
        """Have the files of a part written, unless they are there already and were derived from the same key.

        Parameters
        ----------
        part
            Name of the part: a page, a table.
        key
            Hash of everything its files depend on; empty if they are to be written in any case.
        make
            Writes them to this folder.
        """
        names = set(self.recall(part, key))
        if not names:
            # A build that is killed must not leave new files with the note of an old key.
            if self._memo is not None and part in self._known:
                self._memo.unlink(missing_ok=True)
            before, self._written = self._written, set()
            make()
            names, self._written = self._written, before
        self._written |= names
        if key:
            self._derived[part] = [key, sorted(names)]

    def recall(self, part: str, key: str) -> Sequence[str]:
        """Return the files of a part that are there, all of them, and were derived from this key; else none."""
        known_key, names = self._known.get(part, ("", []))
        root = str(self.root)
        is_there = (os.path.isfile(f"{root}{os.sep}{name}") for name in names)  # noqa: PTH113 - of many files
        is_known = key != "" and known_key == key and all(is_there)
        return names if is_known else ()

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file by its relative path, unless it holds exactly this already."""
        self._written.add(name)
        write_if_changed(self.root / name, content)

    def make(self, name: str, write: Callable[[Path], None]) -> None:
        """Have a file written that is too large to be held: to a draft, which takes its place if it is not the same."""
        self._written.add(name)
        path = self.root / name
        with open_draft(path) as draft:
            write(draft)
            if path.is_file() and filecmp.cmp(draft, path, shallow=False):
                draft.unlink()

    def copy(self, source: Path, name: str) -> None:
        """Copy a file to a relative path, unless the same bytes are there already."""
        self._written.add(name)
        copy_if_changed(source, self.root / name)

    def finish(self) -> None:
        """Remove the files that were not written this time, and the folders that are empty then."""
        if self._memo is not None:
            write_if_changed(self._memo, json.dumps(self._derived, ensure_ascii=False, sort_keys=True))
        if not self.root.is_dir():
            return
        stale = [name for name in list_files(self.root, leave_out=self._keep) if name not in self._written]
        for name in stale:
            (self.root / name).unlink()
        emptied = {parent for name in stale for parent in (self.root / name).parents if self.root in parent.parents}
        for parent in sorted(emptied, key=lambda path: len(path.parts), reverse=True):
            if not any(parent.iterdir()):
                parent.rmdir()


def mirror_folder(
    source: Path,
    target: Path,
    *,
    leave_out: Iterable[str] = (),
    keep: Iterable[str] = (),
    unwanted: re.Pattern[str] | None = None,
) -> None:
    """Make a folder hold what another holds: changed files copied, stale ones removed.

    Parameters
    ----------
    source, target
        The folder to copy from and the one to bring into step.
    leave_out
        Top-level names of the source that are not copied.
    keep
        Top-level names of the target that stay as they are.
    unwanted
        What relative paths of files that are not copied look like.
    """
    mirror = Folder(target, keep)
    for name in list_files(source, leave_out=leave_out):
        if unwanted is None or not unwanted.search(name):
            mirror.copy(source / name, name)
    mirror.finish()
