"""Standard output and error of a page's cells: what Python prints, and what is written to descriptors 1 and 2."""

from __future__ import annotations

import codecs
import io
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

from jupyter_client.session import extract_header

Header = dict[str, Any]
Publish = Callable[[str, str, Header], None]
_BLOCK = 1 << 16
_PATIENCE = 0.1  # seconds


class CellStream(io.TextIOBase):
    """A standard stream of the cells. Text is kept until it is flushed: at the latest before any other output.

    It behaves as the stream of an ipykernel does: text belongs to the cell whose code wrote it (a thread's to the cell
    that runs), and what programs write to the descriptor joins what Python prints. Unlike there, the order is the
    order of writing, whatever the time it takes.

    Parameters
    ----------
    name, number
        ``stdout`` and 1, or ``stderr`` and 2.
    publish
        Called with the name, the text, and the header of the request it belongs to.
    """

    def __init__(self, name: str, number: int, publish: Publish) -> None:
        self.name, self.number = name, number
        self._publish = publish
        self._owner = os.getpid()
        self._lock = threading.RLock()
        self._kept: list[str] = []
        self._kept_for: Header = {}
        self._parent: ContextVar[Header] = ContextVar(f"parent of {name}")
        self._last_parent: Header = {}
        self._original = self._entrance = self._pipe = -1
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    # -- what the kernel and the shell call --------------------------------------------------------------------

    def set_parent(self, parent: Header) -> None:
        """Let what is written from now on belong to a request."""
        self.set_thread_parent(parent)
        self._last_parent = extract_header(parent)

    def set_thread_parent(self, parent: Header) -> Token[Header]:
        """Let what this thread writes belong to a request."""
        return self._parent.set(extract_header(parent))

    def reset_thread_parent(self, token: Token[Header]) -> None:
        """Undo :meth:`set_thread_parent`."""
        self._parent.reset(token)

    @property
    def parent_header(self) -> Header:
        """Header of the request that this thread's text belongs to."""
        return self._parent.get(self._last_parent)

    # -- the interface of files --------------------------------------------------------------------------------

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Name of the encoding programs are told."""
        return "UTF-8"

    def writable(self) -> bool:
        """Tell that this is for writing."""
        return True

    def fileno(self) -> int:
        """Return the descriptor the stream had before; as in an ipykernel, what is written there is in no notebook."""
        if self._original < 0:
            raise io.UnsupportedOperation("fileno")
        return self._original

    def write(self, text: str) -> int:
        """Keep text for the cell it belongs to."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:  # a process that the cell forked: its text comes in by the descriptor
            os.write(self.number, text.encode("utf-8", "replace"))
            return len(text)
        with self._lock:
            self._read_pipe()
            self._keep(text, self.parent_header)
        return len(text)

    def flush(self) -> None:
        """Publish what has been kept."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            self._read_pipe()
            self._send()

    # -- the descriptor ----------------------------------------------------------------------------------------

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Make the pipe that the descriptor can be led into; a thread reads it, so that no writer ever waits."""
        self._owner = os.getpid()
        self._original = os.dup(self.number)
        self._pipe, self._entrance = os.pipe()
        os.set_blocking(self._pipe, False)
        reader = threading.Thread(target=self._watch, daemon=True)
        reader.start()
        try:
            yield
        finally:
            os.close(self._entrance)
            os.close(self._original)
            self._entrance = self._original = -1
            reader.join(_PATIENCE)  # goes on where a process that the cells started still holds the pipe

    @contextmanager
    def redirected(self) -> Iterator[None]:
        """Lead the descriptor into the pipe for a while."""
        os.dup2(self._entrance, self.number)
        try:
            yield
        finally:
            os.dup2(self._original, self.number)

    def _watch(self) -> None:
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        is_open = True
        while is_open:
            poll.poll()
            with self._lock:
                is_open = self._read_pipe()
        with self._lock:
            os.close(self._pipe)
            self._pipe = -1

    def _read_pipe(self) -> bool:
        """Keep what has been written to the descriptor; return whether more may come."""
        while self._pipe >= 0:
            try:
                block = os.read(self._pipe, _BLOCK)
            except BlockingIOError:
                return True
            if not block:
                return False
            self._keep(self._decoder.decode(block), self._last_parent)
        return False

    def _keep(self, text: str, parent: Header) -> None:
        if parent is not self._kept_for:
            self._send()
            self._kept_for = parent
        self._kept.append(text)

    def _send(self) -> None:
        text, self._kept = "".join(self._kept), []
        if text:
            self._publish(self.name, text, self._kept_for)


@contextmanager
def standard_streams(output: CellStream, error: CellStream) -> Iterator[None]:
    """Let standard output and error, of Python and of the process, be those of the cells for a while."""
    kept = sys.stdout, sys.stderr
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stdout, sys.stderr = output, error
    try:
        with output.redirected(), error.redirected():
            yield
    finally:
        sys.stdout, sys.stderr = kept
