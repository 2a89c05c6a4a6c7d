"""The family of letters that figures, site and papers are set in: the one the package ships, or a brand's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from zonebook.errors import ParameterError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

#: The family that comes with the package: with all signs, so that it stands in for what a brand's family lacks.
SHIPPED = "Fira Sans"
SHIPPED_FOLDER = Path(str(resources.files("fontpkg_fira_sans") / "files"))
# Of each file how bold it is and whether it slopes: known, so that nobody who prints has to look into them.
_SHIPPED_FACES = {
    "FiraSans-Regular.ttf": (400, False),
    "FiraSans-Medium.ttf": (500, False),
    "FiraSans-SemiBold.ttf": (600, False),
    "FiraSans-Italic.ttf": (400, True),
}
ENDINGS = (".ttf", ".otf")
_RUSSIAN = "".join(chr(code) for code in range(ord("А"), ord("я") + 1)) + "Ёё"
#: What a text of either language cannot do without; arrows and mathematical signs are lent by the shipped family.
NEEDED = " ABCXYZabcxyz0123456789.,:;!?()%+-–—«»“”’…№₽\u00a0" + _RUSSIAN
_STYLES = re.compile(r"(?i)[ -]*(regular|book|medium|semi-?bold|demi-?bold|demi|bold|italic|oblique|roman)$")
_NAME = re.compile(r"\w[\w .-]*")
# Words and numbers like those in figures, whose widths say how much smaller a wider family has to be set there.
_SAMPLES = (
    *("Промышленная кооперация", "Республика Татарстан", "Санкт-Петербург", "млрд ₽", "ОЭЗ «Алабуга»", "Узбекистан"),
    *("1 234 567,8", "2019–2025", "45 %", "Industrial cooperation", "Moscow Region", "share of exports", "bn RUB"),
)
# Of OS/2.fsType: what a file forbids by its licence.
_FORBIDDEN = {0x0002: "embedding", 0x0100: "cutting down to the letters in use", 0x0200: "embedding of outlines"}


@dataclass(frozen=True, slots=True)
class TypeFace:
    """One file of a family: where it lies, how bold it is and whether it slopes, the hash of its bytes."""

    path: Path
    weight: int
    is_italic: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of letters.

    Attributes
    ----------
    name
        As its files call it.
    faces
        One for each weight and slope, upright and light ones first.
    scale
        How large it is set in figures, whose places are measured with the shipped family: 1, or less where it is wider.
    """

    name: str
    faces: tuple[TypeFace, ...]
    scale: float = 1.0

    @property
    def is_shipped(self) -> bool:
        """Whether it is the family that comes with the package."""
        return all(face.path.parent == SHIPPED_FOLDER for face in self.faces)

    @property
    def stack(self) -> tuple[str, ...]:
        """The families to look for a letter in, one after the other."""
        return tuple(dict.fromkeys((self.name, SHIPPED)))


def find_family(font: str, project: Path) -> Family:
    """Return the family that a report is set in.

    Parameters
    ----------
    font
        Folder with the files of one family, relative to the project; empty: the shipped one.
    project
        Folder of the project.

    Raises
    ------
    ParameterError
        Where there are no such files, one is no font or cannot be used, or a weight or letter is lacking.
    """
    if not font:
        return get_shipped()
    paths = _list_files(font, project)
    read = [_read_face(path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    names = {name: path for (name, _), path in zip(read, paths, strict=True)}
    if len(names) > 1:
        told = ", ".join(f"{name} ({path.name})" for name, path in names.items())
        raise ParameterError(f"parameter 'font' must name files of one family, got {told}.")
    family = Family(next(iter(names)), _order_faces(face for _, face in read))
    regular, bold = choose_face(family, 400), choose_face(family, 600)
    if regular.is_italic or not 350 <= regular.weight <= 450 or bold.is_italic or bold.weight < 600:
        raise ParameterError(
            f"the font {family.name!r} needs an upright regular and a semibold or bold face; it has: "
            f"{', '.join(_describe(face) for face in family.faces)}.",
            remedy="Put both files in the folder that parameter 'font' names.",
        )
    wanted = (regular, choose_face(family, 500), bold, choose_face(family, 400, is_italic=True))
    return Family(family.name, tuple(dict.fromkeys(wanted)), _find_scale(regular.path, bold.path))


@lru_cache(maxsize=1)
def get_shipped() -> Family:
    """Return the family that comes with the package."""
    paths = {SHIPPED_FOLDER / name: about for name, about in _SHIPPED_FACES.items()}
    return Family(SHIPPED, tuple(TypeFace(path, *about, _hash_file(path)) for path, about in paths.items()))


def choose_face(family: Family, weight: int, *, is_italic: bool = False) -> TypeFace:
    """Return the face of a family that comes nearest to a weight, the bolder of two."""
    return min(family.faces, key=lambda face: (face.is_italic != is_italic, abs(face.weight - weight), -face.weight))


def set_drawing(svg: str, family: Family) -> str:
    """Return a drawing that was made for the shipped family set in another, as large as its places allow."""
    if family.is_shipped:
        return svg
    named = svg.replace(f'font-family="{SHIPPED}"', f'font-family="{", ".join(family.stack)}"')
    named = named.replace(f"font-family:'{SHIPPED}'", "font-family:" + ",".join(f"'{name}'" for name in family.stack))
    return re.sub(r"font-size:([\d.]+)px", lambda match: f"font-size:{float(match[1]) * family.scale:.2f}px", named)


@lru_cache(maxsize=64)
def list_letters(path: Path) -> frozenset[int]:
    """Return the characters that a font file has."""
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - slow, and not needed by every command

    return frozenset(FT2Font(str(path)).get_charmap())


def _order_faces(faces: Iterable[TypeFace]) -> tuple[TypeFace, ...]:
    """Return the faces of a family, upright and light ones first, no two alike."""
    known: dict[tuple[bool, int], TypeFace] = {}
    for face in faces:
        other = known.setdefault((face.is_italic, face.weight), face)
        if other is not face:
            raise ParameterError(
                f"the fonts {other.path.name!r} and {face.path.name!r} are of the same weight and slope.",
                remedy="Leave one of them in the folder that parameter 'font' names.",
            )
    return tuple(face for _, face in sorted(known.items()))


def _list_files(folder: str, project: Path) -> list[Path]:
    """Return the font files of a folder."""
    path = project / folder
    if not path.is_dir():
        raise ParameterError(
            f"parameter 'font' must name a folder with the files of a family, got {folder!r}.",
            remedy=f"It is looked for in {project}.",
        )
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS)
    if not found:
        raise ParameterError(
            f"there is no font file in {folder!r}.", remedy=f"Papers take those that end in {' or '.join(ENDINGS)}."
        )
    return found


def _open(path: Path) -> TTFont:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - slow, and not needed by every command

    try:
        return TTFont(path, lazy=True)
    except (TTLibError, OSError) as error:
        raise ParameterError(f"the font {path.name!r} cannot be read: {error}.", remedy="Give another file.") from error


@lru_cache(maxsize=64)
def _read_face(path: Path, size: int, time: int) -> tuple[str, TypeFace]:
    """Return the family a file says it is of, and the face in it; its size and time tell a changed file."""
    with _open(path) as font:
        if not {"cmap", "name", "OS/2", "head", "hmtx"} <= set(font.keys()):
            raise ParameterError(f"the font {path.name!r} lacks tables that every font has.")
        if "fvar" in font:
            raise ParameterError(
                f"the font {path.name!r} holds many weights in one file, which papers cannot take.",
                remedy="Give a file for each weight (static fonts).",
            )
        about = font["OS/2"]
        _check_licence(path.name, int(about.fsType))
        _check_letters(path.name, set(font.getBestCmap() or ()))
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1) or path.stem)
        face = TypeFace(path, int(about.usWeightClass), bool(about.fsSelection & 1), _hash_file(path))
    while _STYLES.search(family):
        family = _STYLES.sub("", family)
    if not _NAME.fullmatch(family):
        raise ParameterError(f"the font {path.name!r} has a name that style sheets cannot take: {family!r}.")
    return family, face


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_licence(name: str, bits: int) -> None:
    for bit, what in _FORBIDDEN.items():
        if bits & bit:
            raise ParameterError(
                f"the licence of the font {name!r} forbids {what}, as the file says (fsType {bits}).",
                remedy="Take a file whose licence allows embedding in documents and on websites.",
            )


def _check_letters(name: str, known: set[int]) -> None:
    lacking = [sign for sign in NEEDED if ord(sign) not in known]
    if lacking:
        shown = " ".join(lacking[:12]) + (" …" if len(lacking) > 12 else "")
        raise ParameterError(
            f"the font {name!r} lacks {len(lacking)} of the letters and signs that pages need: {shown}",
            remedy="Take a family with Cyrillic letters and the signs «», №, ₽.",
        )


def _find_scale(regular: Path, bold: Path) -> float:
    """Return how large the widest of two faces can be set where the shipped family has room."""
    shipped = get_shipped()
    pairs = [(choose_face(shipped, 400).path, regular), (choose_face(shipped, 600).path, bold)]
    ratios = [1.0]
    for known, own in pairs:
        widths = zip(_measure(known), _measure(own), strict=True)
        ratios += [room / wide for room, wide in widths]
    return float(int(min(ratios) * 100) / 100)


@lru_cache(maxsize=64)
def _measure(path: Path) -> list[float]:
    """Return the widths of the samples, in sizes of the type."""
    with _open(path) as font:
        letters, metrics, unit = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        return [sum(metrics[letters[ord(letter)]][0] for letter in text) / unit for text in _SAMPLES]


def _describe(face: TypeFace) -> str:
    return f"{face.path.name} ({face.weight}{' italic' if face.is_italic else ''})"
