"""The readers' three questions: answered from rows that are more than reported, each number led home, no firm named."""

import re

import pytest

from figure_pages import make_page
from standing_rows import CLUSTERS, levels, register, row
from word_pages import check_html, read
from zonebook.metrics.result import Evidence
from zonebook.page.narrative import answers


def test_every_reader_is_answered_in_english() -> None:
    chapters = [{"hs2": "73", "name_ru": "Изделия из железа", "name_en": "Articles of iron"}]
    said = read(answers(make_page("en", results=register(), cluster=CLUSTERS, hs2=chapters)))
    for line in (
        "Exports in 2025: 17 bn RUB. Mean growth a year: −5%. Exports are falling: find out which markets",
        "Share of exports in revenue: 7%. At least half of the residents export nothing",
        "Largest group of markets: Eurasian Economic Union, 60% of exports. More than half depends on it",
        "Share of purchases from residents of the same zone: 15%. That is below the line of 20%.",
        "This is a difference between supported firms and others, not an effect of support.",
        "the weakest level is interregional, 40 points",
        "Target of 2030, exports: moderate progress; growth so far is 90% of what is required.",
        "Residents with a tie to another resident: 70%; the others are isolated. Fewest in the cluster “Metals”: 40%.",
        "Residents without any support: 70.",
        "by code of the HS and its chapter: 7326 Articles of iron; 8413.",
        "that are no strength yet, by code of the HS and its chapter: 0402; 1806.",
    ):
        assert line in said


def test_the_russian_reads_as_russian() -> None:
    said = read(answers(make_page("ru", results=register(), cluster=CLUSTERS)))
    assert "Экспорт за 2025 год: 17 млрд ₽. Среднегодовой темп прироста: −5 %." in said
    assert "Резиденты, связанные с другими резидентами: 70 %; остальные обособлены." in said
    assert "Меньше всего в кластере «Металлы»: 40 %." in said
    assert "самый слабый уровень — межрегиональный: 40" in said
    assert not re.search(r"[a-z]{4,}", said)


def test_numbers_lead_to_their_rows() -> None:
    block = answers(make_page("en", results=register(), cluster=CLUSTERS))
    assert block is not None
    hrefs = {attributes.get("href") for tag, attributes in check_html(block) if tag == "a"}
    assert {f"#metric-{name}-2025" for name in ("X01", "L08", "L20.s10", "R02.q0", "X10.7326", "L01--metals")} <= hrefs


def test_reported_figures_answer_nothing_here() -> None:
    reported = [row("X01", 1e9, unit="RUB", evidence=Evidence.REPORTED), *levels(evidence=Evidence.REPORTED)]
    assert answers(make_page("en", results=reported)) is None
    assert answers(make_page("en")) is None


def test_residents_to_bring_together_are_told_as_numbers() -> None:
    stages = {"research": 2.0, "pilot": 3.0, "serial": 4.0, "research.linked": 0.0, "pilot.linked": 1.0}
    rows = [row(f"L10.machines.{name}", value, unit="count") for name, value in stages.items()]
    said = read(answers(make_page("en", results=[row("L10", 1.0), *rows])))
    assert "machines: research and development (2) and pilot production (3)." in said
    assert "serial" not in said


def test_the_country_is_told_which_flows_fall_short() -> None:
    amounts = {"R06": 0.4, "R06.observed": 4e9, "R06.expected": 10e9}
    pair = {"scope_type": "pair", "scope_id": "RU-MOW:RU-TA"}
    rows = [row(name, value, unit="ratio", **pair) for name, value in amounts.items()]
    said = read(answers(make_page("en", scope="country", results=rows)))
    assert "in brackets their part of it: Moscow → Tatarstan (40%)." in said
    assert "Flows of the zone's region that fall short most" in read(answers(make_page("en", results=rows)))
    assert answers(make_page("en", results=rows[:1])) is None


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_single_value_makes_a_single_line(lang: str) -> None:
    block = answers(make_page(lang, results=register(only={"R05.median"})))
    assert block is not None
    assert str(block.html).count("<li>") == 1
    assert str(block.html).count("zb-answer-title") == 1
