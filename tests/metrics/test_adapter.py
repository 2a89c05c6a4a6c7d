import pytest

from metrics.shares import PARTIES, make_scope, tie
from zonebook.errors import MetricError
from zonebook.metrics.adapter import compute_rows, makes_rows
from zonebook.metrics.registry import CATALOGUE, Metric
from zonebook.metrics.result import Evidence, Status


def declare(function, *tables):
    texts = {"en": "Undefined here.", "ru": "Не определено."}
    return Metric("Z01", "local", "A", False, texts, texts, "n", "count", "any", texts, (), tables, ("zone",), function)


def test_a_plain_function_gets_its_tables_and_gives_a_row():
    (row,) = compute_rows(declare("metrics.own_metric:count_zones", "zone"), make_scope())
    assert (row.metric_id, row.value, row.lower, row.upper) == ("Z01", 2, 2, 2)
    assert (row.year, row.unit, row.status) == (2025, "count", Status.OK)


def test_series_intervals_and_undefined_values_become_rows():
    ties = [tie("a", "tatar"), tie("b", "tver", source_id="made-up")]
    metric = declare("metrics.own_metric:measure_ties", "tie")
    headline, nothing, year = compute_rows(metric, make_scope(party=PARTIES, tie=ties))
    assert (headline.value, headline.lower, headline.upper) == (2, 0, 9)
    assert (headline.source_ids, headline.evidence) == ("press-a;made-up", Evidence.DEMONSTRATION)
    assert (nothing.metric_id, nothing.status, nothing.reason) == ("Z01.nothing", Status.UNDEFINED, "Undefined here.")
    assert year.value == 2025


def test_a_missing_table_is_named_before_anything_is_called():
    (row,) = compute_rows(declare("metrics.own_metric:measure_ties", "tie"), make_scope())
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "the data set has no table tie")


def test_an_unknown_parameter_is_refused_with_what_is_known():
    with pytest.raises(MetricError, match="'weather'") as caught:
        compute_rows(declare("metrics.own_metric:ask_too_much", "zone"), make_scope())
    assert "scope_id or its tables: zone" in caught.value.remedy


def test_functions_of_a_scope_make_their_rows_themselves():
    assert makes_rows(CATALOGUE["X01"].load_function())
    rows = compute_rows(CATALOGUE["X01"], make_scope())
    assert [row.metric_id for row in rows] == ["X01"]
