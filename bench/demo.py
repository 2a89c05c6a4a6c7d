"""Time and memory of `zonebook demo`: rows a second, and whether memory stays flat as zones grow.

With `--large` also the world's 5,400 zones, and 10 million ties.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from meter import measure_command, say

# Zones, and residents a zone.
SIZES = ((56, 230), (100, 40), (400, 40))
LARGE = ((5400, 40), (1500, 560))


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
            sizes = ["--zones", str(zones), "--residents", str(residents)]
            cost = measure_command(["zonebook", "demo", str(folder), *sizes, "--format", "parquet", "--quiet"])
            rows, ties = count_rows(folder)
        say(
            f"{zones:5d} zones of {residents:3d} residents {cost}  {rows:10,d} rows, {ties:10,d} ties  "
            f"{rows / cost.clock:9,.0f} rows a second"
        )


if __name__ == "__main__":
    main()
