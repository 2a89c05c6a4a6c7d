"""What a report holds, piece by piece: its chapters as their template takes them, its parts, words and index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from zonebook.metrics.result import Evidence
from zonebook.page.cutoff import say_cut_off, to_day
from zonebook.page.locale import Locale, get_locale
from zonebook.page.stamp import say_edition
from zonebook.page.tables.layout import capitalise
from zonebook.paper.brand import describe_brand, dress_drawings
from zonebook.paper.chapter import Chapter
from zonebook.paper.press import Manuscript
from zonebook.paper.report_cache import KeptChapters, Summary, read_chapters
from zonebook.paper.report_contents import Part, limit_places, list_pages, read_contents, read_title
from zonebook.paper.report_links import list_asked, settle_links
from zonebook.paper.report_marks import Marks
from zonebook.paper.report_piece import Common, Piece
from zonebook.paper.report_state import ReportOrder
from zonebook.parameters import Parameters

_COVER = ("subtitle", "facts", "left-out", "files")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be printed.

    Attributes
    ----------
    front, common
        What the front holds, with the logo; what all other pieces have in common.
    parts
        Captions and chapters, for the contents.
    chapters
        The pieces that are chapters, in order.
    index
        Groups of the index.
    """

    front: Common
    common: Common
    parts: tuple[Mapping[str, Any], ...]
    chapters: tuple[Piece, ...]
    index: tuple[Mapping[str, Any], ...]


def plan_report(order: ReportOrder) -> Plan:
    """Return the pieces of a report.

    Raises
    ------
    PaperError
        Where there is no staged book, or a page of it cannot be read.
    """
    locale, parameters = get_locale(order.lang), order.parameters
    brand = describe_brand(parameters, order.project, order.lang)
    contents, left_out = limit_places(read_contents(order.book))
    kept = read_chapters(order.book, list_pages(contents), locale, order.memory / "chapters")
    chapters = kept.summaries
    front = Common(
        {
            "title": read_title(order.book),
            "lang": order.lang,
            "paper": parameters.paper,
            "description": locale.text("Edition {year}", year=parameters.year),
            "brand": brand,
            "date": to_day(order.cut_off),
            "words": _list_words(order, locale, chapters, left_out),
            "marks": list_marks(parameters, locale, chapters),
        },
        parameters.pdf_standards,
    )
    common = _leave_out_cover(front, parameters.year)
    parts = tuple(_set_parts(contents, chapters))
    site = f"{brand['site']}/{order.lang}" if brand["site"] else ""
    fill = partial(_fill_chapter, kept, order)
    pieces = _write_chapters(common, parts, chapters, settle_links(chapters.values(), site), fill)
    return Plan(front, common, parts, tuple(pieces), tuple(_list_index(chapters, locale)))


def _leave_out_cover(front: Common, year: int) -> Common:
    """Return what all pieces have in common with the front, without what the cover alone says.

    The date of a file is that of its front; the rest of a piece has one because archives want one.
    """
    words = {name: said for name, said in front.data["words"].items() if name not in _COVER}
    brand = {**front.data["brand"], "logo": None}
    return Common({**front.data, "brand": brand, "words": words, "date": [year, 1, 1]}, front.standards)


def _write_chapters(
    common: Common,
    parts: Sequence[Mapping[str, Any]],
    chapters: Mapping[str, Summary],
    targets: Mapping[str, str],
    fill: Callable[[Manuscript], Manuscript],
) -> Iterator[Piece]:
    """Yield the piece of every chapter, each with no more than it needs: what others change is none of its own."""
    asked = list_asked(chapters.values(), targets)
    numbered = ((part, chapter) for part in parts for chapter in part["chapters"])
    for number, (part, chapter) in enumerate(numbered, 1):
        pages = [page["page"] for page in (chapter, *chapter["sections"])]
        own = [chapters[page] for page in pages]
        marked = [place for place in asked if place.partition("#")[0] in pages]
        notes = {place: note for page in own for place, note in page["notes"].items()}
        links = {link: targets[link] for page in own for link in page["links"] if link in targets}
        lowered = bool(part["caption"]) and not chapter["opens"]
        manuscript = common.write(
            "chapter",
            part=part["caption"],
            chapter=chapter,
            lowered=int(lowered),
            asked=dict.fromkeys(marked, True),
            here=[*pages, *notes, *marked],
            targets=links,
        )
        names = {place: chapters[place.partition("#")[0]]["name"] for place in links.values() if place[:4] != "http"}
        yield Piece(chapter["page"], manuscript, Marks(number, int(lowered), names | notes), fill)


def _fill_chapter(kept: KeptChapters, order: ReportOrder, manuscript: Manuscript) -> Manuscript:
    """Return the manuscript of a chapter with what is kept of it: numbered, its drawings as the brand has them."""
    chapter = manuscript.data["chapter"]
    pages = [page["page"] for page in (chapter, *chapter["sections"])]
    own = {page: dress_drawings(kept.load(page), order.parameters, order.project) for page in pages}
    notes = {place: note for page in own.values() for place, note in page["notes"].items()}
    numbered = _number_chapter(chapter, own, get_locale(order.lang))
    return replace(manuscript, data={**manuscript.data, "chapter": numbered, "notes": notes})


def list_marks(parameters: Parameters, locale: Locale, chapters: Mapping[str, Summary]) -> list[str]:
    """Return what is said on every page: that data were generated, that the edition is an internal one."""
    is_made_up = any(chapter["demonstration"] for chapter in chapters.values())
    label = locale.label("evidence", Evidence.DEMONSTRATION.value)
    marks = [capitalise(label) if is_made_up else "", say_edition(parameters.settings, locale)]
    return [mark for mark in marks if mark]


def _list_words(order: ReportOrder, locale: Locale, chapters: Mapping[str, Summary], left_out: int) -> dict[str, Any]:
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


def _set_parts(parts: Sequence[Part], chapters: Mapping[str, Summary]) -> Iterator[dict[str, Any]]:
    """Yield the parts with their chapters: ``digest`` stands for what each holds until it is printed."""

    def pick(page: str) -> dict[str, Any]:
        return {name: chapters[page][name] for name in ("page", "name", "digest")}

    number = 0
    for part in parts:
        entries = []
        for entry in part.chapters:
            number += 1
            opens = part.caption if entry is part.chapters[0] else ""
            sections = [pick(page) for page in entry.sections]
            entries.append({**pick(entry.page), "number": str(number), "sections": sections, "opens": opens})
        yield {"caption": part.caption, "chapters": entries}


def _number_chapter(known: Mapping[str, Any], chapters: Mapping[str, Chapter], locale: Locale) -> dict[str, Any]:
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
        return {**block, "label": labels[kind].format(number=f"{known['number']}.{counted[kind]}")}

    def pick(page: str) -> dict[str, Any]:
        chapter = chapters[page]
        own = {name: chapter[name] for name in ("page", "title", "name")}
        return own | {"blocks": [numbered(block) for block in chapter["blocks"]]}

    sections = [pick(section["page"]) for section in known["sections"]]
    return {**known, **pick(known["page"]), "sections": sections}


def _list_index(chapters: Mapping[str, Summary], locale: Locale) -> Iterator[dict[str, Any]]:
    """Yield the zones, then the regions, by name."""
    for kind, title in (("zones", locale.text("Zones")), ("regions", locale.text("Regions"))):
        named = [(chapter["name"], page) for page, chapter in chapters.items() if page.startswith(f"{kind}/")]
        named.sort(key=lambda pair: (locale.sort_key(pair[0]), pair[1]))
        if named:
            yield {"title": title, "entries": [{"name": name, "page": page} for name, page in named]}
