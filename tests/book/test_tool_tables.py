"""Tables that a reader filters and sorts: by mouse and keyboard, said to a screen reader, whole without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from chromium import NEEDS_CHROMIUM, open_browser
from figure_pages import make_page
from word_pages import PROJECT
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, set_table, set_value

SCRIPT = (PROJECT / "src/zonebook/book/assets/tables.js").read_text(encoding="utf-8")
ROWS = (("Ёлкино", 2.0, "2"), ("Берёзово", 10.0, "10"), ("Арбузово", None, "…"), ("Вишнёвое", 3.5, "3,5"))

pytestmark = NEEDS_CHROMIUM


def write_table(tool: str) -> str:
    """Return a table of four zones as HTML."""
    rows = tuple((name, printed if value is None else set_value(value, printed)) for name, value, printed in ROWS)
    headings = (Heading("Зона"), Heading("Связи", numeric=True))
    layout = Layout("example", "Пример", headings, (Group("", rows),), Behind((), ()), tool=tool)
    block = set_table(make_page("ru"), layout)
    assert block is not None
    return str(block.html)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


def open_table(browser: Browser, tool: str, *, script: bool = True) -> Page:
    """Open a page with the table, with or without the script."""
    page = browser.new_page()
    page.set_content(write_table(tool) + (f"<script>{SCRIPT}</script>" if script else ""))
    return page


def names_of(page: Page) -> list[str]:
    """Return the names of the rows a reader sees, in their order."""
    return page.locator("tbody tr:visible th").all_inner_texts()


def test_numbers_are_sorted_as_numbers_and_a_missing_one_stays_last(browser: Browser) -> None:
    page = open_table(browser, "sort")
    page.get_by_role("button", name="Связи").click()
    assert names_of(page) == ["Берёзово", "Вишнёвое", "Ёлкино", "Арбузово"]
    assert page.locator("th", has_text="Связи").get_attribute("aria-sort") == "descending"
    assert "Связи" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Связи").press("Enter")
    assert names_of(page) == ["Ёлкино", "Вишнёвое", "Берёзово", "Арбузово"]


def test_rows_are_filtered_as_one_types_and_the_letter_yo_is_no_hindrance(browser: Browser) -> None:
    page = open_table(browser, "sort")
    page.get_by_role("searchbox").fill("елки")
    assert names_of(page) == ["Ёлкино"]
    assert page.get_by_role("status").inner_text() == "Показано строк: 1 из 4"
    page.get_by_role("searchbox").press("Escape")
    assert len(names_of(page)) == len(ROWS)


def test_a_table_that_must_not_rank_is_filtered_only(browser: Browser) -> None:
    page = open_table(browser, "filter")
    assert page.get_by_role("searchbox").count() == 1
    assert page.get_by_role("button").count() == 0


def test_without_scripts_the_table_is_whole(browser: Browser) -> None:
    page = open_table(browser, "sort", script=False)
    assert names_of(page) == [name for name, _, _ in ROWS]
    assert page.get_by_role("searchbox").count() == 0
