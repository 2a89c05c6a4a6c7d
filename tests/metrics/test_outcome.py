from metrics.shares import make_scope
from zonebook.metrics.interval import Interval
from zonebook.metrics.outcome import Outcome, build_row, hide_row, repeat_largest
from zonebook.metrics.reasons import Reason
from zonebook.metrics.result import Evidence, Status
from zonebook.metrics.scope import Basis

SCOPE = make_scope()
BASIS = Basis(2024, "FY", Evidence.REGISTER, ("register",), "", 7)


def test_a_number_is_exact_unless_said_otherwise():
    row = build_row(SCOPE, "L12", "ratio", Outcome(2.0, BASIS))
    assert (row.value, row.lower, row.upper) == (2, 2, 2)
    loose = build_row(SCOPE, "L12", "ratio", Outcome(2.0, BASIS, is_exact=False))
    assert (loose.value, loose.lower, loose.upper) == (2, None, None)


def test_bounds_are_kept():
    row = build_row(SCOPE, "L12", "ratio", Outcome(Interval(2, 1, 3), BASIS, is_exact=False, notes=["a", "b"]))
    assert (row.value, row.lower, row.upper, row.reason) == (2, 1, 3, "a; b")


def test_no_value_is_undefined_with_its_reason():
    row = build_row(SCOPE, "L12", "ratio", Outcome(None, BASIS, undefined=Reason.NO_EMPLOYEES))
    assert (row.status, row.value, row.reason) == (Status.UNDEFINED, None, "nobody is employed here")


def test_what_is_hidden_tells_no_number_of_firms():
    row = hide_row(SCOPE, "L12", "ratio", ["too few"], BASIS)
    assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)


def test_the_headline_is_the_largest_with_enough_firms():
    rows = [
        build_row(SCOPE, f"L12.{name}", "ratio", Outcome(value, BASIS)) for name, value in (("21", 3.0), ("26", 4.0))
    ]
    assert repeat_largest(rows, "L12").reason == "industry: 26"
    hidden = hide_row(SCOPE, "L12.10", "ratio", ["why"], BASIS)
    assert repeat_largest([hidden, *rows], "L12").value == 4
    assert (repeat_largest([hidden], "L12").status, repeat_largest([hidden], "L12").metric_id) == (
        Status.SUPPRESSED,
        "L12",
    )
