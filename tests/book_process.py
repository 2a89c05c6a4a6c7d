"""A book built as a build of the report does it: in a process of its own."""

from pathlib import Path

from zonebook.book import build_book
from zonebook.run.executor import ForkExecutor


def build_apart(lang: str, out: Path, jobs: int = 1) -> None:
    """Build the staged book of a language in a process that is there for it alone."""
    with ForkExecutor(1, timeout=300) as executor:
        executor.submit(build_book, lang, out, jobs).result()
