"""The hand-written pages of ``book/``: translated block by block, links into the site made real."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from zonebook.errors import BookError
from zonebook.page.locale import Locale, translate_markdown

# MyST looks for a source file behind every relative link; a page of the built site is none.
_SITE_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\]\n]+)\]\((?P<href>(?![a-z]+:)[^)\s#]+\.(?:html|csv|xlsx|parquet|json)(?:#[^)\s]*)?)\)"
)
_H1 = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)


def read_prose(path: Path, locale: Locale) -> str:
    """Return a hand-written page in a language.

    Raises
    ------
    BookError
        Where the table of contents names a page that does not exist.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BookError(
            f"cannot be read: {error.strerror}.", place=str(path), remedy="_toc.yml names it: write it or take it out."
        ) from error
    return link_to_site(translate_markdown(source, locale))


def link_to_site(text: str) -> str:
    """Return Markdown in which links to pages and files of the built site are HTML.

    Examples
    --------
    >>> link_to_site("See [R02](methods/R02.html) and [more](glossary.md).")
    'See <a href="methods/R02.html">R02</a> and [more](glossary.md).'
    """
    return _SITE_LINK.sub(lambda m: str(Markup('<a href="{}">{}</a>').format(m["href"], m["text"])), text)


def title_of(text: str, otherwise: str) -> str:
    """Return the first heading of a Markdown page."""
    found = _H1.search(text)
    return found.group(1) if found else otherwise
