"""Text of a page as runs for the press: plain text, styled text, links, notes, places that links lead to.

A run is a text, or a mapping: ``s`` style and ``r`` runs; ``a`` place in the book or ``u`` web address and ``r`` runs;
``n`` number and ``id`` of a source, ``new`` where its note is to stand at the foot of the page; ``at`` a place; ``br``
a new line. Sources named in one place are ``notes``, or ``marks`` if none of them is new.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from zonebook.page.locale import Locale
from zonebook.paper.chapter_markup import DRAWING, Element

Run = Any
_SPACES = re.compile(r"[ \t\r\n\f]+")
_STYLES = {"b": "strong", "strong": "strong", "i": "emph", "em": "emph", "code": "code", "sub": "sub", "sup": "sup"}
# Classes whose text looks unlike that around it.
_LOOKS = {
    "zb-evidence": "evidence",
    "zb-class": "class",
    "zb-missing": "muted",
    "zb-note": "muted",
    "zb-remark": "remark",
    "zb-figure-title": "strong",
}
# Inside a line of text these begin a new one.
_LINES = frozenset({"div", "p", "li", "dd", "dt", "tr"})
# What has no text of its own.
_PLAIN: dict[str, tuple[dict[str, int], ...]] = {DRAWING: (), "img": (), "br": ({"br": 1},)}
_FOLDED = frozenset({"details"})
_WEB = ("https://", "http://", "mailto:")
_PAGES = (".html", ".md", ".ipynb")


@dataclass
class Ground:
    """Where runs are read: the page, the sources it names, and what has been met so far.

    Attributes
    ----------
    page
        Path of the page in its book, without suffix.
    locale
        Language of the page.
    sources
        Anchors of the sources listed on the page.
    named
        Sources that a note was made for, in order.
    places
        Anchors of the page that are printed.
    links
        Places in the book that links lead to.
    under
        Inside a table: the sources it names first, which are listed under it; elsewhere they stand at the page's foot.
    """

    page: str
    locale: Locale
    sources: frozenset[str] = frozenset()
    named: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    under: list[str] | None = None

    def place(self, element: Element) -> str:
        """Return the place an element is, noted as printed; empty where it has no id or another has the same."""
        name = element.attributes.get("id", "")
        if not name or name in self.places:
            return ""
        self.places[name] = None
        return f"{self.page}#{name}"


def read_runs(children: Iterable[Element | str], ground: Ground) -> list[Run]:
    """Return texts and elements as runs, spaces as a browser shows them."""
    return _trim(_join(run for child in children for run in _read(child, ground)))


def to_text(runs: Iterable[Run]) -> str:
    r"""Return what runs say, without notes, a new line where they begin one.

    Examples
    --------
    >>> to_text(["a", {"br": 1}, {"s": "strong", "r": ["b"]}, {"n": "1", "id": "x"}])
    'a\nb'
    """
    parts = []
    for run in runs:
        if isinstance(run, str):
            parts.append(run)
        elif "br" in run:
            parts.append("\n")
        elif "r" in run:
            parts.append(("\n" if run.get("s") == "remark" else "") + to_text(run["r"]))
    return "".join(parts)


def _read(child: Element | str, ground: Ground) -> Iterable[Run]:
    if isinstance(child, str):
        return [_SPACES.sub(" ", child)]
    if child.tag in _PLAIN:
        return [dict(run) for run in _PLAIN[child.tag]]
    if child.tag in _FOLDED:
        return _read_summary(child, ground)
    if "zb-cite" in child.classes:
        return _read_notes(child, ground)
    if "zb-download" in child.classes:
        return [_name_file(child, ground)]
    place = ground.place(child)
    inner = _dress(child, _join(run for one in child.children for run in _read(one, ground)), ground)
    return [{"at": place}, *inner] if place else inner


def _dress(element: Element, runs: list[Run], ground: Ground) -> list[Run]:
    """Return the runs of an element as its tag and classes say."""
    if not runs:
        return []
    if element.tag == "a":
        return [_read_link(element, runs, ground)]
    look = next((_LOOKS[name] for name in _LOOKS if name in element.classes), _STYLES.get(element.tag))
    if element.tag == "li":
        runs = ["• ", *_trim(runs)]
    if look:
        runs = [{"s": look, "r": _trim(runs) if element.tag in _LINES else runs}]
    if look == "remark":
        return runs
    return [{"br": 1}, *runs, {"br": 1}] if element.tag in _LINES else runs


def _read_summary(details: Element, ground: Ground) -> list[Run]:
    """Return what stands over a part that is folded away on the site; what is folded away stays there."""
    summary = next((child for child in details.elements if child.tag == "summary"), None)
    if summary is None:
        return []
    return [{"s": "muted", "r": read_runs(summary.children, ground)}]


def _read_notes(cite: Element, ground: Ground) -> list[Run]:
    """Return marks of sources as notes: in full where the page names a source first, its number afterwards."""
    notes: list[Run] = []
    for link in cite.find_all("a"):
        anchor = unquote(link.attributes.get("href", "")).lstrip("#")
        if anchor not in ground.sources:
            notes.append(_read_link(link, [link.text], ground))
            continue
        note: dict[str, Any] = {"n": link.text, "id": f"{ground.page}#{anchor}"}
        if anchor not in ground.named:
            ground.named[anchor] = None
            ground.places[anchor] = None
            if ground.under is None:
                note["new"] = True
            else:
                ground.under.append(note["id"])
        notes.append(note)
    if not notes:
        return []
    # Numbers of notes that stand elsewhere are raised together: one by one they take a tenth of a chapter's time.
    return [{"s": "marks" if all("n" in note and "new" not in note for note in notes) else "notes", "r": notes}]


def _name_file(link: Element, ground: Ground) -> Run:
    """Return the link to a file as the file's name, which is what paper can say of it."""
    href = link.attributes.get("href", "")
    return {"s": "file", "r": [_to_link(href, [posixpath.basename(unquote(href))], ground)]}


def _read_link(link: Element, runs: list[Run], ground: Ground) -> Run:
    if "download" in link.attributes:
        href = link.attributes.get("href", "")
        path = unquote(_resolve(href, ground.page))
        return {"s": "plain", "r": [_to_link(href, runs, ground), " (", {"s": "code", "r": [path]}, ")"]}
    return _to_link(link.attributes.get("href", ""), runs, ground)


def _to_link(href: str, runs: list[Run], ground: Ground) -> Run:
    """Return runs that lead to a place of the book, or to the web; to nowhere else."""
    if href.startswith(_WEB):
        return {"u": href, "r": runs}
    if not href or ":" in href.partition("/")[0]:
        return {"s": "plain", "r": runs}
    target = _resolve(href, ground.page)
    ground.links[target] = None
    return {"a": target, "r": runs}


def _resolve(href: str, page: str) -> str:
    """Return the place in the book that a link of a page leads to; pages lose their suffix, files keep it.

    Examples
    --------
    >>> _resolve("../regions/RU-TA.html#a", "zones/alabuga"), _resolve("#a", "zones/alabuga")
    ('regions/RU-TA#a', 'zones/alabuga#a')
    """
    path, _, anchor = unquote(href).partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    stem, suffix = posixpath.splitext(target)
    is_page = suffix in _PAGES and not target.startswith(("notebooks/", "data/"))
    return (stem if is_page else target) + (f"#{anchor}" if anchor else "")


def _join(runs: Iterable[Run]) -> list[Run]:
    """Return runs with neighbouring texts joined and single spaces between words."""
    joined: list[Run] = []
    for run in runs:
        if run == "":
            continue
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] = _SPACES.sub(" ", joined[-1] + run)
        elif isinstance(run, str) and joined and "br" in joined[-1]:
            if run.lstrip(" "):
                joined.append(run.lstrip(" "))
        elif run == {"br": 1} and joined and joined[-1] == {"br": 1}:
            continue
        else:
            joined.append(run)
    return joined


def _trim(runs: list[Run]) -> list[Run]:
    """Return runs without spaces and new lines at either end."""
    trimmed = list(runs)
    while trimmed and (trimmed[0] == {"br": 1} or (isinstance(trimmed[0], str) and not trimmed[0].strip(" "))):
        trimmed.pop(0)
    while trimmed and (trimmed[-1] == {"br": 1} or (isinstance(trimmed[-1], str) and not trimmed[-1].strip(" "))):
        trimmed.pop()
    if trimmed and isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip(" ")
    if trimmed and isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip(" ")
    return trimmed
