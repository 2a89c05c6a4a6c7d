"""What pages are forked from has everything at hand that they ask for, and no thread that a fork would lose."""

import json
import subprocess
import sys

import pytest

_TELL = """
import json, sys, threading
from zonebook.run import {imported}
from zonebook.metrics.registry import CATALOGUE
from zonebook.page.locale import get_locale
missing = [m.id for m in CATALOGUE.values() if isinstance(m.function, str) and m.function.split(":")[0] not in
           {name.rpartition(".")[2] for name in sys.modules}]
print(json.dumps({
    "threads": threading.active_count(), "missing": missing, "languages": get_locale.cache_info().currsize,
    "modules": [n in sys.modules for n in ("pandas", "matplotlib.text", "papermill.execute", "pyarrow.dataset")],
    "rare": [n in sys.modules for n in ("scipy.stats", "SALib", "statsmodels", "networkx", "matplotlib.pyplot")],
    "kernels": "debugpy" in sys.modules,
}))
"""


@pytest.mark.parametrize(("imported", "rare"), [("preload", False), ("preload_rare, preload", True)])
def test_everything_a_page_needs_is_there_before_it_is_forked(imported: str, rare: bool) -> None:
    tell = _TELL.replace("{imported}", imported)
    done = subprocess.run([sys.executable, "-c", tell], check=True, timeout=120, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert told.pop("rare") == [rare] * 5
    assert told == {"threads": 1, "missing": [], "languages": 2, "modules": [True] * 4, "kernels": False}
