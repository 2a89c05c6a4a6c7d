"""Support: which combinations of measures residents have, and the share reached by cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.dots import Axis, Dot, draw_dots, read_dot
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, Face, Ink
from zonebook.page.followed import read_rows
from zonebook.page.ids import split_ids
from zonebook.page.tables.layout import capitalise

_PREFIX = "combination."
_MOST_COLUMNS = 14
_MOST_NARROW = 8
_ROW = 24.0
_BARS = 120.0
_NUMBER = Face(size=11.5, weight=600, anchor="middle")


@dataclass(frozen=True, slots=True)
class Combination:
    """Measures that residents have together, and how many residents; no measures: all that are not drawn."""

    measures: tuple[str, ...]
    residents: int

    @property
    def metric_id(self) -> str:
        """The metric row that counts them."""
        return f"S01.{_PREFIX}{'_'.join(self.measures)}"


def support_combinations(here: PageContext) -> Block | None:
    """Return the UpSet plot of combinations of support measures; ``None`` where none has enough residents.

    Combinations that are withheld have no column; those beyond the most that are drawn are counted together.
    """
    rows = [row for row in here.rows("S01") if here.is_own(row) and row.series.startswith(_PREFIX)]
    known = [row for row in rows if row.value is not None and row.series != f"{_PREFIX}none"]
    found, few = _read_combinations(known)
    if not found:
        return None
    locale, none = here.locale, here.metric("S01.combination.none")
    covered = here.metric("S01")
    kept = (*found, *([Combination((), few)] if few else []))
    sentences = [
        locale.text(
            "A column is a combination of measures that residents have at the same time, filled dots below it."
        ),
        locale.text(
            "Combinations of fewer than {minimum} residents are withheld, and others that would give them away.",
            minimum=here.options.settings.least_firms,
        )
        if any(row.status is Status.SUPPRESSED for row in rows)
        else "",
        locale.text("Without any measure: {number}.", number=locale.result(none)) if none else "",
    ]
    plate = Plate(
        name="support-combinations",
        title=locale.text("Combinations of support measures, number of residents"),
        reading=read_rows(here, sentences, ("S01", found[0].metric_id)),
        alternative=" ".join(
            filter(
                None,
                [
                    locale.text("Share of residents with support: {share}.", share=locale.result(covered)),
                    *(f"{_name(here, one)}: {locale.number(one.residents)}." for one in kept),
                ],
            )
        ),
        draw=partial(draw_combinations, here, found, 0 if kept[-1].measures else few),
        columns=("measures", "residents"),
        rows=tuple((";".join(one.measures), one.residents) for one in kept),
        source_ids=split_ids([row.source_ids for row in known]),
    )
    return frame_figure(here, plate)


def _read_combinations(rows: Sequence[MetricResult]) -> tuple[tuple[Combination, ...], int]:
    """Return the combinations that are drawn, the most frequent first, and the residents of all others."""
    read = [Combination(tuple(row.series.removeprefix(_PREFIX).split("_")), int(row.value or 0)) for row in rows]
    ordered = sorted(read, key=lambda one: (-one.residents, len(one.measures), one.measures))
    shown = tuple(ordered[:_MOST_COLUMNS])
    return shown, sum(one.residents for one in ordered) - sum(one.residents for one in shown)


def _name(here: PageContext, one: Combination) -> str:
    if not one.measures:
        return here.locale.text("other combinations")
    return capitalise(" + ".join(here.locale.label("support.measure", measure) for measure in one.measures))


def draw_combinations(here: PageContext, found: Sequence[Combination], few: int, width: float) -> Sheet:
    """Draw a column for each combination over the dots of its measures, the measures with their names."""
    locale, beside = here.locale, width >= 500
    shown = list(found if beside else found[:_MOST_NARROW])
    rest = few + sum(one.residents for one in found) - sum(one.residents for one in shown)
    columns = [*shown, *([Combination((), rest)] if few or rest else [])]
    measures = sorted(
        {measure for one in found for measure in one.measures},
        key=lambda measure: -sum(one.residents for one in found if measure in one.measures),
    )
    names = {measure: capitalise(locale.label("support.measure", measure)) for measure in measures}
    sheet = Sheet(width)
    left = min(max(measure_text(name, NOTE) for name in names.values()) + 12, width * 0.4) if beside else 0.0
    step = (width - left) / max(len(columns), 1)
    tall = Scale(0, max(one.residents for one in columns), 0, _BARS)
    base = 18 + _BARS
    places = [left + step * (index + 0.5) for index in range(len(columns))]
    for x, one in zip(places, columns, strict=True):
        ink = Ink("accent") if one.measures else Ink("paper", "axis", 1.0, hatch="////")
        size = (min(step * 0.6, 26), max(tall(one.residents), 1.0))
        sheet.box((x - size[0] / 2, base - size[1]), size, ink, f"{_name(here, one)}: {locale.number(one.residents)}")
        sheet.write_inside(x, base - size[1] - 5, locale.number(one.residents), _NUMBER)
    y = base + 8
    for measure in measures:
        dots = [(x, measure in one.measures) for x, one in zip(places, columns, strict=True) if one.measures]
        y = _draw_measure(sheet, names[measure], (left, y), dots)
    if not columns[-1].measures:
        words = locale.text("hatched: other combinations")
        sheet.write(sheet.width, y + 12, words, Face(size=11.5, role="muted", anchor="end"))
    return sheet


def _draw_measure(sheet: Sheet, name: str, corner: tuple[float, float], dots: Sequence[tuple[float, bool]]) -> float:
    """Draw the row of a measure: its name, then a filled dot under each combination it is part of."""
    left, y = corner
    if left:
        lines = wrap_text(name, left - 10, NOTE)
        y = sheet.write_lines(0, y + 14, lines, NOTE) - NOTE.leading - 14
    else:
        sheet.write(0, y + 12, name, NOTE)
        y += 15
    for x, is_part in dots:
        sheet.mark((x, y + 10), 4.8, Ink("accent" if is_part else "grid"), "circle")
    return y + _ROW


def support_coverage(here: PageContext) -> Block | None:
    """Return the share of residents with support, the zone's and by cluster; ``None`` without a share."""
    own = here.metric("S01")
    if own is None or own.value is None:
        return None
    locale = here.locale
    clusters = [
        row
        for row in here.rows("S01")
        if row.scope_type == "cluster" and not row.series and row.year == own.year and row.period == own.period
    ]
    clusters.sort(key=lambda row: (-(row.value or 0.0), locale.sort_key(here.named("cluster", row.scope_id))))
    hidden = [row for row in clusters if row.status is Status.SUPPRESSED]
    rows = [(here.title or here.named("zone", here.id), own)]
    rows += [(here.named("cluster", row.scope_id), row) for row in clusters]
    dots = [read_dot(locale, name, row, is_own=row is own) for name, row in rows]
    high = choose_ticks(max([dot.upper or dot.value or 0.0 for dot in dots] + [0.01]))
    axis = Axis(0, high[-1], tuple((tick, locale.share(tick, decimals=0)) for tick in high), base=0.0)
    plate = Plate(
        name="support-coverage",
        title=locale.text("Share of residents with support, by cluster"),
        reading=read_rows(
            here,
            [
                capitalise(locale.during(own.period, own.year)) + ".",
                locale.text("Only support that is in force; what is planned is left out."),
                locale.text("{sign}: withheld.", sign=locale.sign("suppressed")) if hidden else "",
            ],
            ("S01",),
        ),
        alternative=" ".join(f"{dot.name}: {dot.printed}." for dot in dots),
        draw=partial(_draw_coverage, dots, axis),
        columns=("scope_id", "share", "lower", "upper", "residents", "status"),
        rows=tuple((row.scope_id, row.value, row.lower, row.upper, row.n_units, row.status.value) for _, row in rows),
        source_ids=split_ids([row.source_ids for _, row in rows]),
    )
    return frame_figure(here, plate)


def _draw_coverage(dots: Sequence[Dot], axis: Axis, width: float) -> Sheet:
    sheet = Sheet(width)
    draw_dots(sheet, 0, dots, axis)
    return sheet
