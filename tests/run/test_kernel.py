"""The kernel without sockets answers requests as an ipykernel does, and costs nothing before it is used."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from zonebook.run.executor import ForkExecutor
from zonebook.run.kernel import prepare_kernel


def run_cells(*sources: str) -> list[list[tuple[str, str, dict[str, Any]]]]:
    """Each cell's messages: channel, type, content."""
    kernel, messages = prepare_kernel(), []

    async def run() -> None:
        with kernel.opened(lambda channel, message: found.append((channel, message["msg_type"], message["content"]))):
            for source in sources:
                messages.append([])
                found[:] = []
                content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
                await kernel.handle(kernel.session.msg("execute_request", content))
                messages[-1] = list(found)

    found: list[tuple[str, str, dict[str, Any]]] = []
    asyncio.run(run())
    return messages


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    sources = (
        "print('a')\n1 + 1",
        "1 / 0",
        "thing = [1]\ndisplay({'application/json': {'k': thing}}, raw=True)",
        "exit()",
    )
    with ForkExecutor(1, 60) as executor:
        found: list[Any] = executor.submit(run_cells, *sources).result()
    return found


def test_a_cell_gives_the_messages_of_a_kernel_in_their_order(cells: list[Any]) -> None:
    assert [(channel, kind) for channel, kind, _ in cells[0]] == [
        ("iopub", "status"),
        ("iopub", "execute_input"),
        ("iopub", "stream"),
        ("iopub", "execute_result"),
        ("shell", "execute_reply"),
        ("iopub", "status"),
    ]
    assert cells[0][3][2] == {"data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1}


def test_an_error_is_published_and_replied(cells: list[Any]) -> None:
    (error,) = [content for _, kind, content in cells[1] if kind == "error"]
    (reply,) = [content for channel, _, content in cells[1] if channel == "shell"]
    assert error["ename"] == reply["ename"] == "ZeroDivisionError"
    assert reply["status"] == "error"


def test_what_is_displayed_is_json_and_no_longer_the_cells(cells: list[Any]) -> None:
    (shown,) = [content for _, kind, content in cells[2] if kind == "display_data"]
    assert shown["data"] == {"application/json": {"k": [1]}}


def test_preparing_the_kernel_starts_no_thread_and_leaves_the_program_alone() -> None:
    code = (
        "import sys, threading\nmain = sys.modules['__main__']\n"
        "from zonebook.run.kernel import prepare_kernel as p\nassert p() is p()\n"
        "print(threading.active_count(), sys.modules['__main__'] is main, 'debugpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "True", "False"], "a fork would not carry a thread over"
