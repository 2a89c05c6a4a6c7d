"""Where a data set is, which files it consists of, and whether they changed."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
PARQUET_SUFFIXES = (".parquet",)
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
OTHER_SUFFIXES = (".xls", ".xlsb", ".ods", ".numbers")  # what people send instead

_CONTRACT_FILES = ("schema.yml", "rules.yml", "reference")
_BLOCK = 1 << 22
_DIGEST_BYTES = 16
_MOST_THREADS = 4


def find_data(path: Path) -> Path:
    """Return where a data set is: a relative path is looked for from the working folder upwards."""
    if path.is_absolute():
        return path
    here = Path.cwd()
    return next((folder / path for folder in (here, *here.parents) if (folder / path).exists()), path)


def list_files(path: Path) -> tuple[Path, ...]:
    """Return the files of a data set that may hold tables, sorted; those of editors and systems are left out."""
    if path.is_file():
        return (path,)
    suffixes = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES)
    return tuple(
        sorted(
            file
            for file in path.iterdir()
            if file.suffix.lower() in suffixes and not file.name.startswith((".", "~")) and file.is_file()
        )
    )


def fingerprint(path: Path) -> str:
    """Return a hash of all a check's outcome depends on: the files of a data set, and the data contract."""
    contract = Path(str(resources.files("zonebook.tables")))
    files = [*list_files(path)]
    for name in _CONTRACT_FILES:
        files.extend(sorted((contract / name).iterdir()) if (contract / name).is_dir() else [contract / name])
    files.extend(sorted(contract.glob("*.py")))
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        hashes = pool.map(_hash_file, files)
        return hashlib.blake2b(b"".join(hashes), digest_size=_DIGEST_BYTES).hexdigest()


def _hash_file(file: Path) -> bytes:
    """Return a hash of a file's name and bytes."""
    digest = hashlib.blake2b(f"\n{file.name}\n{file.stat().st_size}\n".encode(), digest_size=_DIGEST_BYTES)
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.digest()
