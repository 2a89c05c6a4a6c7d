"""Printing a handout: from a page's share of the data and its metric rows to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import MetricResult
from zonebook.page.context import PageContext, PageOptions
from zonebook.page.opening import add_told, open_share, read_told
from zonebook.paper.brand import describe_brand, dress_drawings
from zonebook.paper.handout import TEMPLATE, compose_handout
from zonebook.paper.panels import COLUMN
from zonebook.paper.peers import Places
from zonebook.paper.press import Manuscript, press
from zonebook.parameters import Parameters
from zonebook.tables.share import Share


def open_paper(
    share: Share,
    results: tuple[MetricResult, ...],
    lang: str,
    parameters: Parameters,
    own_metrics: Iterable[Path] = (),
    flows: Path | None = None,
) -> PageContext:
    """Return the page of a handout, its figures to be drawn for a column of paper.

    Parameters
    ----------
    share
        What the page reads of the data set.
    results
        Its metric rows.
    lang, parameters
        Its language; those of the report.
    own_metrics
        Python files with metrics of one's own.
    flows
        File of the rows that only the whole country tells of a region, if there is one.
    """
    options = PageOptions(parameters.settings, read_catalogue(*own_metrics), column=COLUMN)
    page = open_share(share.scope_type, share, results, parameters.year, lang, options=options)
    return replace(add_told(page, read_told(share, flows) if flows else ()), root="")


def print_handout(here: PageContext, places: Places, parameters: Parameters, project: Path) -> bytes:
    """Return the handout of a page as PDF.

    Raises
    ------
    PaperError
        Where it cannot be printed.
    """
    brand = describe_brand(parameters, project, here.lang)
    data = dress_drawings(compose_handout(here, places, brand, parameters.paper), parameters, project)
    return press(Manuscript(TEMPLATE, data, f"{here.lang}/{here.path}", parameters.pdf_standards))
