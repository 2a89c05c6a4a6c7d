"""A page as it travels to a machine that shares no disk with this one: everything it reads, and what it gives back.

A page reads its share of the data and whole tables, the metric rows of the other pages, own metrics and its template.
What is the page's alone travels with it; what many pages read is named by its digest and travels once a machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from zonebook.run.execute import PageJob, PageOutcome, page_path
from zonebook.tables.draft import put_file
from zonebook.tables.share import COUNTRY
from zonebook.tables.store import StoreInfo, excerpt_store, read_info

_TEMPLATE = "template.ipynb"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A page with everything it reads.

    Attributes
    ----------
    job
        The page.
    engine
        ``fork`` or ``jupyter``.
    files
        Content of the files that are the page's alone, by path under the output folder.
    shared
        Digest of the files that other pages read as well, by path.
    """

    job: PageJob
    engine: str
    files: Mapping[str, bytes] = field(hash=False, repr=False)
    shared: Mapping[str, str] = field(hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page elsewhere: its outcome, and the bytes of its executed notebook if it has one."""

    outcome: PageOutcome
    notebook: bytes | None


class Packer:
    """Packs the pages of a build, reading each shared file once.

    Parameters
    ----------
    out
        Output folder of the build.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._known: dict[tuple[str, int, int], str] = {}
        self.contents: dict[str, Path] = {}

    def pack(self, job: PageJob, engine: str) -> Parcel:
        """Return a page with everything it reads. The shared files are in ``contents``, by digest."""
        store = job.parameters["data"]
        scope_id = "" if job.scope == COUNTRY else job.id
        own, common = excerpt_store(self._out / store, self._read_info(store), job.scope, scope_id)
        metrics = job.parameters.get("metrics")
        names = [f"{store}/{name}" for name in common]
        names += [*job.parameters["own_metrics"], *([metrics] if metrics else [])]
        shared = {name: self._digest(self._out / name) for name in names}
        shared[_TEMPLATE] = self._digest(job.notebook)
        files = {f"{store}/{name}": content for name, content in own.items()}
        return Parcel(replace(job, notebook=Path(_TEMPLATE)), engine, files, shared)

    @cache  # noqa: B019  (a packer is there for one build)
    def _read_info(self, store: str) -> StoreInfo:
        return read_info(self._out / store)

    def _digest(self, path: Path) -> str:
        """Return the digest of a file, read again only when it has changed."""
        status = path.stat()
        seen = (str(path), status.st_mtime_ns, status.st_size)
        if seen not in self._known:
            self._known[seen] = hashlib.sha256(path.read_bytes()).hexdigest()
            self.contents[self._known[seen]] = path
        return self._known[seen]


def run_parcel(
    parcel: Parcel, contents: Mapping[str, bytes], run: Callable[[PageJob, Path, str], PageOutcome]
) -> Answer:
    """Run a page in a folder made for it, and return what became of it.

    Parameters
    ----------
    parcel
        The page with what it reads.
    contents
        Content of the shared files, by digest.
    run
        Runs a page under an output folder.
    """
    with tempfile.TemporaryDirectory(prefix="page-", dir=_machine_folder()) as folder:
        out = Path(folder)
        for name, digest in parcel.shared.items():
            _place(contents[digest], digest, out / name)
        for name, content in parcel.files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        outcome = run(replace(parcel.job, notebook=out / _TEMPLATE), out, parcel.engine)
        notebook = outcome.notebook.read_bytes() if outcome.notebook else None
    return Answer(replace(outcome, job=parcel.job, notebook=None), notebook)


def accept(answer: Answer, job: PageJob, out: Path) -> PageOutcome:
    """Write the notebook of a page that was run elsewhere, and return the page's outcome here."""
    if answer.notebook is None:
        return replace(answer.outcome, job=job)
    path = page_path(out, job.lang, job.target)
    put_file(path, answer.notebook.decode())
    return replace(answer.outcome, job=job, notebook=path)


@cache
def _machine_folder() -> Path:
    """Return the folder of this process for pages and the files they share; it goes when the process ends."""
    folder: Any = tempfile.TemporaryDirectory(prefix="zonebook-")
    _FOLDERS.append(folder)
    return Path(folder.name)


_FOLDERS: list[Any] = []  # keeps them until the process ends


def _place(content: bytes, digest: str, path: Path) -> None:
    """Write a shared file once, and let it be found under another name: linked, where the file system has links."""
    kept = _machine_folder() / digest
    if not kept.is_file():
        beside = kept.with_name(f"{digest}-{os.getpid()}-{id(path)}")
        beside.write_bytes(content)
        beside.replace(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        path.hardlink_to(kept)
    if not path.exists():
        shutil.copyfile(kept, path)
