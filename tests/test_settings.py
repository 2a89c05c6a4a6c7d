"""Settings of the metrics: defaults, and what is said of each."""

from pathlib import Path

import pytest

from zonebook.metrics.registry import CATALOGUE
from zonebook.settings import DEFAULT_SETTINGS, SETTING_NAMES, MetricSettings, list_changes, read_notes, to_plain

ROOT = Path(__file__).parents[1]


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    assert set(read_notes()) == set(SETTING_NAMES)


@pytest.mark.parametrize("name", SETTING_NAMES)
def test_notes_are_sentences_in_both_languages_and_name_metrics_that_exist(name: str) -> None:
    note = read_notes()[name]
    assert note.metrics
    assert set(note.metrics) <= set(CATALOGUE)
    for texts in (note.help, note.basis):
        assert texts["en"].endswith(".")
        assert texts["ru"].endswith(".")
        assert any("а" <= letter <= "я" for letter in texts["ru"].lower())


def test_every_setting_is_described_where_it_is_declared() -> None:
    described = MetricSettings.__doc__ or ""
    assert [name for name in SETTING_NAMES if name not in described] == []


def test_plain_values_hold_lists_and_dicts_only() -> None:
    plain = to_plain(DEFAULT_SETTINGS.index)
    assert plain["local"]["L08"] == [0.0, 0.5]
    assert isinstance(to_plain(DEFAULT_SETTINGS.high_tech), list)


def test_changes_are_what_differs() -> None:
    assert list_changes(MetricSettings(index={"local": {"L01": (0.0, 2.0)}})) == {
        "index": {"local": {"L01": [0.0, 2.0]}}
    }
