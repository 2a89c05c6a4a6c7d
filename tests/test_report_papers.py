"""Reports of several languages printed by a build: side by side, each alone in its failure, none twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from report_book import make_order
from small_report import ROOT, make_data_set
from zonebook.paper.job import paper_path
from zonebook.papers import print_reports
from zonebook.parameters import Parameters, override
from zonebook.request import BuildRequest
from zonebook.run.executor import ForkExecutor, PageExecutor

STARTS_NOTHING = PageExecutor()


@pytest.fixture
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(3, 60) as executor:
        yield executor


def test_a_report_that_fails_leaves_the_others_and_no_earlier_pdf(tmp_path: Path, executor: ForkExecutor) -> None:
    orders = {lang: make_order(tmp_path, lang) for lang in ("ru", "en")}
    broken = orders["en"].book / "zones/alabuga.ipynb"
    whole = broken.read_text(encoding="utf-8")
    broken.write_text(whole[:100], encoding="utf-8")
    earlier = paper_path(tmp_path, "en", "report")
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"%PDF of an earlier build")
    request = BuildRequest(tmp_path / "data", tmp_path, ROOT, Parameters(), workers=2)
    russian, english = print_reports(request, make_data_set(), executor)
    assert (russian.name, russian.failure, russian.cached) == ("ru/report.pdf", "", False)
    assert "alabuga.ipynb" in english.failure
    assert "--force" in english.failure
    assert not earlier.exists()

    broken.write_text(whole, encoding="utf-8")
    russian, english = print_reports(request, make_data_set(), executor)
    assert (russian.cached, english.cached, english.failure) == (True, False, "")
    assert english.path == earlier
    assert earlier.read_bytes().startswith(b"%PDF-1.7")

    assert all(outcome.cached for outcome in print_reports(request, make_data_set(), STARTS_NOTHING))


def test_one_language_is_printed_by_several_processes_and_force_prints_all(
    tmp_path: Path, executor: ForkExecutor
) -> None:
    order = make_order(tmp_path, "en")
    parameters = override(Parameters(), {"languages": ["en"]})
    request = BuildRequest(tmp_path / "data", tmp_path, ROOT, parameters, workers=3)
    (first,) = print_reports(request, make_data_set(), executor)
    content = order.target.read_bytes()
    pieces = {path: path.stat().st_mtime_ns for path in order.pieces.rglob("*.objects")}
    (again,) = print_reports(replace(request, force=True), make_data_set(), executor)
    assert (first.failure, first.cached, again.failure, again.cached) == ("", False, "", False)
    assert order.target.read_bytes() == content
    assert pieces
    assert all(path.stat().st_mtime_ns > time for path, time in pieces.items())
