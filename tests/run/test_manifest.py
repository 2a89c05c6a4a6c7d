"""The manifest is enough to know what a build was made from."""

import hashlib
import json
from pathlib import Path

from zonebook.parameters import Parameters
from zonebook.run.execute import PageFailure, PageJob, PageOutcome
from zonebook.run.manifest import hash_files, write_manifest


def _outcome(name: str, failure: PageFailure | None = None) -> PageOutcome:
    job = PageJob("zone", "zone", name, "ru", Path("zone.ipynb"), f"zones/{name}", {}, "key")
    return PageOutcome(job, None if failure else Path("x.ipynb"), {}, 0.5, failure=failure)


def test_inputs_are_hashed_whether_folder_or_workbook(tmp_path: Path) -> None:
    table = tmp_path / "zone.csv"
    table.write_bytes(b"zone_id\n")
    expected = {"zone.csv": hashlib.sha256(b"zone_id\n").hexdigest()}
    assert hash_files(tmp_path) == hash_files(table) == expected


def test_pages_parameters_and_failures_are_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    outcomes = (
        _outcome("good"),
        _outcome("bad", PageFailure("1/0", "ZeroDivisionError: division by zero", "Traceback")),
    )
    path = write_manifest(tmp_path, tmp_path / "data", Parameters(year=2024), outcomes, {"pages": 1.234})
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert manifest["parameters"]["year"] == 2024
    assert manifest["pages"]["ru/zones/good"] == {"key": "key", "seconds": 0.5, "unchanged": False}
    told = {"message": "ZeroDivisionError: division by zero", "traceback": "Traceback"}
    assert manifest["failures"] == [{"page": "ru/zones/bad", **told}]
    assert manifest["seconds"] == {"pages": 1.23}
    assert manifest["libraries"]["papermill"]
