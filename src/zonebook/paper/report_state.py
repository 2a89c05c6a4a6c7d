"""The order of a report, and whether its PDF is in step with it: told without the press, in a few milliseconds."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from zonebook.paper.brand import describe_brand
from zonebook.paper.job import paper_path
from zonebook.parameters import Parameters, to_values
from zonebook.tables.digest import hash_folder, read_version
from zonebook.tables.draft import put_file

#: Name of the report's file below ``pdf/<lang>/``, without suffix.
REPORT = "report"
_PACKAGE = Path(str(files("zonebook")))
_CODE = ("chapter*.py", "report*.py", "press.py", "brand.py", "templates/base.typ", "templates/report*.typ")
_LIBRARIES = ("typst", "fontpkg-fira-sans", "fonttools", "markdown-it-py", "mdit-py-plugins")


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report to be printed: its language, parameters, folders of the project and the output, the cut-off date.

    With ``force`` it is printed even if nothing has changed.
    """

    lang: str
    parameters: Parameters
    project: Path
    out: Path
    cut_off: str = ""
    force: bool = False

    @property
    def book(self) -> Path:
        """The staged book it is printed from."""
        return self.out / "book" / self.lang

    @property
    def memory(self) -> Path:
        """Folder of what is kept of it from one build to the next."""
        return self.out / "cache" / self.lang

    @property
    def pieces(self) -> Path:
        """Folder of its printed pieces."""
        return self.memory / "pieces"

    @property
    def target(self) -> Path:
        """The PDF."""
        return paper_path(self.out, self.lang, REPORT)


def is_printed(order: ReportOrder) -> bool:
    """Whether nothing that a report depends on has changed since its PDF was printed."""
    return not order.force and read_note(order).get("state") == sum_up_order(order)


def forget_pieces(order: ReportOrder) -> None:
    """Remove the pieces printed earlier: all are printed again."""
    shutil.rmtree(order.pieces, ignore_errors=True)


def read_note(order: ReportOrder) -> dict[str, str]:
    """Return what the PDF was printed from; nothing where that is not known or the PDF is another one."""
    try:
        known = json.loads(_note_path(order).read_bytes())
        is_same = known["pdf"] == hashlib.sha256(order.target.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(known) if is_same else {}


def write_note(order: ReportOrder, **known: str) -> None:
    """Note down what the PDF was printed from."""
    note = {**known, "pdf": hashlib.sha256(order.target.read_bytes()).hexdigest()}
    put_file(_note_path(order), json.dumps(note).encode())


def _note_path(order: ReportOrder) -> Path:
    return order.memory / "report.json"


def sum_up_order(order: ReportOrder) -> str:
    """Return a hash of all a report depends on: staged files by size and time, parameters, brand, code.

    Staged files are written only when they change.
    """
    brand = describe_brand(order.parameters, order.project, order.lang)
    said = json.dumps([hash_code(), brand, to_values(order.parameters), order.cut_off], sort_keys=True)
    digest = hashlib.sha256(said.encode())
    for path in sorted(order.book.rglob("*")):
        if path.suffix in (".ipynb", ".md", ".yml") and "_build" not in path.parts:
            stat = path.stat()
            digest.update(f"{path.relative_to(order.book)}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@cache
def hash_code() -> str:
    """Return a hash of the code, templates, words and libraries that turn pages into a PDF."""
    paper = sorted(path for pattern in _CODE for path in (_PACKAGE / "paper").glob(pattern))
    words = (_PACKAGE / "page" / name for name in ("locale", "locale.py", "cutoff.py"))
    code = [hash_folder(path) for path in (*paper, *words)]
    return hashlib.sha256(repr((code, list_versions())).encode()).hexdigest()


def list_versions() -> list[str]:
    """Return the versions of the libraries that read pages and set PDFs."""
    return [f"{name}={read_version(name)}" for name in _LIBRARIES]
