"""From values to px: a linear scale from zero with round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale: the value ``low`` stands at px ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value stands, in px."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return self.start + share * (self.end - self.start)


def choose_ticks(maximum: float, wanted: int = 4) -> tuple[float, ...]:
    """Return round values from 0 to the first one not below ``maximum``, about ``wanted`` steps.

    Examples
    --------
    >>> choose_ticks(1.2)
    (0.0, 0.5, 1.0, 1.5)
    >>> choose_ticks(0)
    (0.0, 1.0)
    """
    if maximum <= 0 or not math.isfinite(maximum):
        return (0.0, 1.0)
    rough = maximum / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))
    count = math.ceil(maximum / step - 1e-9)
    return tuple(float(f"{step * index:.10g}") for index in range(count + 1))
