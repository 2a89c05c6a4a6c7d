"""The contents of a page, as the theme lists them beside it, from the well-formed markup that Sphinx writes.

The theme reads the markup with Beautiful Soup, which takes longer to import, and with its first search for an element
longer to get ready, than all pages that have changed take to be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Tree

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# Before the theme, which looks which of its templates are empty.
_EARLY = 400


def mark_contents(markup: str, shown: int) -> str | None:
    """Return the list of a page's sections with the classes that the theme's styles and scripts know them by.

    Parameters
    ----------
    markup
        The page's title and sections as nested lists of links.
    shown
        Down to which level lists are always open; the title is the first.

    Returns
    -------
    str or None
        Empty where the page has no sections; None where the list is another one than that of a page with one title:
        the theme then makes of it what it can.

    Examples
    --------
    >>> mark_contents("<ul><li>A<ul><li>B</li></ul></li></ul>", 1)
    '<ul class="nav section-nav flex-column"><li class="toc-h2 nav-item toc-entry">B</li></ul>'
    """
    try:
        titles = Tree.fromstring(markup)  # noqa: S314 - Sphinx wrote it
    except Tree.ParseError:
        return None
    if titles.tag != "ul" or len(titles) != 1:
        return None
    sections = titles[0].find("ul")
    if sections is None:
        return ""
    _mark_list(sections, 2, shown)
    sections.tail = None
    return Tree.tostring(sections, encoding="unicode", method="html")


def _mark_list(sections: Tree.Element, level: int, shown: int) -> None:
    _add_classes(sections, *(["pst-show_toc_level"] if level <= shown else []), "nav", "section-nav", "flex-column")
    for section in sections.findall("li"):
        _add_classes(section, f"toc-h{level}", "nav-item", "toc-entry")
        link, below = section.find(".//a"), section.find("ul")
        if link is not None:
            _add_classes(link, "nav-link")
        if below is not None:
            _mark_list(below, level + 1, shown)


def _add_classes(element: Tree.Element, *names: str) -> None:
    element.set("class", " ".join((*element.get("class", "").split(), *names)))


def _give_contents(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Give a page's contents to the templates of the page frame."""
    shown = int(context["theme_show_toc_level"]) + 1
    contents = mark_contents(context["toc"], shown) if "toc" in context else ""
    context["zonebook"] = {**context["zonebook"], "contents": contents}


def setup(app: Sphinx) -> None:
    """Have contents listed this way."""
    app.connect("html-page-context", _give_contents, priority=_EARLY)
