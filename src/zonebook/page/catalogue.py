"""The gettext catalogues: English is the message id, every other language is ``locale/<lang>*.po``."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from zonebook.errors import ParameterError

CATALOGUE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"


def list_languages() -> tuple[str, ...]:
    """Return the languages pages can be written in, the source language first."""
    codes = {path.name.partition(".")[0] for path in CATALOGUE_FOLDER.glob("*.po")}
    return (SOURCE_LANGUAGE, *sorted(codes - {SOURCE_LANGUAGE}))


def read_catalogue(lang: str) -> Catalog:
    """Return every message of a language, its files merged in the order of their names."""
    merged = Catalog(locale=lang)
    for path in sorted(CATALOGUE_FOLDER.glob(f"{lang}.po")) + sorted(CATALOGUE_FOLDER.glob(f"{lang}.*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    merged.add(message.id, message.string, flags=message.flags, context=message.context)
    return merged


@cache
def get_translations(lang: str) -> gettext.NullTranslations:
    """Return the translations into a language; those into English give the message ids back.

    Raises
    ------
    ParameterError
        For a language without a catalogue.
    """
    if lang == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    if lang not in list_languages():
        raise ParameterError(
            f"there is no catalogue for the language {lang!r}.",
            place="lang",
            remedy=f"Known are {', '.join(list_languages())}; a language is added as page/locale/{lang}.po.",
        )
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
