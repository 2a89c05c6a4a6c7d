"""What country pages have asked of the data and the metric rows, and whether the answers are still the same.

Such a page could read everything: it would be run again after every change. It notes down what it has asked (tables,
rows of tables, series of metric rows), and its key is a hash of the answers.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from zonebook.metrics import rowtable
from zonebook.metrics.rowfile import RowFile
from zonebook.run.row_digests import RowDigests, digest_metrics
from zonebook.tables import lazy
from zonebook.tables.digest import digest_rows, hash_rows
from zonebook.tables.share import COUNTRY, DataSet

_PAGE, _OPEN, _RECORD = "zonebook.page", "open_country", "record"
_NOTEBOOK_FORMAT = 4
# What the notebook of a page is written with: parameters, an import, calls.
_PLAIN = (
    *(ast.AnnAssign, ast.Assign, ast.Expr, ast.ImportFrom, ast.alias, ast.Call, ast.keyword, ast.Name, ast.Attribute),
    *(ast.Constant, ast.Dict, ast.List, ast.expr_context),
)


class Answers:
    """The answers that a data set and its metric rows give.

    Parameters
    ----------
    data
        The data set.
    metrics
        All metric rows.
    """

    def __init__(self, data: DataSet, metrics: RowFile) -> None:
        self._data, self._metrics = data, metrics
        self._known: dict[tuple[str, ...], str] = {}  # pages ask much the same, in each language once more

    @property
    def whole(self) -> str:
        """A hash of everything that can be asked."""
        return f"{self._data.digests[COUNTRY]['']} {self._metrics.digest}"

    @property
    def names(self) -> list[str]:
        """Names of the tables, marked where they have no row: what a page may know without asking."""
        return [name if name in self._data.table_digests else f"{name} -" for name in sorted(self._data.tables_present)]

    def digest(self, questions: Iterable[Sequence[str]]) -> str:
        """Return a hash of the answers to some questions."""
        told = [[*question, self._recall(tuple(question))] for question in questions]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def _recall(self, question: tuple[str, ...]) -> str:
        if question not in self._known:
            self._known[question] = self._answer(*question)
        return self._known[question]

    def _answer(self, kind: str, *about: str) -> str:
        match kind:
            case lazy.TABLE:
                answer = self._data.table_digests.get(about[0], "")
            case lazy.ROWS:
                table, column, value = about
                rows = self._data.country().select(table, column, [value])
                answer = digest_rows({"": hash_rows(pa.Table.from_pandas(rows, preserve_index=False))})
            case rowtable.SERIES:
                by_kind = self._rows.series.get(about[0], {})
                answer = by_kind.get(about[1], "") if about[1:] else json.dumps(by_kind)
            case rowtable.SCOPE:
                answer = self._rows.scopes.get(about[0], "")
            case rowtable.EVIDENCE:
                answer = " ".join(self._rows.evidence)
            case rowtable.NAMES:
                answer = " ".join(self._rows.series)
            case rowtable.SCOPES:
                answer = " ".join(sorted(self._rows.scopes))
            case _:
                answer = self._metrics.digest
        return answer

    @cached_property
    def _rows(self) -> RowDigests:
        return digest_metrics(self._metrics)


def settle_key(base: str, questions: Iterable[Sequence[str]] | None, answers: Answers) -> str:
    """Return the key of a page: a hash of its key without data and of the answers to its questions.

    Where these are not known, it is a hash of everything that can be asked.
    """
    asked = answers.whole if questions is None else answers.digest(questions)
    return hashlib.sha256(f"{base} {asked}".encode()).hexdigest()


def is_followed(notebook: Path) -> bool:
    """Tell whether everything that a notebook reads is noted down.

    It is where its cells do nothing but open the page and show its parts, the record last. A cell of one's own might
    read files by itself, or ask after what was asked has been recorded.
    """
    content = json.loads(notebook.read_text(encoding="utf-8"))  # nbformat takes a twentieth of a second to import
    if content.get("nbformat") != _NOTEBOOK_FORMAT:
        return False
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    try:
        lines = [line for cell in cells for line in ast.parse("".join(cell["source"])).body]
    except SyntaxError:  # a magic command
        return False
    nodes = [node for line in lines for node in ast.walk(line)]
    calls = [_name_call(node) for node in nodes if isinstance(node, ast.Call)]
    known = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return (
        all(isinstance(node, _PLAIN) for node in nodes)
        and all(node.module == _PAGE for node in nodes if isinstance(node, ast.ImportFrom))
        and all(name.partition(".")[0] in known for name in calls)
        and [name for name in calls if name.startswith("open")] == [_OPEN]
        and calls[-1:] == [_RECORD]
        and calls.count(_RECORD) == 1
        and isinstance(lines[-1], ast.Expr)
    )


def _name_call(call: ast.Call) -> str:
    """Return what is called: ``record``, ``tables.zones``; empty where it is what another call returned."""
    called = call.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{called.value.id}.{called.attr}"
    return called.id if isinstance(called, ast.Name) else ""
