"""Nothing in the package assumes Russia: a report of zones of another country, in both languages."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from other_country_data import write_other_country
from zonebook.parameters import read_parameters
from zonebook.pipeline import build_report
from zonebook.request import BuildRequest

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ru", "en")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the other country's report, all pages made."""
    folder = tmp_path_factory.mktemp("other")
    parameters = replace(read_parameters(ROOT / "parameters.yml"), languages=LANGUAGES, year=2024, pdf=False)
    data = write_other_country(folder / "data")
    report = build_report(BuildRequest(data, folder / "out", ROOT, parameters, workers=2))
    assert report.failures == ()
    return folder / "out" / "html"


def read_page(path: Path) -> str:
    """Return what a page says, without its drawings and its navigation."""
    text = path.read_text(encoding="utf-8")
    article = text[text.index("<article") : text.index("</article>")]
    article = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", article, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", article)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_zone_and_region_has_its_page(site: Path, lang: str) -> None:
    for page in ("zones/altyn-east", "zones/dala-city", "regions/KZ-33", "regions/KZ-71", "corridors", "comparison"):
        assert (site / lang / f"{page}.html").is_file(), page


@pytest.mark.parametrize(("lang", "region"), [("ru", "Zhetisū oblysy"), ("en", "Zhetisū oblysy")])
def test_regions_have_names_though_the_tables_have_none(site: Path, lang: str, region: str) -> None:
    assert read_page(site / lang / "regions" / "KZ-33.html").strip().startswith(region)
    assert region in read_page(site / lang / "zones" / "altyn-east.html")
    assert "Astana" in (site / lang / "_static" / "zonebook-navigation.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "amount"), [("ru", "9,5 млрд KZT"), ("en", "9.5 bn KZT")])
def test_amounts_keep_their_currency(site: Path, lang: str, amount: str) -> None:
    assert amount in read_page(site / lang / "zones" / "dala-city.html").replace("\xa0", " ")


@pytest.mark.parametrize(("lang", "word"), [("ru", "Росси"), ("en", "Russia")])
def test_no_page_takes_the_country_for_russia(site: Path, lang: str, word: str) -> None:
    for page in (
        *(site / lang).glob("zones/*.html"),
        *(site / lang).glob("regions/*.html"),
        site / lang / "index.html",
    ):
        assert word not in read_page(page), page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_is_that_of_the_country(site: Path, lang: str) -> None:
    page = (site / lang / "zones" / "altyn-east.html").read_text(encoding="utf-8")
    assert "Zhetisū" in page
    assert "Татарстан" not in page
    assert "Tatarstan" not in page
