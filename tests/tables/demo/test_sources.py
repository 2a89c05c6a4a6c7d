"""Sources: all of kind demonstration, named by every table that can name them."""

import pytest

from demo_data import Demo
from zonebook.tables.schema import TABLES

_REAL = {"bloc_membership"}  # true everywhere, so it comes as it is


def test_all_sources_are_demonstrations_and_say_so(demo: Demo) -> None:
    source = demo.tables["source"]
    assert set(source["kind"]) == {"demonstration"}
    assert source["title"].str.contains("made up").all()
    assert source["title_ru"].str.contains("вымышлены").all()


@pytest.mark.parametrize("table", [t.name for t in TABLES.values() if "source_id" in t.columns and not t.supplementary])
def test_every_row_names_its_source(table: str, demo: Demo) -> None:
    if table not in _REAL:
        assert demo.tables[table]["source_id"].notna().all()


def test_every_source_is_used(demo: Demo) -> None:
    named = set()
    for name, frame in demo.tables.items():
        if name != "source" and "source_id" in frame:
            named |= set(frame["source_id"].dropna())
    assert named == set(demo.tables["source"]["source_id"])
