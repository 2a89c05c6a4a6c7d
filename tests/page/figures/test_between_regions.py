"""Figures of flows between regions and zones: gaps, corridors, largest flows, distances, the matrix of zones."""

import pytest

from figure_pages import ZONE, alternative_of, assert_is_sound, make_page
from metric_pages import make_pair, make_row
from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page.figures import backbone, gravity_gaps, region_flows, tie_distances, zone_matrix

LANGUAGES = ["ru", "en"]


def _pair(name: str, observed: float, expected: float) -> list[MetricResult]:
    return [
        make_pair("R06", name, observed / expected, unit="ratio"),
        make_pair("R06.observed", name, observed, unit="RUB"),
        make_pair("R06.expected", name, expected, unit="RUB"),
    ]


GAPS = [*_pair("RU-MOW:RU-KHM", 2e8, 1e9), *_pair("RU-TA:RU-MOW", 0.0, 4e8), *_pair("RU-TA:RU-TOM", 3e9, 1e9)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_largest_gap_comes_first_and_a_flow_above_is_none(lang: str) -> None:
    block = assert_is_sound(gravity_gaps(make_page(lang, scope="country", results=GAPS)))
    assert [row[0] for row in block.rows] == ["RU-MOW", "RU-TA", "RU-TA"]
    assert gravity_gaps(make_page(lang, scope="country", results=GAPS[6:])) is None


def test_gaps_are_named() -> None:
    said = alternative_of(gravity_gaps(make_page("en", scope="country", results=GAPS)))
    assert said.startswith("Largest shortfalls: Moscow → Khanty-Mansi")
    assert "short of 800 mn RUB, 20% of what is expected" in said
    assert "Tomsk" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_corridors_are_drawn_and_withheld_ones_only_counted(lang: str) -> None:
    rows = [make_pair("R08.part", "RU-MOW:RU-TA", 0.04), make_pair("R08.part", "RU-TOM:RU-MOW", None)]
    block = assert_is_sound(backbone(make_page(lang, scope="country", results=rows)))
    assert [row[5] for row in block.rows] == ["ok", "suppressed"]
    assert backbone(make_page(lang, scope="country", results=rows[1:])) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_region_supplies_and_takes(lang: str) -> None:
    of = {"scope_type": "region", "scope_id": "RU-MOW", "unit": "RUB"}
    rows = [make_row("R08.to.RU-TA", 5e9, **of), make_row("R08.from.RU-KHM", 2e9, **of), make_row("R08", 3, **of)]
    block = assert_is_sound(region_flows(make_page(lang, scope="region", results=rows)))
    assert [row[1] for row in block.rows] == ["R08.to.RU-TA", "R08.from.RU-KHM"]
    assert region_flows(make_page(lang, scope="region")) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_distances_of_a_register_are_its_quantiles(lang: str) -> None:
    names = {"p10": 0.0, "p25": 3.0, "median": 24.0, "p75": 45.0, "p90": 330.0}
    rows = [make_row(f"R05.{name}", km, unit="km") for name, km in names.items()]
    block = assert_is_sound(tie_distances(make_page(lang, results=rows)))
    assert len(block.rows) == 5
    assert "24" in block.svg


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [2, 30])
def test_the_matrix_marks_withheld_cells(lang: str, count: int) -> None:
    zones = [{**ZONE, "zone_id": f"z{index:02d}"} for index in range(count)]
    rows = [make_pair("R09", "z00:z01", 12.0, unit="count"), make_pair("R09", "z01:z00", None, unit="count")]
    rows += [make_pair("R09", f"z00:z{index:02d}", 1.0, unit="count") for index in range(2, count)]
    block = assert_is_sound(zone_matrix(make_page(lang, scope="country", results=rows, zone=zones)))
    assert [row[5] for row in block.rows][:2] == ["ok", "suppressed"]
    assert {"ru": "Скрыта 1 пара.", "en": "1 pair is withheld."}[lang] in alternative_of(block)
    assert zone_matrix(make_page(lang, scope="country")) is None


def test_a_matrix_of_reported_ties_is_a_lower_bound() -> None:
    rows = [make_pair("R09", "z00:z01", 1.0, unit="count", evidence=evidence) for evidence in Evidence]
    zones = [{**ZONE, "zone_id": zone} for zone in ("z00", "z01")]
    blocks = [zone_matrix(make_page("en", scope="country", results=[row], zone=zones)) for row in rows]
    bounds = ["lower bound" in block.html for block in blocks if block is not None]
    assert bounds == [evidence is Evidence.REPORTED for evidence in Evidence]
