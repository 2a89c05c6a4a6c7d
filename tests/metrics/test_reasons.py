import re

import pytest

from zonebook.errors import MetricError
from zonebook.metrics.reasons import SEPARATOR, Reason, join_reasons, read_reason, state

VALUES = {"year": 2023, "earlier_year": 2019, "target_year": 2030, "base_year": 2017}


def fill(reason):
    fields = re.findall(r"{(\w+)}", reason.value)
    return {name: VALUES.get(name, f"a {place}") for place, name in enumerate(fields)}


@pytest.mark.parametrize("reason", list(Reason), ids=lambda reason: reason.name)
def test_every_sentence_can_be_taken_apart_again(reason):
    fields = fill(reason)
    read = read_reason(state(reason, **fields))
    assert read == ((reason.value, {name: str(value) for name, value in fields.items()}),)


def test_several_sentences_are_taken_apart_one_by_one():
    text = join_reasons([state(Reason.SOURCES_DISAGREE), "", state(Reason.POINTS, points=4), "sources disagree"])
    assert [template for template, _ in read_reason(text)] == [Reason.SOURCES_DISAGREE.value, Reason.POINTS.value]


def test_a_sentence_of_another_metric_is_its_own_template():
    assert read_reason("something of one's own") == (("something of one's own", {}),)
    assert read_reason("") == ()


def test_no_template_holds_the_separator():
    assert [reason.name for reason in Reason if SEPARATOR in reason.value] == []


def test_fields_must_be_the_declared_ones_and_hold_no_separator():
    with pytest.raises(MetricError, match="takes the fields"):
        state(Reason.POINTS)
    with pytest.raises(MetricError, match="must not hold"):
        state(Reason.INDICATOR, indicator="a; b")
