"""Tables read when they are asked for: each question noted down, and none that was not asked."""

import pickle
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pytest

from zonebook.tables import lazy
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


FIGURES = pd.DataFrame(
    {
        "zone_id": pd.array(["b", "a", "b", None, "a", "c"], dtype="string"),
        "indicator": pd.array(["jobs", "jobs", "taxes", "jobs", None, "jobs"], dtype="string"),
        "value": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    }
)


def refuse(name: str) -> pd.DataFrame:
    """Stand for the reading of a whole table that nobody should need."""
    raise AssertionError(name)


def encode(_name: str) -> pa.Table:
    table = pa.Table.from_pandas(FIGURES, preserve_index=False)
    texts = {name: table[name].cast(pa.string()).dictionary_encode() for name in ("zone_id", "indicator")}
    return pa.table({**texts, "value": table["value"]}).combine_chunks()


@pytest.fixture(params=["encoded", "frames", "plain"])
def share(request: pytest.FixtureRequest, asked: list[Question]) -> Share:
    read: Callable[[str], pd.DataFrame] = refuse if request.param == "encoded" else {"zone_year": FIGURES}.__getitem__
    found = LazyTables(("zone_year",), read, encoded=encode if request.param == "encoded" else None)
    tables = {"zone_year": FIGURES} if request.param == "plain" else found
    return Share("country", "", tables, frozenset(["zone_year"]), "").with_note(asked.append)


def test_a_table_is_gone_through_with_equal_values_together(
    share: Share, asked: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lazy, "_PART", 2)
    parts = [part["value"].tolist() for part in share.parts("zone_year", "zone_id")]
    assert sorted(value for part in parts for value in part) == FIGURES["value"].tolist()
    assert max(map(len, parts)) <= 3
    for together in ([1.0, 3.0], [2.0, 5.0]):
        assert [[value for value in part if value in together] for part in parts].count(together) == 1
    assert asked == [("table", "zone_year")]


def test_a_table_is_gone_through_in_its_order(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy, "_PART", 4)
    assert [part["value"].tolist() for part in share.parts("zone_year")] == [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0]]


def test_rows_of_some_values_are_questions_of_their_own(share: Share, asked: list[Question]) -> None:
    parts = list(share.parts("zone_year", "zone_id", ("indicator", ["taxes", "jobs"])))
    assert sorted(value for part in parts for value in part["value"]) == [1.0, 2.0, 3.0, 4.0, 6.0]
    assert share.select("zone_year", "indicator", ["taxes"])["value"].tolist() == [3.0]
    of = ("rows", "zone_year", "indicator")
    assert asked == [(*of, "taxes"), (*of, "jobs"), (*of, "taxes")]


def test_a_table_without_rows_is_one_part_in_its_order_and_none_by_value(share: Share) -> None:
    assert [len(part) for part in share.parts("target")] == [0]
    assert list(share.parts("target", "zone_id")) == []
