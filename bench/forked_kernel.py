"""The alternative to the package's engine: a real ipykernel over IPC, forked from a process with everything imported.

Measured beside the package's engine by ``bench/pages.py``, and not used by the package. The fixed waits of the
client are removed: it is ready as soon as the kernel has answered and welcomed it, and the kernel is killed when
the notebook is done.
"""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import write_connection_file
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from zonebook.run.execute import PageJob, page_path, prepare_notebook
from zonebook.run.kernel import PageKernel

ENGINE_NAME = "forked-kernel"


class PromptClient(AsyncKernelClient):  # type: ignore[misc]
    """A client that is ready when the kernel has answered, and its outputs are sure to arrive."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        self.kernel_info()
        await self.shell_channel.get_msg(timeout=timeout)
        while True:
            message = await self.iopub_channel.get_msg(timeout=timeout)
            if message["msg_type"] == "iopub_welcome":
                return

    wait_for_ready = _async_wait_for_ready


class ForkedKernel:
    """As much of a kernel manager as the notebook client needs."""

    has_kernel = True
    kernel_id = "forked"
    ipykernel = True

    def __init__(self, folder: Path) -> None:
        self._file = str(folder / "kernel.json")
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        ports = {name: position for position, name in enumerate(names, start=1)}
        write_connection_file(self._file, ip=str(folder / "k"), key=b"key", transport="ipc", **ports)
        self._pid = os.fork()
        if self._pid == 0:
            self._serve()

    def _serve(self) -> None:
        for made in (IPKernelApp, PageKernel, ZMQInteractiveShell):  # those of the server are the package's engine's
            made.clear_instance()
        application = IPKernelApp.instance()
        application.parent_handle = os.getppid()  # says nothing of other clients
        application.initialize(["-f", self._file, "--HistoryManager.hist_file=:memory:"])
        application.start()
        os._exit(0)

    def client(self) -> PromptClient:
        """Return a client of the kernel."""
        client = PromptClient()
        client.load_connection_file(self._file)
        return client

    async def is_alive(self) -> bool:
        """Tell whether the kernel runs."""
        return os.waitpid(self._pid, os.WNOHANG) == (0, 0)

    async def shutdown_kernel(self, now: bool = True) -> None:
        """Kill the kernel: nothing of it is needed any more."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    async def cleanup_resources(self) -> None:
        """Nothing to clean up: the folder of the sockets is temporary."""


class ForkedKernelEngine(Engine):  # type: ignore[misc]
    """The Papermill engine of the alternative."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        """Run the notebook (Papermill's interface)."""
        with tempfile.TemporaryDirectory() as folder:
            client = PapermillNotebookClient(nb_man, km=ForkedKernel(Path(folder)), kernel_name=kernel_name)
            client.execute(cleanup_kc=True)


def run_job(job: PageJob, out: Path) -> None:
    """Run a page in this process and a kernel forked from it."""
    papermill_engines.register(ENGINE_NAME, ForkedKernelEngine)
    path = page_path(out, job.lang, job.target)
    path.parent.mkdir(parents=True, exist_ok=True)
    template = prepare_notebook(nbformat.read(job.notebook, as_version=4), job.lang)
    executed = papermill.execute_notebook(
        template, None, job.parameters, engine_name=ENGINE_NAME, progress_bar=False, cwd=str(path.parent)
    )
    nbformat.write(executed, path)
