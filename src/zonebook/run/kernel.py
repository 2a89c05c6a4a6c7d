"""A Papermill engine without a kernel process: cells run in an IPython shell of the process that calls it.

Starting a Jupyter kernel and importing pandas and matplotlib in it costs over a second a page. Here a page's
process is forked from one that has everything imported already (see ``schedule``), so the process itself is the
kernel: fresh, isolated and gone after the page. Outputs are the notebook format's, as a real kernel sends them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase
from typing import Any

import nbformat
from ipykernel.jsonutil import encode_images, json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

ENGINE_NAME = "zonebook"


class CellOutputs:
    """The outputs of the cell that is running, in the notebook format."""

    def __init__(self) -> None:
        self.cell: list[NotebookNode] = []
        self._by_display_id: dict[str, list[NotebookNode]] = {}
        self._clear_before_next = False

    def begin(self) -> None:
        """Start collecting for a new cell."""
        self.cell = []
        self._clear_before_next = False

    def clear(self, wait: bool) -> None:
        """Drop what the cell has shown so far, at once or before its next output."""
        if wait:
            self._clear_before_next = True
        else:
            self.cell.clear()

    def add(self, output: NotebookNode, display_id: str | None = None) -> None:
        """Append an output, remembered under its display id if it has one."""
        if self._clear_before_next:
            self.cell.clear()
            self._clear_before_next = False
        self.cell.append(output)
        if display_id is not None:
            self._by_display_id.setdefault(display_id, []).append(output)

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Replace what is shown under a display id, in this cell and in earlier ones."""
        for output in self._by_display_id.get(display_id, []):
            output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(metadata)

    def write(self, name: str, text: str) -> None:
        """Append text to a stream, joined to the last output where that is the same stream."""
        if self.cell and not self._clear_before_next:
            last = self.cell[-1]
            if last.output_type == "stream" and last.name == name:
                last.text += text
                return
        self.add(nbformat.v4.new_output("stream", name=name, text=text))


class _Stream(TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, outputs: CellOutputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.write(self._name, text)
        return len(text)


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Return a mime bundle as JSON can hold it: images in base64, dates and numbers of numpy converted."""
    cleaned: dict[str, Any] = json_clean(encode_images(data))
    return cleaned


class _Publisher(DisplayPublisher):
    """Receives what cells show with ``display``."""

    outputs = AnyTrait()

    def publish(  # type: ignore[override]  # the signature is IPython's
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        if update and display_id is not None:
            self.outputs.update(display_id, _clean(data), metadata or {})
            return
        shown = nbformat.v4.new_output("display_data", data=_clean(data), metadata=metadata or {})
        self.outputs.add(shown, display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    """Receives the value of a cell's last expression."""

    outputs = AnyTrait()

    def write_output_prompt(self) -> None:
        """Write no prompt: a notebook shows none inside its outputs."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        shown = nbformat.v4.new_output("execute_result", data=_clean(format_dict), metadata=md_dict or {})
        shown.execution_count = self.prompt_count
        self.outputs.add(shown)

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class CellShell(ZMQInteractiveShell):
    """An IPython shell whose outputs become the notebook's."""

    display_pub_class = Type(_Publisher)  # type: ignore[assignment]
    displayhook_class = Type(_Hook)  # type: ignore[assignment]
    outputs = AnyTrait()

    def init_display_pub(self) -> None:
        """Route ``display`` to the cell's outputs."""
        super().init_display_pub()  # type: ignore[no-untyped-call]
        self.display_pub.outputs = self.outputs  # type: ignore[attr-defined]

    def init_displayhook(self) -> None:
        """Route the last expression's value to the cell's outputs."""
        super().init_displayhook()  # type: ignore[no-untyped-call]
        self.displayhook.outputs = self.outputs  # type: ignore[attr-defined]

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept any event loop: without a screen there is none to run."""
        self.active_eventloop = gui

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(nbformat.v4.new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)))


def prepare_shell() -> CellShell:
    """Return the shell of this process, made on the first call.

    Made before a process forks, it costs the children nothing. It keeps no history file: that would need a
    thread, which a fork does not carry over.
    """
    if not CellShell.initialized():
        config = Config()
        config.HistoryManager.enabled = False
        CellShell.instance(config=config, outputs=CellOutputs())
    return CellShell.instance()


@contextmanager
def _streams_of(outputs: CellOutputs) -> Iterator[None]:
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(outputs, "stdout"), _Stream(outputs, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


def run_cells(manager: NotebookExecutionManager) -> None:
    """Run the code cells of a managed notebook in this process, stopping at the first error.

    The caller sees to isolation: whatever the cells leave behind stays in the process.
    """
    shell = prepare_shell()
    for index, cell in enumerate(manager.nb.cells):
        manager.cell_start(cell, index)
        succeeded = cell.cell_type != "code" or _run_cell(shell, cell)
        if not succeeded:
            manager.cell_exception(cell, cell_index=index)
        manager.cell_complete(cell, cell_index=index)
        if not succeeded and "raises-exception" not in cell.metadata.get("tags", []):
            break
    manager.nb.metadata["language_info"] = {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "file_extension": ".py",
        "pygments_lexer": "ipython3",
        "nbconvert_exporter": "python",
        "codemirror_mode": {"name": "ipython", "version": 3},
    }


def _run_cell(shell: CellShell, cell: NotebookNode) -> bool:
    """Run one code cell; return whether it succeeded."""
    outputs: CellOutputs = shell.outputs
    outputs.begin()
    if not cell.source.strip():
        cell.outputs, cell.execution_count = [], None
        return True
    with _streams_of(outputs):
        result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    cell.outputs, cell.execution_count = outputs.cell, result.execution_count
    return bool(result.success)


class InProcessEngine(Engine):  # type: ignore[misc]  # papermill is not typed
    """The Papermill engine that runs cells in the calling process, which must be a fresh one for each page."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        """Run the notebook (Papermill's interface)."""
        run_cells(nb_man)


def register_engine() -> None:
    """Make the engine known to Papermill under its name."""
    papermill_engines.register(ENGINE_NAME, InProcessEngine)
