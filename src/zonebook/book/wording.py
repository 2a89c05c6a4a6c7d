"""Words of the schema and of the catalogue of metrics in the language of a page."""

from __future__ import annotations

from collections.abc import Mapping

from zonebook.page.locale import Locale
from zonebook.page.stamp import say_edition
from zonebook.page.wording import find_label

__all__ = ["name_unit", "pick_text", "say_edition"]


def pick_text(texts: Mapping[str, str], locale: Locale) -> str:
    """Return the text in the page's language, else in English; empty where there is neither."""
    return texts.get(locale.lang) or texts.get("en") or ""


def name_unit(unit: str, locale: Locale) -> str:
    """Return what a unit is called in a heading; one without a name in the vocabulary is translated as it stands."""
    if not unit:
        return ""
    for vocabulary in ("unit.heading", "unit"):
        if find_label(vocabulary, unit):
            return locale.label(vocabulary, unit)
    return locale.text(unit)
