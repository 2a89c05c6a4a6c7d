import numpy as np
import pytest

from metrics.indexed import NAMES, SETTINGS, alike, country_scope, find, row, rows_of, zone_scope
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.weight_rows import weight_rows
from zonebook.settings import MetricSettings

ZONES = tuple(f"z{i}" for i in range(9))


def country(values, settings=SETTINGS, **cells):
    rows = [one for zone, own in values.items() for one in rows_of(own, zone, **cells)]
    return weight_rows(country_scope(*values, settings=settings), rows)


def draw(seed=1, zones=ZONES):
    rng = np.random.default_rng(seed)
    return {zone: dict(zip(NAMES, rng.uniform(1, 99, len(NAMES)).tolist(), strict=True)) for zone in zones}


def test_levels_and_their_indicators_have_equal_weights():
    found = weight_rows(zone_scope(), rows_of(alike(50.0)))
    weights = [find(found, f"C02.{name}").value for name in NAMES]
    assert weights == pytest.approx([1 / 6] * 6)
    assert find(found, "C02.L01").reason == "equal weights within and between levels"


def test_given_weights_are_made_to_add_up_to_one():
    given = MetricSettings(index=SETTINGS.index, index_weights=dict.fromkeys(NAMES, 2.0) | {"L01": 4.0})
    found = weight_rows(zone_scope(given), rows_of(alike(50.0)))
    assert find(found, "C02.L01").value == pytest.approx(4 / 14)
    assert find(found, "C02.L01").reason == "weights as the parameters give them"


def test_the_headline_is_the_weight_of_what_is_known():
    rows = [*rows_of({"L01": 1.0, "R02": 2.0, "R09": 3.0}), row("X04", 3.0, evidence=Evidence.REPORTED)]
    found = find(weight_rows(zone_scope(), rows), "C02")
    assert (found.value, found.reason) == (pytest.approx(0.5), "reported figures left out: 1")


def test_over_a_country_it_is_the_mean_of_its_zones():
    found = country({"a": alike(10.0), "b": {"L01": 1.0}})
    assert find(found, "C02").value == pytest.approx((1 + 1 / 6) / 2)
    assert find(found, "C02").reason == "mean of 2 zones"


def test_without_figures_the_input_is_missing_and_there_is_nothing_to_weigh():
    (found,) = weight_rows(zone_scope(), [])
    assert (found.metric_id, found.status) == ("C02", Status.MISSING_INPUT)


def test_component_weights_add_up_to_one():
    found = country(draw())
    assert sum(find(found, f"C02.{name}.component").value for name in NAMES) == pytest.approx(1)
    assert 1 / 6 <= find(found, "C02.explained").value <= 1


def test_indicators_that_agree_share_the_component():
    found = country({zone: alike(10.0 + i) for i, zone in enumerate(ZONES)})
    assert find(found, "C02.explained").value == pytest.approx(1)
    assert find(found, "C02.X07.component").value == pytest.approx(1 / 6)


@pytest.mark.parametrize("values", [draw(zones=ZONES[:6]), {zone: own | {"L01": 5.0} for zone, own in draw().items()}])
def test_component_weights_need_zones_and_variance(values):
    assert find(country(values), "C02.explained").status is Status.UNDEFINED


def test_the_benefit_of_the_doubt_is_one_for_a_zone_best_in_anything():
    values = {zone: alike(40.0) for zone in ZONES} | {"z0": alike(40.0) | {"L01": 90.0}}
    found = country(values)
    assert find(found, "C02.benefit_of_doubt", "z0").value == 1
    assert find(found, "C02.benefit_of_doubt", "z1").value == pytest.approx(1)
    low = country({zone: alike(40.0) for zone in ZONES} | {"z0": alike(20.0)})
    assert find(low, "C02.benefit_of_doubt", "z0").value == pytest.approx(0.5)
    assert find(low, "C02.benefit_of_doubt", "RUS").value == pytest.approx(1)


def test_few_zones_are_marked():
    found = find(country(draw(zones=ZONES[:4])), "C02.benefit_of_doubt", "z0")
    assert found.status is Status.LOW_N
