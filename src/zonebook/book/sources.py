"""The list of all sources, by their kind and by who published them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pandas as pd
from markupsafe import Markup

from zonebook.book.markup import as_block, is_external, join_blocks, make_heading, make_link
from zonebook.page.locale import Locale, is_missing

# Kinds of sources from the strongest to the weakest, as they follow each other on the page.
_KINDS = {
    "register": "Official registers",
    "official": "Public authorities",
    "company": "Companies",
    "press": "Press",
    "demonstration": "Demonstration data",
}
_LONGEST = 90
Record = Mapping[str, Any]


def make_source_list(sources: pd.DataFrame, locale: Locale) -> str:
    """Return, as Markdown, every source of the data set by kind and publisher, each linked where it has an address.

    Parameters
    ----------
    sources
        The table ``source``.
    locale
        Language of the page.
    """
    kinds: dict[str, list[Record]] = {}
    for record in sources.to_dict("records"):
        kind = "" if is_missing(record.get("kind")) else str(record["kind"])
        kinds.setdefault(kind, []).append(record)  # type: ignore[arg-type]
    counted = locale.plural("{n} source", "{n} sources", len(sources))
    blocks = [as_block(Markup('<p class="zb-lead">{}</p>').format(counted))]
    order = [*_KINDS, *sorted(set(kinds) - set(_KINDS) - {""}), ""]
    for kind in sorted(kinds, key=order.index):
        heading = locale.text(_KINDS.get(kind, kind or "Other sources"))
        blocks.append(make_heading(heading, level=2))
        blocks.append(_make_publishers(kinds[kind], locale))
    return join_blocks(blocks)


def _make_publishers(records: list[Record], locale: Locale) -> str:
    """Return the sources of one kind by who published them; those without a publisher come last."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(locale.column(record, "publisher"), []).append(record)
    ordered = sorted(groups, key=lambda name: (not name, locale.sort_key(name)))
    entries = Markup("\n").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            name or locale.text("Publisher not known"), _make_list(groups[name], locale)
        )
        for name in ordered
    )
    return as_block(Markup('<dl class="zb-publishers">\n{}\n</dl>').format(entries))


def _make_list(records: list[Record], locale: Locale) -> Markup:
    ordered = sorted(records, key=lambda record: (str(record.get("date")), str(record["source_id"])))
    items = Markup("").join(_make_item(record, locale) for record in ordered)
    return Markup('<ul class="zb-sources">{}</ul>').format(items)


def _make_item(record: Record, locale: Locale) -> Markup:
    url = "" if is_missing(record.get("url")) else str(record["url"])
    title = locale.column(record, "title") or _shorten(url) or str(record["source_id"])
    linked = make_link(url, title) if is_external(url) else Markup("{}").format(title)
    date = "" if is_missing(record.get("date")) else locale.date(record["date"])
    note = Markup(' <span class="zb-note">{}</span>').format(date) if date else Markup("")
    return Markup('<li id="source-{}">{}{}</li>').format(record["source_id"], linked, note)


def _shorten(url: str) -> str:
    """Return an address as people read it: without its scheme, decoded, its middle left out if it is long."""
    shown = unquote(url).partition("://")[2].rstrip("/")
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 30]}…{shown[-29:]}"
