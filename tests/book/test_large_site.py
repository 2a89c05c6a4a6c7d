"""A book of thousands of pages as a reader meets it: the sidebar with 1,000 zones, search from a disk and a server."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from chromium import NEEDS_CHROMIUM, open_browser
from small_report import SmallReport

DISTRICTS, ZONES = 8, 125

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def large(built: SmallReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the small report whose sidebar lists 1,000 zones."""
    folder = tmp_path_factory.mktemp("large")
    shutil.copytree(built.out / "html" / "ru", folder / "ru")
    groups = [
        {
            "target": f"districts/d{number}",
            "title": f"Округ {number}",
            "zones": [[f"zones/z{number}-{zone}", f"ОЭЗ «Ёлка {number}-{zone}»"] for zone in range(ZONES)],
            "regions": [[f"regions/r{number}", f"Область {number}"]],
        }
        for number in range(DISTRICTS)
    ]
    groups[3]["zones"][60] = ["zones/alabuga", "ОЭЗ «Алабуга»"]
    script = folder / "ru" / "_static" / "zonebook-navigation.js"
    script.write_text(f"window.zonebookNavigation={json.dumps(groups)};", encoding="utf-8")
    page = folder / "ru" / "zones" / "alabuga.html"
    shutil.copyfile(page, page.with_name("z5-77.html"))
    return page


@pytest.fixture(scope="module")
def server(built: SmallReport) -> Iterator[str]:
    """Address of the site on a server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = partial(Quiet, directory=str(built.out / "html"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_of_1000_zones_a_page_lists_those_of_its_own_group_in_view_of_the_reader(page: Page, large: Path) -> None:
    page.goto(large.as_uri())
    assert page.locator(".zb-districts details").count() == DISTRICTS
    assert page.locator(".zb-districts li a").count() == 1 + ZONES + 1
    current = page.locator('.zb-districts [aria-current="page"]')
    assert current.inner_text() == "ОЭЗ «Алабуга»"
    page.evaluate("async () => { await document.fonts.ready; }")
    assert current.evaluate("(node) => node.getBoundingClientRect().bottom <= innerHeight")


def test_what_1000_zones_have_in_common_is_found_without_all_being_written(page: Page, large: Path) -> None:
    page.goto(large.as_uri())
    field = page.locator(".zb-filter")
    field.press_sequentially("елка")
    assert page.locator(".zb-found").inner_text() == f"Найдено: {DISTRICTS * ZONES - 1}"
    assert page.locator(".zb-districts details").count() == DISTRICTS
    assert page.locator(".zb-districts li a").count() <= 200
    closed = page.locator(".zb-districts details").last
    assert not closed.locator("a").first.is_visible()
    closed.locator("summary").click()
    closed.locator("a").last.wait_for()
    assert closed.locator("a").count() == ZONES


def test_of_1000_zones_one_is_found_and_opened_by_keyboard_alone(page: Page, large: Path) -> None:
    page.goto(large.as_uri())
    page.locator(".zb-filter").focus()
    page.keyboard.type("ёлка 5-77»")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "ОЭЗ «Ёлка 5-77»"
    page.keyboard.press("Enter")
    page.wait_for_url("**/zones/z5-77.html", wait_until="commit")


def test_the_sidebar_of_1000_zones_keeps_the_rules_of_accessibility(page: Page, large: Path) -> None:
    page.goto(large.as_uri())
    for text in ("", "елка"):
        page.locator(".zb-filter").fill(text)
        found = Axe().run(page, ".zb-nav")
        assert found.violations_count == 0, found.generate_report()


def test_without_scripts_the_group_of_the_page_is_marked(browser: Browser, large: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(large.as_uri())
    assert page.locator('.zb-districts [aria-current="true"]').inner_text() == "Приволжский"
    context.close()


def test_a_district_is_the_first_entry_of_its_own_group(page: Page, built: SmallReport) -> None:
    page.goto((built.out / "html" / "ru" / "districts" / "volga.html").as_uri())
    current = page.locator('.zb-districts [aria-current="page"]')
    assert current.inner_text() == "Обзор"
    assert page.locator(".zb-districts details[open] summary").inner_text().startswith("Приволжский")


SEARCHES = [
    ("ru", "Алабуга", "ОЭЗ «Алабуга»"),
    ("ru", "Татарстана", "Татарстан"),
    ("ru", "R02", "(R02)"),
    ("ru", "экспортирует", "ОЭЗ «Алабуга»"),
    ("en", "Alabuga", "Alabuga SEZ"),
    ("en", "exporting", "Alabuga SEZ"),
    ("en", "KAZ", "Alabuga SEZ"),
    ("en", "Ministry", "Sources"),
]


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, built: SmallReport, server: str) -> str:
    """Address of the site in a folder and on a server."""
    return server if request.param == "http" else (built.out / "html").as_uri()


@pytest.mark.parametrize(("lang", "query", "title"), SEARCHES)
def test_search_finds_names_codes_and_words_of_tables(page: Page, root: str, lang: str, query: str, title: str) -> None:
    page.goto(f"{root}/{lang}/search.html?q={query}")
    page.locator("#search-results li a", has_text=title).first.wait_for()


def test_many_results_come_a_few_at_a_time_the_best_first(page: Page, server: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if request.resource_type == "fetch" else None)
    page.goto(f"{server}/en/search.html?q=sources")
    page.locator(".search-summary", has_text="found").wait_for()
    assert page.locator("#search-results li").count() == 20
    assert page.locator("#search-results li a").first.inner_text().startswith("Sources")
    assert len(fetched) == 20
    more = page.locator("button.zb-more")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#search-results li').length > 20")


def test_few_results_need_no_button(page: Page, built: SmallReport) -> None:
    page.goto((built.out / "html" / "en" / "search.html").as_uri() + "?q=Alabuga")
    page.locator(".search-summary", has_text="found").wait_for()
    assert not page.locator("button.zb-more").is_visible()
