"""What was meant by cells that cannot be read: shown as a suggestion, never taken for the value."""

import pytest

from zonebook.tables.schema import TABLES
from zonebook.tables.suggestion import find_currency, suggest_date, suggest_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,1 млрд", "1100000000"),
        ("свыше 1,1 млрд руб.", "1100000000"),
        ("около 230 тыс", "230000"),
        ("2.5 trn", "2500000000000"),
        ("over 3 million RUB", "3000000"),
        ("~100", "100"),
        ("12 000 чел.", "12000"),
        ("5 ₽", "5"),
        ("1,234,567.89", "1234567.89"),
        ("1,234.5", "1234.5"),
        ("12.000.000", "12000000"),
        ("12.000.000,5", "12000000.5"),
        ("12.000", "12"),
        ("12ОООО", "120000"),
        ("1o,5", "10.5"),
        ("'12000", "12000"),
        ("ООО", ""),
        ("много", ""),
        ("1-2 млрд", ""),
        ("", ""),
    ],
)
def test_figures_with_words_are_read_for_a_suggestion(written: str, number: str) -> None:
    assert suggest_number(written) == number


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("12 USD", "USD"),
        ("$12", "USD"),
        ("12 млн долл.", "USD"),
        ("5 тыс. евро", "EUR"),
        ("12 000 руб.", "RUB"),
        ("12 ₽", "RUB"),
        ("12 млн", ""),
        ("около", ""),
    ],
)
def test_a_currency_is_seen_by_its_word_or_sign(written: str, currency: str) -> None:
    assert find_currency(written) == currency


@pytest.mark.parametrize(
    ("written", "date"),
    [("21.12.2005 г.", "21.12.2005"), ("2005 год", "2005"), ("2005г.", "2005"), ("31.02.2005 г.", ""), ("2005", "")],
)
def test_a_date_is_suggested_without_the_words_around_it(written: str, date: str) -> None:
    assert suggest_date(written, TABLES["zone"].columns["established"]) == date
