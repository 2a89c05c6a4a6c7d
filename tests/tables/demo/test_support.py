"""Support goes to larger and faster growing residents, and its planted effect comes out all the same."""

import numpy as np
import pandas as pd
import pytest

from demo_data import Demo, make_demo
from zonebook.metrics.event_study import estimate_staggered_effect
from zonebook.metrics.support_effects import estimate_panel_effect
from zonebook.tables.demo import DemoSettings


def _list_starts(demo: Demo) -> pd.Series:
    """Return the first year of support of each supported resident, by the tables."""
    support = demo.tables["support"]
    given = support[~support["planned"]]
    return given["start"].str[:4].astype(int).groupby(given["party_id"]).min()


def _list_growth(demo: Demo) -> pd.DataFrame:
    """Return the yearly growth of the logarithm of revenue, by resident."""
    rows = demo.tables["party_year"].sort_values(["party_id", "year"])
    level = np.log(rows["revenue_rub"].astype(float))
    growth = level.groupby(rows["party_id"]).diff()
    return rows[["party_id", "year"]].assign(value=growth).dropna()


@pytest.fixture(scope="module", params=[1, 2, 3])
def seeded(request: pytest.FixtureRequest, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Data sets of several seeds."""
    if request.param == demo.settings.seed:
        return demo
    settings = DemoSettings(zones=4, residents=120, seed=request.param, ties_per_resident=4)
    return make_demo(tmp_path_factory.mktemp("seeded") / "data", settings)


def test_first_years_are_those_planted(demo: Demo) -> None:
    planted = {party: year for zone in demo.planted.zones() for party, year in zone.support_years.items()}
    assert _list_starts(demo).to_dict() == planted


def test_a_plausible_part_is_supported_from_different_years_by_all_levels(demo: Demo) -> None:
    support, starts = demo.tables["support"], _list_starts(demo)
    assert 0.15 < len(starts) / len(demo.residents) < 0.45
    assert set(starts) == set(demo.settings.all_years[2:])
    assert set(support["provider_level"]) == {"federal", "city", "zone"}
    assert 1.2 < support.groupby("party_id")["measure_id"].nunique().mean() < 2.5


def test_planned_support_begins_after_the_last_year_and_is_no_tie(demo: Demo) -> None:
    support = demo.tables["support"]
    planned = support[support["planned"]]
    assert len(planned) > 0
    assert (planned["start"].str[:4].astype(int) > demo.settings.years[1]).all()
    ties = demo.tables["tie"].query("kind == 'support_measure'")
    assert len(ties) == len(support) - len(planned)
    assert not ties["to_party"].isin(planned["party_id"]).any()


def test_larger_and_faster_growing_residents_are_chosen(demo: Demo) -> None:
    starts, growth = _list_starts(demo), _list_growth(demo)
    first = (
        demo.tables["party_year"].pipe(lambda rows: rows[rows["year"] == demo.settings.years[0]]).set_index("party_id")
    )
    size = np.log(first["employees"].astype(float)).dropna()
    is_supported = size.index.isin(starts.index)
    assert size[is_supported].mean() > size[~is_supported].mean() + 0.3
    begun = growth["party_id"].map(starts)
    before = growth[begun.isna() | (growth["year"] < begun)]
    paces = before.groupby(before["party_id"].isin(starts.index))["value"].mean()
    assert paces[True] > paces[False] + 0.005


def test_the_planted_effect_lies_within_its_interval_and_is_not_zero(seeded: Demo) -> None:
    planted = seeded.planted.support_effect
    panel, starts = _list_growth(seeded), _list_starts(seeded)
    together = estimate_panel_effect(panel, starts)
    apart = estimate_staggered_effect(panel, starts)
    for found in (together, apart):
        assert found is not None
        assert found.lower is not None
        assert found.upper is not None
        assert 0 < found.lower < planted < found.upper


def test_growth_moved_alike_before_support_and_parts_since(demo: Demo) -> None:
    found = estimate_staggered_effect(_list_growth(demo), _list_starts(demo))
    assert found is not None
    assert found.pre_trend_p is not None
    assert found.pre_trend_p > 0.1
    since = found.by_event_time[found.by_event_time["event_time"] >= 0]
    assert (since["lower"] > 0).all()
    assert since["value"].mean() == pytest.approx(demo.planted.support_effect, abs=0.02)
