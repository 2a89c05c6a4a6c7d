"""More and more zones: the whole report of a demonstration in one language, its time a zone, its memory and its size.

Zones stay as large as they are. Linear cost is a time a zone that does not grow; flat memory is that of the largest
process. With `--zones 100 400 1600 5400 --published -- --no-pdf` it ends with as many zones as there are in the world,
of each of which no register is there but what is published: its yearly figures, sites and targets. An hour.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from meter import measure_command, say
from report import build

_PUBLISHED = ("zone", "zone_year", "source", "region", "site", "target", "deflator", "fx", "bloc_membership")


def leave_published(data: Path) -> None:
    """Remove the tables of firms and what they do from a demonstration."""
    for path in data.glob("*.parquet"):
        if path.stem not in _PUBLISHED:
            path.unlink()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, nargs="+", default=[25, 100])
    parser.add_argument("--residents", type=int, default=15)
    parser.add_argument("--published", action="store_true", help="without firms, ties and flows")
    parser.add_argument("options", nargs="*", help="options of `zonebook build`, after --")
    given = parser.parse_args()
    for zones in given.zones:
        with tempfile.TemporaryDirectory() as place:
            data, out = Path(place) / "data", Path(place) / "out"
            sizes = ["--zones", str(zones), "--residents", str(given.residents)]
            measure_command(["zonebook", "demo", str(data), *sizes, "--format", "parquet", "--quiet"])
            if given.published:
                leave_published(data)
            cost = build(data, out, "--lang", "en", "-p", "memory=0", *given.options)
            manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
            index = (out / "html" / "en" / "searchindex.js").stat().st_size
        laps = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in manifest["seconds"].items())
        say(f"{zones:5d} zones: {cost}, {cost.clock / zones:.3f} s a zone; {laps}; search index {index / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
