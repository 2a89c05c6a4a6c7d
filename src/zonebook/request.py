"""What is asked of a build and what it gives back; how a command line becomes a request."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zonebook.errors import ParameterError
from zonebook.paper.job import PaperOutcome
from zonebook.parameters import Parameters, override, parse_assignments, read_parameters
from zonebook.run.execute import PageOutcome
from zonebook.run.manifest import Inputs, list_differences, read_manifest
from zonebook.tables.share import DataSet


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build: the data set, the project's own files, the parameters, and where and how to run.

    ``project`` is the folder with ``_config.yml``, ``_toc.yml``, ``book/`` and ``notebooks/``. ``scheduler`` is the
    address of a Dask scheduler whose workers run the pages; empty if they run here. ``papers`` says whether PDFs are
    printed. ``warnings`` are to be said before those of the build. ``on_page`` is called for every page that is done,
    with the number of pages that are run together with it; ``on_paper`` in the same way for every PDF, ``on_stage``
    when a stage begins that gives nothing one by one.
    """

    data: Path
    out: Path
    project: Path
    parameters: Parameters
    workers: int
    engine: str = "fork"
    scheduler: str = ""
    force: bool = False
    papers: bool = True
    on_paper: Callable[[PaperOutcome, int], None] = field(default=lambda outcome, total: None, compare=False)
    on_stage: Callable[[str], None] = field(default=lambda stage: None, compare=False)
    warnings: tuple[str, ...] = ()
    on_page: Callable[[PageOutcome, int], None] = field(default=lambda outcome, total: None, compare=False)

    @property
    def inputs(self) -> Inputs:
        """The data set, and the earlier edition it is compared with."""
        return list_inputs(self.data, self.project, self.parameters)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build gave: every page's outcome, what is wrong with its inputs, where the result is.

    ``warnings`` are each a sentence; ``findings`` are those of the check of the tables, as it words them. ``unprinted``
    says which papers could not be printed and why.
    """

    out: Path
    outcomes: tuple[PageOutcome, ...] = field(hash=False)
    warnings: tuple[str, ...]
    seconds: Mapping[str, float] = field(hash=False)
    unprinted: tuple[str, ...] = ()
    findings: str = ""

    @property
    def failures(self) -> tuple[str, ...]:
        """One line for each page that could not be made and each paper that could not be printed."""
        failed = [outcome for outcome in self.outcomes if outcome.failure is not None]
        pages = tuple(f"page {o.job.lang}/{o.job.target}: {o.failure.message}" for o in failed if o.failure)
        return (*pages, *self.unprinted)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is to be said of the build besides what was done: its warnings, what the check found, its failures."""
        warnings = (f"Warning: {warning}" for warning in self.warnings)
        found = (self.findings.rstrip("\n"),) if self.findings else ()
        return (*warnings, *found, *(f"Error: {failure}" for failure in self.failures))

    @property
    def summary(self) -> str:
        """What was done, in two lines, and where the result is."""
        unchanged = sum(outcome.cached for outcome in self.outcomes)
        failed = sum(outcome.failure is not None for outcome in self.outcomes)
        spent = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in self.seconds.items())
        made = f"{len(self.outcomes)} pages ({unchanged} unchanged, {failed} failed): {spent}"
        return f"{made}\nThe report: {self.out / 'html' / 'index.html'}"


def make_request(
    data: Path | None,
    out: Path,
    options: Mapping[str, Any],
    on_page: Callable[[PageOutcome, int], None] | None = None,
    on_paper: Callable[[PaperOutcome, int], None] | None = None,
    on_stage: Callable[[str], None] | None = None,
) -> BuildRequest:
    """Return the request of a ``zonebook build`` command line.

    Without a data set it is that of the earlier build whose manifest is given, or ``data``.
    """
    project = find_project(Path.cwd())
    earlier = read_manifest(options["manifest"]) if options.get("manifest") else None
    data = data or (earlier.data if earlier else Path("data"))
    given = {
        "zones": options.get("zones"),
        "regions": options.get("regions"),
        "year": options.get("year"),
        "languages": options.get("lang"),
        "pdf": False if options.get("no_pdf") else None,
    }
    base = earlier.parameters if earlier else find_parameters(project)
    parameters = override(base, parse_assignments(options.get("assignments", ())))
    parameters = override(parameters, {name: value for name, value in given.items() if value is not None})
    return BuildRequest(
        data=data,
        out=out.resolve(),
        project=project,
        parameters=parameters,
        workers=options.get("jobs") or os.cpu_count() or 1,
        engine=options.get("engine", "fork"),
        scheduler=options.get("scheduler") or "",
        on_paper=on_paper or (lambda outcome, total: None),
        on_stage=on_stage or (lambda stage: None),
        force=options.get("force", False),
        papers=parameters.pdf,
        warnings=list_differences(earlier, list_inputs(data, project, parameters)) if earlier else (),
        **({"on_page": on_page} if on_page else {}),
    )


def list_inputs(data: Path, project: Path, parameters: Parameters) -> Inputs:
    """Return what a build reads; the earlier edition is looked for from the project's folder."""
    return Inputs(data, project / parameters.previous if parameters.previous else None)


def find_project(start: Path) -> Path:
    """Return the folder, at or above ``start``, that holds the book's configuration and notebooks."""
    for folder in (start, *start.parents):
        if (folder / "_toc.yml").is_file() and (folder / "notebooks").is_dir():
            return folder
    raise ParameterError(
        "there is no Zonebook project here: no folder with _toc.yml and notebooks/.",
        place=str(start),
        remedy="Run the command inside a copy of the repository.",
    )


def find_parameters(folder: Path) -> Parameters:
    """Return the parameters of a folder's ``parameters.yml``, or the defaults where there is none."""
    path = folder / "parameters.yml"
    return read_parameters(path) if path.is_file() else Parameters()


def check_ids(data: DataSet, parameters: Parameters) -> None:
    """Check that the zones and regions asked for have a page.

    Raises
    ------
    ParameterError
        Naming those that do.
    """
    for name, asked, known in (("zone", parameters.zones, data.zones), ("region", parameters.regions, data.regions)):
        for one in asked:
            if one not in known:
                raise ParameterError(
                    f"the data set has no {name} {one!r} with a page.", remedy=f"It has: {', '.join(known)}."
                )
