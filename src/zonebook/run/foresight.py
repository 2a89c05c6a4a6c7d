"""A look ahead, before a build has imported anything: whether pages will have to be run.

It is a hint and decides nothing: whatever it says, what pages depend on is compared by its hashes. Where it is right,
the server that pages are forked from gets ready while the build itself does; where it is wrong, a little is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from zonebook.run.children import start_server

_PACKAGE = Path(str(files("zonebook")))
_COMPILED = "__pycache__"
# Tables of registers: what survives, what support does, who holds a network together is computed from them alone.
_REGISTERS = frozenset({"export_flow", "party_year", "support"})


def start_ahead(data: Path, out: Path) -> None:
    """Start the server that pages are forked from where it looks as if some will have to be run."""
    if is_newer((data, Path("parameters.yml"), Path("notebooks"), _PACKAGE), out / "manifest.json"):
        start_server(rare=holds_registers(data))


def holds_registers(data: Path) -> bool:
    """Whether a data set may hold tables of registers; yes where the names of files do not tell."""
    return not data.is_dir() or not _REGISTERS.isdisjoint(file.stem for file in data.iterdir())


def is_newer(paths: Iterable[Path], than: Path) -> bool:
    """Whether a file is newer than another: any of those named or in a folder that is named; yes if that is not there.

    Parameters
    ----------
    paths
        Files and folders; those that are not there count for nothing.
    than
        The file to compare with.
    """
    if not than.is_file():
        return True
    limit = than.stat().st_mtime_ns
    return any(file.stat().st_mtime_ns > limit for path in paths for file in _list_files(path))


def _list_files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files below a folder; compiled code left out."""
    if path.is_file():
        yield path
    elif path.is_dir() and path.name != _COMPILED:
        for entry in path.iterdir():
            yield from _list_files(entry)
