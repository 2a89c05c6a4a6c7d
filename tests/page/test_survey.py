"""Figures of many zones are gone through: a country page holds no more of them than it shows."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import pytest

from small_data import write_small_data_set
from word_pages import open_small
from zonebook.metrics.figures import Figure
from zonebook.page import narrative, open_country, tables
from zonebook.page.survey import survey_figures
from zonebook.tables import lazy
from zonebook.tables.check import check_data_set
from zonebook.tables.store import write_store

_COLUMNS = "zone_id,year,period,indicator,source_id,vintage,value,unit,cumulative,qualifier,source_date,note"


def test_a_survey_is_of_the_figures_of_each_zone() -> None:
    for kind in ("overview", "region", "zone"):
        here = open_small(kind, "en")
        found = survey_figures(here)
        assert found.keys() == here.figures.keys()
        for zone_id, figures in here.figures.items():
            survey = found[zone_id]
            assert survey.known == len(figures)
            assert survey.rounded == sum(figure.qualifier != "exact" for figure in figures)
            assert survey.disputed == tuple(figure for figure in figures if figure.disagree)
            assert here.figures_about(zone_id) == figures
        assert any(survey.disputed for survey in found.values()) or kind == "region"


def test_figures_of_indicators_are_those_of_all_figures() -> None:
    here = open_small("overview", "en")
    assert dict(here.go_through_figures()) == dict(here.figures)
    wanted = ("jobs", "export_rub")
    found = {zone_id: tuple(f for f in own if f.indicator in wanted) for zone_id, own in here.figures.items()}
    assert dict(here.go_through_figures(*wanted)) == {zone_id: own for zone_id, own in found.items() if own}
    assert here.figures_of("jobs") == dict(here.go_through_figures("jobs"))


@pytest.mark.parametrize("zones", [10, 40])
def test_a_page_holds_no_figures_of_zones_that_it_only_counts(
    zones: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lazy, "_PART", 20)
    data = write_small_data_set(tmp_path / "data")
    lines = (data / "zone.csv").read_text(encoding="utf-8").splitlines()
    model = next(line for line in lines if line.startswith("example-north,"))
    more = [model.replace("example-north,", f"example-{number},", 1) for number in range(zones)]
    (data / "zone.csv").write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    lines = (data / "zone_year.csv").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line.startswith("example-north,") and "example-press" not in line]
    more = [line.replace("example-north,", f"example-{number},", 1) for number in range(zones) for line in own]
    (data / "zone_year.csv").write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    write_store(check_data_set(data), tmp_path / "store")
    here = replace(open_small("overview", "en"), share=open_country("overview", data=str(tmp_path / "store")).share)
    before = _count_figures()
    blocks = [tables.key_figures(here), narrative.disagreements(here), tables.disagreements(here)]
    assert narrative.how_sure(here)
    assert sum(survey.known for survey in survey_figures(here).values()) > zones * len(own) / 2
    assert _count_figures() - before < 60
    assert any(blocks)


def _count_figures() -> int:
    gc.collect()
    return sum(isinstance(one, Figure) for one in gc.get_objects())
