"""A small report of hand-made notebooks, staged and built once for all tests that read its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from zonebook.book import build_books, stage_book, write_downloads, write_redirect
from zonebook.book.outcome import RECORD_MIME, TABLE_MIME
from zonebook.metrics.result import Evidence, MetricResult, Status, to_frame
from zonebook.parameters import Parameters
from zonebook.run.execute import PageFailure, PageJob, PageOutcome
from zonebook.tables.share import DataSet, Share, create_empty

PROJECT = Path(__file__).parents[2]
LANGUAGES = ("ru", "en")
ZONES = [
    {
        "zone_id": "alabuga",
        "name_ru": "ОЭЗ «Алабуга»",
        "name_en": "Alabuga SEZ",
        "type": "industrial-production",
        "country_iso3": "RUS",
        "region_iso": "RU-TA",
        "established": "2005-12-21",
        "source_id": "s1",
    },
    {
        "zone_id": "innopolis",
        "name_ru": "ОЭЗ «Иннополис»",
        "name_en": "Innopolis SEZ",
        "type": "technology-innovation",
        "country_iso3": "RUS",
        "region_iso": "RU-TA",
        "established": "2012",
        "source_id": "s2",
    },
    {
        "zone_id": "dubna",
        "name_ru": "ОЭЗ «Дубна» <b>*x*</b> {{ 7 }} $y$",
        "name_en": "Dubna SEZ <b>*x*</b> {{ 7 }} $y$",
        "type": "technology-innovation",
        "country_iso3": "RUS",
        "region_iso": "RU-MOS",
        "established": "2005",
        "source_id": "s2",
    },
]
REGIONS = [
    {"region_iso": "RU-TA", "name_ru": "Татарстан", "name_en": "Tatarstan", "federal_district": "volga"},
    {"region_iso": "RU-MOS", "name_ru": "Московская область", "name_en": "Moscow Region", "federal_district": "central"},
]
SOURCES = [
    {"source_id": "s1", "url": "https://example.org/a", "title": "A <report>", "publisher": "Ministry", "kind": "official"},
    {"source_id": "s2", "url": "javascript:alert(1)", "title": "=cmd", "publisher": "Paper", "kind": "press"},
]
WORDS = {
    "ru": {"lead": "Резиденты экспортируют продукцию в семь стран.", "overview": "Особые экономические зоны", "compare": "Сравнение"},
    "en": {"lead": "Residents export to seven countries.", "overview": "Special economic zones", "compare": "Comparison"},
}


def make_share() -> Share:
    """The tables of the small report."""
    tables = {}
    for name, rows in (("zone", ZONES), ("region", REGIONS), ("source", SOURCES)):
        empty = create_empty(name)
        tables[name] = pd.DataFrame(rows, columns=list(empty.columns)).astype(empty.dtypes.to_dict())
    return Share("country", "", tables, frozenset(tables), "0")


def make_data_set() -> DataSet:
    """The small report's data set."""
    share = make_share()
    zones = tuple(row["zone_id"] for row in ZONES)
    regions = tuple(row["region_iso"] for row in REGIONS)
    return DataSet(zones, regions, share.present, "0", lambda _scope, _id: share)


def make_result(scope_type: str, scope_id: str) -> MetricResult:
    """A metric row."""
    return MetricResult(
        metric_id="X02",
        scope_type=scope_type,
        scope_id=scope_id,
        year=2024,
        period="FY",
        value=1.1e9,
        lower=1.1e9,
        upper=1.2e9,
        unit="RUB",
        status=Status.OK,
        reason="",
        n_units=1,
        evidence=Evidence.REPORTED,
        source_ids="s1",
        vintage="",
    )


def code(source: str, *outputs: Mapping[str, Any], tags: Iterable[str] = ("remove-input",), cell_id: str = "") -> Any:
    """A code cell with outputs given as mime bundles."""
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    cell.outputs = [nbformat.v4.new_output("display_data", data=dict(bundle)) for bundle in outputs]
    if cell_id:
        cell.id = cell_id
    return cell


def text(source: str, cell_id: str = "") -> Any:
    """A Markdown cell."""
    cell = nbformat.v4.new_markdown_cell(source)
    if cell_id:
        cell.id = cell_id
    return cell


def make_notebook(record: Mapping[str, Any], lang: str, *, links: str = "") -> Any:
    """An executed notebook as the runner leaves it."""
    words = WORDS[lang]
    table = {"name": "exports", "columns": ["country", "value"], "rows": [["=KAZ", 1.5], ["SRB", None]]}
    shown = (
        '<table class="zb-table"><caption>x</caption>\n\n<tbody><tr><th scope="row">KAZ</th><td>1.5'
        '<sup class="zb-cite"><a href="#source-s1">[1]</a></sup></td></tr></tbody></table>'
    )
    listed = '<ol class="zb-sources"><li id="source-s1"><a class="zb-external" href="https://example.org/a">A</a></li></ol>'
    return nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}, "papermill": {"x": 1}},
        cells=[
            text("# Zone\n", "head"),
            code("zone = 'x'", tags=["parameters", "remove-cell"], cell_id="parameters"),
            code("zone = 'y'", tags=["injected-parameters"], cell_id="injected"),
            code("lead(here)", {"text/html": f'<p class="zb-lead">{words["lead"]} {links}</p>'}, cell_id="lead"),
            text("## Exports\n\nProse.", "exports-head"),
            code("exports(here)", {"text/html": shown, "image/svg+xml": "<svg/>", TABLE_MIME: table}, cell_id="exports"),
            text("## Empty part\n\nNothing follows.", "empty-head"),
            code("none(here)", cell_id="empty"),
            text("## Sources", "sources-head"),
            code("sources(here)", {"text/html": listed}, cell_id="sources"),
            code("record(here)", {RECORD_MIME: dict(record)}, tags=["remove-cell"], cell_id="record"),
        ],
    )


@dataclass(frozen=True)
class SmallReport:
    """The small report's outcomes and where it is built."""

    out: Path
    outcomes: tuple[PageOutcome, ...]
    data_set: DataSet
    parameters: Parameters
    metrics: pd.DataFrame

    def stage(self, lang: str = "en", out: Path | None = None, project: Path = PROJECT) -> Path:
        """Stage the book of one language."""
        return stage_book(lang, self.outcomes, self.data_set, self.parameters, project=project, out=out or self.out)

    def page(self, name: str, lang: str = "en") -> str:
        """The HTML of a built page."""
        return (self.out / "html" / lang / f"{name}.html").read_text(encoding="utf-8")


def make_outcomes(folder: Path) -> tuple[PageOutcome, ...]:
    """The outcomes of the small report's pages; the zone Innopolis failed."""
    outcomes = []
    for lang in LANGUAGES:
        titles = {row["zone_id"]: row[f"name_{lang}"] for row in ZONES}
        titles |= {row["region_iso"]: row[f"name_{lang}"] for row in REGIONS}
        pages = [("zone", "zone", row["zone_id"], f"zones/{row['zone_id']}") for row in ZONES]
        pages += [("region", "region", row["region_iso"], f"regions/{row['region_iso']}") for row in REGIONS]
        pages += [("overview", "country", "overview", "overview"), ("comparison", "country", "comparison", "comparison")]
        titles |= {"overview": WORDS[lang]["overview"], "comparison": WORDS[lang]["compare"]}
        for kind, scope, one, target in pages:
            job = PageJob(kind, scope, one, lang, Path(f"notebooks/{kind}.ipynb"), target, {})
            if one == "innopolis":
                failure = PageFailure("figures.exports(here)", "KeyError: '<b>x</b>'", "Traceback\n\n\x1b[31mKeyError\x1b[0m")
                outcomes.append(PageOutcome(job, None, failure=failure))
                continue
            metrics = [row for row in to_frame([make_result(scope, one)]).astype(object).to_dict("records")]
            record = {"kind": kind, "id": one, "lang": lang, "title": titles[one], "description": f"{titles[one]}: 2024"}
            record |= {"evidence": "reported", "metrics": [{k: None if v is pd.NA else v for k, v in m.items()} for m in metrics]}
            root = "../" if "/" in target else ""
            links = f'<a href="{root}zones/alabuga.html">one</a> <a href="{root}zones/elsewhere.html">two</a>'
            path = folder / lang / f"{target}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(make_notebook(record, lang, links=links), path)
            outcomes.append(PageOutcome(job, path, record))
    return tuple(outcomes)


@pytest.fixture(scope="session")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> SmallReport:
    """The small report, not staged yet."""
    out = tmp_path_factory.mktemp("small") / "out"
    outcomes = make_outcomes(out / "notebooks")
    metrics = to_frame([make_result("zone", "alabuga"), make_result("zone", "dubna")])
    return SmallReport(out, outcomes, make_data_set(), Parameters(languages=LANGUAGES), metrics)


@pytest.fixture(scope="session")
def built(small_report: SmallReport) -> SmallReport:
    """The small report as a finished site in both languages."""
    for lang in LANGUAGES:
        small_report.stage(lang)
    build_books(LANGUAGES, small_report.out)
    for lang in LANGUAGES:
        write_downloads(lang, small_report.outcomes, small_report.data_set, small_report.metrics, small_report.out)
    write_redirect(small_report.parameters, small_report.out)
    return small_report


@pytest.fixture
def fresh(small_report: SmallReport, tmp_path: Path) -> Callable[..., SmallReport]:
    """Make a copy of the small report that writes elsewhere, with some fields changed."""
    return lambda **changes: replace(small_report, out=tmp_path / "out", **changes)
