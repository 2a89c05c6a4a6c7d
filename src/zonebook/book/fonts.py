"""The site's font: Fira Sans, cut down to the letters that Russian and English pages use."""

from __future__ import annotations

import hashlib
import io
from importlib import metadata, resources
from pathlib import Path

from zonebook.book.folder import write_if_changed

PACKAGE = "fontpkg_fira_sans"
DISTRIBUTION = "fontpkg-fira-sans"
# File of the wheel, weight and style in CSS.
FACES = (
    ("FiraSans-Regular", 400, "normal"),
    ("FiraSans-Medium", 500, "normal"),
    ("FiraSans-SemiBold", 600, "normal"),
    ("FiraSans-Italic", 400, "italic"),
)
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


def make_fonts(cache: Path) -> dict[str, bytes]:
    """Return the font files by name, made once and kept in a folder.

    Parameters
    ----------
    cache
        Folder in which the cut fonts are kept from one build to the next.
    """
    folder = cache / _key()
    fonts = {}
    for name, _, _ in FACES:
        path = folder / f"{name}.woff"
        if not path.is_file():
            write_if_changed(path, _cut_font(name))
        fonts[path.name] = path.read_bytes()
    return fonts


def write_font_rules() -> str:
    """Return the CSS that declares the fonts, beside a folder ``fonts``."""
    return "".join(
        f'@font-face{{font-family:"Fira Sans";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url("fonts/{name}.woff") format("woff")}}\n'
        for name, weight, style in FACES
    )


def _key() -> str:
    """Return what the cut fonts depend on: versions, faces and ranges."""
    versions = (metadata.version("fonttools"), metadata.version(DISTRIBUTION))
    return hashlib.sha256(repr((versions, FACES, RANGES)).encode()).hexdigest()[:16]


def _cut_font(name: str) -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and needed only once

    options = subset.Options(
        flavor="woff", layout_features=["kern", "liga", "tnum", "lnum", "mark", "mkmk", "locl"], recalc_timestamp=False
    )
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names and licence stay in the file
    source = resources.files(PACKAGE).joinpath("files", f"{name}.ttf").read_bytes()
    font = subset.load_font(io.BytesIO(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    cut = io.BytesIO()
    subset.save_font(font, cut, options)
    return cut.getvalue()
