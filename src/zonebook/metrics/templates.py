"""Templates of sentences, and how a sentence made from one is taken apart again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

_FIELD = re.compile(r"{(\w+)}")
_compile = cache(re.compile)


@dataclass(frozen=True)
class Template:
    """A sentence with fields (``base of {base_year}``) or none; a field whose name ends in ``year`` holds a year.

    Attributes
    ----------
    text
        The template.
    names, between
        Names of its fields, and the texts between them: one more than there are fields.
    """

    text: str
    names: tuple[str, ...]
    between: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        """Return a text as a template."""
        return cls(text, tuple(_FIELD.findall(text)), tuple(_FIELD.split(text)[::2]))

    def read(self, sentence: str) -> dict[str, str] | None:
        """Return the fields of a sentence made from the template; ``None`` for another sentence."""
        first, last = self.between[0], self.between[-1]
        if not self.names:
            return {} if sentence == first else None
        if not (
            sentence.startswith(first) and sentence.endswith(last) and all(one in sentence for one in self.between)
        ):
            return None
        if len(self.names) == 1:
            value = sentence[len(first) : len(sentence) - len(last)]
            return {self.names[0]: value} if _compile(_list_values(self.names[0])).fullmatch(value) else None
        match = self._pattern.fullmatch(sentence)
        return match.groupdict() if match else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The pattern of a template of several fields, made where one is met: all of them took 0.1 s a page."""
        first, *others = map(re.escape, self.between)
        named = zip(self.names, others, strict=True)
        return re.compile(first + "".join(f"(?P<{name}>{_list_values(name)}){text}" for name, text in named))


def _list_values(name: str) -> str:
    """Return the pattern of what may stand in a field."""
    return "[0-9]{4}" if name.endswith("year") else ".+?"
