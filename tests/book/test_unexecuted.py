"""What executes notebooks is left out of a process that builds books, and nothing else is."""

import subprocess
import sys

_TELL = """
import sys
from zonebook.book.unexecuted import leave_out_executors
leave_out_executors()
from jupyter_cache.cache.db import NbProjectRecord
import jupyter_cache, myst_nb.sphinx_ext, nbclient
print(NbProjectRecord, jupyter_cache.get_cache, hasattr(jupyter_cache, "__wrapped__"), "sqlalchemy" in sys.modules)
"""


def test_all_names_of_the_executors_are_found_and_none_is_anything() -> None:
    done = subprocess.run([sys.executable, "-c", _TELL], check=True, timeout=120, capture_output=True, text=True)
    assert done.stdout.split() == ["None", "None", "False", "False"]
