"""What a cell of a page's notebook shows: HTML, the same as plain text, and the table behind it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

TABLE_MIME = "application/vnd.zonebook.table+json"
PAGE_MIME = "application/vnd.zonebook.page+json"
Cell = str | float | int | bool | None

_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|li|tr|h\d|caption|figcaption|div|dt|dd)>|<br\s*/?>")
_HIDDEN = re.compile(r"<(style|script|svg)\b.*?</\1>|<sup class=\"zb-cite\">.*?</sup>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page.

    Attributes
    ----------
    html
        What the site shows. All text of the data in it is escaped.
    text
        The same for a terminal and for a reader without HTML; made from the HTML where not given.
    svg
        A figure as SVG.
    title
        What a figure is called.
    name, columns, rows
        The table behind it, downloadable as ``data/<page>/<name>.csv``; no name, no table.
    """

    html: str
    text: str = ""
    svg: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    title: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the block in every form a notebook can keep (IPython's display protocol)."""
        bundle: dict[str, Any] = {"text/html": str(self.html), "text/plain": self.text or to_plain_text(self.html)}
        if self.svg:
            bundle["image/svg+xml"] = self.svg
        if self.name:
            table = {"name": self.name, "columns": list(self.columns), "rows": [list(row) for row in self.rows]}
            bundle[TABLE_MIME] = table
        return bundle


def to_plain_text(markup: str) -> str:
    r"""Return HTML as plain text: a line a paragraph, row or list item; citation marks and drawings left out.

    Examples
    --------
    >>> to_plain_text('<p>Exports <b>1.1 bn</b>.</p><p>R&amp;D</p>')
    'Exports 1.1 bn.\nR&D'
    """
    without_hidden = _HIDDEN.sub("", str(markup))
    lines = _TAG.sub(" ", _BLOCK_END.sub("\n", without_hidden)).split("\n")
    cleaned = (re.sub(r"[ \t]+", " ", html.unescape(line)).strip() for line in lines)
    return re.sub(r" ([.,;:)])", r"\1", "\n".join(line for line in cleaned if line)).replace("( ", "(")


def to_cell(value: object) -> Cell:
    """Return a value of a data frame as JSON can hold it; a missing one as ``None``."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, (bool, str)):
        return value
    if hasattr(value, "item"):
        return to_cell(value.item())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return str(value)
