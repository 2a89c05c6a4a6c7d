"""What builds of books are forked from has at hand what they load, and no thread that a fork would lose."""

import json
import subprocess
import sys
from pathlib import Path

from zonebook.book.config import read_config

ROOT = Path(__file__).parents[2]
_TELL = """
import json, sys, threading
import zonebook.book.preload
print(json.dumps([threading.active_count(), sorted(sys.modules)]))
"""


def test_everything_a_book_of_this_project_loads_is_there_before_it_is_forked() -> None:
    done = subprocess.run([sys.executable, "-c", _TELL], check=True, timeout=120, capture_output=True, text=True)
    threads, modules = json.loads(done.stdout)
    wanted = read_config(ROOT / "_config.yml")["sphinx"]["config"]["extensions"]
    later = [
        "sphinx.builders.html",
        "sphinx_external_toc.events",
        "zonebook.book.downloads",
        "pydata_sphinx_theme.toctree",
        "myst_nb.core.render",
    ]
    assert [name for name in (*wanted, *later) if name not in modules] == []
    assert not {"sqlalchemy", "bs4", "soupsieve"} & set(modules)
    assert threads == 1
