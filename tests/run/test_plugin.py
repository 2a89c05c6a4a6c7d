"""Papermill finds the engine without importing it."""

import subprocess
import sys

import entrypoints

from run.notebooks import new_notebook
from zonebook.run.plugin import EngineByName


def test_the_entry_point_names_the_engine() -> None:
    found = entrypoints.get_single("papermill.engine", "zonebook")
    assert found.load() is EngineByName


def test_importing_papermill_imports_no_kernel() -> None:
    code = "import papermill, sys; print('zonebook.run.plugin' in sys.modules, 'zonebook.run.kernel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "False"]


def test_the_engine_may_be_imported_before_papermill() -> None:
    code = "import zonebook.run.engine, papermill.engines as e; print(e.papermill_engines.get_engine('zonebook'))"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert "EngineByName" in done.stdout


def test_papermills_questions_are_handed_on() -> None:
    notebook = new_notebook("1")
    notebook.metadata["kernelspec"]["name"] = "python3"
    assert EngineByName.nb_kernel_name(notebook) == "python3"
    assert EngineByName.nb_language(notebook) == "python"
