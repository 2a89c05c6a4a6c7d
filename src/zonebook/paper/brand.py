"""The brand as papers take it: colours by role, logo, who publishes, the imprint; all from parameters.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zonebook.logo import find_logo
from zonebook.palette import paint, repaint
from zonebook.parameters import Parameters
from zonebook.typeface import find_family, set_drawing


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
        ``colours`` (role: #rrggbb, as on light paper), ``font`` (families to look for a letter in), ``faces`` (files
        and hashes of a brand's own family), ``logo`` (``format`` and ``bytes``; None without one), ``publisher``,
        ``imprint``, ``site`` (the public address without a final slash, or empty).

    Raises
    ------
    ParameterError
        Where the logo or the font cannot be used.
    """
    family = find_family(parameters.font, project)
    return {
        "colours": {role: shade.light for role, shade in paint(parameters.colours).items()},
        "font": list(family.stack),
        "faces": [] if family.is_shipped else [[str(face.path), face.digest] for face in family.faces],
        "logo": read_logo(parameters.logo, project),
        "publisher": parameters.publisher,
        "imprint": parameters.imprint.get(lang, ""),
        "site": parameters.site_url.rstrip("/"),
    }


def dress_drawings(value: Any, parameters: Parameters, project: Path) -> Any:
    """Return plain values with every drawing in them (``svg``) in the brand's colours and letters."""
    family = find_family(parameters.font, project)
    if not parameters.colours and family.is_shipped:
        return value
    return _dress(value, lambda svg: set_drawing(repaint(svg, parameters.colours), family))


def _dress(value: Any, dress: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: dress(inner) if name == "svg" else _dress(inner, dress) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_dress(inner, dress) for inner in value]
    return value


def read_logo(logo: str, project: Path) -> dict[str, Any] | None:
    """Return a logo's format and bytes (as numbers, which JSON can hold); None where there is none.

    Raises
    ------
    ParameterError
        Where it cannot be used.
    """
    path = find_logo(logo, project)
    return {"format": path.suffix.lower().lstrip("."), "bytes": list(path.read_bytes())} if path else None
