import pytest

from metrics.flow_data import CODES, REGIONS, ZONES, change, list_flows
from metrics.register import ledger, pick
from metrics.register import run as run_register
from metrics.shares import Results, make_scope
from zonebook.metrics.corridor_rows import corridor_rows
from zonebook.metrics.result import Status

# Nearly all of A's flows go to B; all others are even.
EVEN = [row | {"value_rub": 1.0} for row in list_flows()]
FLOWS = change(EVEN, CODES[0], CODES[1], value_rub=95.0)


def run(flows, scope=("country", ""), **tables):
    given = {"zone": ZONES, "region": REGIONS, "flow_region": flows} | tables
    return Results(corridor_rows(make_scope(*scope, **given)))


def test_a_flow_that_stands_out_is_a_corridor():
    found = run(FLOWS)
    assert (pick(found, "R08", "RUS").value, pick(found, "R08.share", "RUS").value) == (1, pytest.approx(95 / 136))
    assert pick(found, "R08", "RUS").reason == "at the level 0.05"
    row = pick(found, "R08.alpha", f"{CODES[0]}:{CODES[1]}")
    assert row.value == pytest.approx((1 - 95 / 100) ** 5)
    assert pick(found, "R08.part", row.scope_id).value == pytest.approx(95 / 136)


def test_nothing_stands_out_of_an_even_split_and_that_is_a_finding():
    found = run(EVEN)
    assert (pick(found, "R08", "RUS").value, pick(found, "R08.share", "RUS").value) == (0, 0)
    assert pick(found, "R08", "RUS").status is Status.OK
    assert not [row for row in found if row.scope_type == "pair"]


def test_more_corridors_at_a_wider_level():
    flows = list_flows(noise=1)
    found = run(change(flows, CODES[0], CODES[1], value_rub=sum(row["value_rub"] for row in flows) / 8))
    counts = [pick(found, f"R08.at_{level}", "RUS").value for level in ("0_01", "0_05", "0_1")]
    assert counts == sorted(counts)
    shares = [pick(found, f"R08.share_at_{level}", "RUS").value for level in ("0_01", "0_05", "0_1")]
    assert shares == sorted(shares)


def test_a_region_tells_its_largest_flows_both_ways():
    mine = [row for row in FLOWS if CODES[0] in (row["origin"], row["destination"])]
    found = run(mine, ("region", CODES[0]))
    sent = [row for row in found if row.metric_id.startswith("R08.to.")]
    assert (sent[0].metric_id, sent[0].value, sent[0].unit) == (f"R08.to.{CODES[1]}", 95.0, "RUB")
    assert sum(row.metric_id.startswith("R08.from.") for row in found) == len(CODES) - 1
    assert not [row for row in run(FLOWS) if row.metric_id.startswith("R08.to.")]


def test_a_region_judges_by_its_own_end_and_gives_a_lower_bound():
    mine = [row for row in FLOWS if CODES[0] in (row["origin"], row["destination"])]
    row = pick(run(mine, ("region", CODES[0])), "R08", CODES[0])
    assert (row.value, row.lower, row.upper) == (1, 1, None)
    assert "judged at this end of the flows alone" in row.reason


def test_every_year_has_its_corridors():
    found = run([*FLOWS, *(row | {"year": 2024} for row in EVEN)])
    assert [row.value for row in found if row.metric_id == "R08"] == [0, 1]


def test_a_zone_takes_its_own_ties():
    ties = [ledger("a", partner, value) for partner, value in (("far", 98.0), ("e", 1.0), ("f", 1.0))]
    ties += [ledger("b", partner, value) for partner, value in (("far", 98.0), ("near", 1000.0))]
    found = run_register(corridor_rows, *ties)
    # Two partner regions: (1 - 196/198)^(2-1) is about 0.01.
    row = pick(found, "R08")
    assert row.value == 1
    assert pick(found, "R08.share").value == pytest.approx(196 / 198)
    assert "from the ties of zones' residents" in row.reason


def test_corridors_of_few_firms_are_hidden():
    ties = [ledger("a", "far", 998.0), ledger("a", "e", 1.0), ledger("b", "e", 1.0)]
    found = run_register(corridor_rows, *ties, scope=("country", ""))
    pairs = {row.status for row in found if row.scope_type == "pair"}
    assert pairs == {Status.SUPPRESSED}


def test_reports_and_nothing_at_all():
    press = ledger("a", "far", evidence="press", source_id="press-a")
    assert "needs a register of ties" in run_register(corridor_rows, press).one("R08").reason
    assert run_register(corridor_rows, press, scope=("country", "")).one("R08").status is Status.MISSING_INPUT
    assert run(None).one("R08").reason == "the data set has no table flow_region"


def test_no_trade_with_other_regions_leaves_the_share_undefined():
    found = run_register(corridor_rows, ledger("a", "near", 5.0))
    assert pick(found, "R08").value == 0
    assert (pick(found, "R08.share").status, pick(found, "R08.share").reason) == (
        Status.UNDEFINED,
        "no flow with another region",
    )


def test_a_zone_of_unknown_region_is_not_judged():
    nowhere = [{"zone_id": "home", "type": "other", "country_iso3": "RUS"}]
    row = run_register(corridor_rows, ledger("a", "far", 5.0), zone=nowhere).one("R08")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the zone's region is not known")
