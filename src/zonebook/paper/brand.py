"""The brand as papers take it: colours by role, logo, who publishes, the imprint; all from parameters.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zonebook.errors import ParameterError
from zonebook.palette import paint
from zonebook.parameters import Parameters

FONT = "Fira Sans"
_MOST_BYTES = 2_000_000  # a logo larger than this would stand in every one of thousands of PDFs


def describe_brand(parameters: Parameters, project: Path, lang: str) -> dict[str, Any]:
    """Return the brand as plain values for a template.

    Parameters
    ----------
    parameters
        The report's parameters.
    project
        Folder the logo's path is relative to.
    lang
        Language of the imprint.

    Returns
    -------
    dict
        ``colours`` (role: #rrggbb, as on light paper), ``font``, ``logo`` (``format`` and ``bytes``; None without
        one), ``publisher``, ``imprint``, ``site`` (the public address without a final slash, or empty).

    Raises
    ------
    ParameterError
        Where the logo cannot be read.
    """
    return {
        "colours": {role: shade.light for role, shade in paint(parameters.colours).items()},
        "font": FONT,
        "logo": read_logo(parameters.logo, project),
        "publisher": parameters.publisher,
        "imprint": parameters.imprint.get(lang, ""),
        "site": parameters.site_url.rstrip("/"),
    }


def read_logo(logo: str, project: Path) -> dict[str, Any] | None:
    """Return a logo's format and bytes (as numbers, which JSON can hold); None where there is none.

    Raises
    ------
    ParameterError
        Where there is no such file, or it is neither SVG nor PNG, or too large.
    """
    if not logo:
        return None
    path = project / logo
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("svg", "png"):
        raise ParameterError(f"parameter 'logo' must name an SVG or PNG file, got {logo!r}.")
    if not path.is_file():
        raise ParameterError(f"there is no logo {logo!r}.", remedy=f"It is looked for in {project}.")
    if path.stat().st_size > _MOST_BYTES:
        raise ParameterError(f"the logo {logo!r} is larger than {_MOST_BYTES // 1_000_000} MB.")
    return {"format": kind, "bytes": list(path.read_bytes())}
