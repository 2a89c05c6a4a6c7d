"""From what a file of the book is derived, as one key: if the key is the same, so is the file."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from zonebook.tables.digest import hash_folder, read_version

STAGED, DOWNLOADS = "staged", "downloads"
# Stands in the place of a language for what is the same in all of them.
COMMON = "common"
_PACKAGE = Path(str(files("zonebook")))
# The code and words that turn an executed notebook into a page and its downloads.
_PARTS = ("book", "page/locale", "page/stamp.py", "metrics/result.py", "tables/publication.py", "tables/schema.yml")


def note_path(out: Path, lang: str, what: str) -> Path:
    """Return the file that notes from which keys the files of a book were derived."""
    return out / "cache" / lang / f"{what}.json"


def forget_derived(lang: str, out: Path) -> None:
    """Forget from what the files of a book were derived, so that all are made anew."""
    for what in (STAGED, DOWNLOADS):
        note_path(out, lang, what).unlink(missing_ok=True)


def derive_key(*parts: object) -> str:
    """Return the key of a derived file: a hash of what it is made from and of the code that makes it.

    Parameters
    ----------
    parts
        What the file is made from, hashes among them; empty where one of them is an empty hash: not known.

    Examples
    --------
    >>> derive_key("a") == derive_key("a"), derive_key("a") == derive_key("b"), derive_key("a", "")
    (True, False, '')
    """
    if "" in parts:
        return ""
    return hashlib.sha256(repr((_hash_code(), *parts)).encode()).hexdigest()


@cache
def _hash_code() -> str:
    digest = hashlib.sha256(read_version("nbformat").encode())
    for part in _PARTS:
        digest.update(hash_folder(_PACKAGE / part).encode())
    return digest.hexdigest()
