"""The vocabulary: what codes of the data contract and units are called, in English, the language of message ids."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

VOCABULARY_FILE = Path(__file__).parent / "vocabulary.yml"


@cache
def read_vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Return the English label of every code, by vocabulary (``tie.kind``, ``indicator``, ``unit``, …).

    The name of the vocabulary is the message context of its labels in the catalogues.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Mapping[str, str]] = yaml.load(VOCABULARY_FILE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - safe either way
    return found


def find_label(vocabulary: str, code: str) -> str | None:
    """Return the English label of a code, or ``None`` where the vocabulary does not have it."""
    return read_vocabulary().get(vocabulary, {}).get(code)
