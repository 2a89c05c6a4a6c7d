"""The shape of the package: layers, sizes, docstrings, thin modules. Each failure names the rule it breaks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src" / "zonebook").rglob("*.py"))
_TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
_FUNCTIONS = [
    (path, node)
    for path, tree in _TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_layers_are_kept() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_have_at_most_400_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400


def test_half_of_the_modules_have_at_most_130_lines() -> None:
    sizes = sorted(path.read_text(encoding="utf-8").count("\n") for path in MODULES)
    assert sizes[len(sizes) // 2] <= 130


def test_functions_have_at_most_60_lines_and_nine_in_ten_at_most_40() -> None:
    lengths = {f"{_name(path)}: {node.name}": node.end_lineno - node.lineno + 1 for path, node in _FUNCTIONS}
    assert [name for name, length in lengths.items() if length > 60] == []
    assert sum(length > 40 for length in lengths.values()) <= len(lengths) / 10


def test_functions_take_at_most_six_parameters() -> None:
    def count(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return len([name for name in names if name not in {"self", "cls"}])

    assert [f"{_name(path)}: {node.name}" for path, node in _FUNCTIONS if count(node) > 6] == []


def test_everything_public_has_a_docstring() -> None:
    bare = [
        f"{_name(path)}: {node.name}"
        for path, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and _is_public_place(tree, node)
    ]
    assert bare == []


def _is_public_place(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a definition stands at the top of its module or in a public class, not inside a function."""
    for node in tree.body:
        if node is wanted:
            return True
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and wanted in node.body:
            return True
    return False


def test_no_module_is_named_after_a_drawer() -> None:
    assert [_name(path) for path in MODULES if path.stem in {"utils", "util", "helpers", "misc", "common"}] == []


def test_no_error_is_swallowed_whole() -> None:
    broad = [
        f"{_name(path)}:{node.lineno}"
        for path, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") == "Exception")
    ]
    assert broad == []


def test_no_language_is_named_in_a_condition() -> None:
    named = [
        f"{_name(path)}:{node.lineno}"
        for path, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(c, ast.Constant) and c.value in {"ru", "en"} for c in (node.left, *node.comparators))
    ]
    assert named == [], "language is data: it belongs in the catalogue or in parameters.yml"


def test_only_run_and_book_touch_papermill_and_jupyter_book() -> None:
    found = []
    for path, tree in _TREES.items():
        inside = path.relative_to(ROOT / "src" / "zonebook").parts[0]
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            roots = {name.split(".")[0] for name in names}
            if roots & {"papermill", "nbformat", "jupyter_book", "sphinx"} and inside not in {"run", "book"}:
                found.append(_name(path))
    assert found == []


def test_help_answers_at_once() -> None:
    code = (
        "import sys; import zonebook.cli; print([m for m in ('pandas', 'matplotlib', 'papermill') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_build_imports_nothing_that_only_pages_books_and_papers_need() -> None:
    """Where little has changed, imports are a tenth of a build; what is not needed waits until it is."""
    of_pages = ("nbformat", "jsonschema", "papermill", "matplotlib", "scipy", "networkx")
    of_books_and_papers = ("xlsxwriter", "jinja2", "sphinx", "typst", "pypandoc")
    names = (*of_pages, *of_books_and_papers)
    code = f"import sys; import zonebook.pipeline; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
