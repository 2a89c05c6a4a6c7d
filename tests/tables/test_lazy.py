"""Tables read when they are asked for: each question noted down, and none that was not asked."""

import pickle

import pandas as pd
import pytest

from zonebook.tables.lazy import LazyTables, Question
from zonebook.tables.share import Share

TABLES = {
    "zone": pd.DataFrame({"zone_id": ["a", "b"]}),
    "tie": pd.DataFrame({"tie_id": ["1", "2", "3"], "kind": ["supply", None, "supply"]}),
}


@pytest.fixture
def asked() -> list[Question]:
    return []


@pytest.fixture
def tables(asked: list[Question]) -> LazyTables:
    return LazyTables(tuple(TABLES), TABLES.__getitem__, note=asked.append)


def test_names_are_known_without_a_question(tables: LazyTables, asked: list[Question]) -> None:
    assert (list(tables), len(tables), "tie" in tables, "site" in tables) == (["zone", "tie"], 2, True, False)
    assert asked == []


def test_a_table_is_read_when_it_is_asked_for(tables: LazyTables, asked: list[Question]) -> None:
    assert tables["zone"] is TABLES["zone"]
    assert asked == [("table", "zone")]


def test_an_unknown_table_is_neither_read_nor_noted(tables: LazyTables, asked: list[Question]) -> None:
    with pytest.raises(KeyError):
        tables["site"]
    assert asked == []


def test_some_rows_are_a_question_of_their_own(tables: LazyTables, asked: list[Question]) -> None:
    assert tables.select("tie", "kind", ["supply"])["tie_id"].tolist() == ["1", "3"]
    assert asked == [("rows", "tie", "kind", "supply")]


def test_a_table_in_the_place_of_another_is_no_question(tables: LazyTables, asked: list[Question]) -> None:
    replaced = tables.replace({"tie": TABLES["tie"].iloc[:1]})
    assert replaced["tie"]["tie_id"].tolist() == replaced.select("tie", "kind", ["supply"])["tie_id"].tolist() == ["1"]
    assert asked == []
    assert len(tables["tie"]) == 3


def test_another_process_gets_plain_tables(tables: LazyTables, asked: list[Question]) -> None:
    sent = pickle.loads(pickle.dumps(tables.replace({"zone": TABLES["zone"].iloc[1:]})))  # noqa: S301
    assert (type(sent), len(sent["zone"]), len(sent["tie"])) == (dict, 1, 3)
    assert asked == [("table", "tie")]


@pytest.mark.parametrize("is_lazy", [True, False])
def test_a_share_notes_what_it_is_asked_whatever_its_tables_are(is_lazy: bool, asked: list[Question]) -> None:
    plain = LazyTables(tuple(TABLES), TABLES.__getitem__) if is_lazy else TABLES
    share = Share("country", "", plain, frozenset(TABLES), "").with_note(asked.append)
    masked = share.with_tables({"zone": TABLES["zone"].iloc[:1], "site": TABLES["zone"]})
    assert (len(masked.table("zone")), len(masked.table("site")), masked.has("tie")) == (1, 0, True)
    assert asked == []
    assert len(masked.select("tie", "kind", ["supply"])) == 2
    assert len(masked.select("site", "zone_id", ["a"])) == 0
    assert len(share.table("zone")) == 2
    assert asked == [("rows", "tie", "kind", "supply"), ("table", "zone")]
