"""A Jupyter kernel without sockets: ipykernel's own kernel, in the process that a page's notebook runs in.

Starting a Jupyter kernel and importing pandas and matplotlib in it costs over a second a page. Here a page's process
is forked from one that has all of it imported and this kernel made (see ``executor``), so the process is the kernel:
fresh, isolated, gone after the page. Requests reach ipykernel's code as messages, its answers and outputs leave it as
messages, and nbclient and Papermill turn them into a notebook (see ``client``): what a cell does and what is shown of
it is the business of the same code as in a Jupyter kernel. Only the way of the messages is another one.

Two ways were measured (``make bench`` measures them anew): a real kernel over IPC, forked from the same server, with
the fixed waits of its client removed; and this one. For a page whose cells take half a second, the real kernel cost
0.45 s of the processor more, this one 0.09 s, of which 0.02 s are the fork. Both give the same outputs
(``tests/run/test_engine.py`` compares them with Papermill's own), and both run pages more than eight times as fast as
Papermill alone does on two cores; but only this one stays below 0.12 s a page.

What differs from a Jupyter kernel: outputs that a process forked by a cell *displays* (not: prints) are lost; what
programs write to standard output is not shown on the terminal besides; no profile or startup file of the user's is
read; there is no debugger, no history file and no second channel.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets.config import Config

from zonebook.run.streams import CellStream, Header, standard_streams

IOPUB, SHELL = "iopub", "shell"
_DEBUGGER = "ipykernel.debugger"
Message = dict[str, Any]
Send = Callable[[str, Message], None]


class _DirectSession(Session):
    """Builds messages as every session does, and hands them over instead of writing them to a socket."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.deliver: Send = lambda channel, message: None

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *rest: Any, **named: Any
    ) -> Any:
        """Deliver a message (the interface is jupyter_client's)."""
        more = dict(zip(("ident", "buffers", "track", "header", "metadata"), rest, strict=False)) | named
        message: Message = msg_or_type
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent, more.get("header"), more.get("metadata"))
        # As over a socket: nothing but JSON arrives, and nothing the cell can change afterwards.
        sent = {**message, "content": self._copy(message["content"])}
        sent["buffers"] = [bytes(buffer) for buffer in more.get("buffers") or ()]
        self.deliver(str(stream), sent)
        return message

    def _copy(self, content: Any) -> Any:
        """Return content as it arrives over a socket; plain texts, which may be long and cannot change, as they are."""
        if type(content) is dict and all(type(name) is str for name in content):
            return {name: self._copy(value) for name, value in content.items()}
        return content if type(content) is str and content.isascii() else self.unpack(self.pack(content))


class _Loop:
    """As much of tornado's event loop as the kernel and its shell ask for."""

    def add_callback(self, callback: Callable[..., None], *arguments: Any) -> None:
        asyncio.get_event_loop().call_soon_threadsafe(callback, *arguments)

    def call_later(self, *_: Any) -> None:
        """Never stop by itself: ``exit`` in a cell is seen by who asks for the next cell."""

    def stop(self) -> None:
        """Never stop by itself."""


class PageKernel(IPythonKernel):
    """An ipykernel whose requests are calls and whose messages go where its session delivers them."""

    debugger_class = AnyTrait()

    io_loop: Any = None

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self.iopub_socket = IOPUB
        shell: Any = self.shell
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = IOPUB
        self.io_loop = _Loop()
        self.path = [folder for folder in sys.path if folder]
        self.streams = tuple(CellStream(name, number, self._publish) for name, number in (("stdout", 1), ("stderr", 2)))

    def _publish(self, name: str, text: str, parent: Header) -> None:
        session: Any = self.session
        session.send(IOPUB, "stream", {"name": name, "text": text}, parent)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Abort nothing: requests come one by one."""

    @contextmanager
    def opened(self, deliver: Send) -> Iterator[None]:
        """Be the kernel of this process, whose messages are delivered to a function."""
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.current_thread())
        session: Any = self.session
        session.deliver = deliver
        shell: Any = self.shell
        shell.init_environment()
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        sys.modules["__main__"] = shell.user_module
        launcher = find_spec("ipykernel_launcher")
        sys.argv = [str(launcher.origin)] if launcher else [""]
        sys.path[:] = self.path
        IPKernelApp.instance().init_path()
        with ExitStack() as stack:
            for stream in self.streams:
                stack.enter_context(stream.opened())
            yield

    async def handle(self, request: Message) -> None:
        """Handle one request; its messages have been delivered when it is done.

        A cell that raises is no error here: the reply says so.
        """
        with standard_streams(*self.streams):
            self.set_parent([], request)  # type: ignore[no-untyped-call]
            self._publish_status("busy", SHELL)  # type: ignore[no-untyped-call]
            handled = signal.signal(signal.SIGINT, signal.default_int_handler)
            try:
                await self.shell_handlers[request["msg_type"]](SHELL, [], request)
            finally:
                signal.signal(signal.SIGINT, handled)
            for stream in self.streams:
                stream.flush()
            self._publish_status("idle", SHELL)  # type: ignore[no-untyped-call]

    @property
    def kernel_info(self) -> Message:
        """What the kernel tells of itself: no word of a debugger."""
        with _without_debugger():
            told: Message = super().kernel_info
        return told

    @property
    def has_exited(self) -> bool:
        """Whether a cell has asked the kernel to exit."""
        return bool(self.shell.exit_now)  # type: ignore[union-attr]


def prepare_kernel() -> PageKernel:
    """Return the kernel of this process, made on the first call.

    Made before a process forks, it costs the children nothing. It keeps no history file: that would need a thread,
    which a fork does not carry over.
    """
    if not PageKernel.initialized():
        config = Config()
        config.HistoryManager.enabled = False
        config.Kernel._execute_sleep = 0  # a wait for sockets
        config.IPKernelApp = Config()  # libraries look for it, and for the application, to tell that this is a notebook
        main = sys.modules["__main__"]
        with _without_debugger():
            kernel = PageKernel.instance(config=config, session=_DirectSession(), log=logging.getLogger(__name__))
        sys.modules["__main__"] = main
        shell: Any = kernel.shell
        IPKernelApp.instance(config=config, kernel=kernel, shell=shell)
        shell.extension_manager.load_extension("storemagic")  # as every ipykernel does
        run_cell: Any = type(shell).run_cell_async
        run_cell.__signature__ = inspect.signature(run_cell)  # asked for before every cell, a tenth of a millisecond
    return PageKernel.instance()


@contextmanager
def _without_debugger() -> Iterator[None]:
    """Keep ipykernel from importing its debugger: half a second, and of no use here."""
    kept = sys.modules.get(_DEBUGGER)
    absent: Any = ModuleType(_DEBUGGER)
    absent._is_debugpy_available = False
    sys.modules[_DEBUGGER] = absent
    try:
        yield
    finally:
        del sys.modules[_DEBUGGER]
        if kept is not None:
            sys.modules[_DEBUGGER] = kept
