"""A workbook being written: what the writers of its sheets need, and what makes the same content the same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: When a workbook says that it was created: the moment of writing would differ from run to run.
NO_DATE = datetime.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class WorkbookWriting:
    """A workbook being written.

    Attributes
    ----------
    book
        The workbook.
    formats
        Its formats by name.
    lang
        Language of its words.
    find_word
        Returns the word of a name in a language.
    """

    book: Any
    formats: Mapping[str, Any]
    lang: str
    find_word: Callable[[str, str], str] = field(repr=False)

    def word(self, name: str) -> str:
        """Return a word in the language of the workbook."""
        return self.find_word(name, self.lang)
