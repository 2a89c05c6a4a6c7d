"""Runs the benchmarks and writes what they print into RESULTS.md, a section each; sections not asked for stay."""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from meter import describe_machine, say

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
HEAD = "# Results of the benchmarks\n\nWritten by `make bench`. Machines are noisy: compare lines of one section."
_SECTION = re.compile(r"^## (?P<name>\w+): ", re.MULTILINE)


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: its script's words, those of the long run, and what it is to show."""

    words: tuple[str, ...]
    full: tuple[str, ...]
    shows: str


BENCHMARKS = {
    "pages": Benchmark(
        ("pages.py",),
        ("pages.py", "--pages", "40"),
        "notebooks a second against Papermill as it is (to reach: 8 ×), and what a page costs beyond its own work "
        "(0.12 s)",
    ),
    "book": Benchmark(
        ("book.py", "--pages", "40", "160"),
        ("book.py", "--pages", "40", "160", "640", "2560"),
        "executed notebooks to HTML against `jupyter-book build` (640 pages: 45 s, and 5.2 × the time of 160)",
    ),
    "report": Benchmark(
        ("report.py", "--no-stock"),
        ("report.py", "--every", "8"),
        "the whole report of the public data set, two languages (from nothing: 120 s and 4 × faster than stock tools; "
        "nothing changed: 2 s; one zone changed: 8 s)",
    ),
    "metrics": Benchmark(
        ("metrics.py", "--zones", "8"),
        ("metrics.py",),
        "all metrics without notebooks (a zone of 230 residents: 1 s; 56 such zones: 60 s)",
    ),
    "store": Benchmark(
        ("store.py",),
        ("store.py", "--millions", "0.1", "1", "10"),
        "checking and dividing tables (10 million ties: 60 s, 4 GiB), and what a page then reads",
    ),
    "workers": Benchmark(
        ("workers.py",),
        ("workers.py", "--pages", "57"),
        "one worker, two, and a cluster",
    ),
    "scale": Benchmark(
        ("scale.py",),
        ("scale.py", "--published", "--zones", "100", "400", "1600", "--", "--no-pdf"),
        "more zones of the same size (linear cost, flat memory)",
    ),
    "country": Benchmark(
        ("country.py", "--zones", "100", "400"),
        ("country.py", "--zones", "400", "1600", "5400"),
        "country pages of more and more zones, each by itself (flat memory)",
    ),
    "demo": Benchmark(("demo.py",), ("demo.py", "--large"), "`zonebook demo` (flat memory)"),
}


def run(words: Sequence[str]) -> str:
    """Run a benchmark; say what it prints as it comes, and return it."""
    command = [sys.executable, str(HERE / words[0]), *words[1:]]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as process:  # noqa: S603 - ours
        for line in process.stdout or ():
            lines.append(line.rstrip())
            say(lines[-1])
    if process.returncode:
        raise SystemExit(f"bench/{words[0]} failed.")
    return "\n".join(lines)


def read_sections() -> dict[str, str]:
    """Return the sections of RESULTS.md by name."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    starts = [*_SECTION.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return {match["name"]: text[match.start() : end].strip() for match, end in zip(starts, ends, strict=False)}


def main() -> None:
    """Run, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(BENCHMARKS)}; all if not given")
    parser.add_argument("--full", action="store_true", help="the large sizes, too: hours with the stock tools")
    options = parser.parse_args()
    sections = read_sections()
    for name in options.names or BENCHMARKS:
        benchmark = BENCHMARKS[name]
        words = benchmark.full if options.full else benchmark.words
        say(f"{name}: {benchmark.shows}")
        printed = run(words)
        stamp = (
            f"`python bench/{' '.join(words)}`, {datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}, {describe_machine()}"
        )
        sections[name] = f"## {name}: {benchmark.shows}\n\n{stamp}\n\n```\n{printed}\n```"
        ordered = [sections[known] for known in BENCHMARKS if known in sections]
        RESULTS.write_text("\n\n".join([HEAD, *ordered]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
