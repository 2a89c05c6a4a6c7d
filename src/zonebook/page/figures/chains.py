"""Which stage of which value chain somebody in the zone can do, and between which stages no tie leads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import wrap_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, WIDE, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows
from zonebook.page.tables.layout import capitalise
from zonebook.page.wording import find_label

STAGES = ("research", "pilot", "serial", "service")
_LINKED = "linked"
_FEW, _MANY = Ink("accent-soft", "axis", 0.8), Ink("accent", "axis", 0.8)
_ABSENT = Ink("paper", "axis", 1.2, dash=(3, 2))
_UNKNOWN = Ink("wash", "axis", 0.8)
_BROKEN = Ink("paper", "alert", 1.0, hatch="////")
_SEVERAL = 3
_HEAD = Face(size=12, role="muted", anchor="middle")
_CHAIN = Face(size=12.5)
_CELL = 30.0


@dataclass(frozen=True, slots=True)
class Chain:
    """A value chain: the row of each of its stages, and of the tie from each stage to the next one."""

    name: str
    stages: dict[str, MetricResult]
    links: dict[str, MetricResult]

    @property
    def missing(self) -> tuple[str, ...]:
        """Stages that nobody in the zone can do."""
        return tuple(stage for stage, row in self.stages.items() if row.value == 0)

    @property
    def broken(self) -> tuple[str, ...]:
        """Stages that are there, as the next one is, without a tie between them."""
        order = list(self.stages)
        able = [(a, b) for a, b in pairwise(order) if self.stages[a].value and self.stages[b].value]
        return tuple(a for a, _ in able if (row := self.links.get(a)) is not None and row.value == 0)


def value_chains(here: PageContext) -> Block | None:
    """Return the figure of stages by chain; ``None`` where nobody's capabilities are on record."""
    chains = read_chains(here)
    if not chains:
        return None
    words = here.locale
    rows = [row for chain in chains for row in (*chain.stages.values(), *chain.links.values())]
    whole = [row for row in (here.metric("L10"), here.metric("L10.linked")) if row is not None]
    return frame_figure(
        here,
        Plate(
            name="value-chains",
            title=words.text("Stages of value chains in the zone"),
            reading=words.html(
                "{period}: how many residents can do a stage. An empty cell is a stage that is missing; a hatched bar "
                "between two cells means that no tie leads from one to the other. {rows}",
                period=words.period(rows[0].period, rows[0].year),
                rows=name_rows(here, whole),
            ),
            alternative=" ".join(_describe(words, chain) for chain in chains),
            draw=partial(_draw, words, chains),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def read_chains(here: PageContext) -> tuple[Chain, ...]:
    """Return the chains of the latest year on record, by name."""
    own = [row for row in here.rows("L10") if here.is_own(row) and row.metric_id.count(".") >= 2]
    year = max((row.year or 0 for row in own), default=0)
    found: dict[str, Chain] = {}
    for row in own:
        if row.year != year:
            continue
        name, _, last = row.metric_id.removeprefix("L10.").rpartition(".")
        stage = name.rpartition(".")[2] if last == _LINKED else last
        chain = name.rpartition(".")[0] if last == _LINKED else name
        if stage not in STAGES:
            continue
        one = found.setdefault(chain, Chain(name_chain(here.locale, chain), {}, {}))
        (one.links if last == _LINKED else one.stages)[stage] = row
    ordered = sorted(found.values(), key=lambda chain: here.locale.sort_key(chain.name))
    return tuple(
        Chain(one.name, {stage: one.stages[stage] for stage in STAGES if stage in one.stages}, one.links)
        for one in ordered
        if any(row.value is not None or row.status is Status.SUPPRESSED for row in one.stages.values())
    )


def name_chain(words: Locale, chain: str) -> str:
    """Return a chain's name by its id, or the id as words: chains have no names of their own in the data."""
    known = chain.removeprefix("demo-")
    return words.label("chain", known) if find_label("chain", known) else chain.replace("-", " ").replace("_", " ")


def _describe(words: Locale, chain: Chain) -> str:
    said = ", ".join(f"{words.label('stage', stage)} — {words.result(row)}" for stage, row in chain.stages.items())
    parts = [words.text("{chain}: {stages}.", chain=capitalise(chain.name), stages=said)]
    if chain.broken:
        open_stages = ", ".join(words.label("stage", stage) for stage in chain.broken)
        parts.append(words.text("Without a tie to the next stage: {stages}.", stages=open_stages))
    return " ".join(parts)


def _draw(words: Locale, chains: Sequence[Chain], width: float) -> Sheet:
    sheet = Sheet(width)
    stages = [stage for stage in STAGES if any(stage in chain.stages for chain in chains)]
    left = width * 0.32 if width >= WIDE else 0.0
    step = (width - left) / len(stages)
    heads = [wrap_text(capitalise(words.label("stage", stage)), step - 8, _HEAD) for stage in stages]
    for index, head in enumerate(heads):
        sheet.write_lines(left + step * (index + 0.5), 14, head, _HEAD)
    y = 6 + max(map(len, heads)) * _HEAD.leading + 8
    for chain in chains:
        label = wrap_text(capitalise(chain.name), (left or width) - 12, _CHAIN)
        below = sheet.write_lines(0, y + (19 if left else 14), label, _CHAIN)
        top = y if left else below - 8
        for index, stage in enumerate(stages):
            if stage in chain.stages:
                _draw_cell(sheet, words, chain, stage, (left + step * index, top, step))
        y = max(top + _CELL, below - _CHAIN.leading) + 10
    rows = [row for chain in chains for row in chain.stages.values()]
    withheld = words.text("{sign}: somebody does it, number withheld", sign=words.sign("suppressed"))
    is_withheld = any(row.status is Status.SUPPRESSED for row in rows)
    is_few = any(row.value is not None and 0 < row.value < _SEVERAL for row in rows)
    entries = [
        *([Entry(withheld, _FEW)] if is_withheld else []),
        *([Entry(words.text("one or two residents"), _FEW)] if is_few else []),
        Entry(words.text("three and more"), _MANY),
        Entry(words.text("missing stage"), _ABSENT),
        Entry(words.text("no tie to the next stage"), _BROKEN),
    ]
    draw_key(sheet, y, entries)
    return sheet


def _draw_cell(sheet: Sheet, words: Locale, chain: Chain, stage: str, place: tuple[float, float, float]) -> None:
    """Draw a stage and, to its right, the way to the next one."""
    x, y, step = place
    row = chain.stages[stage]
    breadth = step - 26
    is_many = row.value is not None and row.value >= _SEVERAL
    is_unknown = row.value is None and row.status is not Status.SUPPRESSED
    ink = _UNKNOWN if is_unknown else _ABSENT if row.value == 0 else _MANY if is_many else _FEW
    printed = words.number(row.value) if row.value is not None else words.result(row)
    tip = f"{capitalise(chain.name)}, {words.label('stage', stage)}: {printed}"
    sheet.box((x + 2, y), (breadth, _CELL), ink, tip)
    face = Face(size=13, weight=600, role="on-accent" if is_many else "ink", anchor="middle")
    sheet.write(x + 2 + breadth / 2, y + 20, printed if row.value != 0 else "", face)
    link = chain.links.get(stage)
    if link is None:
        return
    start, middle = x + 4 + breadth, y + _CELL / 2
    if link.value:
        sheet.polyline([(start, middle), (start + 20, middle)], Ink(edge="accent", width=2.4))
        sheet.polyline([(start + 14, middle - 4), (start + 20, middle), (start + 14, middle + 4)], Ink(edge="accent"))
    elif link.value == 0:
        sheet.box((start + 3, middle - 8), (14, 16), _BROKEN, words.text("no tie to the next stage"))
    else:
        sheet.write(start + 10, middle + 4, words.result(link), Face(NOTE.size, role="muted", anchor="middle"))
