"""Text of cells: in the order of writing, whoever writes it, and given to the cell it belongs to."""

import os
import subprocess
import sys
import threading
from typing import Any

import pytest

from zonebook.run.executor import ForkExecutor
from zonebook.run.streams import CellStream, standard_streams


def _request(name: str) -> dict[str, Any]:
    return {"header": {"msg_id": name}}


class Streams:
    """Both streams of some cells, and what they publish."""

    def __init__(self) -> None:
        self.published: list[tuple[str, str, str]] = []
        self.output, self.error = (CellStream(name, n, self._take) for name, n in (("stdout", 1), ("stderr", 2)))
        self.begin("one")

    def begin(self, name: str) -> None:
        """Begin a cell."""
        for stream in (self.output, self.error):
            stream.set_parent(_request(name))

    def _take(self, name: str, text: str, parent: dict[str, Any]) -> None:
        self.published.append((parent["msg_id"], name, text))


def test_text_is_kept_until_it_is_flushed() -> None:
    streams = Streams()
    print("a", file=streams.output)
    print("b", file=streams.output)
    assert streams.published == []
    streams.output.flush()
    streams.output.flush()
    assert streams.published == [("one", "stdout", "a\nb\n")]


def test_text_belongs_to_the_cell_that_runs_also_when_a_thread_wrote_it() -> None:
    streams = Streams()
    print("a", end="", file=streams.output)
    streams.begin("two")
    thread = threading.Thread(target=print, args=("b",), kwargs={"end": "", "file": streams.output})
    thread.start()
    thread.join()
    streams.output.flush()
    assert streams.published == [("one", "stdout", "a"), ("two", "stdout", "b")]


def test_a_thread_of_its_own_request_keeps_it() -> None:
    streams = Streams()
    token = streams.output.set_thread_parent(_request("own"))
    streams.output.write("a")
    streams.output.reset_thread_parent(token)
    streams.output.write("b")
    streams.output.flush()
    assert streams.published == [("own", "stdout", "a"), ("one", "stdout", "b")]


def test_only_text_is_taken() -> None:
    with pytest.raises(TypeError, match="must be str"):
        Streams().output.write(b"a")  # type: ignore[arg-type]


def test_there_is_no_descriptor_before_it_is_led_anywhere() -> None:
    with pytest.raises(OSError, match="fileno"):
        Streams().output.fileno()


def write_below() -> list[tuple[str, str, str]]:
    """What comes out of a cell that writes in every way there is, in the order of writing."""
    streams = Streams()
    with streams.output.opened(), streams.error.opened():
        for name in ("one", "two"):
            streams.begin(name)
            with standard_streams(streams.output, streams.error):
                sys.stdout.write("python\n")
                os.write(1, "descriptor ж\n".encode()[:-2])
                os.write(1, "descriptor ж\n".encode()[-2:])
                subprocess.run(["sh", "-c", "echo program; echo error >&2; echo device >/dev/stderr"], check=True)
                if os.fork() == 0:
                    sys.stdout.write("forked\n")
                    os._exit(0)
                os.wait()
                sys.stdout.write("python\n")
            os.write(1, b"\n")  # between cells nothing is led into them
            streams.output.flush()
            streams.error.flush()
    return streams.published


def test_what_is_written_to_descriptors_joins_in_the_order_of_writing() -> None:
    with ForkExecutor(1, 60) as executor:
        published = executor.submit(write_below).result()
    text = "python\ndescriptor ж\nprogram\nforked\npython\n"
    expected = [(name, *rest) for name in ("one", "two") for rest in (("stdout", text), ("stderr", "error\ndevice\n"))]
    assert published == expected


def write_much() -> int:
    """Write more than a pipe holds while nobody reads; return how much arrived."""
    streams = Streams()
    with streams.output.opened(), streams.output.redirected():
        for _ in range(64):
            os.write(1, b"x" * 65536)
        streams.output.flush()
    return sum(len(text) for _, _, text in streams.published)


def test_no_writer_waits_for_a_reader() -> None:
    with ForkExecutor(1, 60) as executor:
        assert executor.submit(write_much).result() == 64 * 65536
