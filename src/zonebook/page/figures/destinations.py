"""Countries that exports go to, by bloc: each with its ties or its value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade import assign_blocs
from zonebook.page.block import Block, Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import choose_links, find_withheld, group_partners, list_sources
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.inputs import find_scope
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

# Groups of the exclusive partition in their order: code, colour role, and mark for print without colour.
GROUPS = (
    ("EAEU", "eaeu", "circle"),
    ("CIS", "cis", "diamond"),
    ("BRICS", "brics", "square"),
    ("rest", "rest", "triangle"),
)
COLUMNS = ("country_iso3", "name", "group", "ties", "value", "unit", "products", "source_ids")
_MOST_DOTS = 10
_DOT = 12.0
# Products that stand at so many countries or more are written once, under the figure.
_SHARED = 4
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Destination:
    """A country and what is exported there: reported ties, or a value (``None``: withheld)."""

    country: str
    name: str
    group: str
    ties: int
    value: float | None
    unit: str
    products: tuple[str, ...]
    is_reported: bool
    source_ids: tuple[str, ...]


def destinations(here: PageContext) -> Block | None:
    """Return the figure of export destinations, grouped by bloc; ``None`` where none are known."""
    found = choose_destinations(here)
    if not found:
        return None
    locale = here.locale
    if found[0].unit:
        reading = locale.text("Exports by country in {unit}.", unit=locale.label("unit", found[0].unit))
        if any(d.value is None for d in found):
            sign = locale.sign("suppressed")
            reading += " " + locale.text("{sign}: withheld, as too few firms export there.", sign=sign)
    else:
        reading = locale.text(
            "Countries that exports go to; a mark is one tie. A country stands in the first group it belongs to."
        )
        if found[0].is_reported:
            reading += " " + locale.text("Counted from publications: a lower bound.")
    return frame_figure(
        here,
        Plate(
            name="destinations",
            title=locale.text("Export destinations"),
            reading=reading,
            alternative=describe(locale, found),
            draw=partial(draw_destinations, locale, found),
            columns=COLUMNS,
            rows=to_table(found),
            source_ids=tuple(dict.fromkeys(source for d in found for source in d.source_ids)),
        ),
    )


def choose_destinations(here: PageContext) -> tuple[Destination, ...]:
    """Return the countries of the latest year with export flows, else those of reported export ties that work."""
    found = _from_flows(here) or _from_ties(here)
    order = [code for code, _, _ in GROUPS]
    key = here.locale.sort_key
    return tuple(sorted(found, key=lambda d: (order.index(d.group), -(d.value or d.ties), key(d.name))))


def _from_ties(here: PageContext) -> list[Destination]:
    links = [
        link for link in choose_links(here) if link.is_foreign and link.kind == "export" and link.status == "actual"
    ]
    hidden = find_withheld(here, links, lambda link: link.place)
    partners = group_partners(link for link in links if link.is_reported or link.place not in hidden)
    groups = _assign_groups(here, [partner.place for partner in partners], here.year)
    return [
        Destination(
            country=partner.place,
            name=here.locale.country(partner.place),
            group=groups[partner.place],
            ties=len(partner.links),
            value=None,
            unit="",
            products=partner.products,
            is_reported=any(link.is_reported for link in partner.links),
            source_ids=list_sources(partner.links),
        )
        for partner in partners
    ]


def _assign_groups(here: PageContext, countries: Sequence[str], year: int) -> dict[str, str]:
    return assign_blocs(countries, find_members(Scope(here.share, year), year))


def _from_flows(here: PageContext) -> list[Destination]:
    """Return exports by country of the latest year they are known for; what too few firms make up is withheld."""
    flows = read_flow_years(find_scope(here))
    if not flows or flows[-1].is_disclosing:
        return []
    flow = flows[-1]
    hidden = flow.countries.labels
    groups = _assign_groups(here, list(flow.values), flow.year)
    return [
        Destination(
            country=country,
            name=here.locale.country(country),
            group=groups[country],
            ties=0,
            value=None if country in hidden else value,
            unit=flow.currency,
            products=(),
            is_reported=False,
            source_ids=flow.basis.source_ids,
        )
        for country, value in flow.values.items()
    ]


def to_table(found: Sequence[Destination]) -> tuple[tuple[Cell, ...], ...]:
    """Return destinations as rows of the table behind a figure, in the order of ``COLUMNS``."""
    return tuple(
        (d.country, d.name, d.group, d.ties, d.value, d.unit, "; ".join(d.products), ";".join(d.source_ids))
        for d in found
    )


def name_group(locale: Locale, code: str) -> str:
    """Return what a group of the partition is called."""
    return capitalise(locale.label("bloc.group", code))


def describe(locale: Locale, found: Sequence[Destination]) -> str:
    """Say how many countries there are, and which in each group."""
    count = locale.plural("Exports go to {n} country.", "Exports go to {n} countries.", len(found))
    sentences = [count]
    for code, _, _ in GROUPS:
        names = [d.name for d in found if d.group == code]
        if names:
            sentences.append(f"{name_group(locale, code)} ({len(names)}): {', '.join(names)}.")
    return " ".join(sentences)


def draw_destinations(locale: Locale, found: Sequence[Destination], width: float) -> Sheet:
    """Draw a row for each country, under the heading of its group."""
    sheet = Sheet(width)
    y = 0.0
    left = min(max(measure_text(d.name, BODY) for d in found), width * 0.36) + 14
    notes = _note_shared(found)
    scale = _scale(found, left, width)
    for code, role, shape in GROUPS:
        rows = [d for d in found if d.group == code]
        if not rows:
            continue
        sheet.write(0, y + 14, name_group(locale, code), STRONG)
        counted = locale.plural("{n} country", "{n} countries", len(rows))
        sheet.write(sheet.width, y + 14, counted, Face(role="muted", anchor="end"))
        sheet.polyline([(0, y + 20.5), (width, y + 20.5)], Ink(edge="axis", width=0.8))
        y += 25
        for d in rows:
            ink = Ink("paper", "axis", 1.6) if code == "rest" else Ink(role, "paper", 0.8)
            look = _Row(left, scale, ink, shape, _write_goods(d, notes))
            y = _draw_destination(sheet, locale, d, y, look)
        y += 10
    for goods, mark in notes.items():
        y = sheet.write_wrapped(0, y + 12, f"{mark} {goods}", width, NOTE) - 8
    return sheet


@dataclass(frozen=True, slots=True)
class _Row:
    """How a country's row is drawn: where its marks begin, their scale, look and shape, and the words beside."""

    left: float
    scale: Scale
    ink: Ink
    shape: str
    goods: str


def _note_shared(found: Sequence[Destination]) -> dict[str, str]:
    """Return products that many countries share with the raised numbers that stand for them."""
    counts = Counter(product for d in found for product in d.products if measure_text(product, NOTE) > 180)
    shared = [product for product, count in counts.items() if count >= _SHARED]
    return {product: str(index).translate(_RAISED) for index, product in enumerate(shared, start=1)}


def _write_goods(d: Destination, notes: Mapping[str, str]) -> str:
    marks = " ".join(notes[product] for product in d.products if product in notes)
    own = "; ".join(product for product in d.products if product not in notes)
    return f"{own} {marks}".strip()


def _scale(found: Sequence[Destination], left: float, width: float) -> Scale:
    """Return the scale of bars, or of marks where there are few ties a country."""
    if found[0].unit:
        room = max(measure_text("≈ 888,8 млрд ₽", BODY), 70)
        return Scale(0, max(d.value or 0 for d in found) or 1, left, max(width - room, left + 60))
    most = max(d.ties for d in found)
    step = _DOT if most <= _MOST_DOTS else _DOT * _MOST_DOTS / most
    return Scale(0, most, left, left + most * step)


def _draw_destination(sheet: Sheet, locale: Locale, d: Destination, y: float, row: _Row) -> float:
    """Draw a country's row from its top; return its bottom."""
    below = sheet.write_lines(0, y + 14, wrap_text(d.name, row.left - 10, BODY), BODY)
    if d.unit:
        printed = locale.sign("suppressed") if d.value is None else locale.amount(d.value, d.unit, digits=3)
        end = row.scale(d.value or 0)
        if d.value is not None:
            sheet.box((row.left, y + 4), (max(end - row.left, 0.5), 12), row.ink, f"{d.name}: {printed}")
        sheet.write(end + 6, y + 14, printed, BODY)
        return max(below - BODY.leading, y + 14) + 8
    _draw_ties(sheet, d, y, row)
    end = row.scale.end + 10
    sheet.write(end, y + 14, locale.number(d.ties), NOTE)
    end += measure_text(locale.number(round(row.scale.high)), NOTE) + 12
    if sheet.width - end > 200 or measure_text(row.goods, NOTE) <= sheet.width - end:
        beside = sheet.write_wrapped(end, y + 14, row.goods, sheet.width - end, NOTE)
        return max(below - BODY.leading, beside - NOTE.leading, y + 14) + 7
    under = sheet.write_wrapped(0, below, row.goods, sheet.width, NOTE)
    return under - NOTE.leading + 9


def _draw_ties(sheet: Sheet, d: Destination, y: float, row: _Row) -> None:
    """Draw a mark for each tie, or a bar where there are too many to count at a glance."""
    tip = f"{d.name}: {d.ties}"
    if row.scale.high > _MOST_DOTS:
        sheet.box((row.left, y + 4), (row.scale(d.ties) - row.left, 11), row.ink, tip)
        return
    for index in range(d.ties):
        sheet.mark((row.left + _DOT * (index + 0.4), y + 9.6), 4.4, row.ink, row.shape, tip if index == 0 else "")
