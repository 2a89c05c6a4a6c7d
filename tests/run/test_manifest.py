"""The manifest is enough to know what a build was made from."""

import hashlib
import json
from pathlib import Path

import pytest

from zonebook.errors import ParameterError
from zonebook.parameters import DEFAULT_PARAMETERS, Parameters, override
from zonebook.run.execute import PageFailure, PageJob, PageOutcome
from zonebook.run.manifest import Inputs, hash_files, list_differences, read_manifest, write_manifest


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
    path = write_manifest(tmp_path, Inputs(tmp_path / "data"), Parameters(year=2024), outcomes, {"pages": 1.234}, {})
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert manifest["parameters"]["year"] == 2024
    assert manifest["pages"]["ru/zones/good"] == {"key": "key", "seconds": 0.5, "unchanged": False}
    told = {"message": "ZeroDivisionError: division by zero", "traceback": "Traceback"}
    assert manifest["failures"] == [{"page": "ru/zones/bad", **told}]
    assert manifest["seconds"] == {"pages": 1.23}
    assert manifest["libraries"]["papermill"]


def _write(folder: Path, parameters: Parameters = DEFAULT_PARAMETERS) -> Path:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "zone.csv").write_bytes(b"zone_id\n")
    (folder / "out").mkdir(exist_ok=True)
    return write_manifest(folder / "out", Inputs(data), parameters, (), {}, {})


def test_a_manifest_is_read_back_with_every_parameter_in_its_order(tmp_path: Path) -> None:
    index = {"regional": {"R09": [0, 10]}, "international": {"X07": [1, 0]}, "local": {"L05": [0, 1], "L01": [0, 1]}}
    changes = {"year": 2024, "languages": ["en"], "index": index, "jump_factor": 7, "publish": "internal"}
    written = override(DEFAULT_PARAMETERS, changes)
    manifest = read_manifest(_write(tmp_path, written))
    assert manifest.parameters == written
    assert list(manifest.parameters.settings.index) == ["regional", "international", "local"]
    assert [kind.name for kind in manifest.parameters.pages] == [kind.name for kind in DEFAULT_PARAMETERS.pages]
    assert manifest.data == tmp_path / "data"


def test_inputs_that_have_changed_are_told(tmp_path: Path) -> None:
    path = _write(tmp_path)
    assert list_differences(read_manifest(path), Inputs(tmp_path / "data")) == ()
    (tmp_path / "data" / "zone.csv").write_bytes(b"zone_id,type\n")
    (tmp_path / "data" / "fx.csv").write_bytes(b"year\n")
    changed, new = list_differences(read_manifest(path), Inputs(tmp_path / "data"))
    assert changed == "changed since the manifest was written: zone.csv."
    assert new == "new since the manifest was written: fx.csv."
    assert list_differences(read_manifest(path), Inputs(tmp_path / "gone")) == ("there then and not now: zone.csv.",)


def test_other_versions_are_told(tmp_path: Path) -> None:
    path = _write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('"pandas": "', '"pandas": "0.'), encoding="utf-8")
    (told,) = list_differences(read_manifest(path), Inputs(tmp_path / "data"))
    assert told.startswith("of another version then: pandas 0.")


@pytest.mark.parametrize("content", [None, "{}", "[]", "no json", '{"data": "."}'])
def test_what_is_no_manifest_is_refused_with_a_remedy(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError) as refused:
        read_manifest(tmp_path / "manifest.json")
    assert "manifest.json" in refused.value.remedy
