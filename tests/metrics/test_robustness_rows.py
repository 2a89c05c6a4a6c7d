import pytest

from metrics.registers import answers, bounds, link, make_register, resident, rows_of
from metrics.shares import make_scope, tie
from oracle_cases import read_case
from zonebook.metrics.result import Status
from zonebook.metrics.robustness_rows import robustness_rows
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

NAMES = list("abcdefgh")
# A ring of eight.
RING = list(zip(NAMES, [*NAMES[1:], "a"], strict=True))


def valued(pairs, values, **tables):
    ties = [link(*pair, value_rub=value) for pair, value in zip(pairs, values, strict=True)]
    return make_scope(party=list(map(resident, NAMES)), tie=ties, **tables)


def test_published_curve_and_index():
    oracle = read_case("robustness_targeted_removal")
    names = [f"m{number:02}" for number in range(oracle["inputs"]["n"])]
    found = rows_of(robustness_rows, make_register([(names[a], names[b]) for a, b in oracle["inputs"]["edges"]], names))
    assert bounds(found.one("L20")) == pytest.approx((oracle["expected"]["R_schneider"],) * 3)
    for k, share in oracle["expected"]["giant_share_after_k"].items():
        if int(k) in (1, 3, 5, 10):
            assert found.one(f"L20.s{k}").value == pytest.approx(share)
    assert found.one("L20").reason == "in the order of the number of partners"


def test_the_largest_hurt_more_than_a_random_loss():
    oracle = read_case("robustness_targeted_removal")
    names = [f"m{number:02}" for number in range(oracle["inputs"]["n"])]
    found = rows_of(robustness_rows, make_register([(names[a], names[b]) for a, b in oracle["inputs"]["edges"]], names))
    random = found.one("L20.random")
    assert found.one("L20").value < random.lower < random.value < random.upper <= 0.5
    assert "100 draws" in random.reason
    assert found.one("L20.random_s1").lower <= found.one("L20.random_s1").upper <= 33 / 34


def test_by_hand_a_star_in_the_order_of_partners_and_of_turnover():
    pairs = [("a", name) for name in NAMES[1:]]
    turnover = [
        row for name, sum_ in zip(NAMES, range(8), strict=True) for row in answers([name], revenue_rub=float(sum_))
    ]
    found = rows_of(robustness_rows, make_register(pairs, NAMES, party_year=turnover))
    assert found.one("L20").value == pytest.approx(7 / 8 / 8)
    # a has the smallest turnover and leaves last: 7, 6, … 1 of 8 hold together before.
    assert found.one("L20.turnover").value == pytest.approx(sum(range(1, 8)) / 8 / 8)
    assert (found.one("L20.s1").value, found.one("L20.turnover_s1").value) == (1 / 8, 7 / 8)
    assert found.one("L20.turnover").reason == "in the order of turnover"


def test_residents_of_unknown_turnover_leave_last_and_are_counted():
    turnover = answers(NAMES[:6], revenue_rub=5.0) + answers(NAMES[6:], revenue_rub=None)
    row = rows_of(robustness_rows, make_register(RING, NAMES, party_year=turnover)).one("L20.turnover")
    assert row.reason == "in the order of turnover; residents of unknown turnover, last in the order: 2"


def test_without_turnover_its_order_is_missing():
    row = rows_of(robustness_rows, make_register(RING, NAMES)).one("L20.turnover")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the firms' own totals are not known")


def test_value_left_is_told_where_three_firms_leave_and_three_stay():
    found = rows_of(robustness_rows, valued(RING, [10.0, 10, 10, 10, 10, 10, 10, 10]))
    # a, b, c leave: of eight ties the four at them are gone.
    assert bounds(found.one("L20.value_s3")) == (0.5, 0.5, 0.5)
    one, five = found.one("L20.value_s1"), found.one("L20.value_s5")
    assert (one.status, one.value, one.reason) == (Status.SUPPRESSED, None, "fewer than 3 firms")
    # Two more leave in the next step: what they trade would be the difference.
    assert five.status is Status.SUPPRESSED


def test_firms_of_one_group_are_one_firm_behind_a_step():
    parties = [resident(name, holding_id="g" if name in "abc" else None) for name in NAMES]
    ties = [link(*pair, value_rub=10.0) for pair in RING]
    found = rows_of(robustness_rows, make_scope(party=parties, tie=ties))
    assert found.one("L20.value_s3").status is Status.SUPPRESSED
    assert found.one("L20.value_s5").status is Status.OK


def test_nothing_left_is_a_true_zero():
    ties = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "e")]
    settings = MetricSettings(top_residents=(3,))
    scope = Scope(valued([*ties, ("a", "f")], [1.0] * 5).share, 2025, settings)
    row = rows_of(robustness_rows, scope).one("L20.value_s3")
    assert (row.value, row.status) == (0, Status.OK)


def test_only_what_is_sold_counts_as_value_and_ties_without_one_are_counted():
    ties = [link(*pair, value_rub=10.0) for pair in RING[:-1]]
    ties += [link(*RING[-1]), link("d", "f", kind="agreement", value_rub=1e9)]
    found = rows_of(robustness_rows, make_scope(party=list(map(resident, NAMES)), tie=ties))
    row = found.one("L20.value_s3")
    assert "ties left out, without a value: 1" in row.reason
    assert row.value < 1


def test_without_any_value_the_input_is_missing():
    row = rows_of(robustness_rows, make_register(RING, NAMES)).one("L20.value_s1")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "no tie of this kind has a value")


def test_one_resident_has_no_robustness():
    found = rows_of(robustness_rows, make_register([("a", "a")], ["a"]))
    assert (found.one("L20").status, found.ids()) == (Status.UNDEFINED, {"L20"})


def test_no_more_leave_than_there_are():
    found = rows_of(robustness_rows, make_register([("a", "b"), ("b", "c")], ["a", "b", "c"]))
    assert found.one("L20.s3").value == 0
    assert "L20.s5" not in found.ids()


def test_clusters_have_the_headline():
    clusters = dict.fromkeys("abcde", "x") | dict.fromkeys("fgh", "y")
    found = rows_of(robustness_rows, make_register(RING, NAMES, clusters), "x")
    assert found.ids() == {"L20"}
    assert 0 < found.one("L20").value <= 0.5


def test_the_seed_decides_and_large_networks_have_fewer_draws():
    share = make_register(RING, NAMES).share
    one, same, other = (
        rows_of(robustness_rows, Scope(share, 2025, MetricSettings(seed=seed))).one("L20.random") for seed in (1, 1, 2)
    )
    assert one == same != other
    few = rows_of(robustness_rows, Scope(share, 2025, MetricSettings(large_network=4))).one("L20.random")
    assert "50 draws" in few.reason


def test_trap_no_robustness_from_reported_ties():
    (row,) = robustness_rows(make_scope(party=[resident("firm"), resident("b")], tie=[tie("t", "b", year=2024)]))
    assert (row.metric_id, row.status) == ("L20", Status.MISSING_INPUT)
