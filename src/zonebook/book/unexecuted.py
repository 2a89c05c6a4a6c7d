"""Leaves out what MyST-NB executes notebooks with: here they are executed before, and it imports a whole database.

It takes a third of the time of all that building a book imports.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# The cache of executed notebooks that MyST-NB imports its executors from.
_EXECUTORS = "jupyter_cache"


class Vacant(ModuleType):
    """A module in which every name is found, and none is anything."""

    def __getattr__(self, name: str) -> Any:
        """Find a name, save those that Python itself looks for."""
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class Stand(MetaPathFinder, Loader):
    """Finds a package and all its modules, each of them vacant."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the modules of the package."""
        if name.partition(".")[0] != _EXECUTORS:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return a vacant module."""
        return Vacant(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it vacant."""


def leave_out_executors() -> None:
    """Have this process import none of them, if it has not already: it must be one that is there to build books."""
    sys.meta_path.insert(0, Stand())
