"""The website: pages staged as a Jupyter Book per language, built, and put together with their downloads."""

from zonebook.book.build import build_book, build_books, write_redirect
from zonebook.book.downloads import write_downloads
from zonebook.book.stage import stage_book

__all__ = ["build_book", "build_books", "stage_book", "write_downloads", "write_redirect"]
