import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.suppression import TableFamily, audit_suppression, build_table, find_bounds, suppress_secondary


def with_totals(inner):
    inner = np.asarray(inner, dtype=float)
    rows = np.column_stack([inner, inner.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


@st.composite
def tables(draw, least=1):
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    inner = [[draw(st.integers(least, 1000)) for _ in range(columns)] for _ in range(rows)]
    primary = np.zeros((rows + 1, columns + 1), dtype=bool)
    marks = st.tuples(st.booleans(), st.booleans()).map(all)
    primary[:rows, :columns] = [[draw(marks) for _ in range(columns)] for _ in range(rows)]
    return with_totals(inner), primary


def test_the_hidden_figure_of_the_handbook_is_found_by_subtraction():
    oracle = read_case("disclosure_control")
    row = oracle["inputs"]["secondary_example"]["row"]
    expected = oracle["expected"]["secondary_example"]["B_recoverable_by_subtraction"]
    family = build_table([[row["A"], expected, row["C"], row["total"]]], [[False, True, False, False]])
    assert find_bounds(family, family.primary, 1) == pytest.approx((expected, expected), abs=1e-6)
    assert audit_suppression(family, family.primary)["is_exposed"].tolist() == [True]
    hidden = suppress_secondary(family)
    assert hidden.tolist() == [False, True, True, False]
    assert not audit_suppression(family, hidden)["is_exposed"].any()


@settings(max_examples=40)
@given(tables())
def test_nothing_suppressed_can_be_worked_out(case):
    values, primary = case
    family = build_table(values, primary)
    hidden = suppress_secondary(family)
    assert (hidden | ~family.primary).all()
    assert not audit_suppression(family, hidden)["is_exposed"].any()
    grid = hidden.reshape(values.shape)
    for line in (*grid, *grid.T):
        assert line.sum() != 1


@settings(max_examples=25)
@given(tables(least=0))
def test_true_zeros_are_protected_too(case):
    family = build_table(*case)
    hidden = suppress_secondary(family)
    if hidden is not None:
        assert not audit_suppression(family, hidden)["is_exposed"].any()


@settings(max_examples=25)
@given(tables(), st.sampled_from([2.0**-10, 2.0**30]))
def test_the_unit_does_not_matter(case, factor):
    values, primary = case
    assume(primary.any())
    one, other = (suppress_secondary(build_table(values * scale, primary)) for scale in (1.0, factor))
    for hidden, scale in ((one, 1.0), (other, factor)):
        assert not audit_suppression(build_table(values * scale, primary), hidden)["is_exposed"].any()
    assert one.tolist() == other.tolist()


def test_nothing_suppressed_hides_nothing():
    values = with_totals([[1, 2], [3, 4]])
    assert not suppress_secondary(build_table(values, values < 0)).any()
    assert audit_suppression(build_table(values, values < 0), np.zeros(9)).empty


def test_a_small_figure_beside_large_ones_is_protected_on_its_own_scale():
    values = with_totals([[1.0, 5e9, 3e9], [7e9, 2e9, 4e9], [6e9, 1e9, 8e9]])
    primary = np.zeros(values.shape, dtype=bool)
    primary[0, 0] = True
    family = build_table(values, primary)
    audit = audit_suppression(family, suppress_secondary(family))
    assert not audit["is_exposed"].any()
    assert audit.loc[0, "upper"] > 1.1
    assert audit.loc[0, "lower"] < 0.9


def test_two_small_figures_in_a_line_do_not_protect_a_large_one():
    """Two hidden a line is not enough: the pair's sum gives the large one away to within its small partner."""
    family = build_table([[1000.0, 1.0, 500.0, 1501.0]], [[True, False, False, False]])
    assert audit_suppression(family, [True, True, False, False])["is_exposed"].tolist() == [True, False]
    assert suppress_secondary(family).tolist() == [True, False, True, False]


def test_what_is_published_elsewhere_cannot_be_hidden():
    values = with_totals([[20, 50, 30], [8, 19, 40], [11, 12, 13]])
    primary, fixed = np.zeros(values.shape, dtype=bool), np.zeros(values.shape, dtype=bool)
    primary[0, 0] = True
    free = suppress_secondary(build_table(values, primary)).reshape(values.shape)
    fixed[free & ~primary] = True
    other = suppress_secondary(build_table(values, primary, fixed)).reshape(values.shape)
    assert not (other & fixed).any()
    assert not audit_suppression(build_table(values, primary, fixed), other.ravel())["is_exposed"].any()


def test_no_way_left_means_no_table():
    values = np.array([[120, 48, 75, 243]])
    primary = np.array([[False, True, False, False]])
    assert suppress_secondary(build_table(values, primary, ~primary)) is None
    assert suppress_secondary(build_table(values, primary, primary)) is None


def test_a_table_of_one_part_hides_its_total():
    assert suppress_secondary(build_table([[48.0, 48.0]], [[True, False]])).tolist() == [True, True]


def test_linked_tables_share_one_pattern():
    """Zone = a + b + c; zone without a site = b + c: two published totals, one family."""
    values = np.array([30.0, 10.0, 60.0, 100.0, 70.0])
    sums = csr_array(np.array([[1.0, 1, 1, -1, 0], [0, 1, 1, 0, -1]]))
    primary = np.array([True, False, False, False, False])
    family = TableFamily(values, sums, primary, np.zeros(5, dtype=bool))
    assert audit_suppression(family, [True, True, False, False, False])["is_exposed"].all()
    hidden = suppress_secondary(family)
    assert not audit_suppression(family, hidden)["is_exposed"].any()
    assert hidden[3] or hidden[4]


def test_more_protection_hides_no_less():
    values = with_totals([[100, 12, 40], [9, 19, 40], [11, 60, 13]])
    primary = np.zeros(values.shape, dtype=bool)
    primary[0, 0] = True
    for protection in (0.0, 0.1, 0.5, 1.0):
        family = build_table(values, primary, protection=protection)
        audit = audit_suppression(family, suppress_secondary(family))
        assert not audit["is_exposed"].any()
        assert audit.loc[0, "upper"] > 100 * (1 + protection)


def test_cost_chooses_what_is_hidden():
    row, mark = [[10.0, 20, 30, 60]], [[True, False, False, False]]
    assert suppress_secondary(build_table(row, mark)).tolist() == [True, True, False, False]
    assert suppress_secondary(build_table(row, mark), cost=[1, 9, 1, 99]).tolist() == [True, False, True, False]


def test_wrong_tables_are_refused():
    with pytest.raises(MetricError, match="add up"):
        build_table([[1, 2, 4]], [[False, False, False]])
    with pytest.raises(MetricError, match="negative"):
        build_table([[-1, 2, 1]], [[False, False, False]])
    with pytest.raises(MetricError, match="shape"):
        build_table([[1, 2, 3]], [[False, False]])


@settings(max_examples=25)
@given(tables(least=0))
def test_bounds_of_many_figures_at_once_are_those_of_each_alone(case):
    family = build_table(*case)
    audit = audit_suppression(family, family.primary)
    for cell, row in audit.iterrows():
        assert find_bounds(family, family.primary, cell) == pytest.approx((row["lower"], row["upper"]), abs=1e-5)


def test_many_figures_are_audited_in_several_programs(monkeypatch):
    values = with_totals(np.arange(1, 26).reshape(5, 5))
    family = build_table(values, (values < 12) & (values > 2))
    whole = audit_suppression(family, family.primary)
    monkeypatch.setattr("zonebook.metrics.suppression._VARIABLES_AT_ONCE", 25)
    parts = audit_suppression(family, family.primary)
    np.testing.assert_allclose(whole[["lower", "upper"]], parts[["lower", "upper"]], atol=1e-6)


def test_a_hidden_total_leaves_its_parts_without_an_upper_bound():
    family = build_table([[40.0, 60.0, 100.0]], [[True, False, True]])
    assert find_bounds(family, family.primary, 0) == (0.0, np.inf)
    assert find_bounds(family, family.primary, 2)[0] == pytest.approx(60.0)
