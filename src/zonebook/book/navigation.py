"""The sidebar: a short list of parts on every page, and every zone and region from one file the pages share.

The theme would write the whole tree of pages into each of them, which costs time and bytes quadratic in pages.
Here a page holds the parts and the districts only; a script fills in the zones and regions from a list that the Sphinx
extension gives once for all pages. Without scripts the districts are links to their own pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale as BabelLocale

from zonebook.book.contents import Contents, District
from zonebook.book.toc import Toc
from zonebook.page.locale import Locale


def write_navigation(contents: Contents) -> str:
    """Return the list the pages share, as JSON: per district the zones and regions with their addresses."""
    data = [
        {
            "target": district.target,
            "title": district.short,
            "zones": [[page.target, page.title] for page in district.zones],
            "regions": [[page.target, page.title] for page in district.regions],
        }
        for district in contents.districts
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def list_parts(toc: Toc, contents: Contents, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the parts as the sidebar shows them.

    The pages of zones and regions are not named in them; the first part that has some carries the districts.
    """
    listed = {page.target for district in contents.districts for page in (*district.zones, *district.regions)}
    parts = []
    has_districts = False
    for part in toc.parts:
        pages = [{"target": page, "title": titles.get(page, page)} for page in part.pages if page not in listed]
        carries = not has_districts and any(page in listed for page in part.pages)
        has_districts = has_districts or carries
        if pages or carries:
            parts.append({"caption": part.caption, "pages": pages, "districts": carries})
    return parts


def list_districts(districts: Iterable[District]) -> list[dict[str, str]]:
    """Return the districts as the sidebar shows them before the script has filled them."""
    return [{"target": district.target, "title": district.short} for district in districts]


def list_languages(languages: Sequence[str], own: str) -> list[dict[str, Any]]:
    """Return the languages of the report, each under its own name.

    Examples
    --------
    >>> [language["name"] for language in list_languages(["ru", "en"], "ru")]
    ['Русский', 'English']
    """
    return [
        {"code": code, "name": str(BabelLocale.parse(code).get_display_name(code)).capitalize(), "current": code == own}
        for code in languages
    ]


def list_words(locale: Locale) -> dict[str, str]:
    """Return the words of the sidebar and the page frame in a language."""
    say = locale.text
    return {
        "contents": say("Contents of the report"),
        "language": say("Language"),
        "search": say("Search the report"),
        "find": say("Find"),
        "more": say("Show more results"),
        "filter": say("Filter zones and regions"),
        "found": say("Found: {n}"),
        "nothing": say("Nothing found"),
        "zones": say("Zones"),
        "regions": say("Regions"),
        "menu": say("Contents of the report: show or hide"),
        "on_this_page": say("On this page: show or hide"),
        "colours": say("Light or dark colours"),
        "light": say("Light colours"),
        "dark": say("Dark colours"),
        "system": say("Colours as the system has them"),
        "year": say("Reporting year"),
        "publisher": say("Published by"),
        "made_with": say("Made with Zonebook from tables, by notebooks that can be run again."),
    }
