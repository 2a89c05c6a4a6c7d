"""The theme is imported without its parser, which is there when it is called, and for everybody else."""

import subprocess
import sys

_TELL = """
import sys
from zonebook.book.postponed import import_theme
import_theme()
import pydata_sphinx_theme
from pydata_sphinx_theme import toctree
print("bs4" in sys.modules, "soupsieve" in sys.modules)
print(toctree.BeautifulSoup("<li><a>x</a></li>", "html.parser").select("li > a")[0].text)
from bs4 import BeautifulSoup, Tag
import_theme()
print(isinstance(toctree.BeautifulSoup("", "html.parser"), Tag), sys.modules["bs4"].BeautifulSoup is BeautifulSoup)
"""


def test_the_parser_is_imported_with_the_first_call() -> None:
    done = subprocess.run([sys.executable, "-c", _TELL], check=True, timeout=120, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False", "x", "True", "True"]
