"""Names of products: a code of the Harmonized System with the name of its chapter."""

from __future__ import annotations

from zonebook.page.context import PageContext


def name_chapter(here: PageContext, code: str) -> str:
    """Return the name of a product's chapter; empty where the code has none."""
    row = next((row for row in here.records("hs2") if str(row["hs2"]) == code[:2]), None)
    return here.locale.name(row) if row is not None and code[:2].isdigit() else ""


def name_product(here: PageContext, code: str) -> str:
    """Return a product as it is named in lists: its code and the name of its chapter."""
    chapter = name_chapter(here, code)
    return here.locale.text("{code} {chapter}", code=code, chapter=chapter) if chapter else code
