"""The gravity models of the years of ``flow_region``, fitted once for all that is told of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zonebook.metrics.flow_pairs import find_estimable
from zonebook.metrics.gravity import Elasticity, GravityFit, fit_gravity, read_elasticity
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.region_flows import FlowPairs, list_flow_pairs
from zonebook.metrics.result import Status
from zonebook.metrics.scope import Basis, Scope

DISTANCE, DISTRICT = "ln_km", "same_district"
_PLAIN = ("ln_from", "ln_to", DISTANCE)


@dataclass(frozen=True, eq=False)
class GravityYear:
    """The models of a year, or why there are none.

    Attributes
    ----------
    flows
        The pairs of regions.
    fit
        Effects of origins and destinations, distance, and whether two regions are of one federal district, where that
        is known of all: what flows are compared with.
    bare
        The same with distance alone, so that all that goes with distance is in its coefficient.
    plain
        Distance and the gross regional products of both regions, without effects.
    notes
        What is to be said of every figure of ``fit`` and ``bare``.
    absence, status
        Why there is no model.
    """

    flows: FlowPairs
    fit: GravityFit | None = None
    bare: GravityFit | None = None
    plain: GravityFit | None = None
    notes: tuple[str, ...] = ()
    absence: str = ""
    status: Status = Status.NOT_APPLICABLE

    @property
    def basis(self) -> Basis:
        """Sources and evidence; the units are the pairs fitted."""
        count = len(self.flows.pairs) if self.fit is None else self.fit.n_pairs
        return replace(self.flows.year.basis, n_units=count)

    @property
    def coefficients(self) -> dict[str, tuple[GravityFit, Elasticity | None]]:
        """The coefficients told of a year, by their series, each with its model."""
        wanted = {
            "": (self.bare, DISTANCE),
            "with_district": (self.fit, DISTANCE),
            "district": (self.fit, DISTRICT),
            "plain": (self.plain, DISTANCE),
        }
        if self.fit is not None and DISTRICT not in self.fit.coefficients.index:
            del wanted["with_district"], wanted["district"]
        return {name: (fit, read_elasticity(fit, covariate)) for name, (fit, covariate) in wanted.items() if fit}


def read_gravity(scope: Scope) -> tuple[GravityYear, ...]:
    """Return the models of each year of ``flow_region``."""
    return scope.remember("gravity", lambda: tuple(_fit_year(scope, flows) for flows in list_flow_pairs(scope)))


def _fit_year(scope: Scope, flows: FlowPairs) -> GravityYear:
    least, pairs = scope.settings.least_pairs, flows.pairs
    if pairs.empty and flows.left_out:
        absence = state(Reason.NO_REGION_COORDINATES)
        return GravityYear(flows, absence=absence, status=Status.MISSING_INPUT)
    notes = [state(Reason.WITHOUT_DISTANCE, left_out=flows.left_out)] if flows.left_out else []
    if int(find_estimable(pairs, [DISTANCE], fixed_effects=True).sum()) < least:
        return GravityYear(flows, notes=tuple(notes), absence=state(Reason.FEW_PAIRS, minimum=least))
    bare = fit_gravity(pairs, [DISTANCE], minimum=least)
    if bare is None:
        return GravityYear(flows, notes=tuple(notes), absence=state(Reason.NOT_FITTED))
    if bare.n_separated:
        notes.append(state(Reason.SEPARATED, left_out=bare.n_separated))
    # A border, too, would be worth a dummy: which regions share one is not among the data.
    has_districts = DISTRICT in pairs and pairs[DISTRICT].nunique() > 1
    fit = fit_gravity(pairs, [DISTANCE, DISTRICT], minimum=least) if has_districts else None
    return GravityYear(flows, fit or bare, bare, _fit_plain(scope, flows), tuple(notes))


def _fit_plain(scope: Scope, flows: FlowPairs) -> GravityFit | None:
    massed = flows.pairs[flows.pairs[list(_PLAIN)].notna().all(axis=1)]
    if len(massed) < scope.settings.least_pairs:
        return None
    return fit_gravity(massed, _PLAIN, fixed_effects=False, minimum=scope.settings.least_pairs)
