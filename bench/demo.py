"""Time and memory of `zonebook demo`: rows a second, and whether memory stays flat as zones grow.

With `--large` also the world's 5,400 zones, and 10 million ties.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

# Zones, and residents a zone.
SIZES = ((56, 230), (100, 40), (400, 40))
LARGE = ((5400, 40), (1500, 560))
_KIB = 1 if sys.platform == "darwin" else 1024  # what the system counts memory in, in bytes


def write_data_set(folder: Path, zones: int, residents: int) -> tuple[float, float]:
    """Write a demonstration data set in a process of its own and return its seconds and its peak memory in MiB."""
    words = [
        "demo",
        str(folder),
        "--zones",
        str(zones),
        "--residents",
        str(residents),
        "--format",
        "parquet",
        "--quiet",
    ]
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "zonebook", *words])  # noqa: S603 - our own command
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("`zonebook demo` failed, so there is nothing to measure.")
    return time.perf_counter() - begun, usage.ru_maxrss * _KIB / 2**20


def count_rows(folder: Path) -> tuple[int, int]:
    """Return the rows of all tables, and those of the table `tie`."""
    counts = {path.stem: pq.read_metadata(path).num_rows for path in folder.glob("*.parquet")}
    return sum(counts.values()), counts["tie"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 5,400 zones and 10 million ties: minutes")
    for zones, residents in (*SIZES, *(LARGE if parser.parse_args().large else ())):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "data"
            seconds, memory = write_data_set(folder, zones, residents)
            rows, ties = count_rows(folder)
        sys.stdout.write(
            f"{zones:5d} zones of {residents:3d} residents {seconds:7.2f} s {memory:6.0f} MiB  {rows:10,d} rows, "
            f"{ties:10,d} ties  {rows / seconds:9,.0f} rows a second\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
