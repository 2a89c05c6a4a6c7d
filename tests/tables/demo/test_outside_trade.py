"""Trade with firms outside zones: its partners thin out with distance by the planted elasticity."""

import numpy as np
import pandas as pd

from demo_data import Demo
from zonebook.metrics.gravity import fit_gravity, read_elasticity


def _measure_km(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return great-circle distances between places by the law of cosines."""
    north, east = (np.radians(one[name].to_numpy(dtype=float))[:, None] for name in ("latitude", "longitude"))
    to_north, to_east = (np.radians(other[name].to_numpy(dtype=float))[None] for name in ("latitude", "longitude"))
    cosine = np.sin(north) * np.sin(to_north) + np.cos(north) * np.cos(to_north) * np.cos(east - to_east)
    return pd.DataFrame(6371 * np.arccos(np.clip(cosine, -1, 1)), one.index, other.index)


def test_partners_outside_thin_out_with_distance(demo: Demo) -> None:
    party = demo.tables["party"].set_index("party_id")
    trade = demo.list_trade(demo.settings.years[1])
    is_outside = trade["from_party"].map(party["kind"]).eq("firm") & trade["to_party"].map(party["kind"]).eq("resident")
    bought = trade[is_outside]
    zone, region = bought["to_party"].map(party["zone_id"]), bought["from_party"].map(party["region_iso"])
    zones = demo.tables["zone"].set_index("zone_id").loc[list(demo.planted.zone_ids)]
    km = _measure_km(zones, demo.tables["region"].set_index("region_iso")).clip(lower=25)
    counts = pd.crosstab(zone, region).reindex(index=km.index, columns=km.columns, fill_value=0)
    pairs = counts.stack().rename_axis(["origin", "destination"]).rename("value_rub").reset_index()
    pairs["ln_km"] = np.log(km.stack().to_numpy())
    fit = fit_gravity(pairs)
    assert fit is not None
    found = read_elasticity(fit)
    assert found is not None
    assert found.se_hc1 is not None
    assert abs(found.estimate - demo.planted.distance_elasticity) < 1.96 * found.se_hc1
    assert found.estimate + 1.96 * found.se_hc1 < -0.8


def test_residents_also_buy_abroad_and_sell_to_other_regions(demo: Demo) -> None:
    trade = demo.list_trade(demo.settings.years[1])
    kind = demo.tables["party"].set_index("party_id")["kind"]
    assert 0.005 < trade["from_party"].map(kind).eq("foreign").mean() < 0.1
    assert trade["to_party"].map(kind).eq("firm").mean() > 0.05
    assert 0.15 < trade["level"].eq("regional").mean() < 0.5
