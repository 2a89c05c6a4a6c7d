"""All metrics without notebooks: of one zone of a demonstration after the other, and of all of them and the country."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from meter import measure_command, say

from zonebook.metrics.compute import compute_metrics
from zonebook.tables.store import open_data

ZONES = 7  # measured one by one


def time_zones(data: Path, year: int) -> list[float]:
    """Return the seconds that the metrics of some zones take, everything being imported."""
    data_set = open_data(data)
    seconds = []
    for zone in data_set.zones[: ZONES + 1]:
        share = data_set.zone(zone)
        begun = time.perf_counter()
        compute_metrics(share, year)
        seconds.append(time.perf_counter() - begun)
    return seconds[1:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, default=56)
    parser.add_argument("--residents", type=int, default=230)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        sizes = ["--zones", str(options.zones), "--residents", str(options.residents)]
        measure_command(["zonebook", "demo", str(data), *sizes, "--quiet"])
        seconds = time_zones(data, 2025)
        say(f"a zone of about {options.residents} residents: {median(seconds):.2f} s (most {max(seconds):.2f} s)")
        cost = measure_command(
            ["zonebook", "metrics", str(data), "-o", str(Path(place) / "metrics.parquet"), "--quiet"]
        )
        say(f"{options.zones} zones, their regions and the country, with the check: {cost}")


if __name__ == "__main__":
    main()
