"""The client's side of a kernel without sockets: what nbclient asks of a kernel and of the channels to it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty
from typing import Any

from jupyter_client.session import Session

from zonebook.run.kernel import IOPUB, SHELL, Message, PageKernel


class Channel:
    """Messages of one channel, in the order they came."""

    def __init__(self, client: KernelClient) -> None:
        self.messages: deque[Message] = deque()
        self._client = client

    async def get_msg(self, timeout: float | None = None) -> Message:
        """Return the next message.

        Raises
        ------
        queue.Empty
            If there is none in time.
        """
        return await self._client.wait_for(self.messages, timeout)


class KernelClient:
    """As much of a Jupyter client, and of a kernel's manager, as nbclient uses.

    Who inherits it says how requests reach the kernel.
    """

    allow_stdin = False
    has_kernel = True

    def __init__(self) -> None:
        self.shell_channel, self.iopub_channel = Channel(self), Channel(self)
        self._channels = {SHELL: self.shell_channel, IOPUB: self.iopub_channel}
        self._session = Session()
        self._arrived = asyncio.Event()

    def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Ask for a cell to be run and return the id of the request."""
        content = {"code": code, "silent": False, "store_history": store_history, "user_expressions": {}}
        return self._request("execute_request", {**content, "allow_stdin": False, "stop_on_error": stop_on_error})

    def kernel_info(self) -> str:
        """Ask what the kernel is and return the id of the request."""
        return self._request("kernel_info_request", {})

    def deliver(self, channel: str, message: Message) -> None:
        """Take a message of the kernel."""
        self._channels[channel].messages.append(message)
        self._arrived.set()

    async def wait_for(self, messages: deque[Message], timeout: float | None) -> Message:
        """Return the first message of a queue as soon as there is one."""
        self.listen()
        while not messages:
            self._arrived.clear()
            try:
                async with asyncio.timeout(timeout):
                    await self._arrived.wait()
            except TimeoutError:
                raise Empty from None
        return messages.popleft()

    def client(self) -> KernelClient:
        """Return the client of the managed kernel: this is both."""
        return self

    def start_channels(self) -> None:
        """Nothing to start: the kernel is there before its client."""

    def stop_channels(self) -> None:
        """Nothing to stop."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for nothing: no message can be lost."""

    def is_alive(self) -> bool:
        """Tell whether the kernel takes requests."""
        raise NotImplementedError

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        raise NotImplementedError

    def post(self, request: Message) -> None:
        """Let a request reach the kernel."""
        raise NotImplementedError

    def listen(self) -> None:
        """See to it that messages arrive while the event loop runs."""
        raise NotImplementedError

    def _request(self, kind: str, content: Mapping[str, Any]) -> str:
        request: Message = self._session.msg(kind, dict(content))
        self.post(request)
        return str(request["header"]["msg_id"])


class DirectClient(KernelClient):
    """The client of a kernel in this process."""

    def __init__(self, kernel: PageKernel) -> None:
        super().__init__()
        self._kernel = kernel
        self._waiting: deque[Message] = deque()
        self._handling: asyncio.Task[None] | None = None

    def is_alive(self) -> bool:
        """Tell whether no cell has ended the kernel."""
        return not self._kernel.has_exited

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs in this process."""
        os.kill(os.getpid(), signal.SIGINT)

    def post(self, request: Message) -> None:
        """Keep a request until the event loop runs; a kernel that a cell has ended runs no cell more."""
        if self.is_alive() or request["msg_type"] != "execute_request":
            self._waiting.append(request)

    def listen(self) -> None:
        """Let the kernel handle what waits."""
        if self._waiting:
            self._handling = asyncio.ensure_future(self._kernel.handle(self._waiting.popleft()))


class PipeClient(KernelClient):
    """The client of a kernel in another process, at the other end of a pipe."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        super().__init__()
        self._process, self._connection = process, connection
        self._loop: asyncio.AbstractEventLoop | None = None

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.is_alive()

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs in the process."""
        if self._process.pid is not None:
            os.kill(self._process.pid, signal.SIGINT)

    def post(self, request: Message) -> None:
        """Send a request; a kernel that is dead gives no answer, and that is noticed there."""
        try:
            self._connection.send(request)
        except OSError:
            return

    def listen(self) -> None:
        """Read the pipe in the event loop that runs now."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.add_reader(self._connection.fileno(), self._receive)

    def stop_channels(self) -> None:
        """Read no more."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._connection.fileno())
        self._loop = None

    def _receive(self) -> None:
        try:
            channel, message = self._connection.recv()
        except (EOFError, OSError):
            self.stop_channels()
            return
        self.deliver(channel, message)
