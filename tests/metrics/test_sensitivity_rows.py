from dataclasses import replace

from metrics.indexed import SETTINGS, ZONES, country_scope, draw, rank_zones, rows_of
from zonebook.metrics.sensitivity_rows import sensitivity_rows


def test_sensitivity_names_the_strongest_choice():
    found = rank_zones(sensitivity_rows, draw(3), replace(SETTINGS, sobol_samples=256))
    totals = {one.series: one.value for one in found if one.series.endswith(".total")}
    strongest = max(totals, key=totals.__getitem__)
    assert found[0].value == totals[strongest]
    assert found[0].reason.startswith(f"strongest choice: {strongest.removesuffix('.total')}")
    assert set(totals) == {"normalisation.total", "weights.total", "aggregation.total"}
    for one in found:
        assert 0 <= one.lower <= one.value <= one.upper
        # Small negative indices within their error are zeros.
        assert one.value >= 0


def test_inexact_figures_and_gaps_are_choices_too():
    rows = [one for zone, own in draw().items() for one in rows_of(own, zone)]
    rows = [replace(one, lower=one.value - 1) if one.metric_id == "L01" else one for one in rows]
    rows = [one for one in rows if not (one.metric_id == "R02" and one.scope_id == "z1")]
    rule = replace(SETTINGS, level_share=0.5)
    ids = {one.metric_id for one in sensitivity_rows(country_scope(*ZONES, settings=rule), rows)}
    assert {"C07.imputation", "C07.intervals"} <= ids
