"""Pages run side by side, each checked before anything runs; a failing one is isolated."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from zonebook.errors import PageError
from zonebook.run.execute import PageJob, page_path
from zonebook.run.executor import ForkExecutor
from zonebook.run.schedule import run_pages


@pytest.fixture(scope="module")
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(workers=2, timeout=30) as executor:
        yield executor


def _job(folder: Path, name: str, source: str, **parameters: object) -> PageJob:
    record = (
        "from zonebook.run.execute import RECORD_MIME\nfrom IPython.display import display\n"
        "display({RECORD_MIME: {'title': f'{zone} {lang}', 'metrics': '[]'}}, raw=True)"
    )
    cells = [
        nbformat.v4.new_markdown_cell("# Page", id="title"),
        nbformat.v4.new_code_cell("zone: str = ''\nlang: str = ''", id="p", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source, id="body"),
        nbformat.v4.new_code_cell(record, id="record", metadata={"tags": ["remove-cell"]}),
    ]
    path = folder / f"{name}.ipynb"
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return PageJob("zone", "zone", name, "en", path, f"zones/{name}", {"zone": name, "lang": "en", **parameters}, name)


def test_pages_run_side_by_side_and_a_failing_one_is_isolated(tmp_path: Path, executor: ForkExecutor) -> None:
    jobs = [_job(tmp_path, "good", "1 + 1"), _job(tmp_path, "bad", "raise RuntimeError('broken here')")]
    outcomes = {o.job.id: o for o in run_pages(jobs, tmp_path / "out", executor, engine="fork")}
    assert outcomes["good"].record == {"title": "good en", "metrics": []}
    assert outcomes["bad"].notebook is None
    failure = outcomes["bad"].failure
    assert failure is not None
    assert failure.message == "RuntimeError: broken here"
    assert failure.cell == "raise RuntimeError('broken here')"
    assert not page_path(tmp_path / "out", "en", "zones/bad").exists()


def test_an_unknown_parameter_is_an_error_before_anything_runs(tmp_path: Path) -> None:
    jobs = [_job(tmp_path, "good", "1 + 1"), _job(tmp_path, "odd", "1 + 1", colour="red")]
    with ForkExecutor(1, 30) as executor, pytest.raises(PageError, match="no page parameter 'colour'"):
        list(run_pages(jobs, tmp_path / "out", executor, engine="fork"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("year", ["2024", 2024.5, True])
def test_an_ill_typed_parameter_is_an_error(year: object, tmp_path: Path) -> None:
    with ForkExecutor(1, 30) as executor, pytest.raises(PageError, match="'year' must be int"):
        list(run_pages([_job(tmp_path, "x", "1", year=year)], tmp_path / "out", executor, engine="fork"))


def test_both_engines_give_the_same_notebook(tmp_path: Path, executor: ForkExecutor) -> None:
    texts = []
    for engine in ("fork", "jupyter"):
        jobs = [_job(tmp_path, "page", "print('hello')\n{'a': 1}")]
        (outcome,) = run_pages(jobs, tmp_path / engine, executor, engine=engine)
        assert outcome.notebook is not None, outcome.failure
        texts.append(outcome.notebook.read_text())
    assert texts[0] == texts[1]
    assert str(tmp_path) not in texts[0], "paths of this machine do not go into a published notebook"
