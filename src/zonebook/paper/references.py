"""Where a handout can be followed home: its sources with their addresses, the page's address as a QR code."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urlsplit

import segno

from zonebook.metrics.figures import is_missing
from zonebook.page.context import PageContext

_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_LONGEST = 90  # characters of a source's title


def list_sources(here: PageContext) -> dict[str, Any]:
    """Return the sources cited so far, as plain values: numbered, with what they are called and their links."""
    words = here.locale
    ordered = sorted(here.cited, key=lambda source_id: here.cited[source_id])
    items = [_set_source(here, source_id) for source_id in ordered]
    return {"heading": words.text("Sources"), "items": items}


def _set_source(here: PageContext, source_id: str) -> dict[str, Any]:
    """Return a source: its number, what it is called, its date, its address in full and in short."""
    words, row = here.locale, here.row("source", source_id)
    url = str(row["url"]) if not is_missing(row.get("url")) and _WEB.fullmatch(str(row["url"])) else ""
    title, publisher = here.source_title(source_id), words.column(row, "publisher")
    date = "" if is_missing(row.get("date")) else words.date(row["date"])
    text = ", ".join(part for part in (_cut(title), publisher if publisher not in title else "", date) if part)
    site = _shorten(url) if url else ""
    return {
        "number": here.cited[source_id],
        "text": text,
        "url": url,
        "site": site if site.lower() not in text.lower() else "",
    }


def _shorten(url: str) -> str:
    """Return whose address it is, in letters a reader knows.

    Examples
    --------
    >>> _shorten("https://www.xn--80aesfpebagmfblc0a.xn--p1ai/news?id=1")
    'стопкоронавирус.рф'
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def find_address(site: str, here: PageContext) -> str:
    """Return the public address of the page; empty where the site has none."""
    return f"{site}/{here.lang}/{here.path}.html" if site else ""


def draw_code(address: str) -> str:
    """Return an address as a QR code, an SVG drawing; empty without one."""
    if not address:
        return ""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawing.getvalue().decode()
