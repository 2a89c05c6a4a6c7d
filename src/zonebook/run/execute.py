"""Runs one page: a template notebook with parameters in, an executed notebook with its recorded results out."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zonebook.errors import PageError
from zonebook.page.locale import get_locale, translate_markdown
from zonebook.parameters import page_parameters
from zonebook.run.notebook_text import write_notebook
from zonebook.run.record import PageRecord, make_record
from zonebook.tables.draft import put_file

if TYPE_CHECKING:  # not needed where nothing is run
    from nbformat import NotebookNode

RECORD_MIME = "application/vnd.zonebook.page+json"
INJECTED_TAG = "injected-parameters"
FORK_ENGINE, JUPYTER_ENGINE = "fork", "jupyter"
_MORE_MEMORY = " (the parameter memory gives a page more)"
# Kernels name a cell's file after their process: in a warning, that would differ from run to run.
_CELL_FILE = re.compile(re.escape(tempfile.gettempdir()) + r"[/\\]ipykernel_\d+[/\\](?=\d+\.py)")
_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page to make: which notebook, with which parameters, to which place.

    Attributes
    ----------
    kind, scope, id
        Kind of page (``zone``), its scope (``zone``, ``region``, ``country``) and what it is about.
    lang
        Language of the page.
    notebook
        The template notebook.
    target
        Path of the page inside its book, without suffix: ``zones/alabuga``, ``overview``.
    parameters
        The parameters to run it with.
    key
        Hash of everything the page depends on; empty if it is to be run in any case.
    kept
        Folder, below the output folder, of metric rows that pages of other languages may have computed; empty for none.
    """

    kind: str
    scope: str
    id: str
    lang: str
    notebook: Path
    target: str
    parameters: dict[str, Any] = field(hash=False)
    key: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class PageFailure:
    """Why a page could not be made: the cell's source, the error, its traceback as plain text."""

    cell: str
    message: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page: its executed notebook and record, or its failure."""

    job: PageJob
    notebook: Path | None
    record: PageRecord | None = field(default=None, hash=False)
    seconds: float = 0.0
    cached: bool = False
    failure: PageFailure | None = None


def check_parameters(job: PageJob) -> None:
    """Check a page's parameters against the declared ones, before anything runs.

    Raises
    ------
    PageError
        For a name the page's scope does not declare or a value of another type.
    """
    declared = {parameter.name: parameter for parameter in page_parameters(job.scope)}
    for name, value in job.parameters.items():
        if name not in declared:
            raise PageError(f"there is no page parameter {name!r}.", place=job.target)
        wanted = declared[name].type
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise PageError(f"parameter {name!r} must be {wanted.__name__}, got {value!r}.", place=job.target)


def prepare_notebook(template: NotebookNode, lang: str) -> NotebookNode:
    """Return the template with its prose in the page's language."""
    locale = get_locale(lang)
    for cell in template.cells:
        if cell.cell_type == "markdown":
            cell.source = translate_markdown(cell.source, locale)
    return template


def normalise_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return the executed notebook without what differs from run to run, the injected cell tagged and named.

    Left out are times, durations and paths that Papermill and the kernel note down; what the page says is kept.
    """
    import nbformat  # noqa: PLC0415  (not needed where nothing is run)

    papermill = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = nbformat.from_dict({"parameters": papermill.get("parameters", {})})
    for position, cell in enumerate(notebook.cells):
        for noise in ("papermill", "execution"):
            cell.metadata.pop(noise, None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = _CELL_FILE.sub("", output.text)
        tags = cell.metadata.get("tags", [])
        if INJECTED_TAG in tags:
            cell.id = INJECTED_TAG
            cell.metadata["tags"] = [INJECTED_TAG, "remove-cell"]
        elif not cell.get("id"):
            cell.id = f"cell-{position}"
    return notebook


def read_record(notebook: NotebookNode) -> PageRecord | None:
    """Return what the page recorded (its metric rows, title, description), or None if it recorded nothing."""
    for cell in reversed(notebook.cells):
        for output in cell.get("outputs", []):
            record = output.get("data", {}).get(RECORD_MIME)
            if record is not None:
                return make_record(record)
    return None


def execute_page(job: PageJob, folder: Path, engine: str) -> tuple[NotebookNode, PageFailure | None]:
    """Run a page's notebook; return the executed notebook, and the failure if it failed.

    Parameters
    ----------
    job
        The page.
    folder
        Working directory of the notebook.
    engine
        ``fork``: cells run in this process, which must be a fresh one; ``jupyter``: in a Jupyter kernel.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415
    from papermill.iorw import load_notebook_node  # noqa: PLC0415  (half a second; not needed where nothing is run)

    template = prepare_notebook(load_notebook_node(str(job.notebook)), job.lang)
    failure = None
    try:
        with engine_options(engine) as options:
            executed = _run_cells(template, job.parameters, folder, options)
    except PapermillExecutionError as error:
        executed = template
        hint = _MORE_MEMORY if error.ename.endswith("MemoryError") else ""
        failure = PageFailure(
            error.source, _plain(f"{error.ename}: {error.evalue}{hint}"), _plain("\n".join(error.traceback))
        )
    except (DeadKernelError, CellTimeoutError) as error:
        executed, failure = template, PageFailure("", f"The kernel ended before the notebook did: {error}")
    return normalise_notebook(executed), failure


def _run_cells(
    template: NotebookNode, parameters: Mapping[str, Any], folder: Path, options: Mapping[str, Any]
) -> NotebookNode:
    """Return an executed notebook: the steps that ``papermill.execute_notebook`` takes between reading and writing one.

    That would write the template as text and read it again, and write what it became for nobody.
    """
    from papermill.engines import papermill_engines  # noqa: PLC0415  (as above)
    from papermill.execute import raise_for_execution_errors, remove_error_markers  # noqa: PLC0415
    from papermill.parameterize import parameterize_notebook  # noqa: PLC0415
    from papermill.utils import chdir  # noqa: PLC0415

    name = options.get("engine_name")
    notebook = remove_error_markers(parameterize_notebook(template, dict(parameters), engine_name=name))
    kernel = papermill_engines.nb_kernel_name(engine_name=name, nb=notebook)
    choices = {"engine_name": name, "kernel_name": kernel, "progress_bar": False, **options}
    with chdir(str(folder)):
        executed: NotebookNode = papermill_engines.execute_notebook_with_engine(nb=notebook, **choices)
    raise_for_execution_errors(executed, None)
    return executed


@contextmanager
def engine_options(engine: str) -> Iterator[dict[str, Any]]:
    """Give the options Papermill runs a notebook with in an engine, for as long as the notebook runs."""
    if engine == FORK_ENGINE:
        from zonebook.run import engine as engines  # noqa: PLC0415  (IPython; not needed where nothing is run)

        engines.register_engines()
        yield {"engine_name": engines.DIRECT_ENGINE_NAME}
    elif os.name == "posix":
        from traitlets.config import Config  # noqa: PLC0415

        # Sockets of the file system: no ports that two kernels could both take, no warning about open ports. In a
        # folder of their own: by default, kernels started side by side in one folder would take the same ones.
        with tempfile.TemporaryDirectory(prefix="zonebook-") as folder:
            yield {"config": Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})}
    else:
        yield {}


def _plain(text: str) -> str:
    """Return an error's text without the terminal's colour codes and without this machine's folders."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    for folder in (_PACKAGE, Path(sys.prefix), Path.home()):
        text = text.replace(f"{folder}{os.sep}", "")
    return text


def page_path(out: Path, lang: str, target: str) -> Path:
    """Return where a page's executed notebook lies under the output folder."""
    return out / f"notebooks/{lang}/{target}.ipynb"


def run_page(job: PageJob, out: Path, engine: str) -> PageOutcome:
    """Run a page in this process and write its executed notebook; a failed one is not written."""
    from zonebook.page.kept_rows import keep_rows  # noqa: PLC0415  (metrics; not needed where nothing is run)

    begun = time.perf_counter()
    path = page_path(out, job.lang, job.target)
    path.parent.mkdir(parents=True, exist_ok=True)
    with keep_rows(out / job.kept if job.kept else None):
        notebook, failure = execute_page(job, path.parent, engine)
    record = None
    if failure is None:
        record = read_record(notebook)
        if record is None:
            failure = PageFailure("", "The notebook recorded nothing: its last cell must be record(here).")
    seconds = time.perf_counter() - begun
    if failure is not None:
        path.unlink(missing_ok=True)
        return PageOutcome(job, None, None, seconds, failure=failure)
    put_file(path, write_notebook(notebook) + "\n")  # its template and each output have been validated
    return PageOutcome(job, path, record, seconds)
