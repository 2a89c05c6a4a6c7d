"""Metric rows that pages have in common: computed once, read exactly as they were, never those of anything else."""

from dataclasses import replace
from pathlib import Path

import pytest

from word_pages import public_store, small_store
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.registry import Catalogue
from zonebook.metrics.result import MetricResult
from zonebook.page.context import PageOptions
from zonebook.page.kept_rows import keep_rows, recall_or_compute
from zonebook.settings import DEFAULT_SETTINGS
from zonebook.tables.share import Share
from zonebook.tables.store import open_data

STOCK = PageOptions()


def load(zone: str = "example-north") -> Share:
    return open_data(Path(small_store())).zone(zone)


def must_not() -> tuple[MetricResult, ...]:
    raise AssertionError("computed once more")


@pytest.mark.parametrize("zone", ["technopolis-moscow", "alabuga"])
def test_rows_are_read_as_they_were_computed(zone: str, tmp_path: Path) -> None:
    share = open_data(Path(public_store())).zone(zone)
    rows = compute_metrics(share, 2025)
    with keep_rows(tmp_path / "rows"):
        assert recall_or_compute(share, 2025, STOCK, lambda: rows) == rows
        again = recall_or_compute(share, 2025, STOCK, must_not)
    assert again == rows
    assert list(map(repr, again)) == list(map(repr, rows))
    assert all(type(one.year) in (int, type(None)) for one in again)


def test_rows_of_anything_else_are_computed(tmp_path: Path) -> None:
    share, made = load(), []

    def compute() -> tuple[MetricResult, ...]:
        made.append(len(made))
        return ()

    strict = replace(STOCK, settings=replace(DEFAULT_SETTINGS, least_units=9))
    asked = [
        (share, 2025, STOCK),
        (share, 2024, STOCK),
        (share, 2025, strict),
        (load("example-volga"), 2025, STOCK),
        (replace(share, digest="another"), 2025, STOCK),
    ]
    with keep_rows(tmp_path):
        for one in (*asked, *asked):
            recall_or_compute(*one, compute)
    assert len(made) == len(asked)
    with keep_rows(tmp_path / "others"):
        recall_or_compute(share, 2025, STOCK, compute)
    recall_or_compute(share, 2025, STOCK, compute)  # nothing is kept outside
    assert len(made) == len(asked) + 2


def test_rows_with_metrics_of_ones_own_are_never_kept(tmp_path: Path) -> None:
    own = replace(STOCK, catalogue=Catalogue())
    with keep_rows(tmp_path):
        for _ in range(2):
            assert recall_or_compute(load(), 2025, own, lambda: ()) == ()
    assert not list(tmp_path.iterdir())


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    with keep_rows(tmp_path):
        for _ in range(2):
            with pytest.raises(AssertionError):
                recall_or_compute(load(), 2025, STOCK, must_not)
    assert not list(tmp_path.iterdir())
