import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.shares import make_scope
from metrics.trade_tables import FIRMS, flow
from zonebook.metrics.export_cells import Cells, clean_code, name_family, read_cells


def cells(*rows, **tables):
    return read_cells(make_scope(party=FIRMS, export_flow=rows, **tables))


@pytest.mark.parametrize(
    ("scheme", "code", "family"),
    [
        ("HS6", "841370", "HS"),
        ("", "8413", "HS"),
        ("", "413", "other"),
        ("SITC", "7132", "SITC"),
        ("OKPD2", "2651", "OKPD2"),
        ("", "", "other"),
        ("other", "A1", "other"),
    ],
)
def test_the_classification_is_that_of_the_row_else_seen_from_the_code(scheme, code, family):
    assert name_family(scheme, code) == family


def test_codes_are_compared_without_dots_and_spaces():
    assert (clean_code("26.51.5"), clean_code("8413 70"), clean_code(None)) == ("26515", "841370", "")


def test_rows_are_those_of_the_zone_and_its_firms_up_to_the_year():
    found = cells(
        flow("KAZ", 1.0),
        flow("KAZ", 2.0, exporter_id="f1"),
        flow("KAZ", 3.0, exporter_id="stranger"),
        flow("KAZ", 4.0, year=2026),
    )
    assert found.rub.tolist() == [1.0, 2.0]
    assert found.is_firm.tolist() == [False, True]
    assert found.place.tolist() == ["home", "home"]


def test_a_total_is_not_added_to_its_parts_nor_a_chapter_to_its_headings():
    found = cells(flow("KAZ", 10.0), flow("KAZ", 6.0, "84"), flow("KAZ", 5.0, "8413"), flow("BLR", 2.0, "8413"))
    assert found.rub[found.find_topmost()].tolist() == [10.0, 2.0]
    assert found.rub[found.find_topmost(2)].tolist() == [6.0, 2.0]
    assert found.rub[found.find_topmost(4)].tolist() == [5.0, 2.0]


def test_codes_of_an_unknown_classification_have_no_headings_but_all_goods():
    found = cells(
        flow("KAZ", 1.0, "A", product_scheme="other"),
        flow("KAZ", 2.0, "A1", product_scheme="other"),
        flow("KAZ", 4.0, "26", product_scheme="OKPD2"),
        flow("KAZ", 8.0, "2601"),
    )
    assert found.find_topmost().all()


def test_the_same_code_of_two_classifications_is_not_one_inside_the_other():
    found = cells(flow("KAZ", 4.0, "26", product_scheme="OKPD2"), flow("KAZ", 8.0, "2610"))
    assert found.find_topmost(2).tolist() == [True, True]


@given(st.lists(st.sampled_from(["", "84", "8413", "841370", "90", "9013"]), unique=True, min_size=1))
def test_no_row_that_is_summed_lies_inside_another(codes):
    some = np.array(["x"] * len(codes), dtype=object)
    family, numbers = np.array(["HS"] * len(codes), dtype=object), np.ones(len(codes))
    found = Cells(
        year=np.full(len(codes), 2024),
        **dict.fromkeys(("place", "exporter", "respondent", "country", "source", "vintage"), some),
        product=np.array(codes, dtype=object),
        family=family,
        rub=numbers,
        usd=numbers,
    )
    top = found.product[found.find_topmost()]
    assert not any(one != other and other.startswith(one) for one in top for other in top)
    assert all(any(code.startswith(one) for one in top) for code in found.product)
