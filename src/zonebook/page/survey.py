"""What there is to be said of all reported figures of each zone, gathered zone by zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.figures import Figure
from zonebook.page.context import PageContext


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of a zone.

    Attributes
    ----------
    known
        How many there are.
    rounded
        How many of them were printed with ``over`` or ``about``.
    disputed
        Those that no value fits in all of their sources.
    """

    known: int
    rounded: int
    disputed: tuple[Figure, ...]


def survey_figures(here: PageContext) -> Mapping[str, Survey]:
    """Return what is said of the figures of each zone and total, by zone_id."""
    return here.remember_fact("survey of figures", partial(_survey, here))


def _survey(here: PageContext) -> Mapping[str, Survey]:
    return {
        zone_id: Survey(
            len(figures),
            sum(figure.qualifier != "exact" for figure in figures),
            tuple(figure for figure in figures if figure.disagree),
        )
        for zone_id, figures in (here.go_through_figures() if here.scope == "country" else here.figures.items())
    }
