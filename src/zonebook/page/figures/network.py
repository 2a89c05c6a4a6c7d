"""The network of a zone's residents: its giant component, its clusters, and who has no partner; nobody is named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from zonebook.metrics.cohesion import measure_giant_component
from zonebook.metrics.figures import is_missing
from zonebook.metrics.gate import find_hidden_clusters
from zonebook.metrics.part_network import YearNetworks
from zonebook.metrics.register_ties import read_register
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.lettering import widest as widest_of
from zonebook.page.figures.placing import Places, find_radius, place_group
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, WIDE, Face, Ink
from zonebook.page.ids import split_ids
from zonebook.page.inputs import find_network, find_scope
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows

_OTHERS = ""
_MOST_GROUPS = 9
_LOOKS = ("accent", "eaeu", "cis", "brics", "muted")
_SHAPES = ("circle", "square", "triangle", "diamond", "inverted")
_COLUMNS = 3
_NUMBER = Face(size=12, role="muted")
_DOT = 9.0


@dataclass(frozen=True, eq=False)
class Group:
    """The residents of a cluster: where those with partners stand, and how many have none."""

    name: str
    look: str
    shape: str
    size: int
    places: Places
    in_giant: NDArray[np.bool_]
    isolated: int
    silent: int

    @property
    def elsewhere(self) -> int:
        """How many have partners, but not in the giant component."""
        return int((~self.in_giant).sum())


@dataclass(frozen=True, eq=False)
class Picture:
    """All that is drawn: the groups, and the ties as group and position of both ends."""

    groups: tuple[Group, ...]
    ends: NDArray[np.intp]

    def count(self, what: str) -> int:
        """Return a number over all groups: ``size``, ``isolated``, ``silent``, ``elsewhere``."""
        return sum(int(getattr(group, what)) for group in self.groups)

    @property
    def giant(self) -> int:
        """How many residents the giant component has."""
        return sum(int(group.in_giant.sum()) for group in self.groups)


def network(here: PageContext) -> Block | None:
    """Return the drawing of the network of residents; ``None`` without a register of ties or without ties in it."""
    found, picture = find_network(here), read_picture(here)
    if found is None or picture is None:
        return None
    words = here.locale
    rows = [row for name in ("L05", "L01") if (row := here.metric(name)) is not None]
    reading = words.html(
        "{period}: residents by cluster, ties of the register between them. Filled: in the giant component; hollow: in "
        "a smaller group. Distances in the drawing mean nothing. {rows}",
        period=words.period("FY", found.year.year),
        rows=name_rows(here, rows),
    )
    return frame_figure(
        here,
        Plate(
            name="network",
            title=words.text("Network of residents"),
            reading=reading,
            alternative=_describe(words, picture),
            draw=partial(draw_network, words, picture),
            columns=("cluster", "residents", "in_giant_component", "in_smaller_groups", "without_ties", "no_answer"),
            rows=tuple(
                (g.name, g.size, int(g.in_giant.sum()), g.elsewhere, g.isolated, g.silent) for g in picture.groups
            ),
            source_ids=split_ids(found.whole.basis.source_ids),
        ),
    )


def read_picture(here: PageContext) -> Picture | None:
    """Return what is drawn, arranged once; ``None`` without a register of ties or without ties in it."""
    found = find_network(here)
    if found is None or not found.whole.network.matrix.nnz:
        return None
    return here.remember("picture of the network", lambda: _arrange(here, found))


def _arrange(here: PageContext, found: YearNetworks) -> Picture:
    """Return the groups with the places of their members, and the ties between these."""
    whole, ids = found.whole, _cover_ids(here, found)
    # Nothing of the drawing, not even its order, follows from an id that somebody may know.
    order = np.argsort(ids)
    ids, parties, is_silent = ids[order], whole.parties[order], whole.is_silent[order]
    giant = measure_giant_component(whole.network, whole.parties)
    members = np.isin(parties, giant.members if giant else ())
    is_tied = whole.network.is_connected[order]
    codes = _choose_groups(here, found)[order]
    links = scipy.sparse.coo_array(whole.network.symmetric[order][:, order])
    is_once = links.row < links.col
    ends = np.stack([links.row[is_once], links.col[is_once]], axis=1)
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    place_in_group = np.zeros(len(codes), dtype=np.intp)
    groups = []
    names = sorted(set(codes), key=lambda code: (code == _OTHERS, code))
    for index, code in enumerate(names):
        mine = np.flatnonzero((codes == code) & is_tied)
        place_in_group[mine] = np.arange(len(mine))
        inside = ends[np.isin(ends, mine).all(axis=1)]
        alone = (codes == code) & ~is_tied
        groups.append(
            Group(
                name=here.named("cluster", code) if code else here.locale.text("other residents"),
                look=_LOOKS[index % len(_LOOKS)] if code else "peer",
                shape=_SHAPES[(index + index // len(_LOOKS)) % len(_SHAPES)],
                size=int((codes == code).sum()),
                places=place_group(ids[mine].tolist(), place_in_group[inside]),
                in_giant=members[mine],
                isolated=int((alone & ~is_silent).sum()),
                silent=int((alone & is_silent).sum()),
            )
        )
    position = {code: index for index, code in enumerate(names)}
    group_of = np.array([position[code] for code in codes], dtype=np.intp)
    return Picture(tuple(groups), np.concatenate([group_of[ends], place_in_group[ends]], axis=1))


def _cover_ids(here: PageContext, found: YearNetworks) -> NDArray[np.str_]:
    """Return a name for each resident that nobody can work out from its id.

    The key is the register's first year, which later editions leave as it is: places move little between them.
    """
    first = read_register(find_scope(here)).years[0].ties[["from_party", "to_party", "kind", "value_rub"]]
    key = hashlib.blake2b("\n".join(sorted(map(str, first.to_numpy().tolist()))).encode()).digest()
    covered = (hashlib.blake2b(str(party).encode(), digest_size=16, key=key) for party in found.whole.parties)
    return np.array([one.hexdigest() for one in covered])


def _choose_groups(here: PageContext, found: YearNetworks) -> NDArray[Any]:
    """Return the cluster of each resident; clusters of too few, and the smallest of many, go together."""
    hidden = find_hidden_clusters(find_scope(here), found.year.year)
    codes = np.array([_OTHERS if is_missing(code) else str(code) for code in found.year.clusters], dtype=object)
    names, sizes = np.unique(codes, return_counts=True)
    kept = {name for _, name in sorted(zip(-sizes, names, strict=True))[:_MOST_GROUPS]} - hidden
    return np.array([code if code in kept else _OTHERS for code in codes], dtype=object)


def _describe(words: Locale, picture: Picture) -> str:
    total = picture.count("size")
    said = [
        words.text(
            "Residents: {total}; in the giant component: {giant}; in smaller groups: {elsewhere}; without a known tie: "
            "{alone}, of these gave no answer: {silent}.",
            total=words.number(total),
            giant=words.number(picture.giant),
            elsewhere=words.number(picture.count("elsewhere")),
            alone=words.number(picture.count("isolated") + picture.count("silent")),
            silent=words.number(picture.count("silent")),
        )
    ]
    said += [
        words.text(
            "{cluster}: {total}, of these in the giant component: {giant}, without a known tie: {alone}.",
            cluster=group.name,
            total=words.number(group.size),
            giant=words.number(int(group.in_giant.sum())),
            alone=words.number(group.isolated + group.silent),
        )
        for group in picture.groups
    ]
    return " ".join(said)


def draw_network(words: Locale, picture: Picture, width: float) -> Sheet:
    """Draw a cell for each cluster with its residents, the ties over all cells, and those without ties below."""
    sheet = Sheet(width)
    columns = _COLUMNS if width >= WIDE and len(picture.groups) not in (1, 2, 4) else min(2, len(picture.groups))
    breadth = width / columns
    widest = max(find_radius(len(group.places)) for group in picture.groups)
    step = min((breadth / 2 - 8) / widest, 15.0)
    middles, heads, y = [], [], 0.0
    for start in range(0, len(picture.groups), columns):
        row = picture.groups[start : start + columns]
        titles = [wrap_text(group.name, breadth - 10, STRONG) for group in row]
        top = y + max(map(len, titles)) * STRONG.leading + NOTE.leading + 10
        radius = max(find_radius(len(group.places)) for group in row) * step
        heads += [(breadth * index, y + 14, title) for index, title in enumerate(titles)]
        middles += [(breadth * (index + 0.5), top + radius) for index in range(len(row))]
        y = top + 2 * radius + 14
    _draw_ties(sheet, picture, middles, step)
    for group, middle in zip(picture.groups, middles, strict=True):
        points = [(middle[0] + step * x, middle[1] + step * z) for x, z in group.places.tolist()]
        size = max(min(0.34 * step, 4.6), 1.8)
        for is_giant, ink in ((True, Ink(group.look, "paper", 0.6)), (False, Ink("paper", group.look, 1.3))):
            shown = [point for point, mine in zip(points, group.in_giant, strict=True) if bool(mine) == is_giant]
            sheet.marks(shown, size, ink, group.shape)
    for group, (x, top, title) in zip(picture.groups, heads, strict=True):
        share = _say_share(words, group)
        room = max(widest_of(title, STRONG), measure_text(share, _NUMBER)) + 4
        # Ties that run behind the words would be read as part of them.
        sheet.box((x - 2, top - 12), (room, len(title) * STRONG.leading + NOTE.leading), Ink("paper"))
        below = sheet.write_lines(x, top, title, STRONG)
        sheet.write(x, below, share, _NUMBER)
    sheet.bottom = max(sheet.bottom, y)
    return _draw_isolates(sheet, words, picture, y + 4)


def _say_share(words: Locale, group: Group) -> str:
    return words.text(
        "in the component {giant} of {total}",
        giant=words.number(int(group.in_giant.sum())),
        total=words.number(group.size),
    )


def _draw_ties(sheet: Sheet, picture: Picture, middles: list[tuple[float, float]], step: float) -> None:
    """Draw the ties: those inside a cluster pale, those between clusters on top of them and darker."""
    centre = np.array(middles)
    starts = [group.places if len(group.places) else np.zeros((0, 2)) for group in picture.groups]
    offsets = np.cumsum([0, *map(len, starts)])
    points = np.concatenate([place * step + middle for place, middle in zip(starts, centre, strict=True)])
    first = points[offsets[picture.ends[:, 0]] + picture.ends[:, 2]].round(1).tolist()
    second = points[offsets[picture.ends[:, 1]] + picture.ends[:, 3]].round(1).tolist()
    is_inside = (picture.ends[:, 0] == picture.ends[:, 1]).tolist()
    for wanted, ink in ((True, Ink(edge="peer", width=0.7)), (False, Ink(edge="peer", width=0.9, dash=(4, 2)))):
        pairs = [
            ((a[0], a[1]), (b[0], b[1]))
            for a, b, inside in zip(first, second, is_inside, strict=True)
            if inside == wanted
        ]
        sheet.segments(pairs, ink)


def _draw_isolates(sheet: Sheet, words: Locale, picture: Picture, y: float) -> Sheet:
    """Draw those without a known tie apart, a line a cluster: who answered and named none, and who did not answer."""
    alone = [group for group in picture.groups if group.isolated + group.silent]
    inks = {"isolated": Ink("axis"), "silent": Ink("paper", "axis", 1.2)}
    entries = [
        Entry(words.text("tie inside a cluster"), Ink(edge="peer", width=1.4), "line"),
        Entry(words.text("tie between clusters"), Ink(edge="peer", width=1.4, dash=(4, 2)), "line"),
    ]
    if not alone:
        draw_key(sheet, y, entries)
        return sheet
    number = words.number(picture.count("isolated") + picture.count("silent"))
    sheet.write(0, y + 14, words.text("Without a known tie: {number}", number=number), STRONG)
    y += 22
    left = 0.0 if sheet.width < WIDE else min(max(measure_text(group.name) for group in alone) + 16, 0.42 * sheet.width)
    for group in alone:
        lines = wrap_text(group.name, (left or sheet.width) - 16, BODY)
        below = sheet.write_lines(0, y + 14, lines, BODY)
        top = y + 10 if left else below - 3
        across = max(1, int((sheet.width - left - 40) // _DOT))
        for what, start, count in (("isolated", 0, group.isolated), ("silent", group.isolated, group.silent)):
            spots = [(left + 5 + _DOT * (i % across), top + _DOT * (i // across)) for i in range(start, start + count)]
            sheet.marks(spots, 3.2, inks[what], group.shape)
        total = group.isolated + group.silent
        end = left + 5 + _DOT * min(total, across)
        sheet.write(end + 4, top + 4, words.number(total), NOTE)
        y = max(below - BODY.leading, top + _DOT * ((total - 1) // across)) + 6
    entries += [
        Entry(words.text("named no partner"), inks["isolated"], "circle"),
        Entry(words.text("gave no answer"), inks["silent"], "circle"),
    ]
    draw_key(sheet, y + 4, entries)
    return sheet
