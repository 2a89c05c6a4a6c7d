"""The cut-off date: that of the latest source, told in the words of a language."""

import pytest

from zonebook.page.cutoff import find_cut_off, say_cut_off, to_day
from zonebook.page.locale import NBSP, get_locale


@pytest.mark.parametrize(
    ("dates", "latest"),
    [
        ((), ""),
        ((None, float("nan"), "", "undated"), ""),
        (("2025-12-31", "2026-04"), "2026-04"),
        (("2026-04-01T10:00", "2026"), "2026-04-01"),
    ],
)
def test_the_latest_date_counts_and_what_is_none_does_not(dates: tuple[object, ...], latest: str) -> None:
    assert find_cut_off(dates) == latest


@pytest.mark.parametrize(("lang", "said"), [("ru", "Данные на 1 апреля 2026 г."), ("en", "Data as of 1 April 2026")])
def test_it_is_told_in_the_language_of_the_reader(lang: str, said: str) -> None:
    assert say_cut_off("2026-04-01", get_locale(lang)).replace(NBSP, " ") == said
    assert say_cut_off("", get_locale(lang)) == ""


def test_what_a_date_leaves_open_is_the_first() -> None:
    assert to_day("2026-04") == [2026, 4, 1]
    assert to_day("") is None
