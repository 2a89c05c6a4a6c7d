"""The metric rows of a report: side by side as one by one, each once, own metrics among them."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from row_files import write_row_file
from small_data import write_small_data_set
from small_report import make_result
from zonebook import rows
from zonebook.errors import ParameterError
from zonebook.metrics.result import RESULT_COLUMNS, Status, to_frame, to_results
from zonebook.parameters import Parameters
from zonebook.pipeline import make_job, prepare_data
from zonebook.request import BuildRequest
from zonebook.run.executor import ForkExecutor, PageExecutor
from zonebook.tables.demo import DemoSettings, write_demo
from zonebook.tables.store import open_data

ROOT = Path(__file__).parents[1]
BARE = replace(make_result("zone", "alabuga"), value=None, lower=None, upper=None, status=Status.NOT_APPLICABLE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_data_set(tmp_path_factory.mktemp("rows") / "data")


def test_the_countrys_row_takes_the_place_of_one_without_a_value() -> None:
    told = make_result("zone", "alabuga")
    joined = rows.join_rows(to_frame([BARE]), to_frame([told]))
    assert to_results(joined) == (told,)


def test_it_does_so_whatever_its_year_and_period() -> None:
    told = replace(make_result("zone", "alabuga"), year=2023)
    joined = rows.join_rows(to_frame([replace(BARE, period="", year=2025)]), to_frame([told]))
    assert to_results(joined) == (told,)


def test_what_a_zone_knows_of_itself_stands() -> None:
    own, other = make_result("zone", "alabuga"), replace(make_result("zone", "alabuga"), value=1.15e9)
    assert to_results(rows.join_rows(to_frame([own]), to_frame([other]))) == (own,)
    assert to_results(rows.join_rows(to_frame([own]), to_frame([BARE]))) == (own,)


def test_rows_come_out_in_the_order_of_their_key() -> None:
    found = rows.join_rows(
        to_frame([make_result("zone", "b"), make_result("zone", "a")]), to_frame([make_result("country", "RUS")])
    )
    assert list(zip(found["scope_type"], found["scope_id"], strict=True)) == [
        ("country", "RUS"),
        ("zone", "a"),
        ("zone", "b"),
    ]


def test_rows_side_by_side_are_those_one_by_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows.os, "cpu_count", lambda: 1)
    alone = rows.compute_metric_rows(data)
    monkeypatch.setattr(rows.os, "cpu_count", lambda: 2)
    together = rows.compute_metric_rows(data)
    pd.testing.assert_frame_equal(alone, together)
    assert tuple(alone.columns) == RESULT_COLUMNS
    assert not alone.duplicated(["scope_type", "scope_id", "metric_id", "year", "period"]).any()
    assert {"zone", "region", "country"} <= set(alone["scope_type"])


def test_the_countrys_rows_are_the_same_from_a_file_of_those_of_its_zones(data: Path, tmp_path: Path) -> None:
    recorded = rows.compute_metric_rows(data)
    recorded = recorded[recorded["scope_type"] != "country"]
    task = rows.RowTask(open_data(data).country(), Parameters().year, {}, ())
    found = rows.compute_country_rows(task, write_row_file(recorded, tmp_path).path, to_frame([]))
    pd.testing.assert_frame_equal(found, to_frame(task.compute(to_results(recorded))))
    assert {"C02", "Q06"} <= set(found["metric_id"])


def test_one_zones_rows_are_its_part_of_all(data: Path) -> None:
    everything = rows.compute_metric_rows(data)
    own = rows.compute_metric_rows(data, zone="example-north")
    with_value = own[own["value"].notna()]
    merged = with_value.merge(everything, on=list(RESULT_COLUMNS), how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


def test_a_file_of_own_metrics_that_is_not_there_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").write_text("", encoding="utf-8")
    (tmp_path / "parameters.yml").write_text("own_metrics: [nowhere.py]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError, match=r"'nowhere\.py'"):
        rows.compute_metric_rows(data)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"Use \.csv, \.json or \.parquet"):
        rows.write_metric_rows(to_frame([]), tmp_path / "rows.txt")


def _make_flow_rows(*changed: str) -> rows.FlowRows:
    """Return rows of three regions and of a pair of two of them, some with another value."""
    made = [replace(make_result("region", one), metric_id="R06") for one in ("RU-MOW", "RU-TA", "RU-SPE")]
    made.append(replace(make_result("pair", "RU-MOW:RU-TA"), metric_id="R06"))
    told = [replace(row, value=2.0e9, upper=None) if row.scope_id in changed else row for row in made]
    return rows.FlowRows(to_frame(told), {"alabuga": "RU-TA", "lost": ""})


def test_a_page_depends_on_the_flows_of_its_own_region_alone() -> None:
    before, after = _make_flow_rows(), _make_flow_rows("RU-SPE")
    assert before.digest("zone", "alabuga") == after.digest("zone", "alabuga") == before.digest("region", "RU-TA")
    assert before.digest("region", "RU-SPE") != after.digest("region", "RU-SPE")
    assert before.digest("zone", "lost") == before.digest("zone", "unknown") == ""


def test_a_flow_is_told_at_both_of_its_ends() -> None:
    before, after = _make_flow_rows(), _make_flow_rows("RU-MOW:RU-TA")
    for region in ("RU-MOW", "RU-TA"):
        assert before.digest("region", region) != after.digest("region", region)
    assert before.digest("region", "RU-SPE") == after.digest("region", "RU-SPE")


def test_flows_are_computed_once_and_written_for_pages(tmp_path: Path) -> None:
    write_demo(tmp_path / "data", DemoSettings(zones=1, residents=15, years=(2025, 2025)))
    request = BuildRequest(tmp_path / "data", tmp_path / "out", ROOT, Parameters(), workers=1)
    prepare_data(request)
    with ForkExecutor(1, 120) as executor:
        found = rows.compute_flows(request, executor)
    written = pd.read_parquet(tmp_path / "out" / rows.FLOWS)
    assert set(written["scope_type"]) == {"country", "region", "pair"}
    again = rows.compute_flows(request, Unused())
    pd.testing.assert_frame_equal(again.frame, written)
    (zone,) = (one for one in found.home if found.digest("zone", one))
    assert again.digest("zone", zone) == found.digest("zone", zone) == found.digest("region", found.home[zone])


class Unused(PageExecutor):
    """An executor that nothing is to be given to."""

    def submit_for(self, _seconds: float, _function: Callable[..., Any], /, *_: Any) -> Future[Any]:
        raise AssertionError("computed again")


def test_without_flows_pages_do_without(data: Path, tmp_path: Path) -> None:
    request = BuildRequest(data, tmp_path / "out", ROOT, Parameters(), workers=1)
    prepare_data(request)
    assert rows.compute_flows(request, Unused()).frame.empty
    assert not (tmp_path / "out" / rows.FLOWS).exists()
    job = make_job(request, Parameters().pages[0], "example-north", "en", target="zones/example-north", digest="")
    assert job.parameters["metrics"] == ""
