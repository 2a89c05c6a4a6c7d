"""From what text is generated that no notebook holds, as one key: if the key is the same, so is the text."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

import babel

from zonebook.book.derivation import derive_key
from zonebook.tables.digest import hash_folder

_PACKAGE = Path(str(files("zonebook")))
# What says numbers, dates and names of codes in a language. Figures, tables and sentences of pages have no part in it.
_OTHERS = ("figures", "narrative", "tables", "locale")


def key_generated(lang: str, *values: object) -> str:
    """Return the key of text in a language, generated from values that show all they hold when they are written out.

    Examples
    --------
    >>> key_generated("ru", ["R01"], "") == key_generated("ru", ["R01"], "")
    True
    >>> key_generated("ru", ["R01"], "") == key_generated("ru", ["R02"], "")
    False
    """
    return derive_key(lang, _hash_words(), *(repr(value) for value in values))


@cache
def _hash_words() -> str:
    digest = hashlib.sha256(babel.__version__.encode())
    for part in (hash_folder(_PACKAGE / "page", _OTHERS), hash_folder(_PACKAGE / "tables" / "schema.py")):
        digest.update(part.encode())
    return digest.hexdigest()
