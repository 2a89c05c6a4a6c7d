"""Metric rows as the file of a build."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from zonebook.metrics.rowfile import RowFile, RowWriter


def write_row_file(frame: pd.DataFrame, folder: Path) -> RowFile:
    """Write rows into a folder as a build does."""
    with RowWriter(folder / "metrics.parquet") as writer:
        writer.write(frame)
    return RowFile(folder / "metrics.parquet")
