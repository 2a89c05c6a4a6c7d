"""The website: pages staged as a Jupyter Book per language, built, and put together with their downloads."""

from zonebook.book.build import build_book, write_redirect
from zonebook.book.derivation import COMMON, forget_derived
from zonebook.book.downloads import write_common, write_downloads
from zonebook.book.stage import stage_book
from zonebook.book.toc import read_chapters

__all__ = [
    "COMMON",
    "build_book",
    "forget_derived",
    "read_chapters",
    "stage_book",
    "write_common",
    "write_downloads",
    "write_redirect",
]
