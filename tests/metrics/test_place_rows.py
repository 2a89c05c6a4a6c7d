import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.register import PARTIES, ledger, pick, run
from zonebook.metrics.place_rows import place_rows
from zonebook.metrics.result import Status

# Purchases of the zone: 10 from its own region, 20 from another, 30 from abroad, 40 inside the zone.
BUYS = [ledger("near", "a", 10.0), ledger("far", "b", 20.0), ledger("kazakh", "c", 30.0), ledger("a", "d", 40.0)]
SELLS = [ledger("b", "near", 5.0), ledger("c", "e", 15.0)]


def test_purchases_by_place_add_up_to_one():
    found = run(place_rows, *BUYS, *SELLS)
    assert pick(found, "R10").value == pytest.approx(20 / 70)
    shares = [pick(found, f"R10.{place}").value for place in ("own", "other", "abroad")]
    assert shares == pytest.approx([0.5, 0.2, 0.3])
    assert (pick(found, "R10").lower, pick(found, "R10").upper) == pytest.approx((20 / 70, 20 / 70))


def test_sales_by_place():
    found = run(place_rows, *BUYS, *SELLS)
    assert pick(found, "R10.sales").value == pytest.approx(15 / 60)
    shares = [pick(found, f"R10.sales_{place}").value for place in ("own", "other", "abroad")]
    assert shares == pytest.approx([0.75, 0.25, 0])


def test_a_partner_without_a_region_is_where_the_level_says():
    buys = [ledger("lost", "a", 10.0), ledger("near", "b", 10.0), ledger("near", "c", 20.0)]
    found = run(place_rows, *buys)
    assert pick(found, "R10").value == pytest.approx(0.25)
    buys[0] = ledger("lost", "a", 10.0, level="local")
    assert pick(run(place_rows, *buys), "R10").value == 0


def test_few_firms_are_not_shown():
    found = run(place_rows, *BUYS[:2])
    assert pick(found, "R10").status is Status.SUPPRESSED
    assert "R10.own" not in {row.metric_id for row in found if row.scope_id == "home"}


def test_a_group_counts_as_one_respondent():
    grouped = [row | {"holding_id": "group"} if row["party_id"] in "ab" else row for row in PARTIES]
    assert pick(run(place_rows, *BUYS[:3]), "R10").status is not Status.SUPPRESSED
    assert pick(run(place_rows, *BUYS[:3], party=grouped), "R10").status is Status.SUPPRESSED


def test_no_purchase_at_all_is_undefined_and_none_with_a_value_too():
    nothing, unvalued = run(place_rows, *SELLS), run(place_rows, ledger("near", "a", None))
    assert (pick(nothing, "R10").status, pick(nothing, "R10").reason) == (Status.UNDEFINED, "division by zero")
    assert (pick(unvalued, "R10").status, pick(unvalued, "R10").reason) == (
        Status.UNDEFINED,
        "no tie of this kind has a value",
    )


def test_imports_alone_leave_the_domestic_share_undefined_and_the_split_defined():
    found = run(place_rows, *(ledger("kazakh", taker, 1.0) for taker in "abc"))
    assert pick(found, "R10").status is Status.UNDEFINED
    assert pick(found, "R10.abroad").value == 1


def test_ties_without_value_are_counted_and_take_the_bounds_away():
    row = pick(run(place_rows, *BUYS, ledger("far", "a", None)), "R10")
    assert (row.lower, row.value) == (None, pytest.approx(20 / 70))
    assert "ties left out, without a value: 1" in row.reason


def test_every_zone_of_the_country_buys_from_its_own_region():
    buys = [ledger("near", "a", 10.0), ledger("e", "b", 20.0), ledger("a", "e", 30.0), ledger("f", "g", 40.0)]
    row = pick(run(place_rows, *buys, scope=("country", "")), "R10", "RUS")
    assert row.value == pytest.approx(50 / 100)


def test_agreements_are_no_trade_and_reports_no_register():
    found = run(place_rows, *BUYS, ledger("far", "a", 1000.0, kind="agreement"))
    assert pick(found, "R10").value == pytest.approx(20 / 70)
    press = run(place_rows, ledger("near", "a", evidence="press", source_id="press-a"))
    assert pick(press, "R10").status is Status.MISSING_INPUT


@settings(max_examples=20)
@given(st.lists(st.floats(10, 99), min_size=4, max_size=4), st.floats(1e-3, 1e3))
def test_shares_do_not_depend_on_the_unit_and_sum_to_one(values, scale):
    rows = [row | {"value_rub": value} for row, value in zip(BUYS, values, strict=True)]
    plain = run(place_rows, *rows)
    other = run(place_rows, *(row | {"value_rub": row["value_rub"] * scale} for row in rows))
    parts = [pick(plain, f"R10.{place}").value for place in ("own", "other", "abroad")]
    assert sum(parts) == pytest.approx(1)
    assert pick(other, "R10").value == pytest.approx(pick(plain, "R10").value)
