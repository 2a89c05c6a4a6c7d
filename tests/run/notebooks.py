"""Notebooks that show and do everything a page might, to compare engines with."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill

from zonebook.run.engine import register_engines
from zonebook.run.execute import JUPYTER_ENGINE, engine_options

#: Cells of one notebook, by what they are about. Those whose name ends in "!" raise, and are tagged as allowed to.
CELLS = {
    "streams": "import sys\nprint('one')\nprint('two')\nprint('three', file=sys.stderr)\nprint('four')",
    "flushed": "print('a', flush=True)\nprint('b', end='', flush=True)",
    "progress": "for i in range(3):\n    print(f'\\r{i}', end='')\nprint('\\b!')",
    "value": "1 + 1",
    "silent value": "1 + 1;",
    "display": "from IPython.display import HTML, display\nprint('before')\ndisplay(HTML('<b>bold</b>'))\n'last'",
    "kinds": (
        "from IPython.display import JSON, SVG, Javascript, Latex, Markdown\n"
        "display(Markdown('*m*'), Latex('$x$'), JSON({'k': [1, None]}), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))"
    ),
    "update": "h = display(HTML('a'), display_id='i')\nh.update(HTML('b'))",
    "update of an earlier cell": "h.update(HTML('c'))\ndisplay(HTML('same id'), display_id='i')",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "clear later": "print('gone')\nclear_output(wait=True)\nprint('stays')\ndisplay(HTML('x'))",
    "clear at the end": "print('stays')\nclear_output(wait=True)",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', 'ж']})",
    "image": "from IPython.display import Image\nImage(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 30, format='png')",
    "bundle": (
        "class B:\n    def __repr__(self):\n        return 'B'\n"
        "    def _repr_mimebundle_(self, **_):\n"
        "        return {'text/html': '<i>', 'application/x+json': {'k': (1, 2), 3: 4}}, {'text/html': {'m': 1}}\nB()"
    ),
    "figure without a magic": "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
    "figures": "%matplotlib inline\nplt.plot([1])\nplt.show()\nprint('between')\nfig, ax = plt.subplots()\nax.grid()",
    "closed figure": "plt.plot([3])\nplt.close('all')\nfig",
    "magic": "%who str",
    "capture": "%%capture caught\nprint('caught')\ndisplay(HTML('caught'))\n1 + 1",
    "captured": "caught.stdout, len(caught.outputs)",
    "shell": "!echo out; echo err >&2\nfound = !echo kept\nfound",
    "bash": "%%bash\necho from bash\necho error >&2",
    "bash!": "%%bash\nexit 3",
    # A Jupyter kernel takes its time to see what is written below Python: hence the waits.
    "subprocess": (
        "import os, subprocess, time\nprint('first')\nos.system('echo second')\ntime.sleep(0.5)\nprint('third')\n"
        "_ = subprocess.run('echo fourth; echo err >&2', shell=True)\ntime.sleep(0.5)"
    ),
    "below Python": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.puts(b'from C')\n_ = libc.fflush(None)\ntime.sleep(0.5)"
    ),
    "forked": (
        "import multiprocessing\ndef say(n):\n    print('worker', n, flush=True)\n"
        "p = multiprocessing.get_context('fork').Process(target=say, args=(1,))\np.start()\np.join()\np.exitcode"
    ),
    "threads": (
        "import threading\nthreads = [threading.Thread(target=print, args=(i,)) for i in range(3)]\n"
        "for t in threads:\n    t.start()\n    t.join()"
    ),
    "warnings": "import warnings\nwarnings.warn('careful')\nimport logging\nlogging.warning('logged')",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "task": "done = []\nasync def later():\n    done.append(1)\n    print('l')\ntask = asyncio.create_task(later())",
    "task done": "await task\ndone",
    "running loop!": "waiting = asyncio.sleep(0)\ntry:\n    asyncio.run(waiting)\nfinally:\n    waiting.close()",
    "raised!": "def f():\n    raise ValueError('no good')\ntry:\n    1 / 0\nexcept ZeroDivisionError as e:\n    f()",
    "syntax!": "1 +",
    "broken display!": "class R:\n    def _repr_html_(self):\n        raise KeyError('x')\nR()",
    "input!": "input('name')",
    "password!": "import getpass\ngetpass.getpass()",
    "interrupt!": "raise KeyboardInterrupt",
    "signal!": "import signal\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
    "signal while awaiting!": "os.kill(os.getpid(), signal.SIGINT)\nawait asyncio.sleep(5)",
    "history": "In[3], Out.get(4), _oh is Out, _",
    "pickled": "import pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P())))",
    "source": "import inspect\ndef g():\n    return 1\nprint(inspect.getsource(g))",
    "shell's class": "shell = get_ipython()\ntype(shell).__name__, __name__, shell.kernel.implementation",
    "application": (
        "from ipykernel.kernelapp import IPKernelApp\n"
        "IPKernelApp.initialized(), 'IPKernelApp' in shell.config, sys.stdout.isatty(), sys.stdout.encoding"
    ),
    "environment": "[os.environ.get(n) for n in ('MPLBACKEND', 'TERM', 'CLICOLOR', 'PAGER', 'GIT_PAGER')]",
    "folder": "from pathlib import Path\nPath.cwd().name, Path('beside.py').is_file()",
    "paths": "sys.path, Path(sys.argv[0]).name",
    "module beside": "import beside\nbeside.VALUE",
    "run": "%run beside.py",
    "pager": "print?",
    "next cell": "shell.set_next_input('2')",
    "empty": "   ",
    "comment": "# nothing",
    "printed by the pager": "from IPython.core import page\npage.page('paged')",
    "comm": (
        "from comm import create_comm\n"
        "state = {'_model_name': 'M', '_model_module': 'm', '_model_module_version': '1'}\n"
        "c = create_comm(target_name='jupyter.widget', data={'state': state})"
    ),
    "many": "for i in range(20_000):\n    print(i)",
    "much from below": "_ = os.system('seq 20000')\ntime.sleep(1)",
    "large": "print('x' * 3_000_000)",
}

#: Notebooks that end early, by how: the second of three cells.
ENDINGS = {
    "error": "raise ValueError('no good')",
    "interrupted": "raise KeyboardInterrupt",
    "syntax error": "1 +",
    "no input": "input()",
    "exit 0": "import sys\nsys.exit(0)",
    "exit": "import sys\nsys.exit()",
    "exit 3": "import sys\nsys.exit(3)",
    "quit": "exit()",
    "dead": "import os\nos._exit(3)",
    "segfault": "import ctypes\nctypes.string_at(0)",
}


def write_notebooks(folder: Path) -> list[str]:
    """Write every notebook, and the module they import; return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "beside.py").write_text("VALUE = 5\nprint('run', __name__)\n")
    notebooks = {"all": new_notebook(*CELLS.values())}
    code = [cell for cell in notebooks["all"].cells if cell.cell_type == "code"]
    for cell, name in zip(code, CELLS, strict=True):
        if name.endswith("!"):
            cell.metadata["tags"] = ["raises-exception"]
    for name, source in ENDINGS.items():
        wait = "import time\ntime.sleep(0.5)" if name == "quit" else "a"  # a Jupyter kernel takes its time to exit
        notebooks[name] = new_notebook("a = 1\nprint('begun')", source, wait, "print('never')")
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return list(notebooks)


def new_notebook(*sources: str) -> nbformat.NotebookNode:
    """A notebook of code cells."""
    cells = [nbformat.v4.new_code_cell(source, id=f"c{position}") for position, source in enumerate(sources)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def run_notebooks(sources: list[Path], out: Path, engine: str) -> None:
    """Run notebooks one after the other with an engine, whatever comes of it, and note what Papermill said of each."""
    register_engines()
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # an ipykernel that sees it captures less
    out.mkdir(parents=True, exist_ok=True)
    options = {"progress_bar": False, "request_save_on_cell_execute": False}
    for source in sources:
        target, said = out / source.name, ""
        with engine_options(JUPYTER_ENGINE) as stock:
            more = options | (stock if engine == "nbclient" else {})
            try:
                papermill.execute_notebook(str(source), str(target), engine_name=engine, cwd=str(source.parent), **more)
            except (papermill.PapermillExecutionError, RuntimeError) as failure:
                said = f"{type(failure).__name__}: {failure}"
        target.with_suffix(".json").write_text(json.dumps(_plain(said)))


def _plain(text: str) -> str:
    """Leave out of a text what differs from process to process."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(re.escape(tempfile.gettempdir()) + r"/ipykernel_\d+/", "", text)
    return re.sub(r"0x[0-9a-f]{6,}", "0x", text)


def read_result(out: Path, name: str) -> tuple[str, list[dict[str, Any]], dict[str, Any]]:
    """What Papermill said of a notebook, its cells, and its metadata, without what differs from run to run."""
    said = json.loads((out / f"{name}.json").read_text())
    if not (out / f"{name}.ipynb").exists():  # Papermill writes none where the kernel died
        return said, [], {}
    notebook = nbformat.read(out / f"{name}.ipynb", as_version=4)
    cells = []
    for cell in notebook.cells:
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            continue
        noted = dict(cell.metadata.get("papermill", {}))
        for time in ("start_time", "end_time", "duration"):
            noted[time] = noted.get(time) is not None
        noted["execution"] = sorted(cell.metadata.get("execution", {}))
        cells.append(
            {
                "source": cell.source,
                "count": cell.get("execution_count"),
                "outputs": merge_streams(cell.get("outputs", [])),
                "noted": noted,
                "tags": cell.metadata.get("tags", []),
            }
        )
    metadata = json.loads(json.dumps(notebook.metadata))
    for time in ("start_time", "end_time", "duration", "input_path", "output_path"):
        metadata["papermill"].pop(time, None)
    if "widgets" in metadata:
        (state,) = metadata["widgets"].values()
        state["state"] = sorted(state["state"].values(), key=str)
    return said, cells, metadata


def merge_streams(outputs: list[Any]) -> list[dict[str, Any]]:
    """Outputs with the text of a stream between two other outputs in one piece, output before error.

    In how many pieces it comes, and in which order the two streams do, is a matter of time in a Jupyter kernel.
    """
    merged: list[dict[str, Any]] = []
    between: dict[str, str] = {}

    def close() -> None:
        for stream in ("stdout", "stderr"):
            if stream in between:
                merged.append({"stream": stream, "text": _plain(between.pop(stream))})

    for output in outputs:
        if output.output_type == "stream":
            between[output.name] = between.get(output.name, "") + output.text
        else:
            close()
            merged.append(json.loads(_plain(json.dumps(output, ensure_ascii=False))))
    close()
    return merged
