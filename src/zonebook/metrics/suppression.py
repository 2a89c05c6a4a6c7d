"""Hiding more figures, so that those suppressed cannot be worked out from sums; the audit of it (Q05)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts

PROTECTION = 0.1
_MARGIN = 1e-4  # part by which a range is made to exceed the protection wanted: more than the solver's tolerance
_DUST = 1e-6  # flows and widths below this part of a figure are rounding


@dataclass(frozen=True, slots=True, eq=False)
class TableFamily:
    """Figures linked by sums: of one table with its margins, or of several tables that share figures.

    ``values`` are the figures, >= 0, in one line; every row of ``sums`` adds up to 0 over them (parts with +1, their
    total with -1). ``primary`` are the figures suppressed by themselves; ``fixed`` those that cannot be hidden:
    published before, or structural zeros.
    """

    values: NDArray[np.float64]
    sums: csr_array
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
        parts.append(kron(eye_array(rows), along))
    if rows > 1:
        parts.append(kron(down, eye_array(columns)))
    sums = csr_array(vstack(parts)) if parts else csr_array((0, table.size))
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
    mask = np.asarray(hidden, dtype=bool)
    value = float(family.values[cell])
    if not mask[cell]:
        return value, value
    free = np.flatnonzero(mask)
    goal = (free == cell).astype(float)
    # What may be added to or taken from hidden figures without touching a sum, as parts of the figure in question:
    # a solver's tolerance is absolute, and small figures stand beside large ones.
    scale = family.size_of(cell)
    lower = -family.values[free] / scale
    limits = np.column_stack([lower, np.full(len(free), np.inf)])
    matrix = family.sums[:, free]
    zeros = np.zeros(matrix.shape[0])
    down = linprog(goal, A_eq=matrix, b_eq=zeros, bounds=limits, method="highs")
    up = linprog(-goal, A_eq=matrix, b_eq=zeros, bounds=limits, method="highs")
    highest = float("inf") if up.fun is None else value + scale * max(0.0, -float(up.fun))
    return max(0.0, value + scale * min(0.0, float(down.fun))), highest


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
    rows = []
    for cell in np.flatnonzero(mask | family.primary):
        lower, upper = find_bounds(family, mask, int(cell))
        rows.append((int(cell), float(family.values[cell]), lower, upper, bool(family.primary[cell])))
    table = pd.DataFrame(rows, columns=["cell", "value", "lower", "upper", "is_primary"]).set_index("cell")
    exposed = [_is_exposed(family, cell, row.lower, row.upper) for cell, row in table.iterrows()]
    return table.assign(is_exposed=np.array(exposed, dtype=bool))


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
    hidden, flows = family.primary.copy(), {}
    if (family.primary & family.fixed).any():
        return None
    cells = np.flatnonzero(family.primary)
    for cell in cells[np.argsort(-family.values[cells], kind="stable")]:
        for sign in (1, -1):
            moved = _find_flow(family, hidden | ~family.fixed, np.where(hidden, 0.0, price), (int(cell), sign))
            if moved is None:
                return None
            flows[int(cell), sign] = moved
            hidden |= moved
    return _show_needless(family, hidden, price, flows)


def _line(size: int) -> csr_array:
    """Return the sum over a line: its parts less the total at its end."""
    return csr_array(np.concatenate([np.ones(size - 1), [-1.0]])[None, :])


def _is_exposed(family: TableFamily, cell: Any, lower: float, upper: float) -> bool:
    value = float(family.values[cell])
    if not family.primary[cell]:
        # Hidden for the sake of others, it need be no more uncertain than the smallest of them.
        sizes = [family.size_of(int(other)) for other in (cell, *np.flatnonzero(family.primary))]
        return upper - lower <= _DUST * min(sizes)
    needed = family.needed(cell)
    return upper - value <= needed or (value > 0 and value - lower <= min(needed, (1 - _MARGIN) * value))


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
    found = linprog(
        np.tile(charge[free], 2),
        A_eq=hstack([matrix, -matrix]),
        b_eq=np.zeros(matrix.shape[0]),
        bounds=limits,
        method="highs",
    )
    if found.status != 0:
        return None
    moved[free] = found.x[: len(free)] + found.x[len(free) :] > _DUST
    return moved


def _show_needless(
    family: TableFamily,
    hidden: NDArray[np.bool_],
    price: NDArray[np.float64],
    flows: dict[tuple[int, int], NDArray[np.bool_]],
) -> NDArray[np.bool_]:
    """Show secondary figures again, the dearest first, where every primary one can still move."""
    secondary = np.flatnonzero(hidden & ~family.primary)
    for cell in secondary[np.argsort(-price[secondary], kind="stable")]:
        trial, others = hidden.copy(), dict(flows)
        trial[cell] = False
        for move, moved in flows.items():
            if not moved[cell]:
                continue
            detour = _find_flow(family, trial, price, move)
            if detour is None:
                break
            others[move] = detour
        else:
            hidden, flows = trial, others
    return hidden
