"""Writing a demonstration data set: zone by zone, then what all zones add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from zonebook.errors import ParameterError
from zonebook.tables.demo import employment, figures, flows, markets, places, prices, sources
from zonebook.tables.demo.firms import draw_firms
from zonebook.tables.demo.folder import MARK, replace_folder
from zonebook.tables.demo.settings import DEFAULTS, DemoSettings
from zonebook.tables.demo.surroundings import list_surroundings
from zonebook.tables.demo.totals import Totals
from zonebook.tables.demo.world import TOTAL_ID, World, build_world
from zonebook.tables.demo.writing import FORMS, Folder
from zonebook.tables.demo.zone_tables import list_zone_tables

# Zones trade with some before and after them in the list: their residents are kept, those of all others are not.
_ZONES_KEPT = 32
_BLOC_COLUMNS = ("bloc", "country_iso3", "valid_from", "valid_to", "status", "date_precision")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written.

    Attributes
    ----------
    folder
        Where.
    rows
        Number of rows of each table.
    """

    folder: Path
    rows: Mapping[str, int]


def write_demo(
    folder: Path, settings: DemoSettings = DEFAULTS, *, form: str = "csv", progress: Progress | None = None
) -> DemoSummary:
    """Write a demonstration data set with every table of the data contract.

    Parameters
    ----------
    folder
        Where to write: a new or empty folder, or one with a demonstration data set, which is replaced.
    settings
        How many zones and residents, which years, which seed. The same settings give the same bytes.
    form
        ``csv``, or ``parquet`` for large data sets.
    progress
        Told after each zone how many are done, and how many there are.

    Returns
    -------
    DemoSummary
        The folder and the number of rows of each table.

    Raises
    ------
    ParameterError
        For a folder that holds something else, or a form that is not known.

    Notes
    -----
    Memory does not grow with the number of zones. Until all is written the folder stays as it was.
    """
    if form not in FORMS:
        raise ParameterError(f"there is no form {form!r}.", remedy=f"Known are: {', '.join(FORMS)}.")
    folder = folder.absolute()
    with replace_folder(folder) as beside:
        with Folder(beside, form) as files:
            _add_tables(files, build_world(settings), progress)
        (beside / MARK).write_text(sources.describe_data_set(settings), encoding="utf-8", newline="\n")
    return DemoSummary(folder, files.counts)


def _add_tables(files: Folder, world: World, progress: Progress | None) -> None:
    count, totals = world.settings.zones, Totals(world.settings)
    firms_of = lru_cache(maxsize=_ZONES_KEPT)(partial(draw_firms, world))
    for zone in range(count):
        for name, parts in list_zone_tables(world, zone, firms_of, totals).items():
            for rows in parts:
                files.add(name, rows)
        if progress is not None:
            progress(zone + 1, count)
    for name, rows in _list_common_tables(world, totals):
        files.add(name, rows)


def _list_common_tables(world: World, totals: Totals) -> Iterator[tuple[str, pa.Table]]:
    """Return the rows that are of no single zone."""
    settings = world.settings
    yield "zone", places.list_total_rows()
    yield "party", list_surroundings().rows
    yield "export_flow", markets.list_total_exports(world, totals)
    yield "employment", employment.list_region_employment(world, totals)
    yield "zone_year", figures.list_figure_rows(settings, TOTAL_ID, totals.figures)
    yield "region", places.list_region_rows()
    yield "flow_region", flows.list_flows(settings)
    yield "distance", flows.list_distances()
    yield "world_trade", markets.list_world_trade(world, totals)
    yield "bloc_membership", _list_blocs()
    yield "io_table", flows.list_sectors(world)
    yield "deflator", prices.list_deflators(settings)
    yield "fx", prices.list_rates(settings)
    yield "source", sources.list_sources(settings)


def _list_blocs() -> pa.Table:
    """Return the rows of ``bloc_membership``: the real ones, which come with the package."""
    with resources.as_file(resources.files("zonebook.tables") / "reference" / "bloc_membership.csv") as path:
        types = dict.fromkeys(_BLOC_COLUMNS, pa.string())
        options = arrow_csv.ConvertOptions(column_types=types, include_columns=_BLOC_COLUMNS, strings_can_be_null=True)
        return arrow_csv.read_csv(path, convert_options=options)
