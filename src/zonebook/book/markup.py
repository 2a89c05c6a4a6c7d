"""Pieces of Markdown and HTML the generated pages are made of. Text of the data set is escaped in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|$~&:@^\"'/=])")


def escape_markdown(text: str) -> str:
    r"""Return text so that Markdown shows it as it stands, on one line.

    Examples
    --------
    >>> escape_markdown("A*b* <i> {{x}} $1")
    'A\\*b\\* \\<i\\> \\{\\{x\\}\\} \\$1'
    """
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def make_heading(text: str, level: int = 1) -> str:
    """Return a Markdown heading that shows the text as it stands."""
    return f"{'#' * level} {escape_markdown(text)}"


def as_block(html: str) -> str:
    """Return HTML as Markdown passes it through whole: a blank line would end it, so none stays."""
    return re.sub(r"\n\s*\n", "\n", str(html).strip())


def join_blocks(blocks: Iterable[str]) -> str:
    """Return the text of a Markdown page: blocks with a blank line between them, those that are empty left out."""
    return "\n\n".join(block.strip("\n") for block in blocks if block) + "\n"


def make_link(href: str, text: str) -> Markup:
    """Return a link inside the book, or to a page elsewhere, which then says so by its class."""
    if is_external(href):
        return Markup('<a class="zb-external" href="{}" rel="external noopener">{}</a>').format(href, text)
    return Markup('<a href="{}">{}</a>').format(href, text)


def make_download(href: str, text: str) -> Markup:
    """Return a link that saves a file."""
    return Markup('<a href="{}" download>{}</a>').format(href, text)


def is_external(href: str) -> bool:
    """Whether an address leads out of the book; only web addresses do, anything else is not to be linked."""
    return href.startswith(("https://", "http://"))


def make_table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], kind: str = "") -> Markup:
    """Return a table: its caption, a row of headings, and rows whose first cell is the row's heading.

    Parameters
    ----------
    caption
        What the table holds.
    headings
        Headings of the columns.
    rows
        Cells; text is escaped, :class:`~markupsafe.Markup` is taken as it is.
    kind
        A class beside ``zb-table``.
    """
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(heading) for heading in headings)
    body = Markup("\n").join(_make_row(cells) for cells in rows)
    return Markup(
        '<div class="zb-scroll" tabindex="0" role="region" aria-label="{caption}">\n<table class="{classes}">\n'
        "<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    ).format(caption=caption, classes=f"zb-table {kind}".strip(), head=head, body=body)


def _make_row(cells: Sequence[object]) -> Markup:
    first, *others = cells
    heading = Markup('<th scope="row">{}</th>').format(_one_line(first))
    return (
        Markup("<tr>")
        + heading
        + Markup("").join(Markup("<td>{}</td>").format(_one_line(cell)) for cell in others)
        + Markup("</tr>")
    )


def make_facts(facts: Iterable[tuple[str, object]]) -> Markup:
    """Return terms with what is said of each; those of which nothing is said are left out."""
    pairs = [(term, text) for term, text in facts if text]
    items = Markup("\n").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, _one_line(text)) for term, text in pairs
    )
    return Markup('<dl class="zb-facts">\n{}\n</dl>').format(items)


def _one_line(value: object) -> Markup:
    escaped = escape(value)
    return Markup(re.sub(r"\s*\n\s*", " ", escaped))  # noqa: S704 - escaped in the line before
