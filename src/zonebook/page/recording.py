"""What a page leaves behind for the runner and the book: title, description, evidence, its metric rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from zonebook.metrics.result import to_record
from zonebook.page.block import PAGE_MIME, to_cell, to_plain_text
from zonebook.page.context import PageContext
from zonebook.page.narrative import lead
from zonebook.page.rowlinks import list_rows


@dataclass(frozen=True, slots=True)
class Record:
    """A page's record; its display is a message to the runner and shows nothing on the page."""

    fields: dict[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the record as its own kind of output (IPython's display protocol)."""
        rows = self.fields["metrics"]
        # As one text: a notebook has a line for each cell of a table, and these are thousands.
        kept = self.fields | {"metrics": json.dumps(rows, ensure_ascii=False)}
        return {PAGE_MIME: kept, "text/plain": f"{self.fields['title']}: {len(rows)} metric rows"}


def record(here: PageContext) -> Record:
    """Return the record of a page. Call it last."""
    block = lead(here)
    own = list_rows(here)
    fields = {
        "kind": here.kind,
        "id": here.id,
        "lang": here.lang,
        "title": here.title,
        "description": to_plain_text(block.html).replace("\n", " ") if block else "",
        "evidence": here.evidence.value,
        "metrics": [{name: to_cell(value) for name, value in to_record(row).items()} for row in own],
    }
    if here.reads is None:
        return Record(fields)
    return Record(fields | {"reads": [list(question) for question in sorted(here.reads)]})
