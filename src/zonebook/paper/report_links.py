"""Where the links of the report lead: to a page of the PDF, else to the site if it has an address, else nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from zonebook.paper.chapter import Chapter

# A number on the site leads to its row there; on paper to how its metric is computed.
_ROW = re.compile(r"#metric-(?P<metric>[A-Z]\d+)")
_FILES = ("data/", "notebooks/")


def settle_links(chapters: Iterable[Chapter], site: str) -> Mapping[str, str]:
    """Return, for each place that links lead to, the place in the PDF or the web address; others are left out.

    Parameters
    ----------
    chapters
        The chapters, sections among them.
    site
        Address of the site in the report's language, without a final slash; empty if it has none.
    """
    known = list(chapters)
    places = {chapter["page"] for chapter in known}
    places |= {f"{chapter['page']}#{place}" for chapter in known for place in chapter["places"]}
    wanted = dict.fromkeys(link for chapter in known for link in chapter["links"])
    found = {link: _settle(link, places, site) for link in wanted}
    return {link: target for link, target in found.items() if target}


def _settle(link: str, places: set[str], site: str) -> str:
    page, _, anchor = link.partition("#")
    row = _ROW.search(link)
    candidates = [link, f"methods/{row['metric']}" if row else "", page]
    for candidate in candidates:
        if candidate in places:
            return candidate
    if not site:
        return ""
    path = page if page.startswith(_FILES) else f"{page}.html"
    return f"{site}/{quote(path)}" + (f"#{quote(anchor)}" if anchor else "")


def list_asked(chapters: Iterable[Chapter], targets: Mapping[str, str]) -> dict[str, bool]:
    """Return the places that some link leads to and that have no heading or note to be marked by."""
    marked = {place for chapter in chapters for place in (chapter["page"], *chapter["notes"])}
    return dict.fromkeys(
        (
            target
            for target in targets.values()
            if "#" in target and target not in marked and not target.startswith("http")
        ),
        True,
    )
