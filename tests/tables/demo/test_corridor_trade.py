"""Trade between zones: the nearer two zones, the more of it."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demo_data import Demo, make_demo
from zonebook.tables.demo import DemoSettings
from zonebook.tables.demo.world import build_world


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A data set with more zones than each trades with."""
    settings = DemoSettings(zones=30, residents=40, years=(2024, 2025))
    return make_demo(tmp_path_factory.mktemp("many") / "data", settings)


def _count_corridors(demo: Demo) -> pd.DataFrame:
    trade, zone = demo.tables["tie"], demo.residents["zone_id"]
    ends = pd.DataFrame({"one": trade["from_party"].map(zone), "other": trade["to_party"].map(zone)}).dropna()
    return ends[ends["one"] != ends["other"]].value_counts().rename("ties").reset_index()


def test_near_zones_trade_more(many: Demo) -> None:
    world, corridors = build_world(many.settings), _count_corridors(many)
    number = {zone_id: place for place, zone_id in enumerate(many.planted.zone_ids)}
    km = [
        world.distance_between(number[one], number[other])
        for one, other in corridors[["one", "other"]].itertuples(index=False)
    ]
    residents = world.residents[corridors["one"].map(number)] + world.residents[corridors["other"].map(number)]
    found = stats.spearmanr(np.array(km), corridors["ties"] / residents)
    assert found.statistic < -0.5
    assert found.pvalue < 0.001


def test_each_corridor_runs_both_ways_and_each_tie_stands_once(many: Demo) -> None:
    corridors = _count_corridors(many)
    pairs = {(one, other) for one, other, _ in corridors.itertuples(index=False)}
    assert sum((other, one) in pairs for one, other in pairs) > 0.6 * len(pairs)
    trade = many.list_trade(2025)
    trade = trade[trade["evidence"] == "ledger"]
    assert not trade.duplicated(["from_party", "to_party", "kind"]).any()
