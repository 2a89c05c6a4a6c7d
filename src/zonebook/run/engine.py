"""Papermill engines that run a notebook without starting a Jupyter kernel.

``papermill --engine zonebook`` finds :class:`ForkEngine` by its entry point: the notebook runs in a child forked from
a server process that stays as long as the program, so that many notebooks, one after the other, pay for the imports
once. The package's own pages run in such children already: there :class:`DirectEngine` makes the child the kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
import threading
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.log import logger

from zonebook.run.children import FORK, enter_child, find_start_method, leave_child, make_pipe, start_child
from zonebook.run.client import DirectClient, PipeClient
from zonebook.run.kernel import Message, PageKernel, prepare_kernel
from zonebook.run.limits import end_family

_RESULT, _OF_RESULT = "execute_result", {"data", "metadata", "execution_count"}
_JSON = re.compile(r"application/(.*\+)?json$")  # in an output, JSON of these kinds is anything
ENGINE_NAME = "zonebook"
DIRECT_ENGINE_NAME = "zonebook-direct"
_FAREWELL = 2.0  # seconds a kernel has for what it wants to do at its exit
_AFTER_EXIT = 0.1  # seconds a kernel takes requests after a cell has called exit(): as long as an ipykernel does


class _PageClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is not typed
    """Papermill's client with one event loop for all cells."""

    def papermill_execute_cells(self) -> None:
        """Run the cells up to the first that fails (Papermill's interface)."""
        run_sync(self._execute_cells)()

    async def _execute_cells(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            try:
                await self.async_execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=error)
                return
            finally:
                self._note_end(self.nb.cells[index].metadata.papermill)

    def output(
        self, outs: list[NotebookNode], msg: Message, display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Take an output (nbclient's interface); to compare a plain one with the format's schema takes 0.5 ms."""
        is_special = display_id or self.clear_before_next_output or any(self.output_hook_stack.values())
        if is_special or not _is_plain_result(msg):
            output: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
            return output
        result: NotebookNode = from_dict({"output_type": _RESULT, **msg["content"]})
        outs.append(result)
        return result

    def _note_end(self, noted: NotebookNode) -> None:
        """Note down what Papermill's ``cell_complete`` does; that takes ten times as long to read a date."""
        ended = self.nb_man.now()
        noted.end_time, noted.duration = (
            ended.isoformat(),
            (ended - datetime.fromisoformat(noted.start_time)).total_seconds(),
        )
        if noted.status != self.nb_man.FAILED:
            noted.status = self.nb_man.COMPLETED


def _is_plain_result(msg: Message) -> bool:
    """Whether a message is a result of texts and JSON, as the notebook format has it."""
    content = msg["content"]
    if msg["msg_type"] != _RESULT or content.keys() != _OF_RESULT:
        return False
    count, data = content["execution_count"], content["data"]
    is_counted = isinstance(count, int) and not isinstance(count, bool) and count >= 0
    return (
        is_counted
        and isinstance(content["metadata"], dict)
        and all(isinstance(value, str) or _JSON.match(kind) for kind, value in data.items())
    )


class DirectEngine(NBClientEngine):  # type: ignore[misc]  # papermill is not typed
    """The engine that runs cells in the calling process, which must be a fresh one for each notebook."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> Any:
        """Run the notebook (Papermill's interface)."""
        kernel = prepare_kernel()
        client = DirectClient(kernel)
        with kernel.opened(client.deliver):
            return _PageClient(nb_man, km=client, kernel_name=kernel_name, log=logger).execute()


class ForkEngine(NBClientEngine):  # type: ignore[misc]  # papermill is not typed
    """The engine that runs each notebook in a fresh child, forked from a server with everything imported.

    Where forking is not to be had, and for notebooks of another language or another Python, it is the stock engine.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> Any:
        """Run the notebook (Papermill's interface)."""
        if find_start_method() != FORK or not _is_this_python(kernel_name):
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        ours, theirs = make_pipe(duplex=True)
        child = start_child(serve_kernel, (theirs, dict(os.environ), os.getcwd()))  # noqa: PTH109
        theirs.close()
        client = PipeClient(child, ours)
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, km=client, **options)
        finally:
            client.stop_channels()
            client.post({})
            ours.close()
            child.join(_FAREWELL)
            if child.is_alive():
                end_family(child.pid or 0)
            child.join()


def _is_this_python(kernel_name: str) -> bool:
    """Tell whether a kernel is the ipykernel of the Python that runs."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: PLC0415

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    return "ipykernel_launcher" in spec.argv and spec.argv[0] in ("python", "python3", sys.executable)


def serve_kernel(connection: Connection, environment: dict[str, str], folder: str) -> None:
    """Be a kernel in this process, which is there for one notebook, until its client is done."""
    enter_child()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # between cells, as every ipykernel
    asyncio.run(_serve_requests(prepare_kernel(), connection))
    leave_child()


async def _serve_requests(kernel: PageKernel, connection: Connection) -> None:
    loop = asyncio.get_running_loop()
    requests: asyncio.Queue[Message] = asyncio.Queue()

    def receive() -> None:
        try:
            requests.put_nowait(connection.recv())
        except (EOFError, OSError):
            loop.remove_reader(connection.fileno())
            requests.put_nowait({})

    def deliver(channel: str, message: Message) -> None:
        with sending, contextlib.suppress(BrokenPipeError):  # a client that has all it wants does not wait for the rest
            connection.send((channel, message))

    sending = threading.Lock()
    loop.add_reader(connection.fileno(), receive)
    with kernel.opened(deliver):
        end = None
        while True:
            if kernel.has_exited and end is None:
                end = loop.time() + _AFTER_EXIT
            try:
                async with asyncio.timeout_at(end):
                    request = await requests.get()
            except TimeoutError:
                return
            if not request:
                return
            await kernel.handle(request)


def register_engines() -> None:
    """Make the engines known to Papermill by their names."""
    papermill_engines.register(ENGINE_NAME, ForkEngine)
    papermill_engines.register(DIRECT_ENGINE_NAME, DirectEngine)
