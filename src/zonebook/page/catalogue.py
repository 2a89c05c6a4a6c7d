"""The gettext catalogues: English is the message id, every other language is ``locale/<lang>*.po``."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
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
    """Return every message of a language, its files merged."""
    merged, messages = Catalog(locale=lang), list[Message]()
    for path in sorted(CATALOGUE_FOLDER.glob(f"{lang}.po")) + sorted(CATALOGUE_FOLDER.glob(f"{lang}.*.po")):
        with path.open("rb") as file:
            messages += [message for message in read_po(file, locale=lang) if message.id]
    for message in sorted(messages, key=_order):  # what compiles them sorts them, slowly where they are not sorted
        merged.add(message.id, message.string, flags=message.flags, context=message.context)
    return merged


def _order(message: Message) -> tuple[str, str]:
    return message.id if isinstance(message.id, str) else message.id[0], message.context or ""


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
