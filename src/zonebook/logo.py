"""The brand's logo: where it lies, and whether it can be used."""

from __future__ import annotations

from pathlib import Path

from zonebook.errors import ParameterError

KINDS = ("svg", "png")
_MOST_BYTES = 2_000_000  # a larger one would stand in every one of thousands of PDFs


def find_logo(logo: str, project: Path) -> Path | None:
    """Return the file of a logo; None where there is none.

    Parameters
    ----------
    logo
        Its path relative to the project, or empty.
    project
        Folder of the project.

    Raises
    ------
    ParameterError
        Where there is no such file, or it is neither SVG nor PNG, or too large.
    """
    if not logo:
        return None
    path = project / logo
    if path.suffix.lower().lstrip(".") not in KINDS:
        raise ParameterError(f"parameter 'logo' must name an SVG or PNG file, got {logo!r}.")
    if not path.is_file():
        raise ParameterError(f"there is no logo {logo!r}.", remedy=f"It is looked for in {project}.")
    if path.stat().st_size > _MOST_BYTES:
        raise ParameterError(f"the logo {logo!r} is larger than {_MOST_BYTES // 1_000_000} MB.")
    return path
