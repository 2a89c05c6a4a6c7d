from __future__ import annotations

from zonebook.page.ids import split_ids


def test_ids_are_split_once_each() -> None:
    assert split_ids("a; b;a") == ("a", "b")
    assert split_ids(["a;b", None, "c"]) == ("a", "b", "c")
