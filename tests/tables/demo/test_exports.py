"""Exports of residents: markets entered and left; margins and concentration exact."""

from itertools import pairwise

import numpy as np
import pytest

from demo_data import Demo
from zonebook.metrics.concentration import compute_concentration
from zonebook.metrics.margins import decompose_change


def test_markets_are_entered_kept_and_left_every_year(demo: Demo) -> None:
    for before, after in pairwise(demo.settings.all_years):
        found = decompose_change(demo.list_exports(before), demo.list_exports(after))
        assert found.n_kept > found.n_new > 0.05 * found.n_kept
        assert found.n_kept > found.n_lost > 0.05 * found.n_kept


def test_margins_of_every_zone_are_those_planted(demo: Demo) -> None:
    before, after = (demo.list_exports(year) for year in demo.settings.all_years[-2:])
    zone_of = demo.residents["zone_id"]
    for zone in demo.planted.zones():
        first, last = (rows[rows.index.get_level_values(0).map(zone_of) == zone.zone_id] for rows in (before, after))
        found, planted = decompose_change(first, last), zone.margins
        assert planted is not None
        assert (found.intensive, found.entry, found.exit) == (planted.intensive, planted.entry, planted.exit)
        assert found.change == planted.change == last.sum() - first.sum()


def test_margins_of_the_reference_exporter_are_those_planted(demo: Demo) -> None:
    before, after = (demo.list_exports(year) for year in demo.settings.all_years[-2:])
    for zone in demo.planted.zones():
        found, planted = (
            decompose_change(before[zone.reference_exporter], after[zone.reference_exporter]),
            zone.reference_margins,
        )
        assert planted is not None
        assert (found.intensive, found.entry, found.exit) == (planted.intensive, planted.entry, planted.exit)
        assert (found.n_kept, found.n_new, found.n_lost) == (2, 1, 1)
        assert found.intensive_share == pytest.approx(15 / 50)


def test_concentration_of_destinations_is_exact(demo: Demo) -> None:
    after = demo.list_exports(demo.settings.years[1])
    for zone in demo.planted.zones():
        found = compute_concentration(after[zone.reference_exporter].groupby(level=0).sum())
        assert found is not None
        assert found.hhi == pytest.approx(zone.destination_hhi, abs=1e-12)
        assert found.n == 3


def test_exports_are_those_of_the_residents_figures(demo: Demo) -> None:
    figures = demo.tables["party_year"].query("responded").set_index(["party_id", "year"])["export_rub"].astype(float)
    for year in demo.settings.all_years:
        flows = demo.list_exports(year).groupby(level=0).sum()
        stated = figures.xs(year, level="year")
        assert stated.equals(flows.reindex(stated.index).fillna(0.0))


def test_dollars_are_roubles_at_the_rate_of_the_year(demo: Demo) -> None:
    rates = demo.tables["fx"].query("currency == 'USD'").set_index("year")["rub_per_unit"]
    flows = demo.tables["export_flow"]
    assert np.allclose(flows["value_usd"], flows["value_rub"] / flows["year"].map(rates), atol=0.01)


def test_services_are_not_exported_as_goods(demo: Demo) -> None:
    exporters = demo.tables["export_flow"]["exporter_id"].unique()
    industries = demo.residents["industry"].reindex(exporters).dropna()
    assert not industries.str[:2].isin(["62", "63", "72", "49", "52", "55", "56", "79", "93"]).any()
