"""The folder a demonstration data set is written to: empty before, or an earlier one; whole after, or as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zonebook.errors import ParameterError
from zonebook.tables.demo.writing import FORMS
from zonebook.tables.schema import TABLES

MARK = "DEMONSTRATION.txt"  # tells a demonstration data set from any other folder
_REMEDY = "Name a new or empty folder."


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, whose files take their place at the end; after a failure nothing has changed.

    Parameters
    ----------
    folder
        Where the data set is to be: a new or empty folder, or one with a demonstration data set.

    Raises
    ------
    ParameterError
        If the path is a file, cannot be made, or is a folder that holds anything but a demonstration data set.
    """
    _check_folder(folder)
    beside = folder.with_name(f".{folder.name}.partial")
    try:
        shutil.rmtree(beside, ignore_errors=True)  # of a run that was killed
        beside.mkdir(parents=True)
    except OSError as error:
        raise ParameterError(
            f"no folder can be made here ({error.strerror}).", place=str(folder), remedy=_REMEDY
        ) from error
    try:
        yield beside
        _move_files(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ParameterError("this is a file, not a folder.", place=str(folder), remedy=_REMEDY)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise ParameterError(
            "the folder is not empty, and what it holds is not a demonstration data set.",
            place=str(folder),
            remedy=_REMEDY,
        )


def _move_files(beside: Path, folder: Path) -> None:
    """Put the new files in the place of those of an earlier demonstration data set; other files stay."""
    folder.mkdir(exist_ok=True)
    for name in TABLES:
        for form in FORMS:
            (folder / f"{name}.{form}").unlink(missing_ok=True)
    for file in sorted(beside.iterdir()):
        file.replace(folder / file.name)
