"""Writes what matplotlib's SVG renderer draws: small, without wrappers, ids of its own, tips as ``<title>``.

It stands in the place of the renderer's own XML writer. To write all of that, read it again and write it in short took
more of a drawing's time than the drawing itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_RECTANGLE = re.compile(r"^M(\S+) (\S+)L(\S+) \2L\3 (\S+)L\1 \4(?:L\1 \2)?[zZ]$")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_COMMANDS = "MLQCz"
_SIZES = frozenset({"x", "y", "width", "height"})
_NUMBERS = _SIZES | {"d"}
_KEPT = _NUMBERS | {"style", "id", "patternUnits", "fill", "r", "cx", "cy"}
_MOST_STYLES = 1024  # kept in short


def write_number(value: float) -> str:
    """Return a number with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _round_numbers(text: str) -> str:
    return _NUMBER.sub(lambda match: write_number(float(match[0])), text)


def _short_path(data: str) -> str:
    short = " ".join(_round_numbers(data).split())
    for command in _COMMANDS:
        short = short.replace(f" {command}", command).replace(f"{command} ", command)
    return short


@lru_cache(maxsize=_MOST_STYLES)
def _short_style(style: str) -> str:
    """Drop what the root element already says and the spaces."""
    rules = (rule.strip().replace(": ", ":", 1) for rule in style.split(";"))
    return ";".join(
        _round_numbers(rule)
        for rule in rules
        if rule and not rule.startswith("font-family") and rule not in ("text-anchor:start", "stroke-linecap:butt")
    )


class Scribe:
    """As much of matplotlib's XML writer as its renderer asks for; what it has written is in ``parts``.

    Parameters
    ----------
    prefix
        What every id starts with.
    tips
        What is said of groups, by their ids; all other groups leave no trace.
    """

    def __init__(self, prefix: str, tips: Mapping[str, str]) -> None:
        self.parts: list[str] = []
        self.style = ""
        self._prefix, self._tips = prefix, tips
        self._endings: list[str] = []

    def start(self, tag: str, attrib: Mapping[str, str] | None = None, **extra: str) -> int:
        """Open an element; return how many were open."""
        attributes = {**(attrib or {}), **extra}
        if tag != "g":
            opening, tag = self._open(tag, attributes)
            ending = f"</{tag}>"
            opening += ">"
        elif attributes.get("id") in self._tips:
            opening, ending = f"<g><title>{escape(self._tips[attributes['id']])}</title>", "</g>"
        else:
            opening = ending = ""
        self.parts.append(opening)
        self._endings.append(ending)
        return len(self._endings) - 1

    def end(self, _tag: str = "", *, indent: bool = True) -> None:
        """Close the element opened last."""
        self.parts.append(self._endings.pop())

    def close(self, many: int) -> None:
        """Close all elements but so many."""
        while len(self._endings) > many:
            self.end()

    def element(self, tag: str, text: str | None = None, attrib: Mapping[str, str] | None = None, **extra: str) -> None:
        """Write an element with nothing in it but text."""
        opening, tag = self._open(tag, {**(attrib or {}), **extra})
        self.parts.append(f"{opening}>{escape(text)}</{tag}>" if text else f"{opening}/>")

    def flush(self) -> None:
        """Nothing is kept back."""

    def _open(self, tag: str, given: Mapping[str, str]) -> tuple[str, str]:
        """Return an element's opening tag without its end, and its name (a path that is an upright box is a rect)."""
        attributes = {key: value for key, value in given.items() if value and key in _KEPT}
        if "id" in attributes:
            attributes["id"] = f"{self._prefix}-{attributes['id']}"
        attributes.update({key: _round_numbers(attributes[key]) for key in _SIZES & attributes.keys()})
        if "style" in attributes:
            self.style = attributes["style"]
            attributes["style"] = _REFERENCE.sub(rf"url(#{self._prefix}-\1)", _short_style(self.style))
        if tag == "path":
            attributes["d"] = _short_path(attributes["d"])
            tag = _find_rectangle(attributes)
        said = [
            f' {key}="{value}"' if key in _NUMBERS else f" {key}={quoteattr(value)}"
            for key, value in attributes.items()
        ]
        return f"<{tag}{''.join(said)}", tag


def _find_rectangle(attributes: dict[str, str]) -> str:
    """Say an upright box as ``<rect>``: a third of the bytes, and crisper."""
    match = _RECTANGLE.match(attributes["d"])
    if not match:
        return "path"
    left, right = sorted((float(match[1]), float(match[3])))
    top, bottom = sorted((float(match[2]), float(match[4])))
    box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    del attributes["d"]
    style = attributes.pop("style", "")
    attributes.update({key: write_number(value) for key, value in box.items()}, style=style)
    return "rect"
