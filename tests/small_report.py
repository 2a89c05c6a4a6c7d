"""A small report of hand-made notebooks: three zones, one of which failed, two regions, two country pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from row_files import write_row_file
from zonebook.book import stage_book
from zonebook.book.outcome import RECORD_MIME, TABLE_MIME
from zonebook.metrics.result import Evidence, MetricResult, Status, to_frame
from zonebook.metrics.rowfile import RowFile
from zonebook.parameters import Parameters
from zonebook.run.execute import PageFailure, PageJob, PageOutcome
from zonebook.tables.share import Share, create_empty

ROOT = Path(__file__).parents[1]
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
    {
        "region_iso": "RU-MOS",
        "name_ru": "Московская область",
        "name_en": "Moscow Region",
        "federal_district": "central",
    },
]
SOURCES = [
    {
        "source_id": "s1",
        "url": "https://example.org/a",
        "title": "A <report>",
        "publisher": "Ministry",
        "date": "2026-04-21",
        "kind": "official",
    },
    {"source_id": "s2", "url": "javascript:alert(1)", "title": "=cmd", "publisher": "Paper", "kind": "press"},
]
WORDS = {
    "ru": {
        "lead": "Резиденты экспортируют продукцию в семь стран.",
        "overview": "Особые экономические зоны",
        "comparison": "Сравнение",
        "exports": "Экспорт",
        "sources": "Источники",
    },
    "en": {
        "lead": "Residents export to seven countries.",
        "overview": "Special economic zones",
        "comparison": "Comparison",
        "exports": "Exports",
        "sources": "Sources",
    },
}


def make_share() -> Share:
    """The tables of the small report."""
    tables = {}
    for name, rows in (("zone", ZONES), ("region", REGIONS), ("source", SOURCES)):
        empty = create_empty(name)
        tables[name] = pd.DataFrame(rows, columns=list(empty.columns)).astype(empty.dtypes.to_dict())
    return Share("country", "", tables, frozenset(tables), "0")


@dataclass(frozen=True)
class SmallData:
    """The small report's data set, as far as the book reads it: all tables, whole, of which no hashes are known."""

    share: Share
    table_digests: Mapping[str, str] = field(default_factory=dict)

    def country(self) -> Share:
        """All tables."""
        return self.share


def make_data_set() -> SmallData:
    """The small report's data set."""
    return SmallData(make_share())


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
    listed = (
        '<ol class="zb-sources"><li id="source-s1"><a class="zb-external" href="https://example.org/a">A</a></li></ol>'
    )
    return nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}, "papermill": {"x": 1}},
        cells=[
            text("# Zone\n", "head"),
            code("zone = 'x'", tags=["parameters", "remove-cell"], cell_id="parameters"),
            code("zone = 'y'", tags=["injected-parameters"], cell_id="injected"),
            code("lead(here)", {"text/html": f'<p class="zb-lead">{words["lead"]} {links}</p>'}, cell_id="lead"),
            text(f"## {words['exports']}", "exports-head"),
            code(
                "exports(here)", {"text/html": shown, "image/svg+xml": "<svg/>", TABLE_MIME: table}, cell_id="exports"
            ),
            text("## Empty part\n\nNothing follows.", "empty-head"),
            code("none(here)", cell_id="empty"),
            text(f"## {words['sources']}", "sources-head"),
            code("sources(here)", {"text/html": listed}, cell_id="sources"),
            code(
                "record(here)",
                {RECORD_MIME: {**record, "metrics": json.dumps(record.get("metrics", []))}},
                tags=["remove-cell"],
                cell_id="record",
            ),
        ],
    )


@dataclass(frozen=True)
class SmallReport:
    """The small report's outcomes and where it is built."""

    out: Path
    project: Path
    outcomes: tuple[PageOutcome, ...]
    data_set: SmallData
    parameters: Parameters
    metrics: pd.DataFrame

    @property
    def rows(self) -> RowFile:
        """Its metric rows as the file of a build."""
        return write_row_file(self.metrics, self.out)

    def stage(self, lang: str = "en") -> Path:
        """Stage the book of one language."""
        return stage_book(lang, self.outcomes, self.data_set, self.parameters, project=self.project, out=self.out)

    def page(self, name: str, lang: str = "en") -> str:
        """The HTML of a built page."""
        return (self.out / "html" / lang / f"{name}.html").read_text(encoding="utf-8")


def make_record(kind: str, scope: str, one: str, lang: str) -> dict[str, Any]:
    """What a page records."""
    names = {row.get("zone_id", row.get("region_iso")): row[f"name_{lang}"] for row in (*ZONES, *REGIONS)}
    title = names.get(one) or WORDS[lang][one]
    rows = to_frame([make_result(scope, one)]).astype(object).to_dict("records")
    metrics = [{name: None if value is pd.NA else value for name, value in row.items()} for row in rows]
    described = {"title": title, "description": f"{title}: 2024", "evidence": "reported"}
    return {"kind": kind, "id": one, "lang": lang, **described, "metrics": metrics}


def make_outcomes(folder: Path) -> tuple[PageOutcome, ...]:
    """The outcomes of the small report's pages; the zone Innopolis failed."""
    pages = [("zone", "zone", row["zone_id"], f"zones/{row['zone_id']}") for row in ZONES]
    pages += [("region", "region", row["region_iso"], f"regions/{row['region_iso']}") for row in REGIONS]
    pages += [(kind, "country", kind, kind) for kind in ("overview", "comparison")]
    return tuple(make_outcome(folder, lang, *page) for lang in LANGUAGES for page in pages)


def make_outcome(folder: Path, lang: str, kind: str, scope: str, one: str, target: str) -> PageOutcome:
    """The outcome of one page, its notebook written to a folder."""
    job = PageJob(kind, scope, one, lang, Path(f"notebooks/{kind}.ipynb"), target, {})
    if one == "innopolis":
        failure = PageFailure("figures.exports(here)", "KeyError: '<b>x</b>'", "Traceback\n\n\x1b[31mKeyError\x1b[0m")
        return PageOutcome(job, None, failure=failure)
    record = make_record(kind, scope, one, lang)
    root = "../" if "/" in target else ""
    links = f'<a href="{root}zones/alabuga.html">one</a> <a href="{root}zones/elsewhere.html">two</a>'
    path = folder / lang / f"{target}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(make_notebook(record, lang, links=links), path)
    return PageOutcome(job, path, record)


def copy_project(folder: Path) -> Path:
    """Copy what the book takes from the project, so that a test may change it."""
    shutil.copytree(ROOT / "book", folder / "book")
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder
