"""The reference tables of the package and those of the public data set say the same."""

from pathlib import Path

import pandas as pd
import pytest

from zonebook.tables.check import read_bundled

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "src" / "zonebook" / "tables" / "reference"


@pytest.mark.parametrize("name", ["tile", "industry", "hs2"])
def test_the_public_data_set_has_the_packages_table(name: str) -> None:
    assert (ROOT / "data" / f"{name}.csv").read_bytes() == (REFERENCE / f"{name}.csv").read_bytes()


def test_memberships_of_blocs_agree() -> None:
    columns = ["bloc", "country_iso3", "valid_from", "valid_to", "status", "date_precision"]
    package, public = (pd.read_csv(f / "bloc_membership.csv", dtype="string") for f in (REFERENCE, ROOT / "data"))
    pd.testing.assert_frame_equal(package[columns], public[columns])


def test_bundled_tables_are_read_as_declared() -> None:
    assert read_bundled("tile").data.num_rows == 89
    assert {"EAEU", "CIS", "BRICS"} <= set(read_bundled("bloc_membership").data["bloc"].to_pylist())
