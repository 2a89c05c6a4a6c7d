"""The first sentences and the reservations of a page with a register: rows, not what became public."""

import pytest

from local_pages import make_row, open_register
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
