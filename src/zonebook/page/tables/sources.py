"""The sources a page has cited, and the commands that make it again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from zonebook.metrics.figures import is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.layout import Behind, set_foot

_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


_SHOWN_OF_ADDRESS = 60


_SOURCE_COLUMNS = ("number", "source_id", "url", "title", "publisher", "date", "kind", "licence")


def sources(here: PageContext) -> Block | None:
    """Return the sources the page has cited, numbered as they are cited. Call it after everything that cites."""
    if not here.cited:
        return None
    ordered = sorted(here.cited, key=lambda source_id: here.cited[source_id])
    records = [dict(here.row("source", source_id)) | {"source_id": source_id} for source_id in ordered]
    items = Markup("\n").join(_set_source(here, record) for record in records)
    html = Markup('<ol class="zb-sources" id="table-sources">\n{}\n</ol>\n{}').format(items, set_foot(here, "sources"))
    numbered = [record | {"number": here.cited[str(record["source_id"])]} for record in records]
    behind = Behind.of(numbered, _SOURCE_COLUMNS)
    return Block(html, name="sources", columns=behind.columns, rows=behind.rows)


def _set_source(here: PageContext, record: Mapping[str, Any]) -> Markup:
    words = here.locale
    source_id = str(record["source_id"])
    publisher = words.column(record, "publisher")
    title = words.column(record, "title") or _name_by_address(record, publisher) or source_id
    described = [
        publisher if publisher not in title else "",
        "" if is_missing(record.get("date")) else words.date(record["date"]),
        "" if is_missing(record.get("kind")) else words.label("source.kind", record["kind"]),
        words.column(record, "note"),
    ]
    return Markup('<li id="source-{}" value="{}">{}{}</li>').format(
        source_id, here.cited[source_id], _link_source(record, title), Markup("").join(map(_after_comma, described))
    )


def _name_by_address(record: Mapping[str, Any], publisher: str) -> str:
    """Return a source without a title by its publisher and address, cut short: one publisher has many pages."""
    if is_missing(record.get("url")):
        return publisher
    address = unquote(_WEB_ADDRESS.sub("", str(record["url"]))).removeprefix("www.").rstrip("/")
    short = address if len(address) <= _SHOWN_OF_ADDRESS else address[:_SHOWN_OF_ADDRESS].rstrip("-/_.") + "…"
    return f"{publisher}: {short}" if publisher and not short.startswith(publisher) else short


def _after_comma(words: str) -> Markup:
    return Markup(", {}").format(words) if words else Markup("")


def _link_source(record: Mapping[str, Any], title: str) -> Markup:
    """Return a source's title, linked to its address; only addresses on the web become links."""
    url = record.get("url")
    if is_missing(url) or not _WEB_ADDRESS.match(str(url)):
        return Markup("{}").format(title)
    return Markup('<a class="zb-external" rel="noopener" href="{}">{}</a>').format(str(url), title)


def rerun(here: PageContext) -> Block:
    """Return the commands that make this page again, and the one that gives its metric rows."""
    words = here.locale
    commands = (
        (words.text("This page alone, as a notebook:"), _papermill_command(here)),
        (words.text("Its metric rows:"), _metrics_command(here)),
        (words.text("The whole report with another reporting year:"), f"zonebook build -p year={here.year - 1}"),
    )
    html = Markup("\n").join(
        Markup('<p class="zb-command">{}</p>\n<pre><code>{}</code></pre>').format(said, command)
        for said, command in commands
    )
    return Block(Markup('<div class="zb-rerun">\n{}\n</div>').format(html))


def _papermill_command(here: PageContext) -> str:
    whose = "" if here.scope == "country" else f" -p {here.scope} {here.id}"
    return f"papermill notebooks/{here.kind}.ipynb page.ipynb{whose} -p year {here.year} -p lang {here.lang}"


def _metrics_command(here: PageContext) -> str:
    whose = "" if here.scope == "country" else f" --{here.scope} {here.id}"
    return f"zonebook metrics data{whose} --year {here.year} -o metrics.csv"
