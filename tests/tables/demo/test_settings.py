"""Settings of a demonstration data set: what is out of range is refused with its range."""

from typing import Any

import pytest

from zonebook.errors import ParameterError
from zonebook.tables.demo import DemoSettings, read_years


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"zones": 0}, "from 1 to"),
        ({"zones": 2.5}, "whole number"),
        ({"zones": True}, "whole number"),
        ({"residents": 14}, "from 15 to"),
        ({"residents": 100_000}, "from 15 to"),
        ({"seed": -1}, "from 0 to"),
        ({"seed": 2**63}, "from 0 to"),
        ({"years": (2025, 2019)}, "such as 2019-2025"),
        ({"years": (1980, 1990)}, "within 2000-2090"),
        ({"years": (2000, 2090)}, "at most 30"),
        ({"years": "2019"}, "such as 2019-2025"),
        ({"ties_per_resident": 1}, "from 4 to 200"),
        ({"ties_per_resident": float("nan")}, "from 4 to 200"),
    ],
)
def test_what_is_out_of_range_is_refused(given: dict[str, Any], remedy: str) -> None:
    with pytest.raises(ParameterError) as refused:
        DemoSettings(**given)
    assert remedy in refused.value.remedy
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "years"),
    [("2019-2025", (2019, 2025)), (" 2019 – 2025 ", (2019, 2025)), ("2019—2025", (2019, 2025)), ("2024", (2024, 2024))],
)
def test_years_are_read_as_people_write_them(text: str, years: tuple[int, int]) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize("text", ["", "soon", "2019-", "19-25", "2025-2019", "2019-2025-2030"])
def test_other_texts_are_no_years(text: str) -> None:
    with pytest.raises(ParameterError, match="years cannot be"):
        read_years(text)


def test_trade_is_given_for_the_last_two_years() -> None:
    assert DemoSettings(years=(2019, 2025)).tie_years == (2024, 2025)
    assert DemoSettings(years=(2024, 2024)).tie_years == (2024,)
