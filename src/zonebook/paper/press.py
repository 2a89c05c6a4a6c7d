"""The press: a Typst template and the data it sets, in; a PDF, out. The same input gives the same bytes.

Every word of the data reaches Typst as a value of a JSON text and is never read as markup. Fonts are the shipped family
and the brand's own, whatever the machine has; nothing is fetched from a network.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from zonebook.errors import PaperError
from zonebook.parameters import PDF_STANDARDS
from zonebook.typeface import SHIPPED_FOLDER, get_shipped, list_letters

TEMPLATES = Path(str(resources.files("zonebook") / "paper" / "templates"))
FONT_FILES = SHIPPED_FOLDER
# What stands for a character the font does not have: a hole would be taken for a defect of the print.
_UNKNOWN = "?"
# Characters the font lacks whose plain form would lose what they do: hold words together, mark minutes and bullets.
_STAND_INS = str.maketrans(
    {"\u2011": "-", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u2032": "'", "\u2033": '"', "\u25cf": "•"}
)
# What JSON writes by its code, save breaks and tabs: characters that do not show in its text.
_ESCAPED = re.compile(r"\\[ubfr]")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is to be printed.

    Attributes
    ----------
    template
        File in ``templates/``; it reads ``data`` of ``base.typ``.
    data
        Plain values: texts, numbers, lists, mappings; drawings as SVG texts.
    place
        What is printed, for errors: ``ru/zones/dubna``.
    standards
        Standards the PDF is made to, such as ``ua-1`` and ``a-3a``.
    """

    template: str
    data: Mapping[str, Any]
    place: str = ""
    standards: tuple[str, ...] = PDF_STANDARDS[:1]


def press(manuscript: Manuscript) -> bytes:
    """Return a manuscript as PDF.

    Raises
    ------
    PaperError
        Where Typst refuses it (a figure without a text for those who do not see it, for example) or warns.
    """
    return _print(manuscript)[0]


def press_and_ask(manuscript: Manuscript, label: str) -> tuple[bytes, Any]:
    """Return a manuscript as PDF, and the value its template gives under a label; None where it gives none.

    Raises
    ------
    PaperError
        As ``press``.
    """
    printed, compiler = _print(manuscript)
    answers = json.loads(compiler.query(f"<{label}>", field="value"))
    return printed, answers[0] if answers else None


def _print(manuscript: Manuscript) -> tuple[bytes, typst.Compiler]:
    source = TEMPLATES / manuscript.template
    own = tuple(Path(path) for path, _ in manuscript.data.get("brand", {}).get("faces", ()))
    data = _write_data(manuscript.data, own)
    compiler = typst.Compiler(
        source, root=TEMPLATES, font_paths=_open_fonts(own), ignore_system_fonts=True, sys_inputs={"data": data}
    )
    try:
        printed, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=list(manuscript.standards),  # type: ignore[arg-type]
            timestamp=0,
        )
    except typst.TypstError as error:
        raise _as_paper_error(error, manuscript) from error
    if warnings:
        raise _as_paper_error(warnings[0], manuscript)
    assert isinstance(printed, bytes)  # noqa: S101 - one document, no output path: bytes by Typst's contract
    return printed, compiler


def _write_data(data: Mapping[str, Any], own: tuple[Path, ...]) -> str:
    """Return data as a JSON text of characters the fonts have; few texts have others, which take a while to find."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    if _ESCAPED.search(text) is None and set(text) <= _harmless_characters(own):
        return text
    return json.dumps(to_printable(data, own), ensure_ascii=False, sort_keys=True)


def to_printable(value: Any, own: tuple[Path, ...] = ()) -> Any:
    """Return data with every character the fonts lack replaced: by its plain letter, else by a question mark.

    Parameters
    ----------
    value
        Plain values.
    own
        Files of the brand's own family, beside the shipped one.

    Examples
    --------
    >>> to_printable({"name": "20 ℃ 中"})
    {'name': '20 °C ?'}
    """
    if isinstance(value, str):
        return _unknown_characters(own).sub(partial(_nearest, own), value.translate(_STAND_INS))
    if isinstance(value, Mapping):
        return {name: to_printable(inner, own) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_printable(inner, own) for inner in value]
    return value


def _as_paper_error(error: typst.TypstError | typst.TypstWarning, manuscript: Manuscript) -> PaperError:
    hints = " ".join(error.hints)
    place = f"{manuscript.place} ({manuscript.template})" if manuscript.place else manuscript.template
    where = re.search(r"[\w-]+\.typ:\d+:\d+", error.diagnostic or "")
    return PaperError(
        f"could not be printed: {error.message}" + (f" ({where[0]})" if where else "") + ".",
        place=place,
        remedy=hints[:1].upper() + hints[1:] + "." if hints else "",
    )


@cache
def _open_fonts(own: tuple[Path, ...]) -> typst.Fonts:
    paths = [*sorted({path.parent for path in own}), FONT_FILES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _known_characters(own: tuple[Path, ...]) -> frozenset[int]:
    shipped = list_letters(get_shipped().faces[0].path)  # all its faces have the same characters
    return shipped.union(frozenset.intersection(*map(list_letters, own))) if own else shipped


@cache
def _harmless_characters(own: tuple[Path, ...]) -> frozenset[str]:
    """Return the characters that stay as they are in any text."""
    return frozenset(map(chr, _known_characters(own) - _STAND_INS.keys()))


@cache
def _unknown_characters(own: tuple[Path, ...]) -> re.Pattern[str]:
    """Match a character the fonts lack; breaks, marks of direction and joiners are Typst's own business."""
    known = "".join(re.escape(chr(code)) for code in sorted(_known_characters(own)))
    return re.compile(rf"[^{known}\n\t\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def _nearest(own: tuple[Path, ...], match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKD", match[0])
    kept = "".join(one for one in plain if ord(one) in _known_characters(own) and not unicodedata.combining(one))
    return kept or _UNKNOWN
