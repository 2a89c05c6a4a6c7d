"""The font: every letter the pages use, small, the same bytes each time."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from zonebook.book.fonts import make_fonts, write_font_rules
from zonebook.typeface import get_shipped


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def fonts(cache: Path) -> dict[str, bytes]:
    return make_fonts(get_shipped(), cache)


def test_every_face_has_the_letters_and_signs_of_both_languages(fonts: dict[str, bytes]) -> None:
    wanted = "AzÀéЁяё«»„“—–…№₽€$%‰±−×≈≤≥→↓·•\u00a0²³°©0123456789"
    for name, data in fonts.items():
        font = TTFont(io.BytesIO(data))
        missing = [sign for sign in wanted if ord(sign) not in font.getBestCmap()]
        assert missing == [], name
        assert font.flavor == "woff"
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_a_face_is_small_enough_for_a_slow_line(fonts: dict[str, bytes]) -> None:
    assert {name: len(data) for name, data in fonts.items() if len(data) > 120_000} == {}


def test_fonts_are_cut_once_and_the_same_each_time(fonts: dict[str, bytes], cache: Path, tmp_path: Path) -> None:
    made = {path: path.stat().st_mtime_ns for path in cache.rglob("*.woff")}
    assert make_fonts(get_shipped(), cache) == fonts
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*.woff")} == made
    assert make_fonts(get_shipped(), tmp_path) == fonts


def test_every_face_is_declared(fonts: dict[str, bytes]) -> None:
    rules = write_font_rules(get_shipped())
    assert rules.count("@font-face") == len(fonts) == 4
    assert all(f'url("fonts/{name}")' in rules for name in fonts)
    assert rules.endswith(':root{--zb-font:"Fira Sans";--zb-figure-font:"Fira Sans"}\n')
