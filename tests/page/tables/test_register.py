"""Numbers of a register: ties by kind, cluster and year, residents by cluster and industry; nobody is named."""

import pytest

from local_pages import PAIR, TIES, make_resident, make_tie, open_register
from word_pages import check_html, read
from zonebook.page import tables

CHANGED = [
    *TIES,
    make_tie(20, 0, 3, kind="r_and_d", year=2024),
    make_tie(21, 0, 4, status="planned"),
    make_tie(22, 0, 5, evidence="press", source_id="press-a"),
]


def test_ties_are_counted_by_kind_cluster_and_year() -> None:
    block = tables.local_tie_counts(open_register(ties=CHANGED))
    assert block is not None
    check_html(block)
    assert block.columns == ("part", "code", "2024", "2025")
    # One firm has a tie of research, one plans a tie, and beta's only tie would follow from alpha's.
    assert block.rows == (
        ("kind", "supply", 0, 10),
        ("kind", "r_and_d", None, 0),
        ("cluster", "alpha", None, None),
        ("cluster", "beta", 0, None),
        ("status", "planned", 0, None),
    )
    assert "к" in read(tables.local_tie_counts(open_register("ru", ties=CHANGED)))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_nobody_of_a_register_is_named_and_no_tie_listed(lang: str) -> None:
    here = open_register(lang)
    blocks = [getattr(tables, name)(here) for name in tables.__all__]
    shown = "".join(f"{block.html}{block.text}{block.rows}" for block in blocks if block)
    assert "Secret" not in shown
    assert PAIR["tie_id"] not in shown
    assert tables.local_ties(here) is None
    assert tables.residents(here) is None


def test_a_tie_of_the_press_is_listed_beside_a_register() -> None:
    here = open_register(ties=CHANGED)
    block = tables.local_ties(here)
    assert block is not None
    assert [row[0] for row in block.rows] == ["t22"]


def test_residents_are_counted_by_cluster_and_industry() -> None:
    block = tables.residents_by_industry(open_register())
    assert block is not None
    assert block.rows == (("cluster", "alpha", 12), ("cluster", "beta", 8), ("industry", "26", 20))
    assert "20 residents are listed" in read(block)


def test_an_industry_of_one_firm_is_withheld_with_the_smallest_other() -> None:
    codes = [*["26.1"] * 11, *["28.2"] * 8, "29.1"]
    parties = [make_resident(index) | {"industry": code} for index, code in enumerate(codes)]
    block = tables.residents_by_industry(open_register(party=parties))
    assert block is not None
    counts = {code: number for part, code, number in block.rows if part == "industry"}
    assert counts == {"26": 11, "28": None, "29": None}
    check_html(block)


def test_without_ties_of_a_level_there_is_no_table() -> None:
    assert tables.regional_tie_counts(open_register()) is None
    assert tables.international_tie_counts(open_register()) is None


def test_a_tie_of_a_survey_is_not_told_by_name_among_the_corridors() -> None:
    regional = {"level": "regional", "evidence": "survey", "source_id": "ledger"}
    here = open_register(ties=[*TIES, make_tie(30, 0, 19, **regional)])
    assert tables.corridors(here) is None
    assert tables.partner_countries(here) is None
