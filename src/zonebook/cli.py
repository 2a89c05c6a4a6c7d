"""The command line: parses, calls, prints. Nothing is computed here."""

from __future__ import annotations

import functools
import gc
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from zonebook import __version__
from zonebook.errors import ParameterError, ZonebookError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from zonebook.request import BuildReport

    Watchers = tuple[Callable[..., None], ...]

_DONE, _HAS_ERRORS, _WRONG_USAGE = 0, 1, 2


def _comma_separated(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _in_one_paragraph(command: Callable[..., int]) -> Callable[..., None]:
    """Print a Zonebook error as one readable paragraph and exit with its code; no traceback unless verbose."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            code = command(*arguments, **options)
        except ZonebookError as error:
            if options.get("verbose"):
                traceback.print_exc()
            click.echo(f"Error: {error}", err=True)
            code = _WRONG_USAGE if isinstance(error, ParameterError) else _HAS_ERRORS
        sys.exit(code)

    return run


def _talk(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--quiet", is_flag=True, help="Print errors only.")(command)
    return click.option("--verbose", is_flag=True, help="Print every step, and tracebacks.")(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zonebook")
def main() -> None:
    """Turn tables about special economic zones into a published report on industrial cooperation."""


_DATA = click.argument("data", type=click.Path(path_type=Path), default=Path("data"))


@contextmanager
def _importing_much() -> Iterator[None]:
    """Look for no garbage while much is imported, nor ever after in what that leaves: that took half a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@main.command()
@_DATA
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("_build"), show_default=True)
@click.option("--zones", callback=_comma_separated, help="Ids of zones, separated by commas. All if not given.")
@click.option(
    "--regions", callback=_comma_separated, help="Ids of regions (RU-MOW,…). All that host a zone if not given."
)
@click.option("--year", type=int, help="Reporting year: figures of later years are left out.")
@click.option("--lang", callback=_comma_separated, help="Languages, the default one first (ru,en).")
@click.option("--jobs", type=click.IntRange(min=1), help="Pages run side by side. Default: one a core.")
@click.option(
    "--scheduler", metavar="URL", help="Run the pages on a Dask cluster: address of its scheduler (tcp://host:port)."
)
@click.option(
    "--engine",
    type=click.Choice(["fork", "jupyter"]),
    default="fork",
    show_default=True,
    help="How notebooks are run: in forked processes, or in Jupyter kernels (slower).",
)
@click.option(
    "--from",
    "manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="manifest.json of an earlier build: its data set and parameters, unless others are given.",
)
@click.option("--no-pdf", is_flag=True, help="Print no PDFs.")
@click.option("--force", is_flag=True, help="Run also the pages that have not changed.")
@click.option("-p", "assignments", multiple=True, metavar="NAME=VALUE", help="Override a parameter of parameters.yml.")
@_talk
@_in_one_paragraph
def build(data: Path, out: Path, **options: Any) -> int:
    """Check DATA, run the notebooks, build the website, and print the PDFs."""
    with _importing_much():
        from zonebook.run.foresight import start_ahead  # noqa: PLC0415  (keeps `zonebook --help` fast)

        if not options["scheduler"]:
            start_ahead(data, out)  # before the next line, which takes most of a second
        from zonebook.pipeline import build_report  # noqa: PLC0415
        from zonebook.request import make_request  # noqa: PLC0415

    is_given = click.get_current_context().get_parameter_source("data") is not ParameterSource.DEFAULT
    with _progress_of_build(options) as watchers:
        report = build_report(make_request(data if is_given else None, out, options, *watchers))
    _print_report(report, quiet=options["quiet"])
    return _HAS_ERRORS if report.failures else _DONE


@main.command()
@_DATA
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("_build"), show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: one that is free.")
@click.option("--zones", callback=_comma_separated, help="Ids of zones, separated by commas. All if not given.")
@click.option("--lang", callback=_comma_separated, help="Languages, the default one first (ru,en).")
@click.option("-p", "assignments", multiple=True, metavar="NAME=VALUE", help="Override a parameter of parameters.yml.")
@_talk
@_in_one_paragraph
def serve(data: Path, out: Path, port: int, **options: Any) -> int:
    """Build the website and serve it on this machine; build again when a file is saved, and reload the page."""
    from zonebook.request import make_request  # noqa: PLC0415
    from zonebook.serving import serve_report  # noqa: PLC0415

    # PDFs take longer than one wants to wait for each time: `zonebook build` prints them.
    request = functools.partial(make_request, data, out, {**options, "no_pdf": True})
    serve_report(request, port, lambda line: None if options["quiet"] else click.echo(line))
    return _DONE


@contextmanager
def _progress_of_build(options: Mapping[str, Any]) -> Iterator[Watchers]:
    """Show bars that fill page by page and PDF by PDF, or a line each if verbose; nothing where nobody watches.

    A stage that gives nothing one by one has a bar that only moves.
    """
    if options["quiet"] or not (options["verbose"] or sys.stderr.isatty()):
        yield ()
    elif options["verbose"]:
        yield (
            lambda page, _: click.echo(f"{page.job.lang}/{page.job.target}: {page.seconds:.2f} s", err=True),
            lambda paper, _: click.echo(f"pdf/{paper.name}: {paper.seconds:.2f} s", err=True),
        )
    else:
        with _make_progress() as progress:
            bars: dict[str, TaskID] = {}
            moving: list[TaskID] = []

            def begin(what: str, total: int | None = None) -> TaskID:
                while moving:
                    progress.remove_task(moving.pop())
                return progress.add_task(what, total=total)

            def advance(what: str, total: int) -> None:
                if what not in bars:
                    bars[what] = begin(what, total)
                progress.advance(bars[what])

            yield (
                lambda page, total: advance(
                    "Country pages" if page.job.scope == "country" else "Zone and region pages", total
                ),
                lambda paper, total: advance("Handouts" if "/" in paper.target else "Reports on paper", total),
                lambda stage: moving.append(begin(stage)),
            )


def _make_progress() -> Progress:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    return Progress(console=Console(stderr=True), transient=True)


def _print_report(report: BuildReport, *, quiet: bool) -> None:
    for complaint in report.complaints:
        click.echo(complaint, err=True)
    if not quiet:
        click.echo(report.summary)


@main.command()
@_DATA
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", default="en", show_default=True, help="Language of the messages.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="FILE.xlsx: every problem, and the tables with the cells coloured.",
)
@click.option("-p", "assignments", multiple=True, metavar="NAME=VALUE", help="Override a parameter of parameters.yml.")
@_talk
@_in_one_paragraph
def check(data: Path, form: str, lang: str, report: Path | None, **options: Any) -> int:
    """Check a data set: every problem with its place, the rule it breaks and a remedy."""
    from zonebook.parameters import override, parse_assignments  # noqa: PLC0415
    from zonebook.request import find_parameters  # noqa: PLC0415
    from zonebook.tables import check as checks  # noqa: PLC0415
    from zonebook.tables import problem, problem_book  # noqa: PLC0415

    parameters = override(find_parameters(Path.cwd()), parse_assignments(options["assignments"]))
    checked = checks.check_data_set(data, lang, parameters)
    listed = problem.to_json(checked.problems) if form == "json" else problem.to_text(checked.problems, lang)
    click.echo(listed, nl=False)
    if report is not None:
        problem_book.write_problem_book(checked.problems, report, lang)
        if not options["quiet"]:
            click.echo(f"Report: {report}", err=True)
    return _DONE if checked.is_accepted else _HAS_ERRORS


@main.command()
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--lang", default="en", show_default=True, help="Language of headings and help: en or ru.")
@_talk
@_in_one_paragraph
def template(path: Path, lang: str, **options: Any) -> int:
    """Write an empty data set to fill: a workbook where PATH ends in .xlsx, else a folder of CSV files."""
    from zonebook.metrics.table_uses import list_table_uses  # noqa: PLC0415
    from zonebook.tables.template import write_template  # noqa: PLC0415

    write_template(path, lang, list_table_uses())
    if not options["quiet"]:
        click.echo(f"Template: {path}")
    return _DONE


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--zones", type=int, default=56, show_default=True, help="Number of zones.")
@click.option("--residents", type=int, default=230, show_default=True, help="Residents a zone, on average.")
@click.option("--years", default="2019-2025", show_default=True, help="First and last year of the figures.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--ties-per-resident", type=float, default=12.0, show_default=True, help="Ties a resident, on average.")
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True)
@_talk
@_in_one_paragraph
def demo(folder: Path, years: str, form: str, **options: Any) -> int:
    """Write a demonstration data set with every table into DIR; zones and firms in it are made up."""
    from zonebook.tables.demo import DemoSettings, read_years, write_demo  # noqa: PLC0415

    names = ("zones", "residents", "seed", "ties_per_resident")
    settings = DemoSettings(years=read_years(years), **{name: options[name] for name in names})
    with _progress_of_zones(options) as on_zone:
        summary = write_demo(folder, settings, form=form, progress=on_zone)
    if not options["quiet"]:
        click.echo(f"Demonstration data: {summary.folder}")
        click.echo(", ".join(f"{name} {count:,}" for name, count in summary.rows.items()))
    return _DONE


@contextmanager
def _progress_of_zones(options: Mapping[str, Any]) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar that fills zone by zone; nothing where nobody watches."""
    if options["quiet"] or not sys.stderr.isatty():
        yield None
        return
    with _make_progress() as progress:
        bar = progress.add_task("Zones", total=options["zones"])
        yield lambda done, _: progress.update(bar, completed=done)


@main.command()
@_DATA
@click.option("--zone", help="zone_id: only this zone's rows.")
@click.option("--region", help="region_iso: only this region's rows.")
@click.option("--year", type=int, help="Reporting year: figures of later years are left out.")
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="FILE.csv, .json or .parquet.")
@_talk
@_in_one_paragraph
def metrics(data: Path, zone: str | None, region: str | None, output: Path | None, **options: Any) -> int:
    """Compute the metric rows alone, without notebooks or book."""
    from zonebook import rows  # noqa: PLC0415

    frame = rows.compute_metric_rows(data, zone=zone, region=region, year=options["year"])
    if output is None:
        click.echo(frame.to_csv(index=False), nl=False)
        return _DONE
    rows.write_metric_rows(frame, output)
    if not options["quiet"]:
        click.echo(f"{len(frame)} metric rows: {output}")
    return _DONE


@main.command()
@click.argument("scope_id", metavar="ID")
@_DATA
@click.option("--lang", default="", help="Language. Default: the first of parameters.yml.")
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="FILE.pdf. Default: ID.<lang>.pdf.")
@click.option("-p", "assignments", multiple=True, metavar="NAME=VALUE", help="Override a parameter of parameters.yml.")
@_talk
@_in_one_paragraph
def handout(scope_id: str, data: Path, lang: str, output: Path | None, **options: Any) -> int:
    """Print the two-page handout of one zone or region, by its ID."""
    from zonebook.papers import make_handout  # noqa: PLC0415
    from zonebook.request import make_request  # noqa: PLC0415

    languages = {"lang": (lang,)} if lang else {}
    printed, name = make_handout(make_request(data, Path("_build"), {**options, **languages}), scope_id)
    path = output or Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(printed)
    if not options["quiet"]:
        click.echo(f"Handout: {path}")
    return _DONE


@main.command()
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--lang", default="", help="Language. Default: the first of parameters.yml.")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="FILE.html; FILE.csv is written beside it."
)
@_talk
@_in_one_paragraph
def diff(old: Path, new: Path, lang: str, output: Path | None, **options: Any) -> int:
    """Say what changed from OLD to NEW: two data sets, or two output folders of `zonebook build`."""
    from zonebook.editions import write_difference  # noqa: PLC0415

    said = write_difference(old, new, lang, output)
    if output is None or not options["quiet"]:
        click.echo(said, nl=False)
    return _DONE
