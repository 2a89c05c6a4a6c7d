"""The papers of a report: printed once, again only where something has changed, one that fails alone; one by its id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from row_files import write_row_file
from small_data import write_small_data_set
from zonebook import papers
from zonebook.errors import PaperError, ParameterError
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.result import MetricResult, to_frame
from zonebook.metrics.rowfile import RowFile
from zonebook.page.block import to_cell
from zonebook.paper import printing
from zonebook.papers import PrintTask, make_handout, print_handouts, print_part, publish_handouts
from zonebook.parameters import Parameters, override, to_values
from zonebook.pipeline import prepare_data
from zonebook.request import BuildRequest
from zonebook.run.execute import PageJob, PageOutcome
from zonebook.run.executor import ForkExecutor

ROOT = Path(__file__).parents[1]
SCOPES = (("zone", "example-north"), ("region", "RU-MOW"))


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    folder = tmp_path_factory.mktemp("papers")
    write_small_data_set(folder / "data")
    parameters = override(Parameters(), {"languages": ["en"]})
    request = BuildRequest(folder / "data", folder / "out", ROOT, parameters, workers=2)
    prepare_data(request)
    return request


@pytest.fixture(scope="module")
def rows(request_: BuildRequest) -> dict[str, tuple[MetricResult, ...]]:
    data, _ = prepare_data(request_)
    return {one: compute_metrics(getattr(data, scope)(one), 2025) for scope, one in SCOPES}


@pytest.fixture
def outcomes(rows: dict[str, tuple[MetricResult, ...]]) -> list[PageOutcome]:
    found = []
    for scope, one in SCOPES:
        job = PageJob(scope, scope, one, "en", Path("x.ipynb"), f"{scope}s/{one}", {}, key=f"key of {one}")
        records = [
            {name: to_cell(value) for name, value in row.items()} for row in to_frame(rows[one]).to_dict("records")
        ]
        found.append(PageOutcome(job, Path("x.ipynb"), {"metrics": records}))
    return found


@pytest.fixture
def metrics(rows: dict[str, tuple[MetricResult, ...]], tmp_path: Path) -> RowFile:
    return write_row_file(pd.concat([to_frame(found) for found in rows.values()]), tmp_path)


@pytest.fixture
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(2, 60) as executor:
        yield executor


def test_every_page_has_its_handout_and_what_has_not_changed_is_not_printed_again(
    request_: BuildRequest, outcomes: list[PageOutcome], metrics: RowFile, executor: ForkExecutor
) -> None:
    first = print_handouts(request_, outcomes, metrics, executor)
    assert [(one.name, one.cached, one.failure) for one in first] == [
        ("en/zones/example-north.pdf", False, ""),
        ("en/regions/RU-MOW.pdf", False, ""),
    ]
    printed = [one.path.read_bytes() for one in first if one.path]
    assert all(content.startswith(b"%PDF-") for content in printed)
    publish_handouts(first, request_.out)
    for one in first:
        assert (request_.out / "html" / "en" / "pdf" / f"{one.target}.pdf").read_bytes() in printed
    assert all(one.cached for one in print_handouts(request_, outcomes, metrics, executor))
    changed = [replace(outcomes[0], job=replace(outcomes[0].job, key="another")), outcomes[1]]
    assert [one.cached for one in print_handouts(request_, changed, metrics, executor)] == [False, True]
    branded = replace(request_, parameters=override(request_.parameters, {"publisher": "Another"}))
    assert [one.cached for one in print_handouts(branded, changed, metrics, executor)] == [False, False]
    again = print_handouts(request_, outcomes, metrics, executor)
    assert [one.path.read_bytes() for one in again if one.path] == printed


def test_a_handout_that_was_cut_short_is_printed_again(
    request_: BuildRequest, outcomes: list[PageOutcome], metrics: RowFile, executor: ForkExecutor
) -> None:
    path = print_handouts(request_, outcomes, metrics, executor)[0].path
    assert path is not None
    path.write_bytes(path.read_bytes()[:1000])
    assert [one.cached for one in print_handouts(request_, outcomes, metrics, executor)] == [False, True]


def test_one_that_fails_is_alone(
    request_: BuildRequest, outcomes: list[PageOutcome], metrics: RowFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = papers._list_jobs(request_, outcomes, metrics)
    press = printing.press

    def fail_for_the_zone(manuscript: Any) -> bytes:
        if "zones/" in manuscript.place:
            raise PaperError("could not be printed.", place=manuscript.place)
        return press(manuscript)

    monkeypatch.setattr(printing, "press", fail_for_the_zone)
    task = PrintTask(tuple(jobs), to_values(request_.parameters), ROOT, request_.out)
    failed, printed = print_part(task)
    assert failed.failure == "en/zones/example-north: could not be printed."
    assert failed.path is None
    assert not (request_.out / "pdf" / "en" / "zones" / "example-north.pdf").exists()
    assert printed.path is not None
    assert json.loads(json.dumps(failed.to_entry()))["failure"]


def test_one_handout_is_printed_by_its_id(request_: BuildRequest) -> None:
    content, name = make_handout(request_, "example-north")
    assert content.startswith(b"%PDF-")
    assert name == "example-north.en.pdf"
    assert make_handout(request_, "RU-MOW")[1] == "RU-MOW.en.pdf"


def test_an_unknown_id_is_answered_with_those_most_like_it(request_: BuildRequest) -> None:
    with pytest.raises(ParameterError, match=r"no zone or region .exampl-nort. .*Did you mean example-north"):
        make_handout(request_, "exampl-nort")
    with pytest.raises(ParameterError, match="It has: example-north"):
        make_handout(request_, "zzz")
