"""How a table is set: caption, headings with units, rows in groups, marks of evidence, sources and download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.page.block import Block, Cell, to_cell
from zonebook.page.context import PageContext
from zonebook.page.ids import split_ids
from zonebook.page.markup import Markup
from zonebook.page.tables.excerpt import Excerpt, say_excerpt, share_out

Text = str | Markup
_CELL, _NUMBER = Markup("<td>{}</td>"), Markup('<td class="zb-number">{}</td>')


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, and whether it holds numbers (set flush right)."""

    text: Text
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own (without one they simply follow), with a class of their own if need be."""

    heading: Text
    rows: Sequence[tuple[Text, ...]]
    css: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """The table behind a table: what its CSV holds, in the units and codes of the data contract."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Behind:
        """Return records as the rows of a table with these columns."""
        return cls(tuple(columns), tuple(tuple(to_cell(record.get(c)) for c in columns) for record in records))


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as it is to be set. ``name`` is that of the CSV and, with ``table-`` before it, of the anchor.

    ``tool`` is what a reader may do with its rows where scripts run: ``filter`` or ``sort`` (which filters too). A
    table of figures that are not comparable is filtered only: sorting would rank them.

    ``excerpt`` is how the table is cut where it has more rows than a page bears; one without it is set whole. A part of
    the rows is never sorted: the first of a part would be taken for the first of all.
    """

    name: str
    caption: Text
    headings: tuple[Heading, ...]
    groups: tuple[Group, ...]
    behind: Behind
    note: Text = ""
    evidence: Evidence | None = None
    tool: str = ""
    excerpt: Excerpt | None = None


def set_table(here: PageContext, layout: Layout) -> Block | None:
    """Return a table as a block of the page; ``None`` where it has no rows."""
    if not any(group.rows for group in layout.groups):
        return None
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_numeric(heading), heading.text) for heading in layout.headings
    )
    sizes = [len(group.rows) for group in layout.groups]
    shown = share_out(sizes, of_each=layout.excerpt.of_each) if layout.excerpt else sizes
    is_cut = sum(shown) < sum(sizes)
    tool = "filter" if is_cut and layout.tool else layout.tool
    bodies = Markup("\n").join(
        _set_group(group, number, layout.headings) for group, number in zip(layout.groups, shown, strict=True) if number
    )
    html = Markup(
        '<div class="zb-table-frame" role="region" tabindex="0" aria-labelledby="caption-{name}">\n'
        '<table class="zb-table{tool}" id="table-{name}"{words}>\n'
        '<caption id="caption-{name}">{caption}{mark}{cut}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n{bodies}\n</table>\n</div>\n{foot}"
    ).format(
        name=layout.name,
        tool=" zb-tool" if tool else "",
        words=_write_tool(here, tool) + (Markup(' data-rows="{}"').format(sum(sizes)) if is_cut else Markup("")),
        caption=layout.caption,
        mark=mark_evidence(here, layout.evidence),
        cut=_set_excerpt(here, layout, sum(shown), sum(sizes)),
        head=head,
        bodies=bodies,
        foot=set_foot(here, layout.name, layout.note),
    )
    return Block(html, name=layout.name, columns=layout.behind.columns, rows=layout.behind.rows)


def _set_excerpt(here: PageContext, layout: Layout, shown: int, total: int) -> Markup:
    """Return what is said of a table that is cut, with the way to the file; nothing of one that is whole."""
    if layout.excerpt is None or shown == total:
        return Markup("")
    said = say_excerpt(here, layout.excerpt, shown, total)
    return Markup('<div class="zb-remark zb-excerpt">{} {}</div>').format(said, link_file(here, layout.name))


def _write_tool(here: PageContext, tool: str) -> Markup:
    """Return the words a script needs to let rows be filtered and sorted, as attributes of the table."""
    if not tool:
        return Markup("")
    words = here.locale
    said = {"filter": words.text("Filter the rows"), "found": words.text("Rows shown: {n} of {total}")}
    if tool == "sort":
        said["rising"] = words.text("Sorted by “{column}”, the smallest first")
        said["falling"] = words.text("Sorted by “{column}”, the largest first")
    return Markup("").join(Markup(' data-{}="{}"').format(name, text) for name, text in said.items())


def set_value(value: float, text: Text) -> Markup:
    """Return the text of a cell with the number it is sorted by."""
    return Markup('<data value="{}">{}</data>').format(repr(float(value)), text)


def _numeric(heading: Heading) -> Markup:
    return Markup(' class="zb-number"') if heading.numeric else Markup("")


def _set_group(group: Group, number: int, headings: tuple[Heading, ...]) -> Markup:
    lines = [Markup("<tr>{}</tr>").format(_set_cells(row, headings)) for row in group.rows[:number]]
    if group.heading:
        spanning = Markup('<tr><th scope="rowgroup" colspan="{}" class="zb-group">{}</th></tr>')
        lines.insert(0, spanning.format(len(headings), group.heading))
    css = Markup(' class="{}"').format(group.css) if group.css else Markup("")
    return Markup("<tbody{}>{}</tbody>").format(css, Markup("\n").join(lines))


def _set_cells(row: tuple[Text, ...], headings: tuple[Heading, ...]) -> Markup:
    first, *others = row
    cells = [Markup('<th scope="row">{}</th>').format(first)]
    for text, heading in zip(others, headings[1:], strict=True):
        cells.append((_NUMBER if heading.numeric else _CELL).format(text))
    return Markup("").join(cells)


def set_foot(here: PageContext, name: str, note: Text = "") -> Markup:
    """Return the line under a table or a row of tiles: the note and the link to the CSV."""
    said = Markup("{} ").format(note) if note else Markup("")
    return Markup('<p class="zb-foot">{}{}</p>').format(said, link_file(here, name))


def link_file(here: PageContext, name: str) -> Markup:
    """Return the link to the file of a table of the page."""
    return Markup('<a class="zb-download" href="{}data/{}/{}.csv" download>{}</a>').format(
        here.root, here.path, name, here.locale.text("Download as CSV")
    )


def mark_evidence(here: PageContext, evidence: Evidence | None) -> Markup:
    """Return the mark that says what figures rest on; nothing where it is not given."""
    if evidence is None:
        return Markup("")
    label = here.locale.label("evidence", evidence.value)
    return Markup(' <span class="zb-evidence zb-evidence-{}">{}</span>').format(evidence.value, label)


def find_evidence(here: PageContext, source_ids: Iterable[object]) -> Evidence:
    """Return the weakest evidence of some sources; without any, what is reported."""
    ids = [source_id for given in source_ids for source_id in split_ids(given)]
    return weakest_evidence(evidence_of(source_id, here.sources) for source_id in ids)


def join_text(parts: Iterable[Text], separator: str = ", ") -> Markup:
    """Return texts, escaped where they are not HTML, joined."""
    return Markup(escape(separator)).join(part for part in map(escape, parts) if part)  # noqa: S704 - escaped


def set_small(text: Text) -> Markup:
    """Return a remark under the main words of a cell; nothing for nothing."""
    return Markup('<div class="zb-remark">{}</div>').format(text) if text else Markup("")


def capitalise(words: str) -> str:
    """Return words with the first letter a capital, the others as they are."""
    return words[:1].upper() + words[1:]
