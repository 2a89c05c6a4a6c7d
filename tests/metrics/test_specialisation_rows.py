import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.employed import employed, firm_year, resident, run
from oracle_cases import read_case
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.specialisation_rows import krugman_rows, location_quotient_rows
from zonebook.settings import MetricSettings

COUNTRY = [employed("RUS", "26", 100), employed("RUS", "21", 100), employed("RUS", "10", 800)]
HERE = [employed("home", "26", 30, firms=10), employed("home", "21", 10, firms=5)]


def quotients(*rows, **options):
    return run(location_quotient_rows, employment=rows, **options)


def krugman(*rows, **options):
    return run(krugman_rows, employment=rows, **options)


class TestLocationQuotient:
    def test_the_headline_is_the_industry_with_the_largest_quotient(self):
        found = quotients(*HERE, *COUNTRY)
        assert found.one("L12.26").value == pytest.approx((30 / 40) / 0.1)
        assert found.one("L12.21").value == pytest.approx((10 / 40) / 0.1)
        row = found.one("L12")
        assert (row.value, row.reason, row.n_units) == (found.one("L12.26").value, "industry: 26", 10)
        assert (row.year, row.evidence, row.lower) == (2024, "register", row.value)

    def test_the_published_quotients_and_index(self):
        oracle = read_case("location_quotient")
        case, expected = oracle["inputs"]["case2"], oracle["expected"]
        codes = [f"{10 + number}" for number in range(len(case["region"]))]
        rows = [employed("home", code, value) for code, value in zip(codes, case["region"], strict=True)]
        rows += [employed("RUS", code, value) for code, value in zip(codes, case["nation"], strict=True)]
        rows += [employed("home", None, case["region_total"]), employed("RUS", None, case["nation_total"])]
        found = quotients(*rows)
        assert [found.one(f"L12.{code}").value for code in codes] == pytest.approx(expected["case2"], abs=1e-9)
        index = krugman(*rows).one("L22").value
        assert index == pytest.approx(expected["krugman_specialisation_case2"], abs=1e-9)

    def test_a_row_over_all_industries_is_the_whole(self):
        whole = [employed("home", None, 100), employed("RUS", None, 2000)]
        assert quotients(*HERE, *COUNTRY, *whole).one("L12.26").value == pytest.approx((30 / 100) / (100 / 2000))

    def test_sections_are_not_added_to_classes(self):
        sections = [employed("home", "C", 40), employed("RUS", "C", 1000)]
        found = quotients(*HERE, *COUNTRY, *sections)
        assert "L12.C" not in found.ids()
        assert quotients(*sections).one("L12.C").value == 1

    def test_small_cells_are_not_shown(self):
        rows = [employed("home", "26", 30, firms=2), HERE[1], employed("home", "10", 60, firms=9), *COUNTRY]
        found = quotients(*rows)
        row = found.one("L12.26")
        assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)
        assert row.reason == "fewer than 3 firms"
        assert found.one("L12.26.jobs").status is Status.SUPPRESSED

    def test_one_hidden_industry_takes_the_smallest_other_with_it(self):
        rows = [employed("home", "26", 30, firms=2), HERE[1], employed("home", "10", 60, firms=9), *COUNTRY]
        row = quotients(*rows).one("L12.21")
        assert (row.status, row.reason) == (Status.SUPPRESSED, "hidden so that another industry cannot be worked out")
        assert quotients(*rows).one("L12.10").status is Status.OK
        unnamed = [employed("home", None, 150), employed("RUS", None, 2000)]
        assert quotients(*rows, *unnamed).one("L12.21").status is Status.OK

    def test_the_threshold_is_a_setting(self):
        found = quotients(*HERE, *COUNTRY, settings=MetricSettings(least_firms=6))
        assert found.one("L12.21").status is Status.SUPPRESSED

    def test_nobody_here_is_a_true_zero_and_nobody_anywhere_undefined(self):
        none = [employed("home", "10", 0), employed("home", "99", 0), employed("RUS", "99", 0)]
        found = quotients(*HERE, *COUNTRY, *none)
        assert (found.one("L12.10").value, found.one("L12.10").status) == (0, Status.OK)
        assert found.one("L12.99").status is Status.UNDEFINED

    def test_an_industry_the_country_has_no_row_of_lacks_its_input(self):
        assert quotients(*HERE, employed("home", "55", 3), *COUNTRY).one("L12.55").status is Status.MISSING_INPUT

    def test_every_common_year_has_its_rows(self):
        older = [employed(geo, "26", 10, year=2022) for geo in ("home", "RUS")]
        found = quotients(*HERE, *COUNTRY, *older)
        assert [row.year for row in found if row.metric_id == "L12"] == [2022, 2024]
        assert found.one("L12", 2022).value == 1
        assert [row.year for row in quotients(*HERE, *COUNTRY, *older, year=2023)] == [2022] * 3
        assert quotients(*HERE, *older).one("L12").year == 2022

    def test_jobs_and_their_growth_are_of_the_latest_year(self):
        older = [employed("home", "26", 20, 2022), *(row | {"year": 2022} for row in COUNTRY)]
        found = quotients(*HERE, *COUNTRY, *older)
        assert (found.one("L12.26.jobs").value, found.one("L12.26.jobs").unit) == (30, "persons")
        growth = found.one("L12.26.growth")
        assert (growth.value, growth.unit) == (pytest.approx(1.5**0.5 - 1), "share per year")
        assert growth.reason == "2022 to 2024"
        assert found.one("L12.21.growth").status is Status.MISSING_INPUT

    def test_growth_from_nothing_is_undefined(self):
        older = [employed("home", "26", 0, 2022), *(row | {"year": 2022} for row in COUNTRY)]
        assert quotients(*HERE, *COUNTRY, *older).one("L12.26.growth").status is Status.UNDEFINED

    def test_a_region_is_compared_with_its_country(self):
        rows = [row | {"geo": "RU-MOW"} if row["geo"] == "home" else row for row in (*HERE, *COUNTRY)]
        found = quotients(*rows, scope_type="region", scope_id="RU-MOW")
        assert found.one("L12.26").value == pytest.approx(7.5)

    def test_residents_stand_in_and_those_silent_leave_no_bounds(self):
        firms = [resident(f"r{number}", "26.11") for number in range(3)]
        firms += [resident(f"s{number}", "21") for number in range(3)]
        figures = [firm_year(firm["party_id"], employees=10) for firm in firms]
        row = quotients(*COUNTRY, party=firms, party_year=figures).one("L12.26")
        assert (row.value, row.lower, row.n_units) == (pytest.approx(5), row.value, 3)
        assert row.evidence is Evidence.REGISTER
        silent = quotients(*COUNTRY, party=[*firms, resident("t")], party_year=figures).one("L12.26")
        assert (silent.value, silent.lower) == (pytest.approx(5), None)
        assert "residents left out, without a headcount: 1" in silent.reason

    def test_without_employment_the_table_is_named(self):
        assert run(location_quotient_rows).one("L12").reason == "the data set has no table employment"
        assert quotients(*COUNTRY).one("L12").reason == "table employment has no rows for this"

    @settings(max_examples=10)
    @given(st.lists(st.integers(1, 1000), min_size=2, max_size=6), st.integers(1, 50))
    def test_quotients_weighted_by_the_countrys_shares_make_one(self, local, factor):
        rows = [employed("home", f"{10 + i}", value) for i, value in enumerate(local)]
        rows += [employed("RUS", f"{10 + i}", value * factor + 7) for i, value in enumerate(local)]
        found, whole = quotients(*rows), sum(value * factor + 7 for value in local)
        parts = [found.one(f"L12.{10 + i}").value * (v * factor + 7) / whole for i, v in enumerate(local)]
        assert math.fsum(parts) == pytest.approx(1)


class TestKrugman:
    def test_by_hand(self):
        row = krugman(*HERE, *COUNTRY).one("L22")
        assert row.value == pytest.approx(abs(0.75 - 0.1) + abs(0.25 - 0.1) + abs(0 - 0.8))
        assert (row.unit, row.reason, row.lower) == ("index", "by classes of 2 digits", row.value)

    def test_the_same_mix_is_zero(self):
        assert krugman(*(row | {"geo": "home"} for row in COUNTRY), *COUNTRY).one("L22").value == 0

    def test_employees_without_an_industry_are_left_out_and_said(self):
        whole = [employed("home", None, 80), employed("RUS", None, 2000)]
        row = krugman(*HERE, *COUNTRY, *whole).one("L22")
        assert row.value == pytest.approx(2 * abs(30 / 40 - 0.5))
        assert "left out, employees of no comparable industry: 50 %" in row.reason

    def test_nobody_here_is_undefined(self):
        row = krugman(employed("home", "26", 0), *COUNTRY).one("L22")
        assert (row.status, row.reason.split("; ")[0]) == (Status.UNDEFINED, "nobody is employed here")

    def test_few_firms_are_not_shown(self):
        assert krugman(employed("home", "26", 30, firms=2), *COUNTRY).one("L22").status is Status.SUPPRESSED

    def test_every_year_has_its_row_and_none_is_missing_input(self):
        older = [row | {"year": 2020} for row in (*HERE, *COUNTRY)]
        assert [row.year for row in krugman(*HERE, *COUNTRY, *older)] == [2020, 2024]
        assert krugman(*COUNTRY).one("L22").status is Status.MISSING_INPUT
