"""In which products and markets exports stand out: RCA, RSCA, blocs, high technology (X09, X10, X16, X21)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts
from zonebook.metrics.interval import Interval

# Below this share of world trade in the product one consignment makes or breaks an advantage, by default.
NOISE_SHARE = 0.001


def compute_rca(exports: pd.DataFrame) -> pd.DataFrame:
    """Compute Balassa's revealed comparative advantage of every exporter in every product (X09).

    Formula: ``RCA_cp = (X_cp / X_c) / (X_p / X)``.

    Parameters
    ----------
    exports
        Exporters x products, one currency, >= 0; the exporters together are the world.

    Returns
    -------
    pandas.DataFrame
        Same shape, in [0, inf); missing where the exporter or the product has no exports.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    Undefined, so missing, where X_c or X_p is 0; exports of 0 in a product the world trades give 0.

    References
    ----------
    Balassa (1965). By hand: 3/4 of an exporter's goods against 4/8 of the world's is 1.5.

    Examples
    --------
    >>> compute_rca(pd.DataFrame({"hs1": [3, 1], "hs2": [1, 3]}, index=["a", "b"])).loc["a"].tolist()
    [1.5, 0.5]
    """
    amounts = read_amounts(exports)
    of_exporter, of_product = amounts.sum(axis=1, keepdims=True), amounts.sum(axis=0, keepdims=True)
    return pd.DataFrame(_divide(amounts * amounts.sum(), of_exporter * of_product), exports.index, exports.columns)


def compute_rsca(rca: pd.DataFrame) -> pd.DataFrame:
    """Compute the symmetric form of revealed comparative advantage, 0 at the world's mean (X10).

    Formula: ``RSCA = (RCA - 1) / (RCA + 1)``.

    Parameters
    ----------
    rca
        Advantages in [0, inf), missing where undefined.

    Returns
    -------
    pandas.DataFrame
        Same shape, in [-1, 1).

    Notes
    -----
    RCA of 0 gives -1; undefined stays undefined.

    References
    ----------
    Dalum, Laursen & Villumsen (1998). By hand: an RCA of 3 and of 1/3 lie equally far from 0.

    Examples
    --------
    >>> compute_rsca(pd.DataFrame({"hs1": [3.0, 1 / 3]})).round(12)["hs1"].tolist()
    [0.5, -0.5]
    """
    return (rca - 1) / (rca + 1)


def mark_advantages(rca: pd.DataFrame, threshold: float = 1.0) -> pd.DataFrame:
    """Mark where an exporter has a comparative advantage.

    Formula: ``M_cp = 1 if RCA_cp >= threshold else 0``.

    Parameters
    ----------
    rca
        Exporters x products, as by ``compute_rca``; undefined values are no advantage.
    threshold
        Advantage begins here.

    Returns
    -------
    pandas.DataFrame
        Same shape, true or false.

    References
    ----------
    Balassa (1965). By hand: an RCA of exactly 1 is an advantage, one of 0.9 is not, nor is an undefined one.

    Examples
    --------
    >>> mark_advantages(pd.DataFrame({"84": [1.0, 0.9], "90": [float("nan"), 2.0]})).to_numpy().tolist()
    [[True, False], [False, True]]
    """
    return rca >= threshold


def read_advantages(advantages: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a matrix of advantages as an array, refusing amounts that would be taken for advantages.

    Parameters
    ----------
    advantages
        Exporters x products, true or false, as by ``mark_advantages``.

    Returns
    -------
    numpy.ndarray
        The same, bool.

    Raises
    ------
    MetricError
        For a column that is not of true and false.

    Examples
    --------
    >>> read_advantages(pd.DataFrame({"84": [True, False]})).tolist()
    [[True], [False]]
    """
    if not all(pd.api.types.is_bool_dtype(kind) for kind in advantages.dtypes):
        raise MetricError("a matrix of advantages holds true and false", remedy="Use mark_advantages on RCA first.")
    return advantages.to_numpy(dtype=bool)


def measure_advantages(
    exports: pd.Series[Any], world: pd.Series[Any], noise_share: float = NOISE_SHARE
) -> pd.DataFrame:
    """Measure one exporter's advantages against world trade, product by product (X09, X10).

    Formula: ``RCA_p = (x_p / x) / (X_p / X)``, ``RSCA = (RCA - 1) / (RCA + 1)``.

    Parameters
    ----------
    exports
        The zone's (region's) exports by product code, >= 0; a product listed twice is summed.
    world
        World exports by product code of the same scheme, same year and currency.
    noise_share
        Below this share of world trade in the product an advantage is marked as noise.

    Returns
    -------
    pandas.DataFrame
        By product of either: ``exports``, ``world``, ``rca`` in [0, inf), ``rsca`` in [-1, 1), and ``is_noise``,
        whether the exports are below ``noise_share`` of world trade in the product.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    ``rca`` and ``rsca`` are missing where the world does not trade the product, and all of them where the exporter
    has no exports. A product the exporter does not export has RCA 0 and RSCA -1.

    References
    ----------
    Balassa (1965); Dalum, Laursen & Villumsen (1998). By hand as in ``compute_rca``.

    Examples
    --------
    >>> found = measure_advantages(pd.Series({"84": 3.0, "90": 1.0}), pd.Series({"84": 4.0, "90": 2.0, "27": 2.0}))
    >>> found["rca"].round(4).to_dict()
    {'27': 0.0, '84': 1.5, '90': 1.0}
    """
    products, (mine, theirs) = align_amounts(exports, world)
    rca = _divide(mine * theirs.sum(), mine.sum() * theirs)
    columns = {"exports": mine, "world": theirs, "rca": rca, "rsca": (rca - 1) / (rca + 1)}
    return pd.DataFrame({**columns, "is_noise": mine < noise_share * theirs}, index=products)


def align_amounts(*sides: pd.Series[Any]) -> tuple[pd.Index[Any], list[NDArray[np.float64]]]:
    """Put amounts by product side by side: every product of any of them, in order, 0 where one lists it not.

    Parameters
    ----------
    sides
        Amounts by product code, >= 0; a product listed twice is summed.

    Returns
    -------
    tuple
        The products, and the amounts of each side.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Examples
    --------
    >>> products, amounts = align_amounts(pd.Series({"84": 3.0}), pd.Series({"84": 4.0, "27": 2.0}))
    >>> products.tolist(), [side.tolist() for side in amounts]
    (['27', '84'], [[0.0, 3.0], [2.0, 4.0]])
    """
    codes = sorted({code for side in sides for code in side.index})
    products = pd.Index(codes, dtype=object, name="product")
    place = {code: number for number, code in enumerate(codes)}
    columns = []
    for side in sides:
        numbers = np.array([place[code] for code in side.index], dtype=int)
        columns.append(np.bincount(numbers, read_amounts(side), len(codes)).astype(float))
    return products, columns


def compute_bloc_intensity(
    bloc_exports: float, exports: float, bloc_imports: float, world_imports: float
) -> float | None:
    """Compute how much more exports go to a bloc than the bloc's weight in world imports would let expect (X16).

    Formula: ``(X_B / X) / (M_B / M_W)``.

    Parameters
    ----------
    bloc_exports, exports
        Exports to the bloc and to all countries.
    bloc_imports, world_imports
        Imports of the bloc and of the world, one currency.

    Returns
    -------
    float or None
        In [0, inf), 1 where the bloc is served by its weight.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    Undefined (``None``) where there are no exports, or no imports of the bloc or the world. The exporter's own
    country is not taken out of world imports.

    References
    ----------
    Mikic & Gilbert, ESCAP handbook (definition). The form is that of a location quotient; Farhauer & Kroell (2013):
    0.3848.

    Examples
    --------
    >>> round(compute_bloc_intensity(1714, 79006, 879213, 15593224), 4)
    0.3848
    """
    read_amounts([bloc_exports, exports, bloc_imports, world_imports])
    if exports == 0 or bloc_imports == 0 or world_imports == 0:
        return None
    return (bloc_exports / exports) / (bloc_imports / world_imports)


def measure_high_tech_share(exports: pd.Series[Any], high_tech: Collection[str]) -> Interval | None:
    """Measure which share of exports is high technology, with bounds for codes too coarse to tell (X21).

    Formula: ``sum over p in HT of X_p / X``.

    Parameters
    ----------
    exports
        Exports by product code, >= 0.
    high_tech
        Codes of the list; a product belongs to it where its code is one of them or begins with one.

    Returns
    -------
    Interval or None
        Share in [0, 1]: value and lower bound count what surely belongs to the list; the upper bound adds
        products whose code is a heading above one of the list's codes, or is empty.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    Undefined (``None``) where there are no exports. Codes of both sides are of one scheme and revision.

    References
    ----------
    Eurostat, high-tech list by SITC (definition; the list is data). By hand: 30 of 100 surely, 20 perhaps.

    Examples
    --------
    >>> measure_high_tech_share(pd.Series({"880240": 30.0, "9013": 20.0, "2709": 50.0}), ["8802", "901380"])
    Interval(value=0.3, lower=0.3, upper=0.5)
    """
    amounts = read_amounts(exports)
    total = float(amounts.sum())
    if total == 0:
        return None
    codes = [str(code) for code in exports.index]
    listed = tuple(sorted(high_tech))
    surely = np.array([code.startswith(listed) for code in codes], dtype=bool)
    headings = {code[:length] for code in listed for length in range(len(code))}
    perhaps = ~surely & np.array([code in headings for code in codes], dtype=bool)
    share = float(amounts[surely].sum()) / total
    return Interval(share, share, min(1.0, share + float(amounts[perhaps].sum()) / total))


def _divide(part: Any, whole: Any) -> Any:
    """Divide, with a missing value where the denominator is 0."""
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole != 0)
