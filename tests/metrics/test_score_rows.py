import pytest

from metrics.indexed import find, row, rows_of, zone_scope
from zonebook.metrics.result import Status
from zonebook.metrics.score_rows import score_rows

VALUES = {"L01": 40.0, "L08": 60.0, "R02": 90.0, "R09": 90.0, "X04": 20.0, "X07": 60.0}


def run(function, rows, **scope):
    return function(zone_scope(**scope), rows)


def test_less_is_better_turns_the_bounds():
    rows = [row("X07", 60.0, lower=50.0, upper=80.0)]
    found = find(run(score_rows, rows), "C01.X07")
    assert (found.value, found.lower, found.upper) == (pytest.approx(40), pytest.approx(20), pytest.approx(50))
    assert "less is better" in found.reason


def test_a_lower_bound_may_be_anything_above():
    found = find(run(score_rows, [row("R02", 30.0, upper=None)]), "C01.R02")
    assert (found.lower, found.upper) == (pytest.approx(30), 100)


def test_beyond_an_end_of_the_scale_is_cut_and_said():
    found = run(score_rows, rows_of(VALUES | {"L01": 130.0, "X07": 120.0}))
    assert [find(found, f"C01.{name}").value for name in ("L01", "X07")] == [100, 0]
    assert "beyond the end of its scale" in find(found, "C01.L01").reason
    assert find(found, "C01").reason == "6 of 6 indicators; beyond the end of their scale: 2"


def test_a_full_year_goes_before_a_date_in_it():
    rows = rows_of({"L01": 10.0}, period="point") + rows_of({"L01": 70.0})
    assert find(run(score_rows, rows), "C01.L01").value == pytest.approx(70)


def test_an_indicator_without_a_value_says_why():
    rows = [
        row("L01", 10.0),
        row("L08", None, status=Status.MISSING_INPUT, reason="needs a register of ties", period=""),
    ]
    found = run(score_rows, rows)
    assert (find(found, "C01.L08").status, find(found, "C01.L08").reason) == (
        Status.MISSING_INPUT,
        "needs a register of ties",
    )
    assert find(found, "C01.R02").reason == "no figure of this indicator for the year"
    assert find(found, "C01").value == 1


def test_few_units_stay_few():
    found = find(run(score_rows, [row("L01", 10.0, status=Status.LOW_N, n_units=3)]), "C01.L01")
    assert (found.status, found.reason) == (Status.LOW_N, "only 3 to go by")
