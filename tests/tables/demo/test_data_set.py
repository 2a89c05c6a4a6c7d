"""A demonstration data set as a whole: every table and column, the same bytes for the same seed, no problems."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from demo_data import Demo
from zonebook.errors import ParameterError
from zonebook.tables.check import check_data_set
from zonebook.tables.demo import DemoSettings, write_demo

SMALL = DemoSettings(zones=3, residents=20, years=(2023, 2025))
COLUMNS = {
    "zone": "zone_id name_ru name_en type country_iso3 region_iso established area_ha latitude longitude "
    "management_company source_id",
    "site": "site_id zone_id name_ru name_en latitude longitude area_ha source_id",
    "region": "region_iso name_ru name_en federal_district latitude longitude population grp_rub",
    "cluster": "cluster_id zone_id name_ru name_en",
    "party": "party_id name name_en kind zone_id site_id region_iso country_iso3 cluster_id industry_scheme industry "
    "product since holding_id confidential source_id",
    "party_year": "party_id year vintage employees revenue_rub export_rub purchases_rub rnd_rub capex_rub responded",
    "tie": "tie_id from_party to_party level kind product_scheme product year value_rub quantity quantity_unit status "
    "evidence source_id vintage",
    "flow_region": "origin destination year product value_rub source_id",
    "distance": "origin destination km",
    "export_flow": "exporter_id country_iso3 product year vintage product_scheme value_usd value_rub source_id",
    "world_trade": "country_iso3 product year flow value_usd",
    "employment": "geo industry_scheme industry year employees firms",
    "stage_capability": "chain_id stage party_id year source_id",
    "support": "party_id measure_id start end provider_level amount_rub planned source_id",
    "zone_year": "zone_id year period indicator source_id vintage value unit cumulative qualifier source_date",
    "target": "zone_id indicator target_year target_value unit base_year base_value source_id",
    "bloc_membership": "bloc country_iso3 valid_from valid_to",
    "io_table": "from_region from_sector to_region to_sector year value_rub",
    "deflator": "year index_2020",
    "fx": "year currency rub_per_unit",
    "source": "source_id url title publisher date kind licence",
}


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_of_the_contract_is_written_with_its_columns(demo: Demo, table: str) -> None:
    frame = pd.read_csv(demo.folder / f"{table}.csv", nrows=5, keep_default_na=False)
    assert len(frame) > 0
    assert set(COLUMNS[table].split()) <= set(frame.columns)


def test_every_year_and_zone_has_its_rows(demo: Demo) -> None:
    years = set(demo.settings.all_years)
    for table in (
        "party_year",
        "export_flow",
        "flow_region",
        "world_trade",
        "employment",
        "zone_year",
        "deflator",
        "fx",
    ):
        assert set(demo.tables[table]["year"]) == years, table
    zones = set(demo.planted.zone_ids)
    for table in ("site", "cluster", "zone_year", "target"):
        assert zones <= set(demo.tables[table]["zone_id"]), table
    parties = demo.tables["party"].set_index("party_id")["zone_id"]
    for table, column in (("stage_capability", "party_id"), ("support", "party_id"), ("tie", "to_party")):
        assert zones <= set(demo.tables[table][column].map(parties)), table


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(form: str, tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_demo(tmp_path / name, SMALL, form=form)
    other = DemoSettings(zones=3, residents=20, years=(2023, 2025), seed=2)
    write_demo(tmp_path / "other", other, form=form)
    first, second, different = (_read(tmp_path / name) for name in ("first", "second", "other"))
    assert first == second
    for table in ("zone", "party", "party_year", "tie", "export_flow", "flow_region", "world_trade", "support"):
        assert first[f"{table}.{form}"] != different[f"{table}.{form}"], table


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    write_demo(tmp_path / "here", SMALL)
    words = ["--zones", "3", "--residents", "20", "--years", "2023-2025"]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-m", "zonebook", "demo", tmp_path / "there", *words]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    assert _read(tmp_path / "here") == _read(tmp_path / "there")


def test_both_forms_are_read_as_the_same_tables(tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        write_demo(tmp_path / form, SMALL, form=form)
    text, binary = (check_data_set(tmp_path / form) for form in ("csv", "parquet"))
    assert (text.problems, binary.problems) == ((), ())
    for name, frame in text.tables.items():
        pd.testing.assert_frame_equal(frame, binary.tables[name])


@pytest.mark.parametrize(
    "settings",
    [
        DemoSettings(zones=1, residents=15, years=(2025, 2025)),
        DemoSettings(zones=2, residents=15, years=(2024, 2025), ties_per_resident=4),
        DemoSettings(zones=3, residents=16, years=(2000, 2002), ties_per_resident=60),
        DemoSettings(zones=120, residents=15, years=(2025, 2025), seed=9),
    ],
    ids=["one zone and year", "two zones", "many ties", "many zones"],
)
def test_small_and_odd_sizes_pass_the_check(settings: DemoSettings, tmp_path: Path) -> None:
    summary = write_demo(tmp_path / "data", settings)
    assert check_data_set(tmp_path / "data").problems == ()
    assert summary.rows["zone"] == settings.zones + 1
    assert set(summary.rows) == set(COLUMNS)


def test_progress_is_told_zone_by_zone(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_demo(tmp_path / "data", SMALL, progress=lambda done, count: told.append((done, count)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"no form 'xml'.*csv, parquet"):
        write_demo(tmp_path / "data", SMALL, form="xml")
