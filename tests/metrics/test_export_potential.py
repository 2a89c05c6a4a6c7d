import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.export_potential import (
    add_potential,
    estimate_ease,
    measure_export_potential,
    project_supply,
)


def tabulate(exports, demand):
    return pd.DataFrame(
        {"product": "84", "market": [f"m{i}" for i in range(len(exports))], "exports": exports, "demand": demand}
    )


def test_supply_by_hand():
    supply = project_supply(pd.Series({"84": 10.0, "x": 1.0}), pd.Series({"84": 100.0, "x": 0.0}), 0.5, 0.25)
    assert supply["84"] == pytest.approx(0.12)
    assert np.isnan(supply["x"])


def test_supply_is_at_most_the_whole_market():
    assert project_supply(pd.Series({"84": 9.0}), pd.Series({"84": 10.0}), growth=1.0)["84"] == 1


def test_growth_below_total_loss_is_refused():
    with pytest.raises(MetricError, match="growth"):
        project_supply(pd.Series({"84": 9.0}), pd.Series({"84": 10.0}), growth=-1)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=10), st.floats(0, 1))
def test_the_unrealised_part_lies_between_zero_and_one(rows, share):
    exports, demand = (list(column) for column in zip(*rows, strict=True))
    found = measure_export_potential(tabulate(exports, demand), pd.Series({"84": share}))
    defined = found["potential"] > 0
    assert found.loc[defined, "unrealised"].between(0, 1).all()
    assert found.loc[~defined, "unrealised"].isna().all()
    assert (found["gap"] >= 0).all()


@given(st.floats(1, 1e6), st.floats(0.1, 10))
def test_potential_grows_with_demand(demand, factor):
    supply = pd.Series({"84": 0.3})
    found = measure_export_potential(tabulate([1, 1], [demand, demand * factor]), supply)["potential"]
    assert found[1] == pytest.approx(found[0] * factor)


def test_without_ease_it_is_one_and_flagged():
    flows = tabulate([1, 1], [10, 10])
    found = measure_export_potential(flows, pd.Series({"84": 0.5}), pd.Series({"m0": 2.0}))
    assert found["potential"].tolist() == [10, 5]
    assert found["is_ease_assumed"].tolist() == [False, True]


def test_a_product_without_supply_has_no_potential():
    found = measure_export_potential(tabulate([1], [10]), pd.Series({"90": 0.5}))
    assert found[["potential", "unrealised"]].isna().all(axis=None)


def test_ease_turns_expected_into_actual():
    flows = pd.DataFrame({"product": ["a", "b"], "market": "KAZ", "exports": [3.0, 0.0], "demand": [10.0, 20.0]})
    supply = pd.Series({"a": 0.1, "b": 0.25})
    ease = estimate_ease(flows, supply)
    assert ease["KAZ"] == pytest.approx(0.5)
    assert measure_export_potential(flows, supply, ease)["potential"].sum() == pytest.approx(3)


def test_ease_is_undefined_where_nothing_is_expected():
    assert estimate_ease(tabulate([1], [0]), pd.Series({"84": 0.2})).isna().all()


def test_a_negative_share_is_refused():
    with pytest.raises(MetricError, match="negative"):
        measure_export_potential(tabulate([1], [1]), pd.Series({"84": -0.2}))


def test_potential_adds_up_and_a_surplus_closes_no_gap():
    flows = tabulate([20, 0], [50, 50])
    found = add_potential(measure_export_potential(flows, pd.Series({"84": 0.2})))
    assert (found.potential, found.gap, found.unrealised) == (20, 10, 0.5)
    assert add_potential(measure_export_potential(tabulate([1], [0]), pd.Series({"84": 0.2}))).unrealised is None
