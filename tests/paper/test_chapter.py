"""Pages of the staged book as chapters: what is kept, what is left out, what notes and links are made of."""

import json
from pathlib import Path
from typing import Any

import pytest

from zonebook.errors import PaperError
from zonebook.page.locale import get_locale
from zonebook.paper.chapter import find_page, read_chapter
from zonebook.paper.chapter_runs import to_text

NOTE = '<sup class="zb-cite">[<a href="#source-s1">1</a>]</sup>'
SOURCES = '<ol class="zb-sources"><li id="source-s1" value="1">First</li></ol>'


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source}


def _html(source: str) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": {"text/html": source}}
    return {"cell_type": "code", "outputs": [output]}


def _read(folder: Path, *cells: dict[str, Any]) -> dict[str, Any]:
    path = folder / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return read_chapter(path, "zones/a", get_locale("en"))


def test_the_title_is_the_first_heading_and_no_block(tmp_path: Path) -> None:
    chapter = _read(tmp_path, _markdown("# Zone *A*"), _markdown("Text."))
    assert (chapter["name"], chapter["page"]) == ("Zone A", "zones/a")
    assert [block["k"] for block in chapter["blocks"]] == ["p"]


def test_a_source_is_noted_in_full_once_and_leaves_the_list_of_sources(tmp_path: Path) -> None:
    chapter = _read(
        tmp_path,
        _html(f"<p>One{NOTE} two{NOTE}</p>"),
        _markdown("## Sources"),
        _html(SOURCES),
    )
    notes = [run["r"][0] for run in chapter["blocks"][0]["r"] if isinstance(run, dict)]
    assert [note.get("new", False) for note in notes] == [True, False]
    assert to_text(chapter["notes"]["zones/a#source-s1"]["r"]) == "First"
    assert len(chapter["blocks"]) == 1


def test_a_cell_that_holds_a_note_alone_keeps_it(tmp_path: Path) -> None:
    facts = f'<dl class="zb-profile"><div><dt>Source</dt><dd>{NOTE}</dd></div></dl>'
    chapter = _read(tmp_path, _html(facts), _html(SOURCES))
    assert chapter["blocks"][0]["items"][0]["blocks"][0]["r"][0]["r"][0]["new"]


def test_sources_of_a_table_stand_under_it(tmp_path: Path) -> None:
    table = f"<table><caption>x{NOTE}</caption><tbody><tr><td>a{NOTE}</td></tr></tbody></table>"
    chapter = _read(tmp_path, _html(table), _html(f"<p>later{NOTE}</p>"), _html(SOURCES))
    assert chapter["blocks"][0]["named"] == ["zones/a#source-s1"]
    assert "new" not in chapter["blocks"][1]["r"][1]["r"][0]


def test_screens_keep_rows_and_commands_with_their_headings(tmp_path: Path) -> None:
    chapter = _read(
        tmp_path,
        _markdown("# Title\n\n## Kept"),
        _html("<p>text</p>"),
        _markdown("## Rows\n\nEach number is a row."),
        _html('<div id="table-metric-rows">rows</div>'),
        _markdown("## Again"),
        _html('<div class="zb-rerun"><pre>make</pre></div>'),
        _markdown("Behind this page"),
    )
    assert [to_text(block["r"]) for block in chapter["blocks"]] == ["Kept", "text", "Behind this page"]


def test_headings_over_nothing_are_left_out_and_none_skips_a_level(tmp_path: Path) -> None:
    chapter = _read(tmp_path, _markdown("# T\n\n## Empty\n\n## Full\n\n#### Deep\n\ntext\n\n# Second title\n\nmore"))
    headings = [(block["level"], to_text(block["r"])) for block in chapter["blocks"] if block["k"] == "h"]
    assert headings == [(2, "Full"), (3, "Deep"), (2, "Second title")]


def test_what_a_cell_wrote_is_shown_as_it_stands(tmp_path: Path) -> None:
    cell = {
        "cell_type": "code",
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "<b>1</b>\n"},
            {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []},
            {"output_type": "display_data", "data": {"text/plain": "plain"}},
        ],
    }
    chapter = _read(tmp_path, cell)
    assert [block["text"] for block in chapter["blocks"]] == ["<b>1</b>", "KeyError: 'x'", "plain"]


def test_a_page_of_demonstration_data_is_known_by_its_marks(tmp_path: Path) -> None:
    assert _read(tmp_path, _html('<span class="zb-evidence zb-evidence-demonstration">x</span>'))["demonstration"]
    assert not _read(tmp_path, _html('<span class="zb-evidence">x</span>'))["demonstration"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": [{}]}', '{"cells": [{"cell_type": "code"}]}'])
def test_a_broken_notebook_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PaperError, match=r"a\.ipynb: cannot be read"):
        read_chapter(path, "a", get_locale("en"))


def test_a_page_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="no such page"):
        find_page(tmp_path, "zones/a")
