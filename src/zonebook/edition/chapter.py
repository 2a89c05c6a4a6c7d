"""A comparison as a chapter of the report: parts of HTML under headings, and the file behind each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from zonebook.edition.change import PLACE, SECTIONS
from zonebook.edition.comparison import Comparison
from zonebook.edition.grouped import Cells, group_changes, list_headings, list_places, say_left
from zonebook.edition.listing import make_listing, name_section
from zonebook.edition.naming import Naming, Scope, map_scopes
from zonebook.edition.wording import say_what_changed
from zonebook.metrics.result import Evidence
from zonebook.page.locale import Locale
from zonebook.tables.share import REGION, ZONE

# Changes of a section that the site shows; paper cuts long tables by itself. The files have all of them.
_MOST_ROWS = 500
_ALL = "all"
_FOLDERS: Mapping[str, str] = {ZONE: "zones", REGION: "regions"}
_TABLE = Markup(
    '<div class="zb-table-frame" role="region" tabindex="0" aria-label="{caption}">\n'
    '<table class="zb-table zb-changes" id="table-{name}">\n<caption class="zb-unseen">{caption}</caption>\n'
    "<thead><tr>{head}</tr></thead>\n{bodies}\n</table>\n</div>"
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a chapter holds.

    Attributes
    ----------
    parts
        Heading (empty for the opening) and HTML of each part.
    files
        The files behind its tables, as CSV by name.
    """

    parts: tuple[tuple[str, str], ...]
    files: Mapping[str, str]


def write_chapter(comparison: Comparison, naming: Naming, cut_off: str, folder: str) -> Chapter:
    """Return a comparison as a chapter of the report.

    Parameters
    ----------
    comparison
        What changed.
    naming
        The names of what changed, and the language of the chapter.
    cut_off
        Cut-off date of the earlier edition; empty where none is known.
    folder
        Where its files will lie, seen from its page.
    """
    words, changes = naming.locale, comparison.changes
    groups, listing = map_scopes(changes, naming.group), make_listing(comparison, naming)
    present = [name for name in SECTIONS if (changes["section"] == name).any()]
    parts = [("", _open(comparison, naming, cut_off, folder)), *_set_parameters(comparison, words)]
    for section in present:
        own = changes[changes["section"] == section]
        html = list_places(own, naming) if section == PLACE else _set_section(own, groups, section, naming)
        parts.append((name_section(section, words), html + _set_foot(folder, section, own, words)))
    frames = {section: listing[listing["section"] == section] for section in present}
    files = {_ALL: listing, **frames} if present else {}
    return Chapter(
        tuple((heading, str(html)) for heading, html in parts),
        {name: frame.to_csv(index=False, lineterminator="\n") for name, frame in files.items()},
    )


def _open(comparison: Comparison, naming: Naming, cut_off: str, folder: str) -> Markup:
    """Return the summary, the mark of demonstration data, and the link to the file of all changes."""
    words = naming.locale
    code = Evidence.DEMONSTRATION.value
    mark = Markup(' <span class="zb-evidence zb-evidence-{}">{}</span>').format(code, words.label("evidence", code))
    said = Markup('<p class="zb-lead">{}{}</p>').format(
        say_what_changed(comparison, naming, cut_off), mark if comparison.is_demonstration else ""
    )
    if comparison.changes.empty:
        return said
    note = words.html("Every change, with all digits: {file}", file=_link(folder, _ALL, words))
    return said + Markup('\n<p class="zb-foot">{}</p>').format(note)


def _link(folder: str, name: str, words: Locale) -> Markup:
    return Markup('<a class="zb-download" href="{}/{}.csv" download>{}</a>').format(
        folder, name, words.text("Download as CSV")
    )


def _set_foot(folder: str, section: str, changes: pd.DataFrame, words: Locale) -> Markup:
    left = "" if section == PLACE else say_left(max(0, len(changes) - _MOST_ROWS), words)
    said = Markup("{} ").format(left) if left else Markup("")
    return Markup('\n<p class="zb-foot">{}{}</p>').format(said, _link(folder, section, words))


def _set_parameters(comparison: Comparison, words: Locale) -> Iterator[tuple[str, Markup]]:
    """Yield the table of the parameters that differ, if any do."""
    if comparison.parameters:
        rows = [(name, str(old), str(new)) for name, (old, new) in comparison.parameters.items()]
        headings = (words.text("Parameter"), words.text("Before"), words.text("Now"))
        title = words.text("Parameters that differ")
        yield title, _set_table("parameters", title, headings, [_set_rows(rows)])


def _set_section(changes: pd.DataFrame, groups: pd.Series[Any], section: str, naming: Naming) -> Markup:
    """Return the changes of one kind as a table, rows in groups by zone or region."""
    words = naming.locale
    grouped, headings = group_changes(changes, groups, naming, _MOST_ROWS), list_headings(words)
    over = Markup('<tr><th scope="rowgroup" colspan="{}" class="zb-group">{}</th></tr>\n{}')
    bodies = [
        over.format(len(headings), _name_group(group, naming), _set_rows(rows))
        for group, rows in grouped.groups.items()
    ]
    return _set_table(section, name_section(section, words), headings, bodies)


def _name_group(group: Scope, naming: Naming) -> str | Markup:
    """Return the name of a zone or region with a link to its page."""
    kind, one = group
    folder, name = _FOLDERS.get(kind), naming.scope(group)
    return Markup('<a class="zb-page" href="{}/{}.html">{}</a>').format(folder, one, name) if folder else name


def _set_rows(rows: Iterable[Cells]) -> Markup:
    return Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, Markup("").join(map(Markup("<td>{}</td>").format, rest))
        )
        for first, *rest in rows
    )


def _set_table(name: str, caption: str, headings: Cells, bodies: list[Markup]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in headings)
    body = Markup("\n").join(Markup("<tbody>{}</tbody>").format(rows) for rows in bodies)
    return _TABLE.format(name=name, caption=caption, head=head, bodies=body)
