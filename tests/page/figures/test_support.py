"""Combinations of support and its coverage: few residents are never told apart, what is withheld is drawn as such."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from standing_rows import row
from zonebook.metrics.result import Status
from zonebook.page.figures import support_combinations, support_coverage

CLUSTERS = [
    {"cluster_id": "metals", "zone_id": "example", "name_ru": "Металлы и металлоизделия", "name_en": "Metals"},
    {"cluster_id": "drugs", "zone_id": "example", "name_ru": "Лекарства", "name_en": "Drugs"},
]
COMBINATIONS = [
    row("S01", 0.25),
    row("S01.combination.none", 70.0, unit="count"),
    row("S01.combination.grant", 12.0, unit="count"),
    row("S01.combination.grant_loan", 9.0, unit="count"),
    row("S01.combination.loan", 4.0, unit="count"),
    row("S01.combination.grant_loan_training", None, unit="count", status=Status.SUPPRESSED),
]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_withheld_combinations_have_no_column_and_are_said(lang: str) -> None:
    block = assert_is_sound(support_combinations(make_page(lang, results=COMBINATIONS)))
    assert block.rows == (("grant", 12), ("grant;loan", 9), ("loan", 4))
    assert "training" not in block.html
    assert {"en": "are withheld", "ru": "не показаны"}[lang] in block.html


def test_combinations_beyond_the_most_that_are_drawn_are_counted_together() -> None:
    many = [row(f"S01.combination.m{place:02}", 30.0 - place, unit="count") for place in range(16)]
    block = assert_is_sound(support_combinations(make_page("en", results=[row("S01", 0.5), *many])))
    assert (len(block.rows), block.rows[-1]) == (15, ("", 16 + 15))


def test_a_withheld_number_of_residents_without_a_measure_has_its_sign() -> None:
    hidden = row("S01.combination.none", None, unit="count", status=Status.SUPPRESSED)
    block = assert_is_sound(support_combinations(make_page("en", results=[*COMBINATIONS[2:], hidden])))
    assert "Without any measure: c." in block.html


def test_alternative_text_tells_the_share_and_each_combination() -> None:
    said = alternative_of(support_combinations(make_page("en", results=COMBINATIONS)))
    assert "Share of residents with support: 25%." in said
    assert "Grant + loan: 9." in said


def test_nobody_with_support_is_no_figure() -> None:
    assert support_combinations(make_page(results=COMBINATIONS[:2])) is None
    assert support_coverage(make_page()) is None


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_cluster_whose_share_is_withheld_is_drawn_with_its_sign(lang: str) -> None:
    clusters = [
        row("S01", 0.4, scope_type="cluster", scope_id="metals"),
        row("S01", None, scope_type="cluster", scope_id="drugs", status=Status.SUPPRESSED),
        row("S01", 0.9, scope_type="cluster", scope_id="drugs", year=2024),
    ]
    block = assert_is_sound(support_coverage(make_page(lang, results=[row("S01", 0.25), *clusters], cluster=CLUSTERS)))
    assert [cells[0] for cells in block.rows] == ["example", "metals", "drugs"]
    sign = {"ru": "к", "en": "c"}[lang]
    assert f": {sign}." in alternative_of(block)
    assert "90" not in alternative_of(block)
