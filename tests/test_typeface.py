"""The family of letters: found in the project, refused with its reason, set smaller in figures where it is wider."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from own_fonts import NAME, drop, forbid, write_family
from paper.accessibility import check_accessibility
from paper.printed import print_page
from word_pages import open_public
from zonebook.book.fonts import make_fonts, write_font_rules
from zonebook.errors import ParameterError
from zonebook.paper.brand import describe_brand
from zonebook.parameters import Parameters, override
from zonebook.typeface import SHIPPED, SHIPPED_FOLDER, find_family, get_shipped, set_drawing

SVG = '<svg font-family="Fira Sans"><text style="font-size:10px">x</text></svg>'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    write_family(project / "fonts", wider=1.25)
    return project


def test_without_one_the_shipped_family_is_taken(tmp_path: Path) -> None:
    family = find_family("", tmp_path)
    assert family == get_shipped()
    assert family.is_shipped
    assert set_drawing(SVG, family) == SVG


def test_the_shipped_files_are_what_is_known_of_them(tmp_path: Path) -> None:
    for face in get_shipped().faces:
        with TTFont(face.path) as font:
            about = font["OS/2"]
            assert (about.usWeightClass, bool(about.fsSelection & 1)) == (face.weight, face.is_italic)
        shutil.copy(face.path, tmp_path)
    copied = find_family(".", tmp_path)
    told = {(face.path.name, face.weight, face.is_italic, face.digest) for face in copied.faces}
    assert copied.name == SHIPPED
    assert told == {(face.path.name, face.weight, face.is_italic, face.digest) for face in get_shipped().faces}


def test_a_folder_gives_a_family(project: Path) -> None:
    family = find_family("fonts", project)
    assert (family.name, family.stack) == (NAME, (NAME, SHIPPED))
    assert [face.weight for face in family.faces] == [400, 600]


def test_a_wider_family_is_set_smaller_in_figures_alone(project: Path, tmp_path: Path) -> None:
    family = find_family("fonts", project)
    assert 0.78 <= family.scale <= 0.8
    assert f'font-family="{NAME}, {SHIPPED}"' in set_drawing(SVG, family)
    assert f"font-size:{10 * family.scale:.2f}px" in set_drawing(SVG, family)
    of_page = SVG.replace('font-family="Fira Sans"', "style=\"font-family:'Fira Sans',sans-serif\"")
    assert f"font-family:'{NAME}','{SHIPPED}',sans-serif" in set_drawing(of_page, family)
    rules = write_font_rules(family)
    assert f'--zb-font:"{NAME}","{SHIPPED}"' in rules
    assert f'--zb-figure-font:"{NAME} in figures"' in rules
    assert rules.count(f"size-adjust:{family.scale:.0%}") == 2
    write_family(tmp_path / "fonts")
    as_wide = find_family("fonts", tmp_path)
    assert as_wide.scale == 1
    assert "size-adjust" not in write_font_rules(as_wide)


def test_the_site_brings_its_files(project: Path, tmp_path: Path) -> None:
    family = find_family("fonts", project)
    fonts, rules = make_fonts(family, tmp_path), write_font_rules(family)
    names = set()
    for name, data in fonts.items():
        assert f'url("fonts/{name}")' in rules
        names.add(TTFont(io.BytesIO(data))["name"].getDebugName(1).removesuffix(" Medium").removesuffix(" SemiBold"))
    assert names == {NAME, SHIPPED}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_handouts_are_set_in_it(lang: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paper.printed.ROOT", project)
    printed = print_page(open_public("zone", lang), font="fonts")
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in printed.reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    name = NAME.replace(" ", "")
    assert {f"{name}-Regular", f"{name}-SemiBold"} <= fonts
    assert len(printed.reader.pages) == 2
    assert check_accessibility(printed.content) == []


def test_keys_follow_its_bytes(tmp_path: Path) -> None:
    parameters = override(Parameters(), {"font": "fonts"})
    write_family(tmp_path / "fonts")
    before = describe_brand(parameters, tmp_path, "en")
    assert before != describe_brand(Parameters(), tmp_path, "en")
    write_family(tmp_path / "fonts", wider=1.1)
    assert describe_brand(parameters, tmp_path, "en") != before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop(*"Жж"), "lacks 2 of the letters and signs that pages need: Ж ж"),
        (drop("₽"), "₽"),
        (drop("«", "№"), "« №"),
        (forbid(2), r"forbids embedding, as the file says \(fsType 2\)"),
        (forbid(0x100), "forbids cutting down"),
    ],
)
def test_one_that_cannot_serve_is_refused(change: object, said: str, tmp_path: Path) -> None:
    write_family(tmp_path / "fonts", change=change)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=said):
        find_family("fonts", tmp_path)


def test_what_is_no_family_is_refused(tmp_path: Path) -> None:
    for name in ("empty", "broken", "light", "double"):
        (tmp_path / name).mkdir()
    shipped = (SHIPPED_FOLDER / "FiraSans-Regular.ttf").read_bytes()
    (tmp_path / "broken" / "no.ttf").write_bytes(b"no font")
    (tmp_path / "empty" / "page.woff2").write_bytes(shipped)
    for file in ("light/light.ttf", "double/a.ttf", "double/b.ttf"):
        (tmp_path / file).write_bytes(shipped)
    write_family(tmp_path / "two", name="Another")
    write_family(tmp_path / "two")
    for name, said in {
        "gone": "must name a folder .*, got 'gone'.*looked for in",
        "empty": "no font file in 'empty'",
        "broken": "'no.ttf' cannot be read",
        "two": "files of one family, got Another .*, Zonal Grotesk",
        "light": r"needs an upright regular and a semibold or bold face; it has: light.ttf \(400\)",
        "double": "'a.ttf' and 'b.ttf' are of the same weight and slope",
    }.items():
        with pytest.raises(ParameterError, match=said):
            find_family(name, tmp_path)
