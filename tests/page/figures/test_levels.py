"""Ties by level and status."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from local_pages import make_tie, open_register
from zonebook.page.figures import ties_by_level


def _ties(*levels: tuple[str, str, str]) -> dict[str, list[dict[str, object]]]:
    places = {"international": {"country_iso3": "KAZ"}}
    return tie_tables(
        {"level": level, "status": status, "kind": kind, **places.get(level, {"region_iso": "RU-TA"})}
        for level, status, kind in levels
    )


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("many", [1, 900])
def test_statuses_are_kept_apart(lang: str, many: int) -> None:
    ties = [("local", "actual", "supply")] * many + [("international", "planned", "supply")]
    ties += [("international", "talks", "supply"), ("regional", "actual", "support_measure")]
    block = assert_is_sound(ties_by_level(make_page(lang, **_ties(*ties))))
    assert block.rows == (("local", many, 0, 0), ("international", 0, 1, 1))


def test_alternative_text_gives_the_counts() -> None:
    ties = [("regional", "actual", "supply")] * 2 + [("regional", "planned", "supply")]
    assert alternative_of(ties_by_level(make_page("en", **_ties(*ties)))) == "Interregional: actual: 2, planned: 1."
    assert ties_by_level(make_page()) is None


def test_numbers_of_one_or_two_firms_of_the_register_are_withheld_and_the_others_are_not() -> None:
    ties = [*(make_tie(i, i, i + 1) for i in range(5)), make_tie(9, 0, 1, status="planned")]
    block = assert_is_sound(ties_by_level(open_register("en", ties=ties)))
    assert block.rows == (("local", 5, None, 0),)
    assert "withheld" in block.html
