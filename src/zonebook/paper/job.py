"""A PDF to be printed: what it depends on as one key, where it lies, and what became of it."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from zonebook.errors import ZonebookError
from zonebook.paper.peers import Places
from zonebook.parameters import Parameters
from zonebook.tables.digest import hash_folder, read_version
from zonebook.tables.draft import put_file

_PACKAGE = Path(__file__).parent
_LIBRARIES = ("typst", "fontpkg-fira-sans", "segno", "fonttools")


@dataclass(frozen=True, slots=True)
class PaperJob:
    """A handout to be printed.

    Attributes
    ----------
    kind, id, lang
        Whose it is, as for its page, and its language.
    target
        Its path below ``pdf/<lang>/``, without suffix: that of the page in its book.
    record
        What the page recorded, its metric rows among it.
    places
        The places of its values among those of its peers.
    key
        Hash of everything it depends on; empty if it is to be printed in any case.
    """

    kind: str
    id: str
    lang: str
    target: str
    record: Mapping[str, Any] = field(hash=False, repr=False)
    places: Places = field(hash=False, repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """What became of a PDF: its file, or why there is none."""

    lang: str
    target: str
    path: Path | None = None
    seconds: float = 0.0
    cached: bool = False
    failure: str = ""

    @property
    def name(self) -> str:
        """Its path below ``pdf/``."""
        return f"{self.lang}/{self.target}.pdf"

    def to_entry(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest() if self.path else ""
        seconds = round(self.seconds, 2)
        return {"sha256": digest, "seconds": seconds, "unchanged": self.cached, "failure": self.failure}


def paper_path(out: Path, lang: str, target: str) -> Path:
    """Return where a PDF lies under the output folder."""
    return out / f"pdf/{lang}/{target}.pdf"


def paper_key(job: PaperJob, page_key: str, brand: Mapping[str, Any], parameters: Parameters) -> str:
    """Return the key of a handout: a hash of its page's key, its places, the brand, the paper, and the press.

    A page without a key gives none.
    """
    if not page_key:
        return ""
    parts = {
        "page": page_key,
        "lang": job.lang,
        "places": [[list(key), asdict(place)] for key, place in sorted(job.places.items())],
        "brand": brand,
        "paper": [parameters.paper, parameters.pdf_standards],
        "press": _press_digest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def _press_digest() -> str:
    """Return a hash of the code and the templates that set papers, and of the versions of what prints them."""
    versions = (f"{name}={read_version(name)}" for name in _LIBRARIES)
    return hashlib.sha256("\n".join((hash_folder(_PACKAGE), *versions)).encode()).hexdigest()


def write_paper(job: PaperJob, out: Path, make: Callable[[], bytes]) -> PaperOutcome:
    """Print a handout into its file and note down its key; one that fails leaves no file of an earlier build."""
    begun, path = time.perf_counter(), paper_path(out, job.lang, job.target)
    try:
        printed = make()
    except ZonebookError as error:
        path.unlink(missing_ok=True)
        return PaperOutcome(job.lang, job.target, None, time.perf_counter() - begun, failure=str(error))
    put_file(path, printed)
    if job.key:
        note = {"key": job.key, "pdf": hashlib.sha256(printed).hexdigest()}
        put_file(_note_path(out, job), json.dumps(note).encode())
    return PaperOutcome(job.lang, job.target, path, time.perf_counter() - begun)


def recall_paper(job: PaperJob, out: Path) -> PaperOutcome | None:
    """Return the handout printed earlier under the same key; None if it has to be printed."""
    note_path, path = _note_path(out, job), paper_path(out, job.lang, job.target)
    if not job.key or not note_path.is_file() or not path.is_file():
        return None
    note = json.loads(note_path.read_text(encoding="utf-8"))
    if note["key"] != job.key or note["pdf"] != hashlib.sha256(path.read_bytes()).hexdigest():
        return None
    return PaperOutcome(job.lang, job.target, path, cached=True)


def _note_path(out: Path, job: PaperJob) -> Path:
    return out / f"cache/papers/{job.lang}/{job.target}.json"
