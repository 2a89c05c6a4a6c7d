"""The notebooks: thin, without outputs, their parameters those that are declared, ids that stay."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from word_pages import LANGUAGES, PROJECT, open_small
from zonebook.page import figures, narrative, tables
from zonebook.parameters import page_parameters, read_parameters

PATHS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
KINDS = read_parameters(PROJECT / "parameters.yml").pages
_FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.comprehension, ast.BinOp, ast.If)


def read_cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags_of(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def test_there_is_a_notebook_for_every_kind_of_page() -> None:
    assert {path.name for path in PATHS} == {kind.notebook for kind in KINDS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_notebooks_have_no_outputs_and_stable_ids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = notebook["cells"]
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert re.fullmatch(r"[a-z0-9-]+", cell["id"])
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n" == text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_code_cells_are_thin(path: Path) -> None:
    for cell in read_cells(path):
        if cell["cell_type"] != "code":
            continue
        source = source_of(cell)
        assert len(source.splitlines()) <= 12
        tree = ast.parse(source)
        assert not [node for node in ast.walk(tree) if isinstance(node, _FORBIDDEN)]
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert all(isinstance(node, ast.ImportFrom) and node.module == "zonebook.page" for node in imported)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_cells_are_tagged_for_the_book(path: Path) -> None:
    code = [cell for cell in read_cells(path) if cell["cell_type"] == "code"]
    assert tags_of(code[0]) == ["parameters", "remove-cell"]
    assert tags_of(code[-1]) == ["remove-cell"]
    assert source_of(code[-1]) == "record(here)"
    assert all(tags_of(cell) == ["remove-input"] for cell in code[1:-1])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_parameters_cell_is_as_declared(kind: Any) -> None:
    cell = next(c for c in read_cells(PROJECT / "notebooks" / kind.notebook) if "parameters" in tags_of(c))
    declared = []
    for parameter in page_parameters(kind.scope):
        default = json.dumps(parameter.default) if isinstance(parameter.default, str) else repr(parameter.default)
        declared.append(f"{parameter.name}: {parameter.type.__name__} = {default}  # {parameter.help}")
    assert source_of(cell).splitlines() == declared


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_prose_types_no_numbers_and_begins_with_a_title(path: Path) -> None:
    prose = [source_of(cell) for cell in read_cells(path) if cell["cell_type"] == "markdown"]
    assert prose[0].startswith("# ")
    assert all(text.startswith("## ") for text in prose[1:])
    assert not re.search(r"\d", " ".join(prose))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_sources_come_after_everything_that_cites(path: Path) -> None:
    code = [source_of(cell) for cell in read_cells(path) if cell["cell_type"] == "code"]
    place = code.index("tables.sources(here)")
    assert code[place + 1 :] == ["tables.rerun(here)", "record(here)"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_cell_runs_and_every_mark_has_its_source(kind: Any, lang: str) -> None:
    here = open_small(kind.name, lang)
    names = {"here": here, "tables": tables, "narrative": narrative, "figures": figures, "record": lambda page: page}
    html = ""
    for cell in read_cells(PROJECT / "notebooks" / kind.notebook):
        if cell["cell_type"] == "code" and "(here" in source_of(cell):
            block = eval(source_of(cell), names)  # noqa: S307 - the cells of our own notebooks
            html += str(getattr(block, "html", ""))
    marks = set(re.findall(r'href="#(source-[^"]+)"', html))
    anchors = set(re.findall(r'id="(source-[^"]+)"', html))
    assert marks == anchors
