"""What a page leaves behind for the runner and the book: title, description, evidence, its metric rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zonebook.metrics.result import MetricResult, to_record
from zonebook.page.block import PAGE_MIME, to_cell, to_plain_text
from zonebook.page.context import PageContext
from zonebook.page.narrative import lead
from zonebook.page.rowlinks import list_rows


@dataclass(frozen=True, slots=True)
class Record:
    """A page's record; its display is a message to the runner and shows nothing on the page."""

    fields: dict[str, Any]
    rows: Sequence[MetricResult] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the record as its own kind of output (IPython's display protocol)."""
        # As one text: a notebook has a line for each cell of a table, and these are thousands.
        rows = ", ".join(map(_write_row, self.rows))
        kept = self.fields | {"metrics": f"[{rows}]"}
        return {PAGE_MIME: kept, "text/plain": f"{self.fields['title']}: {len(self.rows)} metric rows"}


def _write_row(row: MetricResult) -> str:
    return json.dumps({name: to_cell(value) for name, value in to_record(row).items()}, ensure_ascii=False)


def record(here: PageContext) -> Record:
    """Return the record of a page. Call it last."""
    block = lead(here)
    fields: dict[str, Any] = {
        "kind": here.kind,
        "id": here.id,
        "lang": here.lang,
        "title": here.title,
        "description": to_plain_text(block.html).replace("\n", " ") if block else "",
        "evidence": here.evidence.value,
    }
    rows = list_rows(here)
    if here.reads is not None:
        fields |= {"reads": [list(question) for question in sorted(here.reads)]}
    return Record(fields, rows)
