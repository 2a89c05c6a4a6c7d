"""The manifest of a build: inputs, parameters, versions, hashes, timings, failures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from zonebook import __version__
from zonebook.parameters import Parameters, to_values
from zonebook.run.execute import PageOutcome, write_beside

_LIBRARIES = ("jupyter-book", "papermill", "pandas", "matplotlib", "sphinx", "pyarrow")


def hash_files(path: Path) -> dict[str, str]:
    """Return the SHA-256 of a data set's files by name: of the one file, or of every file in the folder."""
    paths = [path] if path.is_file() else sorted(p for p in path.iterdir() if p.is_file())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def write_manifest(
    out: Path,
    data: Path,
    parameters: Parameters,
    outcomes: tuple[PageOutcome, ...],
    seconds: Mapping[str, float],
    papers: Mapping[str, Mapping[str, Any]],
) -> Path:
    """Write ``manifest.json`` under the output folder and return its path.

    ``papers`` says of every PDF, by its path below ``pdf/``, what there is to say: hash, seconds, failure.

    It is for whoever builds the report and no part of the site: what an error says may hold a name or an amount.
    """
    manifest: dict[str, Any] = {
        "zonebook": __version__,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "inputs": hash_files(data),
        "parameters": to_values(parameters),
        "pages": {f"{o.job.lang}/{o.job.target}": _page_entry(o) for o in outcomes},
        "papers": {name: dict(entry) for name, entry in papers.items()},
        "seconds": {stage: round(spent, 2) for stage, spent in seconds.items()},
        "failures": [
            {"page": f"{o.job.lang}/{o.job.target}", "message": o.failure.message, "traceback": o.failure.traceback}
            for o in outcomes
            if o.failure
        ]
        + [{"pdf": name, "message": entry["failure"]} for name, entry in papers.items() if entry["failure"]],
    }
    path = out / "manifest.json"
    write_beside(path, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return path


def _page_entry(outcome: PageOutcome) -> dict[str, Any]:
    return {"key": outcome.job.key, "seconds": round(outcome.seconds, 2), "unchanged": outcome.cached}
