"""A staged book with every kind of block there is, for tests of the report on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import yaml

from small_report import LANGUAGES, ROOT, SmallReport, code, make_data_set, make_outcomes, text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.svg import Caption, write_svg
from zonebook.paper.report_state import ReportOrder
from zonebook.parameters import Parameters, override
from zonebook.rows import METRICS

COLUMNS, ROWS = 34, 300
GAUGE = "gauge"
NAMES = {
    "ru": {"gauge": "Мера всех вещей", "figure": "Связи по уровням", "wide": "Очень широкая таблица"},
    "en": {"gauge": "Gauge of everything", "figure": "Ties by level", "wide": "A very wide table"},
}


def make_order(out: Path, lang: str, **parameters: object) -> ReportOrder:
    """Stage the small report with one page more, and return the order to print it."""
    report = SmallReport(
        out, ROOT, make_outcomes(out / "executed"), make_data_set(), Parameters(languages=LANGUAGES), out / METRICS
    )
    book = report.stage(lang)
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    toc["parts"][0]["chapters"].append({"file": GAUGE})
    toc["parts"][-1]["chapters"] = [_shorten(entry) for entry in toc["parts"][-1]["chapters"] if "sections" in entry]
    (book / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True), encoding="utf-8")
    (book / f"{GAUGE}.ipynb").write_text(write_gauge(lang), encoding="utf-8")
    return ReportOrder(lang, override(Parameters(), parameters), ROOT, out, "2026-04-01")


def _shorten(entry: dict[str, Any]) -> dict[str, Any]:
    """Keep few of the pages about metrics: they are all alike."""
    return {**entry, "sections": entry["sections"][:3]}


def write_gauge(lang: str) -> str:
    """Return an executed notebook with every kind of block."""
    names = NAMES[lang]
    note = '<sup class="zb-cite">[<a href="#source-s1">1</a>, <a href="#source-s2">2</a>]</sup>'
    blocks = [
        f"# {names['gauge']}",
        f'<p class="zb-lead">Lead sentence{note}, <a class="zb-page" href="zones/alabuga.html">Alabuga</a>, '
        '<a href="zones/elsewhere.html">nowhere</a>, <a href="#metric-L01-2024">17 %</a>, '
        '<a href="https://example.org/x?a=1&amp;b=2">web</a>, <a href="javascript:alert(1)">script</a>.</p>',
        "## Tiles",
        '<dl class="zb-tiles" id="table-key"><div class="zb-tile"><dt class="zb-tile-label">Residents</dt>'
        f'<dd class="zb-tile-value">219{note}</dd><dd class="zb-tile-period">2025</dd></div></dl>\n'
        '<p class="zb-foot"><a class="zb-download" href="data/gauge/key.csv" download>CSV</a></p>',
        _write_figure(names["figure"]),
        "#### A heading two levels down",
        "Some *emphasis*, **weight**, `code`, a [link](zones.md) and #hash $dollar$ @at <b>raw</b>.",
        "- one\n- two\n\n1. first\n2. second",
        '<dl class="zb-facts"><div><dt>Term</dt><dd>Said of it</dd></div></dl>',
        '<div class="zb-answers"><div class="zb-answer"><h3>For whom</h3><ul><li>what follows</li></ul></div></div>',
        "## Long",
        _write_long(),
        "## Wide",
        _write_wide(names["wide"]),
        "## Rows\n\nEach number is a row of this table.",
        '<div class="zb-metric-rows" id="table-metric-rows"><p>only on screens</p></div>',
        "## Sources",
        '<ol class="zb-sources"><li id="source-s1" value="1"><a href="https://example.org/a">First</a>, 2025</li>\n'
        '<li id="source-s2" value="2">Second</li><li id="source-s3" value="3">Third</li></ol>',
    ]
    cells = [code("show(here)", {"text/html": block}) if block.startswith("<") else text(block) for block in blocks]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


def _write_figure(title: str) -> str:
    sheet = Sheet(680)
    for line in range(75):
        sheet.write(0, 20 + line * 16, f"Line {line}")
    drawing = write_svg(sheet, "zb-high", Caption(title, "Line 0 is above line 74."))
    return (
        f'<figure class="zb-figure" id="figure-high"><div class="zb-wide">{drawing.inline}</div>'
        f'<figcaption><span class="zb-figure-title">{title}.</span> Unit.</figcaption></figure>'
    )


def _write_long() -> str:
    rows = "".join(
        f'<tr><th scope="row">row {n}</th><td class="zb-number">{n}</td><td>text</td></tr>' for n in range(ROWS)
    )
    return (
        '<div class="zb-table-frame"><table class="zb-table" id="table-long"><caption>A long table</caption>'
        '<thead><tr><th scope="col">Name</th><th scope="col" class="zb-number">Value</th><th>Note</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" colspan="3" class="zb-group">Over the rows</th></tr>'
        f'{rows}</tbody></table></div>\n<p class="zb-foot">Foot. <a class="zb-download" href="data/gauge/long.csv">CSV'
        "</a></p>"
    )


def _write_wide(caption: str) -> str:
    head = "".join(f'<th scope="col">Interregional{n}</th>' for n in range(COLUMNS))
    cells = "".join(f"<td>value{n}</td>" for n in range(1, COLUMNS))
    return (
        f'<div class="zb-table-frame"><table class="zb-table" id="table-wide"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody><tr><th>First</th>{cells}</tr></tbody></table></div>"
    )
