"""The list of all sources, by who published them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from zonebook.book.markup import as_block, is_external, join_blocks, make_heading, make_link
from zonebook.page.locale import Locale, is_missing


def make_source_list(sources: pd.DataFrame, locale: Locale) -> str:
    """Return, as Markdown, every source of the data set grouped by publisher, each linked where it has an address.

    Parameters
    ----------
    sources
        The table ``source``.
    locale
        Language of the page.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for record in sources.to_dict("records"):
        publisher = locale.column(record, "publisher")  # type: ignore[arg-type]
        groups.setdefault(publisher, []).append(record)  # type: ignore[arg-type]
    named = sorted((name for name in groups if name), key=locale.sort_key)
    ordered = [*named, *(name for name in groups if not name)]
    counted = locale.plural("{n} source", "{n} sources", len(sources))
    blocks = [as_block(Markup('<p class="zb-lead">{}</p>').format(counted))]
    for publisher in ordered:
        records = sorted(groups[publisher], key=lambda record: (str(record.get("date")), str(record["source_id"])))
        blocks.append(make_heading(publisher or locale.text("Publisher not known"), level=2))
        blocks.append(_make_list(records, locale))
    return join_blocks(blocks)


def _make_list(records: list[Mapping[str, Any]], locale: Locale) -> str:
    items = Markup("\n").join(_make_item(record, locale) for record in records)
    return as_block(Markup('<ul class="zb-sources">\n{}\n</ul>').format(items))


def _make_item(record: Mapping[str, Any], locale: Locale) -> Markup:
    url = "" if is_missing(record.get("url")) else str(record["url"])
    title = locale.column(record, "title") or url or str(record["source_id"])
    linked = make_link(url, title) if is_external(url) else Markup("{}").format(title)
    details = [locale.label("source.kind", record["kind"])] if not is_missing(record.get("kind")) else []
    details += [locale.date(record["date"])] if not is_missing(record.get("date")) else []
    note = Markup(' <span class="zb-note">{}</span>').format(", ".join(details)) if details else Markup("")
    return Markup('<li id="source-{}">{}{}</li>').format(record["source_id"], linked, note)
