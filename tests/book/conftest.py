"""The small report, staged and built once for all tests that read its pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from book_process import build_apart
from small_report import LANGUAGES, SmallReport, copy_project, make_data_set, make_outcomes, make_result
from zonebook.book import write_downloads, write_redirect
from zonebook.metrics.result import to_frame
from zonebook.parameters import Parameters


@pytest.fixture(scope="session")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> SmallReport:
    """The small report, not staged yet."""
    folder = tmp_path_factory.mktemp("small")
    outcomes = make_outcomes(folder / "out" / "notebooks")
    metrics = to_frame([make_result("zone", "alabuga"), make_result("zone", "dubna")])
    project = copy_project(folder / "project")
    return SmallReport(
        folder / "out", project, outcomes, make_data_set(), Parameters(languages=LANGUAGES, pdf=False), metrics
    )


@pytest.fixture(scope="session")
def built(small_report: SmallReport) -> SmallReport:
    """The small report as a finished site in both languages."""
    for lang in LANGUAGES:
        small_report.stage(lang)
        build_apart(lang, small_report.out)
        write_downloads(lang, small_report.outcomes, small_report.data_set, small_report.rows, small_report.out)
    write_redirect(small_report.parameters, small_report.out)
    return small_report


@pytest.fixture
def fresh(small_report: SmallReport, tmp_path: Path) -> Callable[..., SmallReport]:
    """Make a copy of the small report with a project and an output folder of its own, and some fields changed."""

    def make(**changes: Any) -> SmallReport:
        project = tmp_path / "project"
        if not project.exists():
            copy_project(project)
            # The fonts are cut once for all tests.
            if (small_report.out / "work" / "fonts").is_dir():
                shutil.copytree(small_report.out / "work" / "fonts", tmp_path / "out" / "work" / "fonts")
        return replace(small_report, out=tmp_path / "out", project=project, **changes)

    return make
