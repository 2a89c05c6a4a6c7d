"""What the page of Technopolis Moscow has to show, from the public data set, in both languages."""

import pytest

from word_pages import open_public, read
from zonebook.page import narrative, tables
from zonebook.page.block import Block
from zonebook.page.wording import find_label


def _base(code: str) -> str:
    return code.partition(":")[0]


def sources_of(block: Block | None, words: str) -> bool:
    """Return whether the words are followed by the mark of a source."""
    assert block is not None
    rest = str(block.html).replace("\u00a0", " ").split(words, 1)[1]
    return 'href="#source-' in rest[:300]


@pytest.mark.parametrize(
    ("lang", "enterprises", "exports", "growth"),
    [
        ("ru", "свыше 230", "свыше 1,1 млрд ₽", "+17 % к предыдущему году, по сообщению источника"),
        ("en", "over 230", "over 1.1 bn RUB", "+17% on the year before, as reported by the source"),
    ],
)
def test_key_figures(lang: str, enterprises: str, exports: str, growth: str) -> None:
    block = tables.key_figures(open_public("zone", lang))
    for words in (enterprises, exports, growth):
        assert words in read(block)
        assert sources_of(block, words)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ru", "Интерактивные доски → Казахстан, Сербия, Таджикистан (2025)"),
        ("en", "Interactive boards → Kazakhstan, Serbia, Tajikistan (2025)"),
        ("ru", "Бионические протезы ног → Азербайджан, Беларусь, Казахстан, Узбекистан (2025)"),
        ("en", "Bionic leg prostheses → Azerbaijan, Belarus, Kazakhstan, Uzbekistan (2025)"),
    ],
)
def test_products_and_their_countries(lang: str, line: str) -> None:
    block = narrative.international(open_public("zone", lang))
    assert line in read(block)
    assert sources_of(block, line)


@pytest.mark.parametrize(
    ("lang", "growth"),
    [
        ("ru", "нужен прирост на 21 % в год; с 2019 года он составлял 26,5 %, а с 2020 года — 5 %."),
        ("en", "growth of 21% a year is needed; since 2019 it was 26.5%, since 2020 5%."),
    ],
)
def test_growth_since_a_far_base_does_not_hide_that_of_the_last_years(lang: str, growth: str) -> None:
    assert growth in read(narrative.lead(open_public("zone", lang)))


@pytest.mark.parametrize(("lang", "sites"), [("ru", "Алабушево; Печатники"), ("en", "Alabushevo; Pechatniki")])
def test_the_pharmaceutical_cluster_on_its_two_sites(lang: str, sites: str) -> None:
    assert sites in read(tables.clusters(open_public("zone", lang)))


@pytest.mark.parametrize(
    ("lang", "targets"),
    [
        ("ru", ("около 600", "1,2 трлн ₽", "90 тыс.", "600 га", "к 2030 году")),
        ("en", ("about 600", "1.2 tn RUB", "90 thousand", "600 ha", "by 2030")),
    ],
)
def test_targets_to_their_year(lang: str, targets: tuple[str, ...]) -> None:
    block = tables.targets(open_public("zone", lang))
    for words in targets:
        assert words in read(block)
    assert sources_of(block, targets[0])


def test_every_figure_of_the_public_data_set_is_on_its_zone_s_page() -> None:
    here = open_public("zone", "ru", year=2026)
    behind = tables.figures_by_year(here)
    rows = here.table("zone_year")
    assert behind is not None
    assert len(behind.rows) == int((rows["zone_id"] == "technopolis-moscow").sum())


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_indicator_has_a_name(lang: str) -> None:
    here = open_public("overview", lang)
    codes = {str(code) for name in ("zone_year", "target") for code in here.table(name)["indicator"]}
    unnamed = [code for code in codes if "_" in here.indicator(code) or find_label("indicator", _base(code)) is None]
    assert unnamed == []
    assert [code for code in codes if ":" in code and code.partition(":")[2] in here.indicator(code)] == []
