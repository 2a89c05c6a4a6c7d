"""Every word a reader sees has a translation, and no translation is left over."""

import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from word_pages import PROJECT
from zonebook.page.catalogue import CATALOGUE_FOLDER, list_languages, read_catalogue
from zonebook.page.extraction import find_stale, find_untranslated, list_messages

MESSAGES = list_messages(PROJECT)
OTHER_LANGUAGES = [lang for lang in list_languages() if lang != "en"]
_FIELD = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("lang", OTHER_LANGUAGES)
def test_every_message_is_translated(lang: str) -> None:
    missing = find_untranslated(MESSAGES, read_catalogue(lang))
    assert [f"{message.place}: {message.context} {message.english[0]}" for message in missing] == []


@pytest.mark.parametrize("lang", OTHER_LANGUAGES)
def test_no_translation_is_left_over(lang: str) -> None:
    assert list(find_stale(MESSAGES, read_catalogue(lang), PROJECT)) == []


@pytest.mark.parametrize("lang", OTHER_LANGUAGES)
def test_translations_fill_in_the_same_fields(lang: str) -> None:
    # The bounds of an interval may leave out the unit of the lower one.
    wrong = []
    for message in read_catalogue(lang):
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        known = {field for form in forms for field in _FIELD.findall(form)} | {"lower", "upper", "upper_unit"}
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        if any(set(_FIELD.findall(text)) - known for text in translated if text):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("path", sorted(CATALOGUE_FOLDER.glob("ru*.po")), ids=lambda path: path.name)
def test_russian_is_set_as_russian(path: Path) -> None:
    wrong = []
    with path.open("rb") as file:
        for message in read_po(file, locale="ru"):
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in filter(None, texts):
                prose = re.sub(r"`[^`]*`|\]\([^)]*\)|{\w+}", "", text)
                if message.id and re.search(r'"|“|”| - | – ', prose):
                    wrong.append(text)
    assert wrong == []


def test_no_vocabulary_is_left_over() -> None:
    package = PROJECT / "src" / "zonebook"
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    names = yaml.safe_load((package / "page" / "vocabulary.yml").read_text(encoding="utf-8"))
    said = {name: rf'"({re.escape(name)}|{re.escape(name.partition(".")[0])}\.{{\w+}})"' for name in names}
    assert "tie.kind" in said
    assert [name for name, pattern in said.items() if not re.search(pattern, code)] == []


def test_messages_come_from_code_vocabulary_reasons_notebooks_and_pages() -> None:
    contexts = {message.context for message in MESSAGES}
    places = " ".join(message.place for message in MESSAGES)
    assert {"", "indicator", "tie.kind", "reason", "quantity"} <= contexts
    for place in ("page/tables/", "page/narrative/", "vocabulary", "zone.ipynb", "about.md"):
        assert place in places
