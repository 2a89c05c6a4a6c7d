"""A comparison as a table for programs and as plain text."""

from __future__ import annotations

from functools import cache

import pandas as pd

from zonebook.edition.change import GONE, NEW, PLACE, RANK, REVISION, ROW, SECTIONS, TIE, VALUE
from zonebook.edition.comparison import Comparison
from zonebook.edition.naming import Naming, map_scopes
from zonebook.edition.wording import say_cause, say_summary, set_cells
from zonebook.page.locale import Locale

# A spreadsheet takes text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Lines of a section that plain text has.
_MOST_LINES = 20


def name_section(section: str, words: Locale) -> str:
    """Return the heading of a section."""
    headings = {
        PLACE: words.text("New and missing zones and regions"),
        VALUE: words.text("Changed values"),
        RANK: words.text("Moved ranks"),
        REVISION: words.text("Revised figures"),
        TIE: words.text("Ties"),
        ROW: words.text("New rows and rows that are gone"),
    }
    return headings[section]


def list_marks(comparison: Comparison, words: Locale) -> tuple[str, ...]:
    """Return what has to be said of a comparison wherever it is shown."""
    marks = [words.text("Internal: for official use only")] if comparison.is_internal else []
    if comparison.is_demonstration:
        marks.append(words.text("Demonstration: the data are made up and describe no real zone"))
    return tuple(marks)


def write_listing(comparison: Comparison, naming: Naming) -> str:
    """Return every change as CSV: numbers as they are, with names and causes in words beside the codes."""
    return make_listing(comparison, naming).to_csv(index=False, lineterminator="\n")


def make_listing(comparison: Comparison, naming: Naming) -> pd.DataFrame:
    """Return every change as a table that may be written as CSV."""
    changes, words = comparison.changes, naming.locale
    subjects = changes["table"] + "\n" + changes["id"]
    named = {one: naming.subject(*one.split("\n", 1)) for one in subjects.unique() if not one.endswith("\n")}
    is_secret = map_scopes(changes, naming.is_secret).astype(bool)
    causes = {code: say_cause(code, words) for code in changes["cause"].unique()}
    frame = changes.assign(
        scope_id=changes["scope_id"].mask(is_secret, ""),
        name=map_scopes(changes, naming.scope),
        subject=subjects.map(named),
        reason=changes["cause"].map(causes),
    )
    ends = frame["id"].isin(["from_party", "to_party"])
    for side in ("old_text", "new_text"):
        frame.loc[ends, side] = [naming.scope(("party", one)) if one else "" for one in frame.loc[ends, side]]
    marks = list_marks(comparison, words)
    if marks:
        frame["edition"] = "; ".join(marks)
    frame = frame.drop(columns=["is_core", "is_headline"])
    for name in frame.columns[frame.dtypes.map(pd.api.types.is_string_dtype)]:
        texts = frame[name].astype("string").fillna("")
        frame[name] = texts.mask(texts.str.startswith(_FORMULA_SIGNS), "'" + texts)
    return frame


def write_text(comparison: Comparison, naming: Naming) -> str:
    """Return a comparison as plain text: the marks, the summary, the first changes of every section."""
    words = naming.locale
    blocks = [*list_marks(comparison, words), say_summary(comparison, naming)]
    name = cache(naming.scope)
    for section in SECTIONS:
        changes = comparison.changes[comparison.changes["section"] == section]
        if changes.empty:
            continue
        lines = [name_section(section, words)]
        for row in changes.head(_MOST_LINES).to_dict("records"):
            place = name((row["scope_type"], row["scope_id"]))
            if section == PLACE:
                lines.append(f"  {name_place(str(row['change']), str(row['scope_type']), words)}: {place}")
                continue
            cells = set_cells({str(key): cell for key, cell in row.items()}, naming)
            told = ", ".join(filter(None, (place, cells.subject, cells.when)))
            more = "; ".join(filter(None, (cells.difference, cells.cause)))
            lines.append(f"  {told}: {cells.old} → {cells.new}" + (f"; {more}" if more else ""))
        left = len(changes) - _MOST_LINES
        if left > 0:
            lines.append("  " + words.plural("… and {n} more", "… and {n} more", left))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def name_place(change: str, scope_type: str, words: Locale) -> str:
    """Return what a zone or region is that only one of the editions has."""
    told = {
        (NEW, "zone"): words.text("New zone"),
        (GONE, "zone"): words.text("Missing zone"),
        (NEW, "region"): words.text("New region"),
        (GONE, "region"): words.text("Missing region"),
    }
    return told[change, scope_type]
