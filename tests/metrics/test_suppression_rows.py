import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.firm_tables import EVEN, firms, scope_of, value
from metrics.shares import figure
from zonebook.metrics.disclosure_rows import primary_rows
from zonebook.metrics.suppression_rows import build_sums, secondary_rows


def test_one_hidden_part_is_found_by_subtraction_and_needs_a_second():
    """48 by subtraction: a single hidden figure is what is left of the total."""
    rows = secondary_rows(scope_of(firms(EVEN, EVEN, [24.0, 24.0])))
    assert value(rows, "Q05.recoverable") == 1
    assert value(rows, "Q05") == value(rows, "Q05.revenue") == pytest.approx(1 / 4)
    assert value(rows, "Q05.hidden") == pytest.approx(2 / 4)
    assert (value(rows, "Q05.exposed"), value(rows, "Q05.unpublished")) == (0, 0)


def test_hidden_parts_that_protect_each_other_need_nothing_more():
    rows = secondary_rows(scope_of(firms(EVEN, [24.0, 24.0], [20.0, 20.0])))
    assert (value(rows, "Q05"), value(rows, "Q05.recoverable")) == (0, 0)
    assert value(rows, "Q05.hidden") == pytest.approx(2 / 4)


def test_nothing_to_hide_hides_nothing():
    assert value(secondary_rows(scope_of(firms(EVEN, EVEN))), "Q05.hidden") == 0


def test_a_total_that_is_printed_cannot_be_hidden():
    tables = firms([24.0, 24.0])
    assert value(secondary_rows(scope_of(tables)), "Q05.hidden") == 1
    printed = tables | {"zone_year": [figure("revenue_rub", 2024, 48)]}
    rows = secondary_rows(scope_of(printed))
    assert (value(rows, "Q05.unpublished"), value(rows, "Q05.exposed")) == (1, 1)
    assert "tables that cannot be published: 1" in rows[0].reason


def test_totals_of_blocs_are_a_part_of_the_table():
    """Two hidden countries protect each other in a plain list, not where each is what is left of its bloc."""
    tables = firms(EVEN) | {"party_year": None}
    flows = [(f"f{i}", country) for country in ("CHN", "SRB", "TUR") for i in range(4)]
    flows += [("f0", "KAZ"), ("f1", "KAZ"), ("f0", "USA"), ("f1", "USA")]
    rows = [
        {"exporter_id": firm, "country_iso3": country, "year": 2024, "value_rub": 10.0, "product": "8413"}
        for firm, country in flows
    ]
    found = secondary_rows(scope_of(tables | {"export_flow": rows}))
    assert (value(found, "Q05.recoverable"), value(found, "Q05.exposed")) == (3, 0)
    assert value(found, "Q05") > 0
    primary = primary_rows(scope_of(tables | {"export_flow": rows}))
    assert value(primary, "Q04.exports") == pytest.approx(3 / 9)
    plain = secondary_rows(scope_of(tables | {"export_flow": rows, "bloc_membership": None}))
    assert (value(plain, "Q05.recoverable"), value(plain, "Q05.hidden")) == (0, pytest.approx(2 / 6))


def test_sums_of_a_plain_table():
    assert build_sums(["a", "b", ""], {}).toarray().tolist() == [[1, 1, -1]]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 99).map(float), min_size=1, max_size=5), min_size=2, max_size=5))
def test_no_hidden_figure_of_a_published_table_can_be_worked_out(sizes):
    rows = secondary_rows(scope_of(firms(*sizes)))
    if value(rows, "Q05.unpublished") == 0:
        assert value(rows, "Q05.exposed") == 0
    assert 0 <= value(rows, "Q05") <= value(rows, "Q05.hidden") <= 1
