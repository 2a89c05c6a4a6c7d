"""Handouts as tests read them: printed from a page, their text by place, their fonts, tags and links."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from zonebook.page.context import PageContext
from zonebook.paper.panels import COLUMN
from zonebook.paper.peers import Places
from zonebook.paper.printing import print_handout
from zonebook.parameters import Parameters, override

ROOT = Path(__file__).parents[2]
NBSP = "\u00a0"


@dataclass(frozen=True)
class Printed:
    """A printed handout."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        """The PDF."""
        return PdfReader(io.BytesIO(self.content))

    def text(self, page: int | None = None) -> str:
        """Return the text of a page or of all, on one line, spaces plain, words that were hyphenated whole."""
        pages = self.reader.pages if page is None else [self.reader.pages[page]]
        joined = "\n".join(one.extract_text() for one in pages).replace("\u00ad", "")
        return " ".join(joined.replace("-\n", "").replace(NBSP, " ").replace("\u200b", "").split())

    def places(self, page: int) -> list[tuple[float, float, str]]:
        """Return pieces of text with where they begin, in pt from the lower left corner."""
        found: list[tuple[float, float, str]] = []

        def note(text: str, matrix: list[float], text_matrix: list[float], *_: Any) -> None:
            if text.strip():
                x = text_matrix[4] * matrix[0] + matrix[4]
                y = text_matrix[5] * matrix[3] + matrix[5]
                found.append((x, y, text.strip()))

        self.reader.pages[page].extract_text(visitor_text=note)
        return found

    def links(self) -> list[str]:
        """Return the addresses of all links."""
        notes = [note.get_object() for page in self.reader.pages for note in page.get("/Annots", [])]
        return [str(note["/A"]["/URI"]) for note in notes if note.get("/Subtype") == "/Link"]


def print_page(here: PageContext, places: Places | None = None, **values: Any) -> Printed:
    """Return the handout of a page, printed with some parameters."""
    parameters = override(Parameters(), values)
    options = replace(here.options, column=COLUMN, settings=parameters.settings)
    page = replace(here, root="", options=options, cited={})
    return Printed(print_handout(page, places or {}, parameters, ROOT))
