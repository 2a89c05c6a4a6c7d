"""What the book takes from the runner: only what it reads of a page, so that neither depends on the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

RECORD_MIME = "application/vnd.zonebook.page+json"
TABLE_MIME = "application/vnd.zonebook.table+json"


class Job(Protocol):
    """A page that was to be made."""

    @property
    def kind(self) -> str:
        """Kind of page, a key of ``pages`` in parameters.yml."""

    @property
    def scope(self) -> str:
        """``zone``, ``region`` or ``country``."""

    @property
    def id(self) -> str:
        """What the page is about: a zone_id, a region_iso, or the kind itself."""

    @property
    def lang(self) -> str:
        """Language of the page."""

    @property
    def key(self) -> str:
        """Hash of everything the page depends on; empty if that is not known."""

    @property
    def target(self) -> str:
        """Path of the page inside its book, without suffix."""


class Failure(Protocol):
    """Why a page could not be made."""

    @property
    def cell(self) -> str:
        """Source of the cell that failed."""

    @property
    def message(self) -> str:
        """The error in one line."""

    @property
    def traceback(self) -> str:
        """The error in full, as plain text."""


class Outcome(Protocol):
    """What became of a page."""

    @property
    def job(self) -> Job:
        """The page."""

    @property
    def notebook(self) -> Path | None:
        """The executed notebook, if the page was made."""

    @property
    def record(self) -> Mapping[str, Any] | None:
        """What the page recorded: title, description, metric rows."""

    @property
    def failure(self) -> Failure | None:
        """Why it was not made."""
