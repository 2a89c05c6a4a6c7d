"""Errors carry their place and a remedy, in one paragraph, and survive the way back from another process."""

import pickle

import pytest

from zonebook import errors


@pytest.mark.parametrize(
    "kind", [errors.ParameterError, errors.DataError, errors.MetricError, errors.PageError, errors.BookError]
)
def test_every_error_says_where_what_and_what_to_do(kind: type[errors.ZonebookError]) -> None:
    error = kind("the year is 20244.", place="zone_year.csv, row 3", remedy="Write four digits.")
    assert str(error) == "zone_year.csv, row 3: the year is 20244. Write four digits."
    assert isinstance(error, errors.ZonebookError)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in the line itself
    assert (str(copy), copy.place, copy.remedy) == (str(error), error.place, error.remedy)


def test_place_and_remedy_may_be_left_out() -> None:
    assert str(errors.DataError("nothing to read.")) == "nothing to read."
