"""A demonstration data set for tests, written once and read as the rest of the program reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zonebook.tables.check import check_data_set
from zonebook.tables.demo import DemoSettings, PlantedStructure, planted_structure, write_demo

SETTINGS = DemoSettings(zones=8, residents=150)


@dataclass(frozen=True, eq=False)
class Demo:
    """A data set, what was planted in it, and its tables after the check, the latest vintages alone."""

    settings: DemoSettings
    folder: Path
    planted: PlantedStructure
    tables: Mapping[str, pd.DataFrame]

    @property
    def residents(self) -> pd.DataFrame:
        """The rows of ``party`` of residents, by id."""
        party = self.tables["party"]
        return party[party["kind"] == "resident"].set_index("party_id")

    def list_exports(self, year: int) -> pd.Series:
        """Return the exports of residents in roubles, by exporter, country and product."""
        flows = self.tables["export_flow"]
        flows = flows[(flows["year"] == year) & flows["exporter_id"].isin(self.residents.index)]
        return flows.set_index(["exporter_id", "country_iso3", "product"])["value_rub"].astype(float)

    def list_trade(self, year: int) -> pd.DataFrame:
        """Return the ties of trade at home and imports: goods, orders and services."""
        ties = self.tables["tie"]
        return ties[(ties["year"] == year) & ties["kind"].isin(["supply", "contract_manufacturing", "service"])]


def make_demo(folder: Path, settings: DemoSettings = SETTINGS) -> Demo:
    """Write a demonstration data set into a folder and read it."""
    write_demo(folder, settings)
    checked = check_data_set(folder)
    assert checked.problems == ()
    tables = {name: checked.tables[name] for name in checked.tables}
    tables["party_year"] = tables["party_year"].drop_duplicates(["party_id", "year"], keep="last")
    return Demo(settings, folder, planted_structure(settings), tables)
