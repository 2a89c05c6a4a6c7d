"""What a page depends on, as one key; and the reuse of pages whose key has not changed."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from zonebook.logo import find_logo
from zonebook.parameters import Parameters
from zonebook.run.answers import Answers, is_followed, settle_key
from zonebook.run.execute import PageJob, PageOutcome, page_path
from zonebook.run.record import READS, PageRecord
from zonebook.tables.digest import hash_file, hash_folder, read_version
from zonebook.tables.draft import put_file
from zonebook.typeface import find_family

_LIBRARIES = ("pandas", "numpy", "matplotlib", "scipy", "networkx", "Babel", "papermill", "nbformat", "ipython")
_BOOK_LIBRARIES = ("jupyter-book", "sphinx", "sphinx-book-theme", "myst-nb")
_PACKAGE = Path(str(files("zonebook")))
# What assembles the book or parses the command line does not change a page's notebook.
_NOT_OF_PAGES = (
    "book",
    "books.py",
    "paper",
    "edition",
    "cli.py",
    "editions.py",
    "pipeline.py",
    "previous.py",
    "recorded_rows.py",
    "request.py",
    "rows.py",
)


@cache
def code_digest() -> str:
    """Return a hash of the package's code and resources that make pages, and of the libraries' versions."""
    digest = hashlib.sha256(hash_folder(_PACKAGE, leave_out=_NOT_OF_PAGES).encode())
    for name in _LIBRARIES:
        digest.update(f"{name}={read_version(name)}".encode())
    return digest.hexdigest()


def page_key(job: PageJob, share_digest: str, own: Iterable[Path] = ()) -> str:
    """Return the key of a page: a hash of its data, parameters, notebook, and of the code and libraries.

    Parameters
    ----------
    job
        The page.
    share_digest
        Hash of the data the page reads.
    own
        Files of the report's own metrics.
    """
    parts = {
        "page": [job.kind, job.id, job.lang, job.target],
        "data": share_digest,
        "parameters": job.parameters,
        "notebook": hash_file(job.notebook),
        "own": [hash_file(path) for path in own],
        "code": code_digest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def book_key(outcomes: Iterable[PageOutcome], parameters: Parameters, project: Path, changes: str = "") -> str:
    """Return the key of the books: a hash of their pages, the project's own files, the parameters and the package.

    ``changes`` is the key of the comparison with an earlier edition, if there is one.

    Failed pages give a key of their own, so that a book with them is built anew every time.
    """
    parts = {
        "pages": [o.job.key if o.failure is None else uuid.uuid4().hex for o in outcomes],
        "parameters": repr(parameters),
        "changes": changes,
        "project": [hashlib.sha256((project / name).read_bytes()).hexdigest() for name in ("_config.yml", "_toc.yml")],
        "prose": hash_folder(project / "book"),
        "package": hash_folder(_PACKAGE),
        "brand": _hash_brand(parameters, project),
        "libraries": [read_version(name) for name in _BOOK_LIBRARIES],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _hash_brand(parameters: Parameters, project: Path) -> list[str]:
    """Return the hashes of the brand's files: its font and its logo."""
    logo = find_logo(parameters.logo, project)
    faces = find_family(parameters.font, project).faces
    return [*(face.digest for face in faces), *([hashlib.sha256(logo.read_bytes()).hexdigest()] if logo else [])]


def _note_path(out: Path, job: PageJob) -> Path:
    return out / f"cache/{job.lang}/{job.target}.json"  # in one piece: it is asked for of every page


def _rows_path(out: Path, job: PageJob) -> Path:
    return out / f"cache/{job.lang}/{job.target}.rows.json"


def remember(out: Path, outcome: PageOutcome, answers: Answers | None = None) -> PageOutcome:
    """Note down under which key a page was made, after its notebook is in place.

    Its metric rows go into a file; the outcome is returned without them in memory. ``answers`` is what there was to be
    read by a page whose key goes by what it has read: its job has that key then.
    """
    base = outcome.job.key
    if answers is not None and base:
        reads = outcome.record.fields.get(READS) if outcome.record and is_followed(outcome.job.notebook) else None
        outcome = replace(outcome, job=replace(outcome.job, key=settle_key(base, reads, answers)))
    if outcome.notebook is None or outcome.record is None:
        return outcome
    rows = _rows_path(out, outcome.job)
    put_file(rows, outcome.record.text)
    kept = replace(outcome, record=PageRecord(outcome.record.fields, path=rows))
    if not outcome.job.key:
        return kept
    note = {
        "key": outcome.job.key,
        "notebook": hashlib.sha256(outcome.notebook.read_bytes()).hexdigest(),
        "seconds": round(outcome.seconds, 3),
        "record": outcome.record.fields,
    }
    if answers is not None:
        note |= {"base": base, "whole": answers.whole, "is_followed": reads is not None}
    put_file(_note_path(out, outcome.job), json.dumps(note, ensure_ascii=False))
    return kept


def recall(out: Path, job: PageJob, answers: Answers | None = None) -> PageOutcome | None:
    """Return the page made earlier under the same key, or None if it has to be run.

    A notebook changed since by hand, or half written, is not taken: its own hash must be the one noted down.

    Parameters
    ----------
    out
        Output folder of the build.
    job
        The page.
    answers
        What there is to be read, for a page whose key goes by what it has read.
    """
    note_path, rows, path = _note_path(out, job), _rows_path(out, job), page_path(out, job.lang, job.target)
    if not job.key or not all(file.is_file() for file in (note_path, rows, path)):
        return None
    note = json.loads(note_path.read_text(encoding="utf-8"))
    if answers is not None:
        job = _settle_again(job, note, answers)
    if note["key"] != job.key or note["notebook"] != hashlib.sha256(path.read_bytes()).hexdigest():
        return None
    return PageOutcome(job, path, PageRecord(note["record"], path=rows), note["seconds"], cached=True)


def _settle_again(job: PageJob, note: Mapping[str, Any], answers: Answers) -> PageJob:
    """Return a page with the key it has where what it asked before is answered by what there is now."""
    if note.get("base") != job.key:
        return replace(job, key="")  # made with something else
    if note["whole"] == answers.whole:
        return replace(job, key=note["key"])
    reads = note["record"][READS] if note["is_followed"] else None
    return replace(job, key=settle_key(job.key, reads, answers))
