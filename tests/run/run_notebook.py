"""Runs one notebook with one engine in a process of its own: ``run_notebook.py IN OUT ENGINE``."""

import sys

import papermill

from zonebook.run.engine import register_engines

if __name__ == "__main__":
    register_engines()
    source, target, engine = sys.argv[1:]
    try:
        papermill.execute_notebook(source, target, engine_name=engine, progress_bar=False)
    except papermill.PapermillExecutionError as failure:
        sys.stdout.write(f"{failure.ename}: {failure.evalue} in cell {failure.cell_index}")
