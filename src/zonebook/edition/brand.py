"""The brand as the page of a comparison takes it, which is one file: colours by role, letters, logo, who publishes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zonebook.logo import find_logo
from zonebook.palette import Shade, paint
from zonebook.parameters import Parameters
from zonebook.typeface import find_family

_MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand.

    Attributes
    ----------
    colours
        Every role with its colour, for light and for dark paper.
    fonts
        Families to look for a letter in, where the reader's machine has them.
    logo
        The logo as an address that holds the file itself; empty without one.
    publisher, imprint
        Who publishes, and what is said after that.
    """

    colours: Mapping[str, Shade]
    fonts: tuple[str, ...]
    logo: str
    publisher: str
    imprint: str


def read_brand(parameters: Parameters, project: Path, lang: str) -> Brand:
    """Return the brand that a project's parameters give its pages.

    Parameters
    ----------
    parameters
        The report's parameters.
    project
        Folder the paths of logo and font are relative to.
    lang
        Language of the imprint.

    Raises
    ------
    ParameterError
        Where the logo or the font cannot be used.
    """
    return Brand(
        paint(parameters.colours),
        find_family(parameters.font, project).stack,
        _embed(find_logo(parameters.logo, project)),
        parameters.publisher,
        parameters.imprint.get(lang, ""),
    )


def _embed(path: Path | None) -> str:
    if path is None:
        return ""
    return f"data:{_MEDIA_TYPES[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
