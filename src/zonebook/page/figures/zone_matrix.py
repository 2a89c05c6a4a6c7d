"""Which zones supply which: a matrix of zones, from the row to the column, withheld cells marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, Face, Ink
from zonebook.page.figures.tiles import STEPS, choose_step
from zonebook.page.followed import list_sources, read_rows, write_value
from zonebook.page.locale import Locale

_MOST_ZONES = 24  # those with the most ties are drawn; the table has them all
_CROWDED = 16.0  # px of a cell below which only every other column is numbered
_WITHHELD = Ink("paper", "axis", 0.8, hatch="////")
_NONE, _SELF = Ink("wash"), Ink("grid")
_AXIS = Face(size=11, role="muted", anchor="middle")
_SIDE = Face(size=12, anchor="end")

Cells = Mapping[tuple[str, str], Mapping[str, MetricResult]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The zones in the order they are drawn, their names, and the rows of each pair by series."""

    zones: tuple[str, ...]
    names: tuple[str, ...]
    cells: Cells

    def find(self, giver: str, taker: str) -> MetricResult | None:
        """Return the row of the number of ties of a pair."""
        return self.cells.get((giver, taker), {}).get("")

    @property
    def most(self) -> float:
        """The largest number of ties of a pair."""
        rows = (row for pair in self.cells.values() for name, row in pair.items() if not name)
        return max((row.value for row in rows if row.value is not None), default=0.0)


def zone_matrix(here: PageContext) -> Block | None:
    """Return the matrix of ties between zones; ``None`` where fewer than two zones have any."""
    cells = _read_cells(here)
    zones = {zone for pair in cells for zone in pair}
    if len(zones) < 2:
        return None
    locale = here.locale
    drawn = _choose_zones(here, cells, sorted(zones))
    matrix = Matrix(drawn, tuple(here.named("zone", zone) for zone in drawn), cells)
    rows = [row for pair in cells.values() for row in pair.values()]
    return frame_figure(
        here,
        Plate(
            name="zone-matrix",
            title=locale.text("Ties between zones, {year}", year=rows[0].year),
            reading=read_rows(here, _read(locale, matrix, len(zones)), ()),
            alternative=_describe(here, cells),
            draw=partial(draw_matrix, locale, matrix),
            columns=("from_zone", "to_zone", "series", "value", "unit", "status", "source_ids"),
            rows=tuple(
                (giver, taker, row.series, row.value, row.unit, row.status.value, row.source_ids)
                for (giver, taker), pair in cells.items()
                for row in pair.values()
            ),
            source_ids=list_sources(rows),
        ),
    )


def _read_cells(here: PageContext) -> Cells:
    cells: dict[tuple[str, str], dict[str, MetricResult]] = {}
    for row in here.rows("R09"):
        if row.scope_type == "pair":
            giver, _, taker = row.scope_id.partition(":")
            cells.setdefault((giver, taker), {})[row.series] = row
    return cells


def _choose_zones(here: PageContext, cells: Cells, zones: Sequence[str]) -> tuple[str, ...]:
    """Return the zones with the most ties, in alphabetical order."""
    counts = dict.fromkeys(zones, 0.0)
    for pair, rows in cells.items():
        for zone in pair:
            counts[zone] += (rows[""].value if "" in rows else None) or 0.0
    chosen = sorted(zones, key=lambda zone: (-counts[zone], zone))[:_MOST_ZONES]
    return tuple(sorted(chosen, key=lambda zone: (here.locale.sort_key(here.named("zone", zone)), zone)))


def _read(locale: Locale, matrix: Matrix, count: int) -> list[str]:
    sentences = [
        locale.text(
            "The number of ties from the zone of the row to the zone of the column; "
            "an empty cell is no tie. {sign}: withheld, too few firms are behind it.",
            sign=locale.sign("suppressed"),
        )
    ]
    if count > len(matrix.zones):
        sentences.append(
            locale.text("Drawn are the {n} zones with the most ties; the table has all.", n=len(matrix.zones))
        )
    if any(row.evidence is Evidence.REPORTED for pair in matrix.cells.values() for row in pair.values()):
        sentences.append(locale.text("Counted from publications: a lower bound."))
    return sentences


def _describe(here: PageContext, cells: Cells) -> str:
    """Say the pairs with the most ties, and how many are withheld."""
    locale = here.locale
    known = [(pair, rows[""]) for pair, rows in cells.items() if "" in rows and rows[""].value is not None]
    known.sort(key=lambda entry: (-(entry[1].value or 0.0), entry[0]))
    listed = "; ".join(
        locale.text(
            "{origin} → {destination} ({number})",
            origin=here.named("zone", giver),
            destination=here.named("zone", taker),
            number=write_value(locale, row),
        )
        for (giver, taker), row in known[:5]
    )
    withheld = sum(rows[""].status is Status.SUPPRESSED for rows in cells.values() if "" in rows)
    said = [locale.text("Most ties: {list}.", list=listed)] if listed else []
    if withheld:
        said.append(locale.plural("{n} pair is withheld.", "{n} pairs are withheld.", withheld))
    return " ".join(said)


def draw_matrix(locale: Locale, matrix: Matrix, width: float) -> Sheet:
    """Draw the matrix with numbered zones, their names beside the rows, or under it where there is no room."""
    sheet = Sheet(width)
    count = len(matrix.zones)
    left = max(measure_text(_number(index, name), _SIDE) for index, name in enumerate(matrix.names)) + 10
    is_beside = left <= width * 0.5
    if not is_beside:
        left = 26.0
    size = min((width - left) / count, 34.0)
    top = 18.0
    for index, name in enumerate(matrix.names):
        if size >= _CROWDED or index % 2 == 0:
            sheet.write(left + size * (index + 0.5), top - 5, str(index + 1), _AXIS)
        label = _number(index, name) if is_beside else str(index + 1)
        sheet.write(left - 6, top + size * (index + 0.5) + 4, label, _SIDE)
    for row, giver in enumerate(matrix.zones):
        for column, taker in enumerate(matrix.zones):
            corner = (left + column * size, top + row * size)
            if giver == taker:
                sheet.box((corner[0] + 1, corner[1] + 1), (size - 2, size - 2), _SELF)
            else:
                _draw_cell(sheet, locale, matrix, (row, column), (*corner, size))
    words = locale.text("withheld")
    withheld = Entry(f"{locale.sign('suppressed')}: {words}", _WITHHELD)
    entries = [Entry(named, Ink(step)) for step, named in zip(STEPS, _name_steps(locale), strict=True)]
    y = draw_key(sheet, top + size * count + 8, [*entries, withheld])
    if not is_beside:
        for index, name in enumerate(matrix.names):
            y = sheet.write_lines(0, y + 13, wrap_text(f"{index + 1}  {name}", width, BODY), BODY) - 12
    return sheet


def _number(index: int, name: str) -> str:
    return f"{name}  {index + 1}"


def _name_steps(locale: Locale) -> tuple[str, str, str]:
    return locale.text("one tie"), locale.text("more ties"), locale.text("the most ties")


def _draw_cell(
    sheet: Sheet, locale: Locale, matrix: Matrix, cell: tuple[int, int], place: tuple[float, float, float]
) -> None:
    x, y, size = place
    row = matrix.find(matrix.zones[cell[0]], matrix.zones[cell[1]])
    corner, inner = (x + 1, y + 1), (size - 2, size - 2)
    if row is None or row.value == 0:
        sheet.box(corner, inner, _NONE)
        return
    printed = write_value(locale, row)
    tip = f"{matrix.names[cell[0]]} → {matrix.names[cell[1]]}: {printed}"
    step = None if row.value is None else choose_step(round(row.value), round(matrix.most))
    sheet.box(corner, inner, _WITHHELD if step is None else Ink(step), tip)
    face = Face(size=11.5, weight=600, role="on-accent" if step == "accent" else "ink", anchor="middle")
    if measure_text(printed, face) <= size - 3 and size >= face.size + 3:
        if step is None:
            sheet.box((x + size / 2 - 5, y + size / 2 - 7), (10, 13), Ink("paper"))
        sheet.write(x + size / 2, y + size / 2 + 4, printed, face)
