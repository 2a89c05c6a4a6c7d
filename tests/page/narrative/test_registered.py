"""The first sentences and the reservations of a page with a register: rows, not what became public."""

from dataclasses import replace

import pytest

from local_pages import make_resident, make_row, make_tie, open_register
from word_pages import read
from zonebook.page import narrative

ROWS = [make_row("L01", 0.6), make_row("R01", 12.0, unit="count")]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "By the register: residents with a partner among the residents — 60%; partner regions — 12."),
        ("ru", "По реестру: резиденты с партнёром среди других резидентов — 60 %; регионы-партнёры — 12."),
    ],
)
def test_how_far_a_register_reaches_is_told_by_its_rows(lang: str, said: str) -> None:
    block = narrative.lead(open_register(lang, results=ROWS))
    assert said in read(block)
    assert block is not None
    assert 'href="#metric-L01"' in block.html


def test_a_register_is_not_called_a_sample_of_publications() -> None:
    shown = read(narrative.how_sure(open_register()))
    assert "became public" not in shown
    assert "No local tie" not in str(narrative.local(open_register()))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "By the register, ties of the zones join 1 pair of regions. Most ties, their number in brackets:"),
        ("ru", "По реестру, связи зон соединяют 1 пару регионов."),
    ],
)
def test_corridors_of_a_register_are_no_short_list_of_publications(lang: str, said: str) -> None:
    far = {"party_id": "far", "name": "Far", "kind": "firm", "region_iso": "RU-TA", "source_id": "ledger"}
    ties = [make_tie(i, i, 0, from_party="far", level="regional") for i in range(5)]
    party = [*(make_resident(i) for i in range(20)), far]
    page = open_register(lang, scope="country", party=party, tie=ties)
    shown = read(narrative.lead(replace(page, kind="corridors")))
    assert said in shown
    assert "published about it" not in shown
    assert "публикаций" not in shown
