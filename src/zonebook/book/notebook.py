"""Turns an executed notebook into a page of the book: title, what is shown, links to what lies behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from zonebook.book.markup import as_block, make_download, make_heading
from zonebook.book.outcome import RECORD_MIME, TABLE_MIME, Outcome
from zonebook.book.prune import prune_sections
from zonebook.errors import BookError
from zonebook.page.locale import Locale

if TYPE_CHECKING:  # a twentieth of a second, and who only asks for what has not changed needs none of it
    from nbformat import NotebookNode

_FORMAT = 4  # of notebooks
_HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "remove-cell"})
_H1 = re.compile(r"^#\s+.*$", re.MULTILINE)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PAGE_LINK = re.compile(
    r'<a\b[^>]*?\bhref="(?P<href>(?:\.\./)*(?P<target>(?:zones|regions|districts)/[^"#?]+)\.html(?:#[^"]*)?)"[^>]*>'
    r"(?P<text>.*?)</a>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A table behind a page: what it is called, its columns and rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def read_notebook(outcome: Outcome) -> NotebookNode:
    """Return the executed notebook of a page.

    Raises
    ------
    BookError
        Where there is none, or it cannot be read.
    """
    import nbformat  # noqa: PLC0415  (as above)

    notebook: NotebookNode = nbformat.v4.to_notebook_json(read_content(outcome))
    return notebook


def read_content(outcome: Outcome) -> Mapping[str, Any]:
    """Return the executed notebook of a page as plain values.

    Raises
    ------
    BookError
        Where there is none, or it cannot be read.
    """
    if outcome.notebook is None:
        raise BookError("the page has no notebook.", place=outcome.job.target)
    try:
        text = outcome.notebook.read_text(encoding="utf-8")
        # The runner has written it as a valid one: to check that again takes longer than all that is done with it here.
        content = json.loads(text)
        if isinstance(content, dict) and content.get("nbformat") == _FORMAT:
            return content
        import nbformat  # noqa: PLC0415  (as above)

        older: NotebookNode = nbformat.reads(text, _FORMAT)
    except (OSError, ValueError) as error:
        raise BookError(f"its notebook cannot be read: {error}", place=outcome.job.target) from error
    return older


def list_attachments(notebook: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the tables behind a page in their order; where two have one name, the second is numbered."""
    found: dict[str, Attachment] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            table = output.get("data", {}).get(TABLE_MIME)
            if not table:
                continue
            name = base = _file_name(str(table["name"]))
            number = 1
            while name in found:
                number += 1
                name = f"{base}-{number}"
            rows = tuple(tuple(row) for row in table["rows"])
            found[name] = Attachment(name, tuple(map(str, table["columns"])), rows)
    return tuple(found.values())


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "table"


def stage_notebook(
    notebook: NotebookNode,
    outcome: Outcome,
    locale: Locale,
    pages: Container[str],
    *,
    root: str,
    has_handout: bool = False,
) -> str:
    """Return an executed notebook as the book takes it, as text.

    Parameters
    ----------
    notebook
        The executed notebook; it is not changed.
    outcome
        The page it belongs to, with its record.
    locale
        Language of the book.
    pages
        The pages of the book: a link to a zone or region that has none becomes plain text.
    root
        Way from the page to the root of the book: ``../`` or nothing.
    """
    record = outcome.record or {}
    cells = [_stage_cell(cell, pages) for cell in notebook.cells]
    title = str(record.get("title") or outcome.job.id)
    cells = prune_sections(_with_title(cells, title))
    cells.append(_make_links_cell(outcome.job.target, locale, root, has_handout=has_handout))
    metadata = {key: notebook.metadata[key] for key in ("kernelspec", "language_info") if key in notebook.metadata}
    metadata["myst"] = {"html_meta": {"description": str(record.get("description") or title)}}
    staged = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(staged, ensure_ascii=False, sort_keys=True) + "\n"


def _make_node(content: Mapping[str, Any]) -> NotebookNode:
    """Return a part of a notebook."""
    from nbformat import NotebookNode  # noqa: PLC0415  (as above)

    return NotebookNode(content)


def _stage_cell(cell: NotebookNode, pages: Container[str]) -> NotebookNode:
    staged = _make_node({"id": cell.get("id", ""), "cell_type": cell.cell_type, "source": cell.source})
    tags = list(cell.metadata.get("tags", []))
    if cell.cell_type == "code":
        hidden = not _HIDDEN_TAGS.isdisjoint(tags)
        tags = ["remove-cell"] if hidden else ["remove-input"]
        staged.outputs = [] if hidden else list(_stage_outputs(cell.outputs, pages))
        staged.execution_count = None
    staged.metadata = _make_node({"tags": tags} if tags else {})
    return staged


def _stage_outputs(outputs: Iterable[NotebookNode], pages: Container[str]) -> Iterable[NotebookNode]:
    """Yield the outputs a reader is to see, each in the one form the site shows."""
    for output in outputs:
        if output.output_type == "stream":
            if output.name != "stderr":
                yield output
            continue
        if output.output_type == "error":
            yield output
            continue
        data = {mime: value for mime, value in output.data.items() if mime not in (RECORD_MIME, TABLE_MIME)}
        if "text/html" in data:
            # The site's style sheet has the rules that a notebook opened by itself brings along.
            markup = as_block(_STYLE.sub("", "".join(data["text/html"])))
            data = {"text/html": unlink_missing(markup, pages)} if markup else {}
        if data:
            yield _make_node({"output_type": "display_data", "data": data, "metadata": {}})


def unlink_missing(html: str, pages: Container[str]) -> str:
    """Return HTML in which links to zones, regions and districts without a page in this book are plain text."""

    def unlink(match: re.Match[str]) -> str:
        return match.group(0) if match.group("target") in pages else match.group("text")

    return _PAGE_LINK.sub(unlink, html)


def _with_title(cells: list[NotebookNode], title: str) -> list[NotebookNode]:
    """Put the page's own title in the place of the template's first heading."""
    heading = make_heading(title)
    for cell in cells:
        if cell.cell_type == "markdown" and _H1.search(cell.source):
            cell.source = _H1.sub(lambda _: heading, cell.source, count=1)
            return cells
    return [_make_node({"id": "title", "cell_type": "markdown", "source": heading, "metadata": {}}), *cells]


def _make_links_cell(target: str, locale: Locale, root: str, *, has_handout: bool) -> NotebookNode:
    source = as_block(make_page_links(target, locale, root, has_handout=has_handout))
    return _make_node({"id": "page-links", "cell_type": "markdown", "source": source, "metadata": {}})


def make_page_links(target: str, locale: Locale, root: str, *, has_handout: bool = False) -> Markup:
    """Return the line that leads to what lies behind a page; its tables and figures link their own data."""
    behind = [
        make_download(f"{root}notebooks/{target}.ipynb", locale.text("executed notebook (.ipynb)")),
        make_download(f"{root}data/{target}/metrics.csv", locale.text("metric rows (CSV)")),
    ]
    if has_handout:
        behind.insert(0, make_download(f"{root}pdf/{target}.pdf", locale.text("handout of two pages (PDF)")))
    links = Markup(" · ").join(behind)
    return Markup('<p class="zb-page-links"><b>{}:</b> {}</p>').format(locale.text("Behind this page"), links)


def way_to_root(target: str) -> str:
    """Return the way from a page to the root of its book.

    Examples
    --------
    >>> way_to_root("zones/alabuga"), way_to_root("index")
    ('../', '')
    """
    return "../" * (len(PurePosixPath(target).parts) - 1)
