"""L10: completeness of chains, what is missing, unknown stages, links, and publications."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.deals import deal, resident, residents, rows_of
from metrics.shares import HOME, OTHER, TOTAL, party, tie
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.value_chain import STAGES
from zonebook.page.locale import get_locale
from zonebook.settings import MetricSettings

FIRMS = [*residents("lab", "shop", "plant", "help"), party("uni", kind="university", region_iso="RU-MOW")]


def able(chain_id, stage, party_id, year=2025, **cells):
    row = {"chain_id": chain_id, "stage": stage, "party_id": party_id, "year": year, "source_id": "register"}
    return row | cells


BATTERY = [able("battery", "research", "lab"), able("battery", "serial", "plant")]
DRUG = [able("drug", stage, name) for stage, name in (("research", "lab"), ("pilot", "shop"), ("serial", "plant"))]
TIES = [deal("lab", "shop", None, kind="r_and_d"), deal("plant", "far", 1.0)]


INTERNAL = MetricSettings(publish="internal").in_force  # few firms can do a stage here


def run(*capabilities, ties=TIES, party=FIRMS, settings=INTERNAL, **more):
    tables = {"party": party, "stage_capability": capabilities or (*BATTERY, *DRUG), "tie": ties}
    return rows_of("L10", settings=settings, **tables, **more)


def test_the_zone_is_the_mean_over_chains_and_says_what_is_missing():
    found = run()
    row = found.one("L10")
    assert row.value == row.lower == row.upper == pytest.approx((2 / 3 + 1) / 2)
    assert (row.reason, row.n_units, row.status) == ("pilot missing in 1 of 2 chains", 3, Status.OK)
    assert row.evidence is Evidence.REGISTER
    assert found.one("L10.battery").value == pytest.approx(2 / 3)
    assert found.one("L10.battery").reason == "missing: pilot"
    assert (found.one("L10.drug").value, found.one("L10.drug").reason) == (1, "")


def test_what_is_missing_is_told_in_both_languages():
    row = run().one("L10")
    assert "pilot production missing in 1 of 2 chains" in get_locale("en").reason(row.reason)
    assert "опытное производство" in get_locale("ru").reason(row.reason)


def test_weights_of_chains_are_a_setting():
    assert run(settings=MetricSettings(chain_weights={"drug": 3.0})).one("L10").value == pytest.approx((2 / 3 + 3) / 4)
    nothing = run(settings=MetricSettings(chain_weights={"drug": 0.0, "battery": 0.0})).one("L10")
    assert nothing.status is Status.UNDEFINED


def test_links_need_a_tie_of_two_parties():
    found = run()
    assert found.one("L10.drug.linked").value == 0.5
    assert found.one("L10.drug.linked").reason == "without a tie to the next stage: pilot"
    assert found.one("L10.battery.linked").value == 0
    assert found.one("L10.linked").value == 0.25
    assert [found.one(f"L10.drug.{stage}.linked").value for stage in ("research", "pilot")] == [1, 0]


def test_one_party_with_two_stages_is_no_link_but_said():
    found = run(able("k", "research", "lab"), able("k", "pilot", "lab"))
    assert found.one("L10.k.linked").value == 0
    assert "one party does it and the next stage: research" in found.one("L10.k.linked").reason


def test_how_many_can_do_a_stage():
    found = run(*DRUG, able("drug", "serial", "help"))
    assert [found.one(f"L10.drug.{stage}").value for stage in STAGES[:3]] == [1, 1, 2]


def test_service_is_a_stage_where_it_is_on_record():
    found = run(*BATTERY, able("battery", "service", "help"), *DRUG)
    assert found.one("L10.battery").value == 0.75
    assert found.one("L10.drug").value == 1
    assert "L10.drug.service" not in found.ids()


def test_a_stage_not_known_widens_the_interval():
    found = run(*BATTERY, able("battery", "pilot", "shop", capable="unknown"))
    row = found.one("L10.battery")
    assert (row.value, row.lower, row.upper) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 1)
    assert row.reason == "not known: pilot"
    assert (found.one("L10").lower, found.one("L10").upper) == (pytest.approx(2 / 3), 1)
    assert found.one("L10.battery.linked").upper == 1
    assert found.one("L10.battery.pilot").status is Status.MISSING_INPUT
    assert found.one("L10.battery.research.linked").status is Status.MISSING_INPUT


def test_a_chain_without_any_party_is_a_true_zero():
    found = run(able("k", "serial", "plant", capable="no"))
    row = found.one("L10.k")
    assert (row.value, row.status, row.reason) == (0, Status.OK, "missing: research, pilot, serial")
    later = run(*BATTERY, able("old", "serial", "plant", year=2023))
    assert [row.value for row in later if row.metric_id == "L10.old"] == [pytest.approx(1 / 3), 0]


def test_every_year_has_its_rows_and_later_ones_are_left_out():
    found = run(*BATTERY, able("battery", "pilot", "shop", year=2024), able("battery", "pilot", "shop", year=2026))
    assert {(row.year, round(row.value, 4)) for row in found if row.metric_id == "L10"} == {
        (2024, 0.3333),
        (2025, 0.6667),
    }


def test_parties_outside_the_zone_do_not_complete_it_but_its_region():
    more = [*BATTERY, able("battery", "pilot", "uni")]
    assert run(*more).one("L10").value == pytest.approx(2 / 3)
    found = rows_of("L10", "region", "RU-MOW", party=FIRMS, stage_capability=more, tie=TIES)
    assert found.one("L10").value == 1


def test_the_country_takes_all_zones_together():
    firms = [*FIRMS, resident("x", zone_id="other")]
    more = [*BATTERY, able("battery", "pilot", "x")]
    found = rows_of(
        "L10", "country", "RUS", party=firms, stage_capability=more, tie=TIES, zone=[HOME, OTHER, TOTAL]
    )  # fmt: skip
    assert found.one("L10").value == 1


def test_without_the_table_or_a_register_it_is_said():
    assert rows_of("L10", party=FIRMS).one("L10").reason == "the data set has no table stage_capability"
    none_here = run(able("k", "serial", "uni"))
    assert none_here.one("L10").reason == "table stage_capability has no rows for this"
    press = run(ties=[tie("t", "shop", "r_and_d", from_party="lab")])
    assert press.one("L10").status is Status.OK
    assert press.one("L10.linked").reason == "needs a register of ties; reported ties are a sample"
    assert "L10.drug.linked" not in press.ids()


def test_stages_read_in_publications_are_a_lower_bound():
    row = run(*(row | {"source_id": "press-a"} for row in BATTERY)).one("L10")
    assert (row.lower, row.upper, row.evidence) == (pytest.approx(2 / 3), None, Evidence.REPORTED)
    assert "stages as reported, lower bound" in row.reason
    made_up = run(*(row | {"source_id": "made-up"} for row in BATTERY)).one("L10")
    assert made_up.evidence is Evidence.DEMONSTRATION


def test_a_chain_called_linked_does_not_take_the_place_of_the_links():
    found = run(able("linked", "serial", "plant"))
    assert {"L10.linked", "L10.linked_", "L10.linked_.linked"} <= found.ids()


def test_a_public_edition_says_that_a_stage_is_there_and_not_that_one_or_two_firms_do_it():
    firms = [*FIRMS, *residents("mill", "mine", holding_id="group"), *residents("yard", "dock")]
    many = [able("battery", "serial", name) for name in ("plant", "yard", "dock")]
    of_group = [able("battery", "research", name) for name in ("mill", "mine")]
    found = run(*many, *of_group, party=firms, settings=MetricSettings())
    assert found.one("L10.battery.serial").value == 3
    row = found.one("L10.battery.research")
    assert (row.status, row.value, row.n_units, row.reason) == (Status.SUPPRESSED, None, None, "fewer than 3 firms")
    assert found.one("L10.battery.pilot").value == 0
    assert found.one("L10.battery").value == pytest.approx(2 / 3)
    for name in ("L10.linked", "L10.battery.linked", "L10.battery.research.linked"):
        assert found.one(name).status is Status.SUPPRESSED
    assert found.one("L10").n_units is None


def test_a_region_hides_a_number_that_less_those_of_its_zones_is_of_one_firm():
    firms = [resident(f"a{place}") for place in range(3)] + [resident("b0", zone_id="second")]
    able_firms = [able("k", "serial", row["party_id"]) for row in firms]
    zones = [HOME, HOME | {"zone_id": "second"}]
    tables = {"party": firms, "stage_capability": able_firms, "zone": zones}
    region = rows_of("L10", "region", "RU-MOW", settings=MetricSettings(), **tables)
    assert region.one("L10.k.serial").status is Status.SUPPRESSED
    firms += [resident(f"b{place}", zone_id="second") for place in (1, 2)]
    tables |= {"stage_capability": [able("k", "serial", row["party_id"]) for row in firms]}
    assert rows_of("L10", "region", "RU-MOW", settings=MetricSettings(), **tables).one("L10.k.serial").value == 6


capabilities = st.lists(st.tuples(st.sampled_from("kl"), st.sampled_from(STAGES), st.sampled_from(["lab", "shop"])))


@settings(max_examples=15)
@given(capabilities, st.sampled_from(STAGES))
def test_a_capability_more_never_lowers_a_chain(found, stage):
    rows = {key: able(*key) for key in [*found, ("k", "serial", "plant")]}
    before = run(*rows.values()).one("L10.k")
    after = run(*(rows | {("k", stage, "help"): able("k", stage, "help")}).values()).one("L10.k")
    assert 0 <= before.value <= after.value + 1e-12 <= 1 + 1e-9
