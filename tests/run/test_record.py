"""A page's record: fields at hand, metric rows read when they are asked for."""

import json
import pickle
from pathlib import Path

import pytest

from zonebook.run.record import PageRecord, make_record

ROWS = [{"metric_id": "L01", "value": 0.5}, {"metric_id": "L02", "value": None}]


def test_it_is_the_mapping_a_page_gave(tmp_path: Path) -> None:
    record = make_record({"title": "T", "metrics": json.dumps(ROWS), "lang": "ru"})
    assert record == {"title": "T", "lang": "ru", "metrics": ROWS}
    assert {**record} == {"title": "T", "lang": "ru", "metrics": ROWS}
    assert len(record) == 3
    assert record.get("evidence") is None
    with pytest.raises(KeyError):
        record["evidence"]


def test_rows_in_a_file_are_read_each_time_and_do_not_travel(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    record = PageRecord({"title": "T"}, path=path)
    assert record["metrics"] == ROWS
    assert len(pickle.dumps(record)) < 500
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own
    path.write_text("[]", encoding="utf-8")
    assert record["metrics"] == []
    assert "metric_id" not in repr(make_record({"metrics": json.dumps(ROWS)}))
