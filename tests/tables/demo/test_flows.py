"""Flows between regions follow a gravity law whose elasticity comes out; the input-output table is productive."""

import numpy as np
import pandas as pd
import pytest

from demo_data import Demo
from zonebook.metrics.flow_pairs import prepare_flows
from zonebook.metrics.gravity import fit_gravity, read_elasticity
from zonebook.tables.demo import DemoSettings
from zonebook.tables.demo.flows import list_distances, list_flows
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY


def _estimate(flows: pd.DataFrame, distances: pd.DataFrame) -> tuple[float, float]:
    """Return the elasticity by distance and its standard error."""
    fit = fit_gravity(prepare_flows(flows, distances))
    assert fit is not None
    found = read_elasticity(fit)
    assert found is not None
    assert found.se_hc1 is not None
    return found.estimate, found.se_hc1


def test_the_planted_elasticity_lies_within_its_interval(demo: Demo) -> None:
    flows = demo.tables["flow_region"]
    estimate, error = _estimate(flows[flows["year"] == demo.settings.years[1]], demo.tables["distance"])
    assert abs(estimate - demo.planted.distance_elasticity) < 1.96 * error
    assert error < 0.02


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_it_does_so_for_other_seeds(seed: int) -> None:
    flows = list_flows(DemoSettings(seed=seed, years=(2025, 2025))).to_pandas()
    estimate, error = _estimate(flows, list_distances().to_pandas())
    assert abs(estimate - DISTANCE_ELASTICITY) < 1.96 * error


def test_every_two_regions_have_a_flow_each_year_and_some_are_zero(demo: Demo) -> None:
    flows, regions = demo.tables["flow_region"], len(demo.tables["region"])
    assert len(flows) == regions * (regions - 1) * len(demo.settings.all_years)
    assert not (flows["origin"] == flows["destination"]).any()
    assert flows["value_rub"].notna().all()
    assert 0.05 < (flows["value_rub"] == 0).mean() < 0.3


def test_no_two_regions_have_most_of_the_flows(demo: Demo) -> None:
    values = demo.tables["flow_region"].query("year == 2025")["value_rub"]
    assert values.max() / values.sum() < 0.1
    assert 0.1 < values.sum() / demo.tables["region"]["grp_rub"].sum() < 0.6


def test_distances_are_given_once_a_pair(demo: Demo) -> None:
    distance, regions = demo.tables["distance"], len(demo.tables["region"])
    assert len(distance) == regions * (regions - 1) / 2
    assert distance["km"].between(100, 12_000).all()


def test_the_input_output_table_is_productive(demo: Demo) -> None:
    table = demo.tables["io_table"]
    is_output = table["to_sector"] == "output"
    output = table[is_output].set_index(["from_region", "from_sector"])["value_rub"].astype(float)
    used = (
        table[~is_output].set_index(["from_region", "from_sector", "to_region", "to_sector"])["value_rub"].astype(float)
    )
    coefficients = used.unstack(["to_region", "to_sector"]).reindex(index=output.index, columns=output.index)
    coefficients = coefficients / output.to_numpy()
    assert coefficients.sum().between(0.2, 0.6).all()
    inverse = np.linalg.inv(np.eye(len(output)) - coefficients.to_numpy())
    assert (inverse >= 0).all()
    assert (inverse.sum(axis=0) < 3).all()
