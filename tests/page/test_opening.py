"""Opening pages, and what they leave behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from word_pages import LANGUAGES, open_small, small_store
from zonebook.errors import DataError
from zonebook.metrics.result import RESULT_COLUMNS, to_frame
from zonebook.page import open_country, open_zone, record
from zonebook.page.block import PAGE_MIME
from zonebook.page.rowlinks import list_rows

KINDS = ("zone", "region", "overview", "comparison", "corridors", "targets")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_opens_and_leaves_its_record(kind: str, lang: str) -> None:
    here = open_small(kind, lang)
    bundle = record(here)._repr_mimebundle_()
    fields = json.loads(json.dumps(bundle[PAGE_MIME]))
    assert set(fields) == {"kind", "id", "lang", "title", "description", "evidence", "metrics"}
    assert fields["title"] == here.title != ""
    assert fields["description"]
    assert "<" not in fields["description"]
    assert all(tuple(row) == RESULT_COLUMNS for row in json.loads(fields["metrics"]))
    of_zones = kind == "comparison"  # it lists what only it gives of zones
    assert {row["scope_type"] for row in json.loads(fields["metrics"])} <= {"zone" if of_zones else here.scope}


def test_country_pages_read_recorded_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = open_small("overview", "en")
    to_frame(computed.results).to_parquet(tmp_path / "metrics.parquet", index=False)
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    read = open_country("overview", data=small_store(), metrics="metrics.parquet")
    assert sorted(map(str, read.results)) == sorted(map(str, computed.results))


@pytest.mark.parametrize("kind", ["overview", "comparison"])
def test_rows_read_are_found_as_those_computed(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = open_small(kind, "en")
    to_frame(computed.results).to_parquet(tmp_path / "metrics.parquet", index=False)
    monkeypatch.chdir(tmp_path)
    read = open_country(kind, data=small_store(), metrics="metrics.parquet")
    assert read.metric("X02", scope_id="example-north") == computed.metric("X02", scope_id="example-north")
    assert read.metric("C02") == computed.metric("C02")
    assert read.rows("T02") == computed.rows("T02") != ()
    assert read.rows("X02", "X01") == tuple(row for row in computed.results if row.base_id in ("X01", "X02"))
    assert read.series(["X02"]) == tuple(row for row in computed.results if row.metric_id == "X02")
    assert read.own_results == computed.own_results == tuple(filter(computed.is_own, computed.results))
    assert (list_rows(read), read.evidence) == (list_rows(computed), computed.evidence)


def test_without_rows_of_the_country_a_country_page_computes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = open_small("overview", "en")
    others = [row for row in computed.results if row.scope_type != "country"]
    to_frame(others).to_parquet(tmp_path / "metrics.parquet", index=False)
    monkeypatch.chdir(tmp_path)
    read = open_country("overview", data=small_store(), metrics="metrics.parquet")
    assert read.own_results == computed.own_results != ()


def test_rows_that_are_not_there_are_an_error_with_a_remedy() -> None:
    with pytest.raises(DataError, match="Build the report first"):
        open_country("overview", data=small_store(), metrics="nowhere.parquet")


def test_limits_of_classes_reach_the_page() -> None:
    here = open_zone("example-north", data=small_store(), settings={"on_course": 0.5, "moderate": 0.1})
    assert (here.options.settings.on_course, here.options.settings.moderate) == (0.5, 0.1)


def test_a_zone_that_is_not_there_is_an_error() -> None:
    with pytest.raises(DataError, match="example-nort"):
        open_zone("example-nort", data=small_store())


def test_the_wording_alone_needs_no_drawings() -> None:
    code = "import sys, zonebook.page.locale; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False"
