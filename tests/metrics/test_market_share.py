import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.market_share import decompose_market_share, measure_hummels_klenow

COLUMNS = ["exports_start", "exports_end", "world_start", "world_end"]
amounts = st.just(0.0) | st.floats(1, 1e6)
flows = st.lists(st.tuples(*[amounts] * 4), min_size=1, max_size=12)


def tabulate(rows, products=3):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    cells = [(f"p{i % products}", f"m{i // products}") for i in range(len(frame))]
    return frame.assign(product=[p for p, _ in cells], market=[m for _, m in cells])


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)), st.floats(0.1, 10))
def test_margins_multiply_to_the_market_share(parts, factor):
    world = pd.Series({"a": 5.0, "b": 1.0, "c": 7.0, "d": 2.0}) * factor
    own = pd.Series({p: part * float(world.get(p, 1.0)) for p, part in parts.items()}, dtype=float)
    found = measure_hummels_klenow(own, world)
    traded = own[own.index.isin(world.index)].sum()
    assert found.share == pytest.approx(traded / world.sum())
    assert 0 <= found.extensive <= 1 + 1e-12
    if found.intensive is not None:
        assert found.extensive * found.intensive == pytest.approx(found.share)


def test_no_exports_have_an_extensive_margin_of_zero_and_no_intensive():
    found = measure_hummels_klenow(pd.Series({"a": 0.0}), pd.Series({"a": 1.0}))
    assert (found.extensive, found.intensive, found.share, found.n_products) == (0, None, 0, 0)
    only_unknown = measure_hummels_klenow(pd.Series({"z": 5.0}), pd.Series({"a": 1.0}))
    assert (only_unknown.extensive, only_unknown.intensive) == (0, None)


def test_hummels_klenow_is_undefined_without_world_trade():
    assert measure_hummels_klenow(pd.Series({"a": 1.0}), pd.Series({"a": 0.0})) is None


@given(flows)
def test_effects_add_up_in_both_orders(rows):
    frame = tabulate(rows)
    by_product, by_market = (decompose_market_share(frame, first) for first in ("product", "market"))
    if frame["world_start"].sum() == 0:
        assert by_product is None
        assert by_market is None
        return
    change = frame["exports_end"].sum() - frame["exports_start"].sum()
    for found in (by_product, by_market):
        assert found.change == pytest.approx(change)
        effects = found.world + found.product + found.market + found.residual
        assert effects == pytest.approx(change, rel=1e-6, abs=1e-3)


@given(st.lists(st.tuples(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 1e4)), min_size=2))
def test_product_and_market_together_do_not_depend_on_the_order(rows):
    frame = tabulate(rows)
    one, other = (decompose_market_share(frame, first) for first in ("product", "market"))
    assert one.product + one.market == pytest.approx(other.product + other.market, rel=1e-6, abs=1e-3)
    assert one.residual == pytest.approx(other.residual, rel=1e-6, abs=1e-3)


def test_by_hand_both_orders():
    frame = pd.DataFrame(
        [("84", "KAZ", 10, 30, 40, 80), ("84", "BLR", 10, 10, 40, 40), ("27", "KAZ", 0, 5, 20, 30)],
        columns=["product", "market", *COLUMNS],
    )
    product_first = decompose_market_share(frame)
    assert product_first.world == pytest.approx(10)  # world trade 100 -> 150
    assert product_first.product == pytest.approx(0)  # product 84: 80 -> 120, like the world
    assert product_first.market == pytest.approx(0.5 * 10 - 0.5 * 10)
    assert product_first.residual == pytest.approx(15)
    market_first = decompose_market_share(frame, "market")
    kaz, blr = 110 / 60 - 1, 0.0
    assert market_first.market == pytest.approx((kaz - 0.5) * 10 + (blr - 0.5) * 10)
    assert market_first.product == pytest.approx((1 - kaz) * 10)


def test_one_level_is_shift_and_share():
    frame = pd.DataFrame({"exports_start": [10, 20], "exports_end": [15, 18], "world_start": [100, 100]})
    frame = frame.assign(world_end=[150, 110], product=["a", "b"], market="all")
    found = decompose_market_share(frame)
    assert found.world == pytest.approx(0.3 * 30)
    assert found.product == pytest.approx(0.2 * 10 - 0.2 * 20)
    assert found.market == pytest.approx(0)
    assert found.residual == pytest.approx((0.5 - 0.5) * 10 + (-0.1 - 0.1) * 20)


def test_exports_where_there_were_none_are_residual():
    frame = tabulate([(0, 7, 10, 10), (5, 5, 10, 10)])
    assert decompose_market_share(frame).residual == pytest.approx(7)


def test_world_trade_that_begins_has_no_growth_of_its_own():
    frame = tabulate([(5, 5, 0, 10), (0, 0, 10, 10)], products=2)
    found = decompose_market_share(frame)
    assert np.isfinite([found.product, found.market, found.residual]).all()


def test_wrong_use_is_refused():
    frame = tabulate([(1, 1, 1, 1)])
    with pytest.raises(MetricError, match="product or market"):
        decompose_market_share(frame, "country")
    with pytest.raises(MetricError, match="twice"):
        decompose_market_share(pd.concat([frame, frame]))
