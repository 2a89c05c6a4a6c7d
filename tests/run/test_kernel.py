"""The in-process engine gives what a Jupyter kernel gives."""

import subprocess
import sys
from pathlib import Path

import nbformat

_CELLS = {
    "streams": "import sys\nprint('one')\nprint('two')\nprint('three', file=sys.stderr)",
    "value": "1 + 1",
    "silent value": "1 + 1;",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))\n'last'",
    "update": "from IPython.display import HTML, display\nh = display(HTML('a'), display_id='i')\nh.update(HTML('b'))",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "clear later": "from IPython.display import clear_output\nprint('gone')\nclear_output(wait=True)\nprint('stays')",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', 'ж']})",
    "image": "from IPython.display import Image\nImage(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 30, format='png')",
    "bundle": (
        "class B:\n    def __repr__(self):\n        return 'B'\n"
        "    def _repr_mimebundle_(self, **_):\n"
        "        return {'text/html': '<i>', 'application/x+json': {'k': [1]}}\nB()"
    ),
    "magic": "%who str",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "large": "print('x' * 200_000)",
    "figure": "%matplotlib inline\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
}


def _notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    )


def _run(notebook: nbformat.NotebookNode, engine: str, folder: Path) -> tuple[list, str]:
    """Run a notebook in a process of its own; return each cell's count and outputs, and the error if it failed."""
    source, target = folder / "in.ipynb", folder / "out.ipynb"
    nbformat.write(notebook, source)
    command = [sys.executable, Path(__file__).with_name("run_notebook.py"), source, target, engine]
    done = subprocess.run(command, check=False, timeout=90, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    cells = [cell for cell in nbformat.read(target, as_version=4).cells if cell.cell_type == "code"]
    for cell in cells:
        for output in cell.outputs:
            output.get("data", {}).pop("image/png", None)
            output.pop("traceback", None)
    return [(cell.execution_count, cell.outputs) for cell in cells], done.stdout


def test_outputs_equal_those_of_a_jupyter_kernel(tmp_path: Path) -> None:
    notebook = _notebook(*_CELLS.values())
    stock, stock_error = _run(notebook, "nbclient", tmp_path)
    ours, our_error = _run(notebook, "zonebook-direct", tmp_path)
    assert stock_error == our_error == ""
    for name, expected, found in zip(_CELLS, stock, ours, strict=True):
        assert found == expected, name


def test_a_failing_cell_stops_the_notebook_as_in_a_jupyter_kernel(tmp_path: Path) -> None:
    notebook = _notebook("a = 1", "raise ValueError('no good')", "print('never')")
    outputs, error = _run(notebook, "zonebook-direct", tmp_path)
    assert error == "ValueError: no good in cell 1"
    assert (outputs, error) == _run(notebook, "nbclient", tmp_path)
    assert outputs[2] == (None, [])


def test_a_cell_tagged_as_failing_does_not_stop_the_notebook(tmp_path: Path) -> None:
    notebook = _notebook("1 / 0", "print('goes on')")
    notebook.cells[0].metadata["tags"] = ["raises-exception"]
    outputs, error = _run(notebook, "zonebook-direct", tmp_path)
    assert (outputs, error) == _run(notebook, "nbclient", tmp_path)
    assert outputs[1] == (2, [{"output_type": "stream", "name": "stdout", "text": "goes on\n"}])


def test_warnings_reach_standard_error(tmp_path: Path) -> None:
    outputs, _ = _run(_notebook("import warnings\nwarnings.warn('careful')"), "zonebook-direct", tmp_path)
    assert outputs[0][1][0]["name"] == "stderr"
    assert "UserWarning: careful" in outputs[0][1][0]["text"]


def test_preparing_the_shell_starts_no_thread() -> None:
    code = "from zonebook.run.kernel import prepare_kernel as p; import threading; p(); print(threading.active_count())"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.strip() == "1", "a fork would not carry the thread over"
