"""Key figures: which figure comes first, and what stands beside it."""

from word_pages import open_small, read
from zonebook.metrics.figures import Figure
from zonebook.metrics.interval import interval_of
from zonebook.metrics.result import Evidence
from zonebook.page import tables
from zonebook.page.tables.headline import find_growth, say_growth, select_headline


def make_figure(year: int, period: str = "FY", value: float = 1.0, **more: object) -> Figure:
    fields = {
        "indicator": "export_rub",
        "year": year,
        "period": period,
        "cumulative": False,
        "interval": interval_of(value),
        "unit": "RUB",
        "qualifier": "exact",
        "source_ids": ("example-press",),
        "disagree": False,
        "evidence": Evidence.REPORTED,
        "vintage": "",
    }
    return Figure(**(fields | more))  # type: ignore[arg-type]


def test_a_full_year_comes_before_a_part_of_the_next_one() -> None:
    full, part = make_figure(2024), make_figure(2025, "H1")
    headline = select_headline([full, part], "export_rub")
    assert headline is not None
    assert (headline.main, headline.other) == (full, part)


def test_a_part_of_a_year_comes_before_a_full_one_long_ago() -> None:
    full, part = make_figure(2022), make_figure(2025, "H1")
    total = make_figure(2023, "point", cumulative=True)
    headline = select_headline([full, part, total], "export_rub")
    assert headline is not None
    assert (headline.main, headline.other) == (part, full)


def test_an_indicator_without_figures_has_no_headline() -> None:
    assert select_headline([make_figure(2024)], "revenue_rub") is None


def test_growth_belongs_to_its_period_and_is_called_reported() -> None:
    exports = make_figure(2024)
    growth = make_figure(2024, indicator="export_growth_pct", unit="share", interval=interval_of(0.17))
    other = make_figure(2023, indicator="export_growth_pct", unit="share", interval=interval_of(0.3))
    assert find_growth([other, growth], exports) == growth
    assert find_growth([other], exports) is None
    said = say_growth(open_small("zone", "en"), growth)
    assert said == "+17% on the year before, as reported by the source"


def test_a_multiple_is_said_as_one() -> None:
    multiple = make_figure(2025, "H1", indicator="export_growth_ratio", unit="ratio", interval=interval_of(3.3))
    said = say_growth(open_small("zone", "ru"), multiple).replace("\u00a0", " ")
    assert said == "рост в 3,3 раза к аналогичному периоду предыдущего года, по сообщению источника"


def test_tiles_keep_qualifiers_and_show_disagreement_and_the_country() -> None:
    shown = read(tables.key_figures(open_small("zone", "ru")))
    assert "свыше 1,1 млрд ₽" in shown
    assert "2024 год" in shown
    assert "источники расходятся: от 128 до 150" in shown
    assert "Все зоны примера: около 66 млрд ₽" in shown


def test_the_country_s_tiles_are_its_totals() -> None:
    assert "about 66 bn RUB" in read(tables.key_figures(open_small("overview", "en")))
