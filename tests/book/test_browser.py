"""The site as a reader meets it in a browser: sidebar, search, phone, dark colours, no scripts, screen reader."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from chromium import NEEDS_CHROMIUM, open_browser
from small_report import SmallReport

PAGES = (
    "index",
    "zones/alabuga",
    "zones/innopolis",
    "districts/volga",
    "methods/X01",
    "data-catalogue",
    "sources",
    "search",
    "comparison",
)

pytestmark = NEEDS_CHROMIUM
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def open_page(browser: Browser, built: SmallReport) -> Iterator[Open]:
    contexts = []

    def open_one(name: str, lang: str = "ru", *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.problems = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.problems.append(request.url) if _is_remote(request.url) else None)
        page.goto((built.out / "html" / lang / f"{name}.html").as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()


def _is_remote(url: str) -> bool:
    return url.startswith(("http:", "https:", "ws:"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_a_folder_without_an_error_and_without_the_network(open_page: Open, name: str) -> None:
    page = open_page(name)
    page.wait_for_timeout(200)
    assert page.problems == []


def test_the_sidebar_opens_the_group_of_the_page_and_marks_the_page(open_page: Open) -> None:
    page = open_page("zones/alabuga")
    current = page.locator('.zb-districts [aria-current="page"]')
    assert current.inner_text() == "ОЭЗ «Алабуга»"
    assert current.is_visible()
    assert page.locator(".zb-districts details[open]").count() == 1
    assert page.locator(".zb-districts details").count() == 2


def test_a_group_lists_its_zones_when_it_is_opened_by_keyboard_and_leads_to_them(open_page: Open) -> None:
    page = open_page("index")
    assert page.locator(".zb-districts details[open]").count() == 0
    page.locator(".zb-districts summary").nth(1).focus()
    page.keyboard.press("Enter")
    page.locator(".zb-districts a", has_text="Иннополис").click()
    assert page.url.endswith("/ru/zones/innopolis.html")


def test_the_filter_finds_as_one_types_and_says_how_many(open_page: Open) -> None:
    page = open_page("zones/alabuga")
    field = page.locator(".zb-filter")
    field.press_sequentially("иннО")
    assert page.locator(".zb-districts a:visible").all_inner_texts() == ["ОЭЗ «Иннополис»"]
    assert page.locator(".zb-found").inner_text() == "Найдено: 1"
    field.fill("москов обл")
    assert page.locator(".zb-districts a:visible").all_inner_texts() == ["Московская область"]
    field.fill("xyz")
    assert page.locator(".zb-found").inner_text() == "Ничего не найдено"
    field.press("Escape")
    assert page.locator(".zb-districts details").count() == 2
    assert page.locator('.zb-districts [aria-current="page"]').is_visible()


def test_without_scripts_the_sidebar_leads_to_the_pages_of_the_districts(open_page: Open) -> None:
    page = open_page("zones/alabuga", java_script_enabled=False)
    assert not page.locator(".zb-filter").is_visible()
    page.locator(".zb-districts a", has_text="Приволжский").click()
    assert page.url.endswith("/ru/districts/volga.html")
    page.locator("article a", has_text="Иннополис").click()
    assert page.url.endswith("/ru/zones/innopolis.html")


def test_the_language_switch_leads_to_the_same_page(open_page: Open) -> None:
    page = open_page("zones/alabuga")
    page.locator(".zb-languages a:visible", has_text="English").first.click()
    assert page.url.endswith("/en/zones/alabuga.html")


def test_search_finds_another_form_of_a_word(open_page: Open) -> None:
    page = open_page("index")
    page.locator(".zb-search input").fill("экспортирует")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert "ОЭЗ «Алабуга»" in page.locator("#search-results li").all_inner_texts()
    assert page.problems == []


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(open_page: Open, name: str, width: int) -> None:
    page = open_page(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_contents_open_and_close(open_page: Open) -> None:
    page = open_page("zones/alabuga", width=390)
    assert not page.locator(".zb-nav").is_visible()
    page.locator("button.primary-toggle").click()
    assert page.locator(".zb-nav").is_visible()
    page.keyboard.press("Escape")
    page.locator(".zb-nav").wait_for(state="hidden")


def test_the_colours_follow_the_system_and_the_switch(open_page: Open) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    assert open_page("index").evaluate(paper) == "rgb(255, 255, 255)"
    page = open_page("index", color_scheme="dark")
    assert page.evaluate(paper) == "rgb(20, 24, 29)"
    page.locator("button.theme-switch-button").first.click()
    assert page.evaluate("document.documentElement.dataset.mode") != "auto"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_keep_the_rules_of_accessibility(open_page: Open, name: str, scheme: str) -> None:
    page = open_page(name, color_scheme=scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
