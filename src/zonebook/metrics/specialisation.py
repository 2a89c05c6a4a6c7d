"""Formulas of what a zone or region is specialised in (L12)."""

from __future__ import annotations

from zonebook.errors import MetricError


def location_quotient(local_part: float, local_whole: float, part: float, whole: float) -> float | None:
    """Say how many times an industry's share here is that in the country.

    Formula: LQ = (e_ir / e_r) / (e_i / e).

    Parameters
    ----------
    local_part, local_whole
        Employees here, in the industry and in all industries.
    part, whole
        Employees of the country, the zone or region among them, in the industry and in all industries.

    Returns
    -------
    float or None
        Ratio, in [0, inf); 1 is the country's average.

    Raises
    ------
    MetricError
        For a number below zero, or a part larger than its whole.

    Notes
    -----
    Undefined (``None``) where there is nobody here, or nobody in the industry in the whole country.
    Nobody in the industry here is a true 0.

    References
    ----------
    Bureau of Labor Statistics, QCEW location quotient (checked). Farhauer and Kröll (2013), as in R package REAT:
    1714 of 79 006 employees against 879 213 of 15 593 224 is 0.3847623 (checked).

    Examples
    --------
    >>> round(location_quotient(1714, 79_006, 879_213, 15_593_224), 7)
    0.3847623
    """
    if min(local_part, local_whole, part, whole) < 0 or local_part > local_whole or part > whole:
        raise MetricError(
            f"employees cannot be {local_part} of {local_whole} here and {part} of {whole} in the country"
        )
    if local_whole == 0 or part == 0:
        return None
    return (local_part / local_whole) / (part / whole)
