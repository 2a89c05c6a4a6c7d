"""Metrics that break the rules, for tests."""


def give_no_headline(scope):
    """Return a further series without the headline."""
    return [scope.missing("Q03.extra", "share", "nothing")]


def give_twice(scope):
    """Return the same row twice."""
    return [scope.missing("Q07", "count", "nothing")] * 2
