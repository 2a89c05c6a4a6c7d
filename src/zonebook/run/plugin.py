"""What Papermill finds under its entry point: the engine's name, and the engine itself when it is first used.

Papermill loads every entry point whenever it is imported, also by the engine's own module: so this imports nothing.
"""

from __future__ import annotations

from typing import Any


class EngineByName:
    """Papermill's interface of an engine, handed on to :class:`zonebook.run.engine.ForkEngine`."""

    @classmethod
    def execute_notebook(cls, *arguments: Any, **options: Any) -> Any:
        """Run a notebook."""
        return _load().execute_notebook(*arguments, **options)

    @classmethod
    def nb_kernel_name(cls, *arguments: Any, **options: Any) -> Any:
        """Return the name of a notebook's kernel."""
        return _load().nb_kernel_name(*arguments, **options)

    @classmethod
    def nb_language(cls, *arguments: Any, **options: Any) -> Any:
        """Return a notebook's language."""
        return _load().nb_language(*arguments, **options)


def _load() -> Any:
    from zonebook.run.engine import ForkEngine  # noqa: PLC0415

    return ForkEngine
