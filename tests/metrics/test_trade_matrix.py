import numpy as np

from zonebook.metrics.trade_matrix import REST, TradeMatrix, align_matrices

MATRIX = TradeMatrix(("BLR", "KAZ"), ("84", "90"), np.array([[1.0, 2.0], [3.0, 4.0]]))


def test_amounts_of_labels_that_are_not_there_are_zero():
    assert MATRIX.put_on(["KAZ", "SRB"], ["90", "27", "84"]).tolist() == [[4.0, 0.0, 3.0], [0.0, 0.0, 0.0]]


def test_a_country_or_a_product_is_dropped_if_it_is_there():
    assert MATRIX.drop(country="BLR").values.tolist() == [[3.0, 4.0]]
    assert MATRIX.drop(product="84").products == ("90",)
    assert MATRIX.drop(country="SRB", product=REST).values.tolist() == MATRIX.values.tolist()


def test_what_products_leave_of_totals_is_the_rest():
    found = TradeMatrix.of_totals(MATRIX, {"BLR": 3.0, "KAZ": 10.0, "SRB": 5.0})
    assert found.to_frame()[REST].to_dict() == {"BLR": 0.0, "KAZ": 3.0, "SRB": 5.0}
    assert TradeMatrix.of_totals(MATRIX, {"BLR": 3.0, "KAZ": 7.0}).products == ("84", "90")


def test_products_above_their_total_leave_no_rest():
    assert TradeMatrix.of_totals(MATRIX, {"BLR": 1.0, "KAZ": 7.0}).products == ("84", "90")


def test_matrices_are_put_side_by_side():
    found = align_matrices(one=MATRIX, other=TradeMatrix(("SRB",), ("27",), np.array([[9.0]])))
    assert len(found) == 9
    assert found["one"].sum() == 10
    assert found.loc[(found["market"] == "SRB") & (found["product"] == "27"), "other"].tolist() == [9.0]
