"""The whole report of one language as one PDF: ``pdf/<lang>/report.pdf``, from the pages of the staged book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zonebook.metrics.result import Evidence
from zonebook.page.cutoff import say_cut_off, to_day
from zonebook.page.locale import Locale, get_locale
from zonebook.page.stamp import say_edition
from zonebook.page.tables.layout import capitalise
from zonebook.paper.brand import describe_brand
from zonebook.paper.chapter import Chapter
from zonebook.paper.job import write_bytes
from zonebook.paper.press import Manuscript, press
from zonebook.paper.report_cache import read_chapters, sum_up_manuscript
from zonebook.paper.report_contents import Entry, Part, limit_places, list_pages, read_contents, read_title
from zonebook.paper.report_links import list_asked, settle_links
from zonebook.paper.report_state import ReportOrder, read_note, sum_up_order, write_note
from zonebook.parameters import Parameters

_TEMPLATE = "report.typ"


def print_report(order: ReportOrder) -> bool:
    """Print the report of one language, unless nothing in it has changed; return whether it was printed.

    Raises
    ------
    PaperError
        Where there is no staged book, a page of it cannot be read, or the press refuses what it holds.
    """
    known = {} if order.force else read_note(order)
    state = sum_up_order(order)
    if known.get("state") == state:
        return False
    brand = describe_brand(order.parameters, order.project, order.lang)
    parts, left_out = limit_places(read_contents(order.book))
    locale = get_locale(order.lang)
    chapters = read_chapters(order.book, list_pages(parts), locale, order.memory / "chapters")
    manuscript = write_manuscript(order, brand, parts, chapters, left_out)
    digest = sum_up_manuscript(manuscript)
    has_changed = known.get("digest") != digest
    if has_changed:
        write_bytes(order.target, press(manuscript))
    write_note(order, state=state, digest=digest)
    return has_changed


def write_manuscript(
    order: ReportOrder,
    brand: Mapping[str, Any],
    parts: Sequence[Part],
    chapters: Mapping[str, Chapter],
    left_out: int = 0,
) -> Manuscript:
    """Return the report as the template takes it.

    Parameters
    ----------
    order
        What is to be printed.
    brand
        The brand as plain values.
    parts
        Parts of the report with their chapters, by page.
    chapters
        What each page holds.
    left_out
        Chapters of zones and regions that are not in it.
    """
    locale, parameters = get_locale(order.lang), order.parameters
    site = f"{brand['site']}/{order.lang}" if brand["site"] else ""
    targets = settle_links(chapters.values(), site)
    title = read_title(order.book)
    data = {
        "title": title,
        "lang": order.lang,
        "paper": parameters.paper,
        "description": locale.text("Edition {year}", year=parameters.year),
        "brand": brand,
        "date": to_day(order.cut_off),
        "words": _list_words(order, locale, chapters, left_out),
        "marks": list_marks(parameters, locale, chapters),
        "parts": list(_set_parts(parts, chapters, locale)),
        "notes": {place: note for chapter in chapters.values() for place, note in chapter["notes"].items()},
        "targets": targets,
        "asked": list_asked(chapters.values(), targets),
        "index": list(_list_index(chapters, locale)),
    }
    return Manuscript(_TEMPLATE, data, f"{order.lang}/report", parameters.pdf_standards)


def list_marks(parameters: Parameters, locale: Locale, chapters: Mapping[str, Chapter]) -> list[str]:
    """Return what is said on every page: that data were generated, that the edition is an internal one."""
    is_made_up = any(chapter["demonstration"] for chapter in chapters.values())
    label = locale.label("evidence", Evidence.DEMONSTRATION.value)
    marks = [capitalise(label) if is_made_up else "", say_edition(parameters.settings, locale)]
    return [mark for mark in marks if mark]


def _list_words(order: ReportOrder, locale: Locale, chapters: Mapping[str, Chapter], left_out: int) -> dict[str, Any]:
    say, parameters = locale.text, order.parameters
    zones, regions = (sum(page.startswith(f"{kind}/") for page in chapters) for kind in ("zones", "regions"))
    facts = [
        locale.plural("{n} zone", "{n} zones", zones) if zones else "",
        locale.plural("{n} region with zones", "{n} regions with zones", regions) if regions else "",
    ]
    site = parameters.site_url.rstrip("/")
    return {
        "year": str(parameters.year),
        "subtitle": say("Edition {year}", year=parameters.year),
        "facts": [line for line in (", ".join(filter(None, facts)), say_cut_off(order.cut_off, locale), site) if line],
        "contents": say("Contents"),
        "left-out": say(
            "Zones and regions: {n}. Their chapters would make this file too large: each has a page and a handout.",
            n=locale.number(left_out),
        )
        if left_out
        else "",
        "continued": say("(continued)"),
        "index": say("Index of zones and regions"),
        "index-note": say("Bold: the chapter. The other pages name the zone or region."),
        "files": say("The tables behind figures and tables are CSV files of the site; the name stands under each."),
    }


def _set_parts(parts: Sequence[Part], chapters: Mapping[str, Chapter], locale: Locale) -> Iterator[dict[str, Any]]:
    number = 0
    for part in parts:
        entries = []
        for entry in part.chapters:
            number += 1
            opens = part.caption if entry is part.chapters[0] else ""
            entries.append(_set_chapter(entry, chapters, str(number), locale) | {"opens": opens})
        yield {"caption": part.caption, "chapters": entries}


def _set_chapter(entry: Entry, chapters: Mapping[str, Chapter], number: str, locale: Locale) -> dict[str, Any]:
    """Return a chapter with its sections, figures and tables numbered through: ``7.1``, ``7.2``."""
    labels = {"figure": locale.text("Fig. {number}"), "table": locale.text("Table {number}")}
    counted: Counter[str] = Counter()

    def numbered(block: Mapping[str, Any]) -> dict[str, Any]:
        kind = block["k"]
        if "blocks" in block:
            return {**block, "blocks": [numbered(inner) for inner in block["blocks"]]}
        if kind not in labels:
            return dict(block)
        counted[kind] += not block.get("continued", False)
        return {**block, "label": labels[kind].format(number=f"{number}.{counted[kind]}")}

    def pick(page: str) -> dict[str, Any]:
        chapter = chapters[page]
        own = {name: chapter[name] for name in ("page", "title", "name")}
        return own | {"blocks": [numbered(block) for block in chapter["blocks"]]}

    return {**pick(entry.page), "number": number, "sections": [pick(page) for page in entry.sections]}


def _list_index(chapters: Mapping[str, Chapter], locale: Locale) -> Iterator[dict[str, Any]]:
    """Yield the zones, then the regions, by name."""
    for kind, title in (("zones", locale.text("Zones")), ("regions", locale.text("Regions"))):
        named = [(chapter["name"], page) for page, chapter in chapters.items() if page.startswith(f"{kind}/")]
        named.sort(key=lambda pair: (locale.sort_key(pair[0]), pair[1]))
        if named:
            yield {"title": title, "entries": [{"name": name, "page": page} for name, page in named]}
