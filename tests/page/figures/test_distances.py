"""Distances of ties."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from zonebook.page.figures import tie_distances


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_distances_mark_the_median(lang: str) -> None:
    codes = ["RU-MOW", "RU-MOW", "RU-TA", "RU-TA", "RU-TA", "RU-TOM", ""]
    partners = tie_tables({"region_iso": code or None, "level": "regional", "kind": "supply"} for code in codes)
    block = assert_is_sound(tie_distances(make_page(lang, **partners)))
    lengths = [row[1] for row in block.rows]
    assert lengths == sorted(lengths)
    assert len(lengths) == 6
    assert lengths[2] == pytest.approx(714, abs=10)  # Moscow to Kazan as the crow flies
    english = tie_distances(make_page("en", **partners))
    assert "6 ties have known places: half reach no farther than 71" in alternative_of(english)
    assert "1 tie without a known place is left out." in english.html


def test_few_ties_have_no_distribution() -> None:
    partners = tie_tables({"region_iso": "RU-TA", "level": "regional", "kind": "supply"} for _ in range(4))
    assert tie_distances(make_page(**partners)) is None
    assert tie_distances(make_page()) is None
