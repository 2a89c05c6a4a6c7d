"""Tables of 0.1, 1 and 10 million ties: checked and normalised, and what a page then reads.

Zones stay as large as they are and grow in number, so a page's share is the same at every size: what it costs to read
should be, too. Memory is that of the process that checks and writes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from meter import measure_call, measure_command, say

from zonebook.tables.check import check_data_set
from zonebook.tables.store import open_data, write_store

TIES_A_ZONE = 2700  # of 230 residents
SHARES = 9


def prepare(data: Path, store: Path) -> None:
    """Check a data set and write its store, and say what each of the two took."""
    begun = time.perf_counter()
    checked = check_data_set(data)
    done = time.perf_counter()
    if not checked.is_accepted:
        raise SystemExit(f"{data} has errors, so there is nothing to measure.")
    write_store(checked, store)
    say(f"      check {done - begun:.1f} s, store {time.perf_counter() - done:.1f} s")


def read_shares(store: Path) -> tuple[float, int]:
    """Return the seconds that a zone's share takes to open and read, and its ties: medians of some zones."""
    zones = open_data(store).zones
    open_data(store).zone(zones[0])  # what is imported once is not counted
    seconds, ties = [], []
    for zone in zones[:: max(1, len(zones) // SHARES)][:SHARES]:
        begun = time.perf_counter()
        share = open_data(store).zone(zone)
        seconds.append(time.perf_counter() - begun)
        ties.append(len(share.table("tie")))
    return median(seconds), int(median(ties))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[0.1, 1])
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    options = parser.parse_args()
    for millions in options.millions:
        with tempfile.TemporaryDirectory() as place:
            data, store = Path(place) / "data", Path(place) / "store"
            zones = str(round(millions * 1e6 / TIES_A_ZONE))
            made = measure_command(
                ["zonebook", "demo", str(data), "--zones", zones, "--format", options.format, "--quiet"]
            )
            cost = measure_call(lambda: prepare(data, store))  # noqa: B023 - called at once
            seconds, ties = read_shares(store)
            say(f"{millions:5.1f} million ties in {zones} zones ({options.format}): {cost}; made in {made.clock:.1f} s")
            say(f"      a zone's share of {ties} ties: opened and read in {seconds * 1e3:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
