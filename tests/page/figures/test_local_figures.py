"""Figures of the local level from metric rows: sound with long names, values told, signs for what is hidden."""

from collections.abc import Callable

import pytest

from figure_pages import alternative_of, assert_is_sound
from local_pages import CHAINS, INDUSTRIES, LOSS, make_row, open_register
from zonebook.metrics.result import MetricResult, Status
from zonebook.page import figures
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.chains import name_chain, read_chains
from zonebook.page.figures.robustness import read_loss
from zonebook.page.locale import get_locale

COVERAGE = [
    make_row("L01", 0.6, lower=0.6, upper=0.7),
    make_row("L01.zone", 0.55, "alpha", lower=0.55, upper=0.8),
    make_row("L01.zone", None, "beta"),
]
PURCHASES = [
    make_row("L08", 0.12),
    make_row("L08", 0.1, year=2024),
    make_row("L08", 0.22, "alpha"),
    make_row("L08", 0.04, "alpha", year=2024),
    make_row("L08", None, "beta"),
]
SPREAD = [
    make_row(f"L17.{side}{name}", value, unit="index")
    for side in ("", "customers_")
    for name, value in (("q1", 0.2), ("median", 0.4), ("q3", 0.9))
]
BROKERS = [make_row(f"L19.rank{rank}", 0.2 / rank) for rank in range(1, 11)]


CASES: list[tuple[Callable[[PageContext], Block | None], list[MetricResult], str]] = [
    (figures.coverage, COVERAGE, "Whole zone: 60% (from 60% to 70%)"),
    (figures.purchases, PURCHASES, "Whole zone: 12%, in 2024 10%"),
    (
        figures.supplier_concentration,
        SPREAD,
        "Suppliers of a firm: Whole zone: median 0.4, middle half from 0.2 to 0.9",
    ),
    (figures.brokers, BROKERS, "1: 20%; 2: 10%"),
    (figures.robustness, LOSS, "If those with most partners leave: 1 — 68%; 3 — 64%; 5 — 60%; 10 — 50%."),
    (figures.value_chains, CHAINS, "Medical devices: research and development — 2, pilot production — 4"),
    (figures.specialisation, INDUSTRIES, "quotient 28, jobs 7,000, growth +9% a year"),
]


@pytest.mark.parametrize(("draw", "rows", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_the_alternative_text_tells_the_values(
    draw: Callable[[PageContext], Block | None], rows: list[MetricResult], said: str
) -> None:
    assert said in alternative_of(draw(open_register(results=rows)))


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize(("draw", "rows", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_the_drawing_is_sound(
    draw: Callable[[PageContext], Block | None], rows: list[MetricResult], said: str, lang: str
) -> None:
    block = assert_is_sound(draw(open_register(lang, results=rows)))
    assert said
    assert "Secret" not in block.html + block.svg
    assert 'href="#metric-' in block.html


@pytest.mark.parametrize(("draw", "rows", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_without_rows_there_is_no_figure(
    draw: Callable[[PageContext], Block | None], rows: list[MetricResult], said: str
) -> None:
    assert rows
    assert said
    assert draw(open_register()) is None
    missing = [make_row(row.metric_id, None, status=Status.MISSING_INPUT) for row in rows]
    assert draw(open_register(results=missing)) is None


def test_what_is_hidden_is_hatched_and_has_its_sign() -> None:
    block = figures.purchases(open_register("ru", results=PURCHASES))
    assert block is not None
    assert ">к<" in block.svg
    assert "Бета: к" in alternative_of(block)


@pytest.mark.parametrize(
    ("lang", "chain", "name"),
    [
        ("ru", "demo-machinery", "машиностроение"),
        ("en", "machinery", "machinery"),
        ("ru", "medical-devices", "medical devices"),
    ],
)
def test_chains_are_named_where_their_id_is_known(lang: str, chain: str, name: str) -> None:
    assert name_chain(get_locale(lang), chain) == name


def test_a_stage_that_is_missing_is_no_broken_tie() -> None:
    chain = next(one for one in read_chains(open_register(results=CHAINS)) if one.name == "medical devices")
    assert chain.missing == ("serial",)
    assert chain.broken == ("research",)


def test_the_loss_is_that_of_the_last_year() -> None:
    loss = read_loss(open_register(results=[*LOSS, make_row("L20.s1", 0.1, year=2024)]))
    assert loss is not None
    assert [row.value for row in loss.steps[""].values()] == pytest.approx([0.68, 0.64, 0.6, 0.5])
