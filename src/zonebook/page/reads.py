"""What a country page asks of its data: noted down, so that a page is run again only where an answer has changed."""

from __future__ import annotations

from zonebook.tables.lazy import Question


class Reads:
    """The questions that the tables and metric rows of a page have been asked."""

    def __init__(self) -> None:
        self._asked: set[Question] = set()

    def note(self, question: Question) -> None:
        """Note a question down."""
        self._asked.add(question)

    def list_questions(self) -> list[list[str]]:
        """Return the questions, each once, as plain lists in order."""
        return [list(question) for question in sorted(self._asked)]
