"""The site's fonts: the shipped family and a brand's own, cut down to the letters of Russian and English pages."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from pathlib import Path

from zonebook.book.folder import write_if_changed
from zonebook.tables.digest import read_version
from zonebook.typeface import Family, TypeFace, get_shipped

# Latin with its accents, Cyrillic, punctuation, superscripts, currency, letterlike signs, arrows, mathematical signs.
RANGES = (
    (0x0020, 0x017F),
    (0x0400, 0x045F),
    (0x0490, 0x0491),
    (0x2010, 0x2044),
    (0x2070, 0x208E),
    (0x20AC, 0x20BD),
    (0x2116, 0x2122),
    (0x2190, 0x2199),
    (0x2202, 0x2265),
)


def make_fonts(family: Family, cache: Path) -> dict[str, bytes]:
    """Return the font files by name, made once and kept in a folder.

    Parameters
    ----------
    family
        The family the site is set in; the shipped one, which lends what it lacks, comes with it.
    cache
        Folder in which the cut fonts are kept from one build to the next.
    """
    fonts = {}
    for one in list_families(family):
        for face in one.faces:
            path = cache / _key(face) / f"{face.path.stem}.woff"
            if not path.is_file():
                write_if_changed(path, _cut_font(face))
            fonts[_name_file(face)] = path.read_bytes()
    return fonts


def list_families(family: Family) -> tuple[Family, ...]:
    """Return a family and, where that is another, the shipped one."""
    return tuple({one.name: one for one in (get_shipped(), family)}.values())


def write_font_rules(family: Family) -> str:
    """Return the CSS that declares the fonts, beside a folder ``fonts``, and says which is used where."""
    stack = ",".join(f'"{name}"' for name in family.stack)
    rules = [_declare(face, one.name) for one in list_families(family) for face in one.faces]
    in_figures = stack
    if family.scale < 1:
        smaller = f"{family.name} in figures"
        rules += [_declare(face, smaller, f"size-adjust:{family.scale:.0%};") for face in family.faces]
        in_figures = f'"{smaller}",{stack}'
    return "".join(rules) + f":root{{--zb-font:{stack};--zb-figure-font:{in_figures}}}\n"


def _declare(face: TypeFace, name: str, more: str = "") -> str:
    style, weight = "italic" if face.is_italic else "normal", face.weight
    return (
        f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{style};font-display:swap;{more}'
        f'src:url("fonts/{_name_file(face)}") format("woff")}}\n'
    )


def _name_file(face: TypeFace) -> str:
    """Return the name of a face on the site: no word of the project's own files is read as an address or as CSS."""
    return f"{re.sub('[^A-Za-z0-9-]+', '-', face.path.stem)}-{face.digest[:6]}.woff"


def _key(face: TypeFace) -> str:
    """Return what a cut font depends on: the library, the font, the ranges."""
    return hashlib.sha256(repr((read_version("fonttools"), face.digest, RANGES)).encode()).hexdigest()[:16]


def _cut_font(face: TypeFace) -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and needed only once

    # Of tables that it cannot cut and leaves out, which no browser needs, it would warn on the terminal.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = subset.Options(
        flavor="woff", layout_features=["kern", "liga", "tnum", "lnum", "mark", "mkmk", "locl"], recalc_timestamp=False
    )
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names and licence stay in the file
    font = subset.load_font(io.BytesIO(face.path.read_bytes()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    cut = io.BytesIO()
    subset.save_font(font, cut, options)
    return cut.getvalue()
