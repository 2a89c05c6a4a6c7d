"""Hiding more figures, so that those suppressed cannot be worked out from sums; the audit of it (Q05)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import scipy
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts

PROTECTION = 0.1
_MARGIN = 1e-4  # part by which a range is made to exceed the protection wanted: more than the solver's tolerance
_FAR = 1e6  # times itself: a figure that can be so large counts as unbounded
_VARIABLES_AT_ONCE = 20_000  # of one linear program
_DUST = 1e-6  # flows and widths below this part of a figure are rounding


@dataclass(frozen=True, eq=False)
class TableFamily:
    """Figures linked by sums: of one table with its margins, or of several tables that share figures.

    ``values`` are the figures, >= 0, in one line; every row of ``sums`` adds up to 0 over them (parts with +1, their
    total with -1). ``primary`` are the figures suppressed by themselves; ``fixed`` those that cannot be hidden:
    published before, or structural zeros.
    """

    values: NDArray[np.float64]
    sums: scipy.sparse.csr_array
    primary: NDArray[np.bool_]
    fixed: NDArray[np.bool_]
    protection: float = field(default=PROTECTION)

    def __post_init__(self) -> None:
        read_amounts(self.values, "a figure")
        if not len(self.values) == self.sums.shape[1] == len(self.primary) == len(self.fixed):
            raise MetricError("figures, sums and marks of a table are of different lengths")
        if self.protection < 0:
            raise MetricError(f"protection is at least 0, got {self.protection}")
        if np.abs(self.sums @ self.values).max(initial=0.0) > 1e-6 * self.values.max(initial=0.0):
            raise MetricError("parts do not add up to their total", remedy="Protect figures before they are rounded.")

    @cached_property
    def is_part(self) -> NDArray[np.bool_]:
        """Which figures are parts of a single sum, and total of none."""
        return np.asarray((np.abs(self._dense).sum(axis=0) == 1) & (self._dense.sum(axis=0) == 1))

    @cached_property
    def line_of(self) -> NDArray[np.int64]:
        """The sum each figure is in, the last of them for one in several or none."""
        return np.asarray(np.abs(self._dense).argmax(axis=0)) if len(self._dense) else np.zeros(len(self.values), int)

    @cached_property
    def _dense(self) -> NDArray[np.float64]:
        return np.asarray(self.sums.toarray())

    def size_of(self, cell: int) -> float:
        """Return a figure as the measure of its own uncertainty; for a 0 the smallest figure above it."""
        value, above = float(self.values[cell]), self.values[self.values > 0]
        return value if value > 0 else float(above.min()) if len(above) else 1.0

    def needed(self, cell: int) -> float:
        """Return by how much a suppressed figure must be uncertain, above; below at most by itself."""
        return max(self.protection, _DUST) * self.size_of(cell)


def build_table(
    values: ArrayLike, primary: ArrayLike, fixed: ArrayLike | None = None, protection: float = PROTECTION
) -> TableFamily:
    """Build the family of one table with its totals in the last row and the last column.

    Parameters
    ----------
    values
        Rows x columns with totals, >= 0; a single line of parts and their total is a table of one row.
    primary
        Figures suppressed by themselves, of the same shape.
    fixed
        Figures that cannot be hidden; none where not given.
    protection
        By what share of itself a suppressed figure must stay uncertain on either side.

    Returns
    -------
    TableFamily
        Figures row by row.

    Raises
    ------
    MetricError
        For shapes that differ, a negative or missing figure, or parts that do not add up.

    Examples
    --------
    >>> build_table([[120, 48, 75, 243]], [[False, True, False, False]]).sums.toarray().tolist()
    [[1.0, 1.0, 1.0, -1.0]]
    """
    table, marks = np.atleast_2d(np.asarray(values, dtype=float)), np.atleast_2d(np.asarray(primary, dtype=bool))
    kept = np.zeros(table.shape, dtype=bool) if fixed is None else np.atleast_2d(np.asarray(fixed, dtype=bool))
    if not table.shape == marks.shape == kept.shape:
        raise MetricError(f"figures {table.shape}, suppressed {marks.shape} and fixed {kept.shape} differ in shape")
    rows, columns = table.shape
    along, down = _line(columns), _line(rows)
    parts = []
    if columns > 1:
        parts.append(scipy.sparse.kron(scipy.sparse.eye_array(rows), along))
    if rows > 1:
        parts.append(scipy.sparse.kron(down, scipy.sparse.eye_array(columns)))
    sums = scipy.sparse.csr_array(scipy.sparse.vstack(parts)) if parts else scipy.sparse.csr_array((0, table.size))
    return TableFamily(table.ravel(), sums, marks.ravel(), kept.ravel(), protection)


def find_bounds(family: TableFamily, hidden: ArrayLike, cell: int) -> tuple[float, float]:
    """Find between what a reader can place a hidden figure from all that is shown.

    Formula: least and greatest x_cell with ``sums x = 0``, ``x >= 0`` and x as shown where not hidden.

    Parameters
    ----------
    family
        Figures and their sums.
    hidden
        Which figures are hidden.
    cell
        Position of the figure.

    Returns
    -------
    tuple of float
        Lower and upper bound, the latter infinite where nothing bounds it.

    References
    ----------
    SDC Handbook: of 120, ?, 75 and the total 243 the reader knows that ? is 48.

    Examples
    --------
    >>> family = build_table([[120, 48, 75, 243]], [[False, True, False, False]])
    >>> [float(bound) for bound in find_bounds(family, family.primary, 1)]
    [48.0, 48.0]
    """
    lower, upper = _find_ranges(family, np.asarray(hidden, dtype=bool), np.array([cell]))
    return float(lower[0]), float(upper[0])


def _find_ranges(
    family: TableFamily, hidden: NDArray[np.bool_], cells: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lower and upper bounds of figures, shown ones being known; one linear program for a batch of them."""
    lower, upper = family.values[cells].copy(), family.values[cells].copy()
    free = np.flatnonzero(hidden)
    places = np.flatnonzero(hidden[cells])
    at_once = max(1, _VARIABLES_AT_ONCE // max(len(free), 1))
    for start in range(0, len(places), at_once):
        part = places[start : start + at_once]
        lower[part], upper[part] = _solve_ranges(family, free, cells[part])
    return lower, upper


def _solve_ranges(
    family: TableFamily, free: NDArray[np.int64], cells: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # What may be added to or taken from hidden figures without touching a sum, as parts of the figure in question:
    # a solver's tolerance is absolute, and small figures stand beside large ones. Every figure has a copy of its own
    # of all that is hidden, once to be the least and once the greatest.
    scales = np.array([family.size_of(int(cell)) for cell in cells])
    count, size = len(cells), len(free)
    goals = np.arange(count) * size + np.searchsorted(free, cells)
    limits = np.column_stack([-(family.values[free] / scales[:, None]).ravel(), np.full(count * size, np.inf)])
    sums = scipy.sparse.kron(scipy.sparse.eye_array(count), family.sums[:, free])
    target = np.zeros(count * size)
    target[goals] = 1.0
    zeros = np.zeros(sums.shape[0])
    from scipy.optimize import linprog  # noqa: PLC0415 - slow, and few need it

    least = linprog(target, A_eq=sums, b_eq=zeros, bounds=limits, method="highs")
    limits[goals, 1] = _FAR
    most = linprog(-target, A_eq=sums, b_eq=zeros, bounds=limits, method="highs")
    down, up = np.minimum(0.0, least.x[goals]), np.maximum(0.0, most.x[goals])
    values = family.values[cells]
    return np.maximum(0.0, values + scales * down), np.where(up >= _FAR * (1 - _MARGIN), np.inf, values + scales * up)


def audit_suppression(family: TableFamily, hidden: ArrayLike) -> pd.DataFrame:
    """Audit every hidden figure: what a reader can work out about it (Q05).

    Formula: bounds by linear programming; exposed if a primary figure's range does not exceed x -/+ p x, or another
    hidden figure's range is a single number.

    Parameters
    ----------
    family
        Figures and their sums.
    hidden
        Which figures are hidden; primary ones that are not count as exposed.

    Returns
    -------
    pandas.DataFrame
        By position of a hidden or primary figure: ``value``, ``lower``, ``upper``, ``is_primary``, ``is_exposed``.

    Notes
    -----
    Readers are taken to know that figures are not negative, and nothing else beforehand. Below, a figure need not be
    more uncertain than itself.

    References
    ----------
    SDC Handbook, ch. 4. By hand: with a second figure hidden, only the sum of both is known.

    Examples
    --------
    >>> family = build_table([[120, 48, 75, 243]], [[False, True, False, False]])
    >>> audit_suppression(family, family.primary)["is_exposed"].tolist()
    [True]
    >>> audit_suppression(family, [False, True, True, False])[["lower", "upper", "is_exposed"]].to_numpy().tolist()
    [[0.0, 123.0, False], [0.0, 123.0, False]]
    """
    mask = np.asarray(hidden, dtype=bool)
    cells = np.flatnonzero(mask | family.primary)
    lower, upper = _find_ranges(family, mask, cells)
    table = pd.DataFrame(
        {"value": family.values[cells], "lower": lower, "upper": upper, "is_primary": family.primary[cells]},
        index=pd.Index(cells, name="cell"),
    )
    return table.assign(is_exposed=_find_exposed(family, cells, lower, upper))


def suppress_secondary(family: TableFamily, cost: ArrayLike | None = None) -> NDArray[np.bool_] | None:
    """Choose which further figures to hide, so that no suppressed one can be worked out (Q05).

    Formula: for each primary figure, the cheapest set of figures through which it could be larger (smaller) by p %
    with every sum the same, by linear programming; figures not needed in the end are shown again.

    Parameters
    ----------
    family
        Figures and their sums.
    cost
        What hiding a figure costs, > 0; the figure itself where not given, so that totals are hidden last.

    Returns
    -------
    numpy.ndarray or None
        Which figures are hidden, primary ones among them; ``None`` where fixed figures leave no way, so that the table
        must not be published as it is.

    Notes
    -----
    Cheap, not always the cheapest: the choice is made figure by figure, the largest need first. The result passes
    ``audit_suppression``. Linked tables belong in one family, or one undoes the other.

    References
    ----------
    SDC Handbook, ch. 4; Kelly, Golden & Assad (1992) for the linear program. By hand: in a 2 x 2 table one hidden
    figure needs the three at the corners of its square.

    Examples
    --------
    >>> table = [[20, 50, 70], [8, 19, 27], [28, 69, 97]]
    >>> mark = [[True, False, False], [False, False, False], [False, False, False]]
    >>> suppress_secondary(build_table(table, mark)).reshape(3, 3).tolist()
    [[True, True, False], [True, True, False], [False, False, False]]
    """
    price = family.values if cost is None else np.asarray(cost, dtype=float)
    price = np.maximum(price / max(price.max(initial=0.0), 1e-300), _DUST)
    if (family.primary & family.fixed).any():
        return None
    hidden, cells = family.primary.copy(), np.flatnonzero(family.primary)
    exposed = cells[_find_unprotected(family, hidden, cells)]
    for cell in exposed[np.argsort(-family.values[exposed], kind="stable")]:
        for sign in (1, -1):
            moved = _find_flow(family, hidden | ~family.fixed, np.where(hidden, 0.0, price), (int(cell), sign))
            if moved is None:
                return None
            hidden |= moved
    return _show_needless(family, hidden, price)


def _line(size: int) -> scipy.sparse.csr_array:
    """Return the sum over a line: its parts less the total at its end."""
    return scipy.sparse.csr_array(np.concatenate([np.ones(size - 1), [-1.0]])[None, :])


def _find_unprotected(family: TableFamily, hidden: NDArray[np.bool_], cells: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which primary figures a reader knows too well; only those not seen to be safe are given to the solver."""
    unsafe = np.array([not _is_safe_in_line(family, hidden, int(cell)) for cell in cells], dtype=bool)
    if unsafe.any():
        rest = cells[unsafe]
        unsafe[unsafe] = _find_exposed(family, rest, *_find_ranges(family, hidden, rest))
    return unsafe


def _is_safe_in_line(family: TableFamily, hidden: NDArray[np.bool_], cell: int) -> bool:
    """Whether a part of one sum can be traded against other hidden parts of that sum alone: they are enough."""
    if not family.is_part[cell]:
        return False
    others = hidden & family.is_part & (family.line_of == family.line_of[cell])
    others[cell] = False
    return bool(others.any()) and float(family.values[others].sum()) > family.needed(cell) * (1 + _MARGIN)


def _find_exposed(
    family: TableFamily, cells: NDArray[np.int64], lower: NDArray[np.float64], upper: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which figures a reader knows too well from their bounds."""
    values, is_primary = family.values[cells], family.primary[cells]
    needed = np.array([family.needed(int(cell)) for cell in cells])
    known_below = (values > 0) & (values - lower <= np.minimum(needed, (1 - _MARGIN) * values))
    # Hidden for the sake of others, a figure need be no more uncertain than the smallest of them.
    sizes = np.array([family.size_of(int(cell)) for cell in cells])
    smallest = min((family.size_of(int(cell)) for cell in np.flatnonzero(family.primary)), default=np.inf)
    is_single = upper - lower <= _DUST * np.minimum(sizes, smallest)
    return np.asarray(np.where(is_primary, (upper - values <= needed) | known_below, is_single), dtype=bool)


def _find_flow(
    family: TableFamily, allowed: NDArray[np.bool_], charge: NDArray[np.float64], move: tuple[int, int]
) -> NDArray[np.bool_] | None:
    """Return the figures, the least charged, that let one be larger (sign 1) or smaller (-1) by what it needs."""
    cell, sign = move
    need = family.needed(cell) * (1 + _MARGIN)
    need = need if sign > 0 else min(need, float(family.values[cell]))
    moved = np.zeros(len(allowed), dtype=bool)
    if need == 0:
        return moved
    free = np.flatnonzero(allowed)
    matrix = family.sums[:, free]
    # Flows up and flows down of every figure, as parts of what is needed; the figure in question moves by that.
    most = np.concatenate([np.full(len(free), np.inf), family.values[free] / need])
    limits = np.column_stack([np.zeros(2 * len(free)), most])
    position = int(np.flatnonzero(free == cell)[0])
    limits[position] = (1.0, 1.0) if sign > 0 else (0.0, 0.0)
    limits[position + len(free)] = (0.0, 0.0) if sign > 0 else (1.0, 1.0)
    from scipy.optimize import linprog  # noqa: PLC0415 - slow, and few need it

    found = linprog(
        np.tile(charge[free], 2),
        A_eq=scipy.sparse.hstack([matrix, -matrix]),
        b_eq=np.zeros(matrix.shape[0]),
        bounds=limits,
        method="highs",
    )
    if found.status != 0:
        return None
    moved[free] = found.x[: len(free)] + found.x[len(free) :] > _DUST
    return moved


def _show_needless(family: TableFamily, hidden: NDArray[np.bool_], price: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Show secondary figures again, the dearest first, where no primary one becomes known."""
    secondary, primary = np.flatnonzero(hidden & ~family.primary), np.flatnonzero(family.primary)
    for cell in secondary[np.argsort(-price[secondary], kind="stable")]:
        trial = hidden.copy()
        trial[cell] = False
        if not _find_unprotected(family, trial, primary).any():
            hidden = trial
    return hidden
