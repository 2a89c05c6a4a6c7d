"""Which messages a language has to translate: those of the code, the vocabulary, the notebooks and the book's pages."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from zonebook.metrics.reasons import Reason
from zonebook.page.markdown import list_messages as list_blocks
from zonebook.page.wording import read_vocabulary

# Methods of the locale whose first arguments are messages; "say" is what callers name one of them for short.
_KEYWORDS = {"text": None, "html": None, "say": None, "plural": (1, 2)}
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be translated: its context (may be empty), its English (two forms of a plural), where it stands."""

    context: str
    english: tuple[str, ...]
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """Context and singular, which a catalogue finds the message by."""
        return self.context, self.english[0]


def list_messages(project: Path) -> tuple[Message, ...]:
    """Return the messages of the package and of a project's notebooks and hand-written pages, each once.

    Parameters
    ----------
    project
        The folder that has ``notebooks/`` and ``book/``.
    """
    found: dict[tuple[str, str], Message] = {}
    for message in (*_from_code(), *_from_vocabulary(), *_from_reasons(), *_from_prose(project)):
        known = found.setdefault(message.key, message)
        if len(message.english) > len(known.english):
            found[message.key] = message
    return tuple(found.values())


def _from_code() -> Iterator[Message]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for line, english, _, _ in extract("python", file, keywords=_KEYWORDS):
                forms = (english,) if isinstance(english, str) else tuple(english or ())
                yield Message("", forms, f"{path.relative_to(_PACKAGE).as_posix()}:{line}")


def _from_vocabulary() -> Iterator[Message]:
    for vocabulary, labels in read_vocabulary().items():
        for code, label in labels.items():
            forms = (label,) if isinstance(label, str) else tuple(label)
            if forms[0]:
                yield Message(vocabulary, forms, f"vocabulary: {vocabulary}.{code}")


def _from_reasons() -> Iterator[Message]:
    for reason in Reason:
        yield Message("reason", (reason.value,), f"reason: {reason.name}")


def _from_prose(project: Path) -> Iterator[Message]:
    for path in sorted(project.glob("notebooks/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield from _from_markdown("".join(cell["source"]), path.name)
    for path in sorted(project.glob("book/*.md")):
        yield from _from_markdown(path.read_text(encoding="utf-8"), path.name)


def _from_markdown(source: str, place: str) -> Iterator[Message]:
    for block in list_blocks(source):
        yield Message("", (block,), place)


def find_untranslated(messages: Iterable[Message], catalogue: Catalog) -> tuple[Message, ...]:
    """Return the messages a catalogue does not translate, or not in all plural forms."""
    return tuple(message for message in messages if not _is_translated(message, catalogue))


def _is_translated(message: Message, catalogue: Catalog) -> bool:
    found = catalogue.get(message.english[0], message.context or None)
    if found is None:
        return False
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    wanted = catalogue.num_plurals if len(message.english) > 1 else 1
    return len(forms) >= wanted and all(forms)


def find_stale(messages: Iterable[Message], catalogue: Catalog, project: Path) -> tuple[str, ...]:
    """Return the messages of a catalogue that nothing uses any more.

    A message that stands as a text somewhere in the code, or in the book's configuration and table of contents,
    counts as used: it may be handed on before it is translated.
    """
    keys = {message.key for message in messages}
    texts = {text for path in _PACKAGE.rglob("*.py") for text in _list_texts(path)}
    for path in (*project.glob("_*.yml"), *_PACKAGE.rglob("*.yml")):
        texts.update(_list_yaml_texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    stale = []
    for entry in catalogue:
        english = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if english and (entry.context or "", english) not in keys and (entry.context or english not in texts):
            stale.append(str(english))
    return tuple(stale)


def _list_yaml_texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _list_yaml_texts(child)


def _list_texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
