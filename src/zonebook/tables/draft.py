"""Files that are there whole or not at all: written beside their place, and put there when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def open_draft(path: Path) -> Iterator[Path]:
    """Give the place of a draft, which takes the place of the file when all went well, if it is there then.

    A process that is killed leaves the file as it was. Others may write the same file at the same time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        if draft.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def put_file(path: Path, content: bytes | str) -> None:
    """Write a file, text as UTF-8, so that it is there whole or not at all."""
    with open_draft(path) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
