"""Opening a handout: with the rows that only the whole country tells of its region, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from figure_pages import make_page
from metric_pages import make_pair, make_row
from paper.printed import Printed
from zonebook.metrics.result import to_frame
from zonebook.page.locale import get_locale
from zonebook.paper.brand import describe_brand
from zonebook.paper.handout import compose_handout
from zonebook.paper.printing import open_paper, print_handout
from zonebook.parameters import Parameters

HOME, OTHER = "RU-MOW", "RU-TA"
FLOWS = [{"origin": HOME, "destination": OTHER, "year": 2025, "value_rub": 1.0}]
NAME = f"{HOME}:{OTHER}"
TOLD = (
    make_pair("R06", NAME, 0.25, unit="ratio"),
    make_pair("R06.observed", NAME, 1e9, unit="RUB"),
    make_pair("R06.expected", NAME, 4e9, unit="RUB"),
    make_row("R11", 1.62, unit="ratio", scope_type="region", scope_id=HOME),
    make_row("R11.spillover", 0.25, unit="ratio", scope_type="region", scope_id=HOME),
)


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    path = tmp_path / "flows.parquet"
    to_frame(TOLD).to_parquet(path, index=False)
    return path


@pytest.mark.parametrize("scope", ["region", "zone"])
def test_what_the_country_tells_of_a_region_is_printed(scope: str, flows: Path, tmp_path: Path) -> None:
    share = make_page("en", scope=scope, flow_region=FLOWS).share

    def read(path: Path | None) -> str:
        here = open_paper(share, (), "en", Parameters(), flows=path)
        return Printed(print_handout(here, {}, Parameters(), tmp_path)).text()

    told = read(flows)
    assert "Where the region trades less than expected" in told
    assert "short of 3 bn RUB" in told
    assert "on the page of corridors" not in told
    assert "Where the region trades less than expected" not in read(None)


def test_rows_that_the_page_recorded_are_not_there_twice(flows: Path) -> None:
    share = make_page("en", scope="region", flow_region=FLOWS).share
    here = open_paper(share, TOLD[3:], "en", Parameters(), flows=flows)
    assert sorted(row.metric_id for row in here.results) == sorted(row.metric_id for row in TOLD)
    assert here.told == frozenset(TOLD)


@pytest.mark.parametrize("scope", ["region", "zone"])
def test_a_handout_in_another_language_is_that_of_a_page_opened_in_it(scope: str, flows: Path, tmp_path: Path) -> None:
    share, brand = make_page("en", scope=scope, flow_region=FLOWS).share, describe_brand(Parameters(), tmp_path, "ru")
    english, russian = (open_paper(share, TOLD[3:], lang, Parameters(), flows=flows) for lang in ("en", "ru"))
    compose_handout(english, {}, brand)
    translated = english.in_language(get_locale("ru"))
    assert compose_handout(translated, {}, brand) == compose_handout(russian, {}, brand)
    assert (translated.lang, translated.title, list(translated.cited)) == ("ru", russian.title, list(russian.cited))
    assert translated.sources is english.sources
