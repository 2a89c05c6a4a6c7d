"""A process that has imported what several calls need, and is forked for each of them: they find it done."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import threading
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any

from zonebook.run.children import FORK, end_group, enter_child, make_pipe, start_child

# What a forked process calls: the end to answer to, the memory it may take, the function, its arguments.
Serve = Callable[[Connection, int, Callable[..., Any], tuple[Any, ...]], None]
# What is said in the place of an answer, from the exit code of a process that gave none.
Describe = Callable[[int | None], BaseException]


class Workshop:
    """A process that imports a module, then is forked for one call after the other.

    Parameters
    ----------
    module
        Name of the module with all that the calls need.
    serve
        What each forked process does with its call.
    describe
        Makes an error of the exit code of a process that ended without an answer.
    """

    def __init__(self, module: str, serve: Serve, describe: Describe) -> None:
        self._requests, theirs = make_pipe(duplex=True)
        self._process = start_child(serve_workshop, (theirs, module, serve, describe), FORK)
        self._asking = threading.Lock()
        theirs.close()

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid or 0

    def start(
        self, sender: Connection, mebibytes: int, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> int:
        """Have a call answered by a process of its own; return the process's number when it has begun.

        Raises
        ------
        EOFError, OSError
            If there is no workshop any more.
        """
        with self._asking:
            self._requests.send((mebibytes, function, arguments))
            send_handle(self._requests, sender.fileno(), self.pid)
            return int(self._requests.recv())

    def close(self) -> None:
        """End the process; calls under way end with it."""
        self._requests.close()
        self._process.join()
        self._process.close()


def serve_workshop(requests: Connection, module: str, serve: Serve, describe: Describe) -> None:
    """Be a workshop, until nobody can ask for anything any more."""
    enter_child()
    gc.disable()  # what is imported is no garbage, and calls that look for some need not look through it
    import_module(module)
    gc.freeze()
    gc.enable()
    under_way: dict[int, tuple[BaseProcess, Connection]] = {}
    while True:
        ready = wait([requests, *under_way])
        for sentinel in [one for one in ready if isinstance(one, int)]:
            process, sender = under_way.pop(sentinel)
            process.join()
            with contextlib.suppress(OSError):  # whoever asked has the answer already, and listens no more
                sender.send((False, describe(process.exitcode)))
            sender.close()
        if requests in ready:
            try:
                process, sender = _fork(requests, serve)
            except EOFError:
                end_group()
            under_way[process.sentinel] = process, sender
            requests.send(process.pid)


def _fork(requests: Connection, serve: Serve) -> tuple[BaseProcess, Connection]:
    mebibytes, function, arguments = requests.recv()
    sender = Connection(recv_handle(requests), readable=False)
    process = multiprocessing.get_context("fork").Process(target=serve, args=(sender, mebibytes, function, arguments))
    process.start()
    return process, sender
