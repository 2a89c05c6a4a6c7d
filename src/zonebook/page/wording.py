"""The vocabulary: what codes of the data contract and units are called, in English, the language of message ids."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

VOCABULARY_FILE = Path(__file__).parent / "vocabulary.yml"


@cache
def read_vocabulary() -> Mapping[str, Mapping[str, str | list[str]]]:
    """Return the English label of every code, by vocabulary (``tie.kind``, ``indicator``, ``unit``, …).

    The name of the vocabulary is the message context of its labels in the catalogues.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = VOCABULARY_FILE.read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str | list[str]]] = yaml.load(text, loader)  # noqa: S506 - both are safe loaders
    return found


def find_label(vocabulary: str, code: str) -> str | None:
    """Return the English label of a code, or ``None`` where the vocabulary does not have it."""
    label = read_vocabulary().get(vocabulary, {}).get(code)
    return label if isinstance(label, str) else None


def find_forms(vocabulary: str, code: str) -> tuple[str, str] | None:
    """Return the English singular and plural of a code that is counted, or ``None`` where there are none."""
    forms = read_vocabulary().get(vocabulary, {}).get(code)
    return (forms[0], forms[1]) if isinstance(forms, list) else None
