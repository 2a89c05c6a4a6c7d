"""What a reader reads: qualifiers kept, signs apart, spaces that do not break, both languages."""

import math
import re
from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import ParameterError
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.catalogue import list_languages
from zonebook.page.locale import Locale, get_locale, qualifier_of, translate_markdown

RU, EN = get_locale("ru"), get_locale("en")
NBSP = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def make_result(value: float | None, unit: str = "RUB", **more: Any) -> MetricResult:
    fields: dict[str, Any] = {
        "metric_id": "X01",
        "scope_type": "zone",
        "scope_id": "example",
        "year": 2024,
        "period": "FY",
        "value": value,
        "lower": value,
        "upper": value,
        "unit": unit,
        "status": Status.OK,
        "reason": "",
        "n_units": None,
        "evidence": Evidence.REPORTED,
        "source_ids": "",
        "vintage": "",
    }
    return MetricResult(**(fields | more))


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "russian", "english"),
    [
        (1_100_000_000, "RUB", "over", "свыше 1,1 млрд ₽", "over 1.1 bn RUB"),
        (140_000, "count", "about", "около 140 тыс.", "about 140 thousand"),
        (127_504_410_340, "RUB", "exact", "127,5 млрд ₽", "127.5 bn RUB"),
        (230, "count", "over", "свыше 230", "over 230"),
        (2_095, "count", "exact", "2 095", "2,095"),
        (163_930_000, "RUB", "exact", "163,93 млн ₽", "163.93 mn RUB"),
        (1_200_000_000_000, "RUB", "exact", "1,2 трлн ₽", "1.2 tn RUB"),
        (0, "RUB", "exact", "0 ₽", "0 RUB"),
        (-0.0, "count", "exact", "0", "0"),
        (-5, "count", "exact", "−5", "−5"),
        (17, "percent", "exact", "17 %", "17%"),
        (0.489, "share", "exact", "48,9 %", "48.9%"),
        (1_042.72, "ha", "exact", "1 042,72 га", "1,042.72 ha"),
        (2_000_000, "m2", "over", "свыше 2 млн м²", "over 2 mn m²"),
        (None, "RUB", "exact", "…", "…"),
        (math.nan, "RUB", "exact", "…", "…"),
    ],
)
def test_a_figure_is_printed_as_its_source_meant_it(
    value: float | None, unit: str, qualifier: str, russian: str, english: str
) -> None:
    assert plain(RU.figure(value, unit, qualifier)) == russian
    assert plain(EN.figure(value, unit, qualifier)) == english


@pytest.mark.parametrize("locale", [RU, EN], ids=lambda locale: locale.lang)
@given(
    value=st.floats(min_value=-1e14, max_value=1e14, allow_nan=False),
    unit=st.sampled_from(["RUB", "count", "ha", "m2", "km", "percent", "share", "ratio", "USD"]),
    qualifier=st.sampled_from(["exact", "about", "over"]),
)
def test_a_number_never_breaks_from_its_unit(locale: Locale, value: float, unit: str, qualifier: str) -> None:
    printed = locale.figure(value, unit, qualifier)
    assert printed
    assert not re.search(r"[ \t\n\u202f]", re.sub("^(over|about|свыше|около) ", "", printed))
    assert "-" not in printed
    assert "E" not in printed.replace("EUR", "")


@given(
    lower=st.floats(min_value=0, max_value=1e13, allow_nan=False),
    width=st.floats(min_value=0, max_value=1e13, allow_nan=False),
    unit=st.sampled_from(["RUB", "count", "share", "km"]),
)
def test_bounds_have_a_form(lower: float, width: float, unit: str) -> None:
    printed = RU.bounds(lower, lower + width, unit)
    assert " " not in printed
    assert printed.startswith("от") or width == 0 or lower + width - lower <= max(lower, 1) * 1e-8


def test_bounds_share_unit_and_scale() -> None:
    assert plain(RU.bounds(1.1e9, 1.2e9, "RUB")) == "от 1,1 до 1,2 млрд ₽"
    assert plain(EN.bounds(0.1, 0.2, "share")) == "from 10% to 20%"
    assert plain(RU.bounds(0.1, 0.2, "share")) == "от 10 до 20 %"
    assert plain(RU.bounds(9, None, "count")) == "не менее 9"
    assert plain(RU.bounds(1_000_000, 1_000_400, "count")) == "от 1 000 000 до 1 000 400"


def test_missing_suppressed_and_zero_differ() -> None:
    suppressed = make_result(None, status=Status.SUPPRESSED, lower=None, upper=None)
    missing = make_result(None, status=Status.MISSING_INPUT, lower=None, upper=None)
    undefined = make_result(None, status=Status.UNDEFINED, lower=None, upper=None)
    zero = make_result(0.0, unit="count")
    for locale in (RU, EN):
        assert len({locale.result(one) for one in (suppressed, missing, undefined, zero)}) == 4
    assert [RU.result(one) for one in (suppressed, missing, zero)] == ["к", "…", "0"]
    assert EN.result(suppressed) == "c"
    assert RU.result(None) == "…"


def test_a_rounded_zero_is_not_a_zero() -> None:
    assert plain(RU.share(0.0004)) == "<0,1 %"
    assert plain(RU.share(0.0)) == "0 %"
    assert plain(RU.share(-0.0)) == "0 %"
    assert plain(EN.share(-0.0004)) == ">−0.1%"


def test_results_keep_their_qualifier_or_show_their_interval() -> None:
    over = make_result(1.1e9, upper=1.2e9)
    wide = make_result(1.1e9, lower=0.9e9, upper=1.3e9)
    growth = make_result(0.1702, unit="share", lower=0.07, upper=0.29)
    assert plain(RU.result(over)) == "свыше 1,1 млрд ₽"
    assert plain(RU.result(wide)) == "1,1 млрд ₽ (от 0,9 до 1,3 млрд ₽)"
    assert plain(EN.result(growth, signed=True)) == "+17% (from 7% to 29%)"
    assert plain(RU.result(make_result(9, unit="count", upper=None))) == "9 (не менее 9)"


def test_a_rounded_value_lies_in_its_printed_interval() -> None:
    assert plain(EN.result(make_result(0.0326, unit="share", lower=0.032, upper=0.045))) == "3.3% (from 3.2% to 4.5%)"


def test_growth_has_its_sign() -> None:
    assert plain(RU.figure(0.17, "share", signed=True)) == "+17 %"
    assert plain(RU.figure(-0.17, "share", signed=True)) == "−17 %"
    assert plain(RU.figure(0, "share", signed=True)) == "0 %"


def test_quantities_agree_with_their_number() -> None:
    said = [plain(RU.quantity(number, "years")) for number in (1, 3, 7, 21, 11)]
    assert said == ["1 год", "3 года", "7 лет", "21 год", "11 лет"]
    assert plain(RU.quantity(2_000_000, "packs")) == "2 млн упаковок"
    assert plain(RU.quantity(3.3, "times")) == "рост в 3,3 раза"
    assert plain(EN.quantity(1, "contracts")) == "1 contract"
    assert plain(RU.quantity(300, "t of paste", "т пасты")) == "300 т пасты"


def test_dates_are_written_in_the_language() -> None:
    assert plain(RU.date("2026-11-22")) == "22 ноября 2026 г."
    assert plain(EN.date("2026-11-22")) == "22 November 2026"
    assert plain(RU.date("2024-06")) == "июнь 2024 г."
    assert RU.date("2024") == "2024"
    assert RU.date(None) == "…"
    assert RU.date("spring") == "spring"


@pytest.mark.parametrize(
    ("period", "cumulative", "heading", "phrase"),
    [
        ("FY", False, "2025 год", "за 2025 год"),
        ("H1", False, "первое полугодие 2025 года", "за первое полугодие 2025 года"),
        ("9M", False, "январь — сентябрь 2025 года", "за январь — сентябрь 2025 года"),
        ("Q1", False, "I квартал 2025 года", "за I квартал 2025 года"),
        ("point", False, "по состоянию на 2025 год", "по состоянию на 2025 год"),
        ("point", True, "накопленным итогом на 2025 год", "накопленным итогом на 2025 год"),
        ("plan", False, "план, 2025 год", "по плану на 2025 год"),
    ],
)
def test_periods_are_headings_and_phrases(period: str, cumulative: bool, heading: str, phrase: str) -> None:
    assert plain(RU.period(period, 2025, cumulative=cumulative)) == heading
    assert plain(RU.during(period, 2025, cumulative=cumulative)) == phrase


def test_a_period_without_a_year_has_a_name() -> None:
    assert RU.period("H1") == "первое полугодие"
    assert EN.period("FY", None) == "full year"


def test_countries_have_names_and_namibia_is_one() -> None:
    assert RU.country("NAM") == "Намибия"
    assert EN.country("SRB") == "Serbia"
    assert RU.country("USA") == "США"
    assert RU.country("CN-HB") == "Хубэй (Китай)"
    assert RU.country("XYZ") == "XYZ"
    assert RU.country(None) == "…"


def test_labels_of_codes_and_of_unknown_codes() -> None:
    assert RU.label("tie.kind", "r_and_d") == "исследования и разработки"
    assert EN.label("tie.kind", "new_kind") == "new kind"
    assert RU.label("tie.kind", None) == "…"


def test_a_row_is_named_in_the_language_else_in_any() -> None:
    both = {"name_ru": "Зона", "name_en": "Zone"}
    assert (RU.name(both), EN.name(both)) == ("Зона", "Zone")
    assert EN.name({"name_ru": "Зона", "name_en": None}) == "Зона"
    assert RU.column({"note": "text", "note_ru": "текст"}, "note") == "текст"
    assert RU.column({"note": "text", "note_ru": ""}, "note") == "text"
    assert EN.column({"note": None}, "note") == ""


def test_reasons_are_translated_with_their_fields() -> None:
    said = RU.reason("the data set has no table employment; sources disagree")
    assert "«Занятость» (employment)" in said
    assert said.count("; ") == 1
    assert EN.reason("indicator: export_rub") == "indicator: “exports”"


def test_html_escapes_what_is_filled_in() -> None:
    assert "&lt;script&gt;" in RU.html("{indicator} {period}: {figure}.", indicator="<script>", period="", figure="")


def test_qualifiers_are_read_from_intervals() -> None:
    assert qualifier_of(1.1e9, 1.1e9, 1.1e9) == "exact"
    assert qualifier_of(1.1e9, 1.1e9, 1.2e9) == "over"
    assert qualifier_of(223, 222.5, 223.5) == "about"
    assert qualifier_of(223, 200, 230) is None


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(ParameterError, match="no catalogue for the language 'xx'"):
        get_locale("xx")
    assert set(list_languages()) >= {"ru", "en"}


def test_markdown_is_translated_block_by_block() -> None:
    assert translate_markdown("# Overview\n\n## Key figures\n", RU) == "# Обзор\n\n## Ключевые показатели\n"
    assert translate_markdown("# Overview\n", EN) == "# Overview\n"


@pytest.mark.parametrize("lang", list_languages())
@given(digits=st.integers(-(10**15), 10**15), scale=st.integers(-9, 3))
def test_digits_are_grouped_as_babel_groups_them(lang: str, digits: int, scale: int) -> None:
    locale, number = get_locale(lang), Decimal(digits).scaleb(scale)
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    printed = format_decimal(abs(number), format=pattern, locale=locale.babel, decimal_quantization=False)
    sign = "\u2212" if number < 0 else ""
    assert locale.decimal(number) == ("0" if number == 0 else f"{sign}{printed}".replace("\u202f", "\u00a0"))
