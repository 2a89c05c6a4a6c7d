"""The manifest of a build: inputs, parameters, versions, hashes, timings, failures; enough to run it again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonebook import __version__
from zonebook.errors import ParameterError
from zonebook.parameters import DEFAULT_PARAMETERS, Parameters, override, to_values
from zonebook.run.execute import PageOutcome
from zonebook.tables.digest import read_version
from zonebook.tables.draft import put_file

_NAME = "manifest.json"
_LIBRARIES = ("jupyter-book", "papermill", "pandas", "matplotlib", "sphinx", "pyarrow")


def hash_files(path: Path) -> dict[str, str]:
    """Return the SHA-256 of a data set's files by name: of the one file, or of every file in the folder."""
    paths = [path] if path.is_file() else sorted(p for p in path.iterdir() if p.is_file())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build reads: its data set and, if there is one, the earlier edition it is compared with."""

    data: Path
    previous: Path | None = None

    def hash_files(self) -> dict[str, str]:
        """Return the SHA-256 of every file by name, those of the earlier edition under ``previous/``.

        The manifest of an earlier build is left out: it says how long the build took.
        """
        found = hash_files(self.data) if self.data.exists() else {}
        if self.previous is not None and self.previous.exists():
            earlier = hash_files(self.previous)
            found |= {f"previous/{name}": digest for name, digest in earlier.items() if name != _NAME}
        return found


def write_manifest(
    out: Path,
    inputs: Inputs,
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
        "libraries": {name: read_version(name) for name in _LIBRARIES},
        "data": Path(os.path.relpath(inputs.data.resolve(), out.resolve())).as_posix(),
        "inputs": inputs.hash_files(),
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
    path = out / _NAME
    put_file(path, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return path


def _page_entry(outcome: PageOutcome) -> dict[str, Any]:
    return {"key": outcome.job.key, "seconds": round(outcome.seconds, 2), "unchanged": outcome.cached}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an earlier build was made from.

    Attributes
    ----------
    data
        Where its data set was.
    parameters
        Every parameter it was built with.
    inputs
        Hashes of the data set's files by name.
    versions
        Of Zonebook and of the libraries whose output is in the report, by name.
    """

    data: Path
    parameters: Parameters
    inputs: Mapping[str, str]
    versions: Mapping[str, str]


def read_manifest(path: Path) -> Manifest:
    """Return what a manifest says of its build.

    Raises
    ------
    ParameterError
        If there is no such file, or it is no manifest.
    """
    remedy = "Give the manifest.json that a build wrote into its output folder."
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        data, values, inputs = entries["data"], entries["parameters"], entries["inputs"]
        versions = {"zonebook": entries["zonebook"], **entries["libraries"]}
    except OSError as error:
        raise ParameterError(f"cannot be read: {error.strerror}.", place=str(path), remedy=remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError("is not the manifest of a build.", place=str(path), remedy=remedy) from error
    return Manifest((path.parent / data).resolve(), override(DEFAULT_PARAMETERS, values), inputs, versions)


def list_differences(manifest: Manifest, inputs: Inputs) -> tuple[str, ...]:
    """Return, a sentence each, what is no longer as it was when the manifest was written.

    Parameters
    ----------
    manifest
        Of the earlier build.
    inputs
        What is built from now.
    """
    now = inputs.hash_files()
    changed = [name for name, digest in manifest.inputs.items() if now.get(name, digest) != digest]
    gone = [name for name in manifest.inputs if name not in now]
    new = [name for name in now if name not in manifest.inputs]
    versions = {"zonebook": __version__, **{name: read_version(name) for name in _LIBRARIES}}
    then = manifest.versions.items()
    other = [f"{name} {was} (now {versions.get(name)})" for name, was in then if versions.get(name) != was]
    told = {
        "changed since the manifest was written": changed,
        "there then and not now": gone,
        "new since the manifest was written": new,
        "of another version then": other,
    }
    return tuple(f"{what}: {', '.join(names)}." for what, names in told.items() if names)
