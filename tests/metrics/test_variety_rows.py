import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import entropy

from metrics.employed import employed, firm_year, resident, run
from metrics.shares import HOME, OTHER
from zonebook.metrics.result import Status
from zonebook.metrics.variety_rows import related_variety_rows, unrelated_variety_rows

FIRMS = [resident("a", "26.11"), resident("b", "26.20"), resident("c", "10.11"), resident("d", "10.20")]
FIGURES = [firm_year(one, employees=25) for one in "abcd"]


def varieties(*rows, **options):
    tables = {"employment": rows} | options
    return run(related_variety_rows, **tables), run(unrelated_variety_rows, **tables)


def test_four_equal_classes_in_two_groups_are_one_bit_inside_and_one_between():
    related, unrelated = varieties(party=FIRMS, party_year=FIGURES)
    for row in (related.one("L15"), unrelated.one("L16")):
        assert (row.value, row.lower, row.unit, row.n_units, row.year) == (1, 1, "bits", 4, 2024)
        assert row.status is Status.LOW_N
        assert "by classes of 4 digits, within those of two" in row.reason
        assert "from the headcount of residents by their own industry" in row.reason


def test_employment_by_fine_classes_comes_first():
    fine = [employed("home", code, 10, firms=5) for code in ("26.11", "26.20", "10.11", "10.20")]
    related, _ = varieties(*fine, employed("home", "26", 20), party=FIRMS[:1], party_year=FIGURES[:1])
    assert (related.one("L15").value, related.one("L15").n_units) == (1, 20)
    assert "headcount" not in related.one("L15").reason


def test_two_digits_tell_unrelated_variety_only():
    coarse = [employed("home", "26", 30, firms=5), employed("home", "10", 10, firms=5)]
    related, unrelated = varieties(*coarse)
    assert (related.one("L15").status, related.one("L15").reason) == (
        Status.MISSING_INPUT,
        "needs industry classes of more than two digits",
    )
    row = unrelated.one("L16")
    assert row.value == pytest.approx(entropy([3, 1], base=2))
    assert row.reason == "by classes of 2 digits"


def test_clusters_have_rows_of_their_own():
    firms = [firm | {"cluster_id": "c1" if firm["party_id"] in "ab" else "c2"} for firm in FIRMS]
    firms += [resident(f"e{number}", "26.30", cluster_id="c1") for number in range(3)]
    figures = [*FIGURES, *(firm_year(f"e{number}", employees=10) for number in range(3))]
    related, unrelated = varieties(party=firms, party_year=figures)
    of_cluster = {row.scope_id: row for row in related if row.scope_type == "cluster"}
    assert of_cluster["c1"].value == pytest.approx(entropy([25, 25, 30], base=2))
    assert of_cluster["c2"].status is Status.SUPPRESSED
    assert next(row for row in unrelated if row.scope_id == "c1").value == 0
    assert sum(row.scope_type == "zone" for row in related) == 1


def test_every_year_has_its_row():
    figures = [firm_year(one, year, employees=25) for one in "abcd" for year in (2020, 2024)]
    related, _ = varieties(party=FIRMS, party_year=figures)
    assert [row.year for row in related] == [2020, 2024]


def test_residents_with_coarse_industries_are_left_out_and_counted():
    firms = [*FIRMS, resident("e", "62"), resident("f")]
    row = varieties(party=firms, party_year=[*FIGURES, firm_year("e", employees=5)])[0].one("L15")
    assert (row.value, row.lower) == (1, None)
    assert "residents left out, without an industry of 4 digits: 2" in row.reason


def test_the_silent_leave_no_bounds():
    row = varieties(party=FIRMS, party_year=[*FIGURES[:3], firm_year("d", responded=False)])[0].one("L15")
    assert (row.lower, row.upper) == (None, None)
    assert "residents left out, without a headcount: 1" in row.reason


def test_nobody_at_all_is_undefined_and_one_class_zero():
    nobody = [firm_year(one, employees=0) for one in "abcd"]
    assert varieties(party=FIRMS, party_year=nobody)[0].one("L15").status is Status.UNDEFINED
    alike = [resident(one, "26.11") for one in "abcde"]
    related, unrelated = varieties(party=alike, party_year=[firm_year(one, employees=3) for one in "abcde"])
    assert (related.one("L15").value, unrelated.one("L16").value) == (0, 0)
    assert related.one("L15").status is Status.OK


def test_a_region_and_the_country_have_them_too():
    tables = {"zone": [HOME, OTHER], "party": FIRMS, "party_year": FIGURES}
    assert run(related_variety_rows, "country", "", **tables).one("L15").value == 1
    assert run(unrelated_variety_rows, "region", "RU-MOW", **tables).one("L16").value == 1


def test_a_region_s_own_employment_comes_before_its_residents():
    tables = {"party": FIRMS, "party_year": FIGURES}
    coarse = [employed("RU-MOW", "26", 30, firms=5), employed("RU-MOW", "10", 10, firms=5)]
    row = run(unrelated_variety_rows, "region", "RU-MOW", employment=coarse, **tables).one("L16")
    assert (row.value, row.reason) == (pytest.approx(entropy([3, 1], base=2)), "by classes of 2 digits")
    related = run(related_variety_rows, "region", "RU-MOW", employment=coarse, **tables).one("L15")
    assert "from the headcount of residents by their own industry" in related.reason


def test_what_is_missing_is_named():
    related, unrelated = run(related_variety_rows), run(unrelated_variety_rows)
    assert related.one("L15").reason == unrelated.one("L16").reason == "the data set has no table employment"


codes = st.lists(
    st.tuples(st.sampled_from("1234"), st.sampled_from("123456"), st.integers(1, 500)), min_size=3, max_size=12
)


@settings(max_examples=15)
@given(codes)
def test_both_together_are_the_entropy_of_all_classes(cells):
    firms = [resident(f"r{n}", f"1{group}.{item}0") for n, (group, item, _) in enumerate(cells)]
    figures = [firm_year(f"r{n}", employees=value) for n, (*_, value) in enumerate(cells)]
    related, unrelated = varieties(party=firms, party_year=figures)
    sums = {}
    for group, item, value in cells:
        sums[group, item] = sums.get((group, item), 0) + value
    total = related.one("L15").value + unrelated.one("L16").value
    assert total == pytest.approx(entropy(list(sums.values()), base=2), abs=1e-9)
    assert 0 <= unrelated.one("L16").value <= math.log2(len({group for group, _ in sums})) + 1e-9
