"""Metrics that break the rules, or stretch them, for tests."""

from zonebook.metrics.scope import Basis


def give_no_headline(scope):
    """Return a further series without the headline."""
    return [scope.missing("Q03.extra", "share", "nothing")]


def give_twice(scope):
    """Return the same row twice."""
    return [scope.missing("Q07", "count", "nothing")] * 2


def count_rows(scope, rows):
    """Return how many rows others have given."""
    return [scope.result("A01", len(rows), "count", Basis(scope.year, ""))]
