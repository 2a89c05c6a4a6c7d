"""The data catalogue, from the schema."""

import pytest

from zonebook.book.catalogue import make_catalogue
from zonebook.page.locale import get_locale
from zonebook.tables.schema import TABLES


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_table_and_column_is_explained(lang: str) -> None:
    page = make_catalogue(TABLES.values(), {"zone": 3}, get_locale(lang))
    for table in TABLES.values():
        assert f'<span id="table-{table.name}">' in page
        for column in table.columns.values():
            assert f"<code>{column.name}</code>" in page
            assert str(get_locale(lang).text(column.heading[lang])).split(",")[0].replace("&", "&amp;") in page


def test_rows_and_downloads_are_those_of_the_data_set() -> None:
    page = make_catalogue(TABLES.values(), {"zone": 1234}, get_locale("en"))
    assert "1,234" in page
    assert 'href="data/zone.csv" download' in page
    assert "data/site.csv" not in page
    assert "not in this data set" in page


def test_codes_ranges_and_keys_are_named() -> None:
    page = make_catalogue([TABLES["zone"]], {}, get_locale("en"))
    assert "<code>industrial-production</code>" in page
    assert "from −90 to 90" in page
    assert "a key of: <code>region</code>" in page
    assert '<span class="zb-note">key</span>' in page
