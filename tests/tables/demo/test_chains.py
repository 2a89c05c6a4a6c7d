"""Value chains: stages that are there and stages that are missing come out as planted."""

import pytest

from demo_data import Demo
from zonebook.metrics.value_chain import STAGES, measure_chain


@pytest.mark.parametrize("years_back", [0, 1])
def test_planted_stages_come_out(demo: Demo, years_back: int) -> None:
    year, zone_of = demo.settings.years[1] - years_back, demo.residents["zone_id"]
    stages, ties = demo.tables["stage_capability"], demo.tables["tie"]
    for zone in demo.planted.zones():
        own = stages[(stages["year"] == year) & (stages["party_id"].map(zone_of) == zone.zone_id)]
        assert set(own["chain_id"]) == set(zone.stages)
        for chain, planted in zone.stages.items():
            assert measure_chain(chain, own, ties[ties["year"] == year], STAGES).present == planted


def test_some_chains_are_whole_and_some_are_not(demo: Demo) -> None:
    counts = {len(stages) for zone in demo.planted.zones() for stages in zone.stages.values()}
    assert len(STAGES) in counts
    assert min(counts) < len(STAGES)


def test_neighbouring_stages_are_joined_in_some_chains_only(demo: Demo) -> None:
    year, zone_of = demo.settings.years[1], demo.residents["zone_id"]
    stages, ties = (rows[rows["year"] == year] for rows in (demo.tables["stage_capability"], demo.tables["tie"]))
    shares = [
        measure_chain(chain, own, ties, STAGES).link_share
        for _, own in stages.groupby(stages["party_id"].map(zone_of))
        for chain in own["chain_id"].unique()
    ]
    assert min(share for share in shares if share is not None) < 0.5
    assert max(share for share in shares if share is not None) == 1
