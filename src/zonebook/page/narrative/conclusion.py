"""The one sentence that says what follows from a page: for a reader who reads no second one."""

from __future__ import annotations

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.narrative.answers import level
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.narrative.standing import say_index
from zonebook.page.narrative.targets import sum_up_targets, weigh_first_target
from zonebook.page.standing import list_standings

_LEVELS = ("international", "regional", "local")


def conclusion(here: PageContext) -> Block | None:
    """Return the index and the weakest level; else what the first target takes; else what a register says first."""
    standings = list_standings(here, here.id) if here.scope == "zone" else ()
    said = say_index(here) or weigh_first_target(here, standings)
    if said is None and standings:
        said = sum_up_targets(here, standings)
    if said is not None:
        return set_paragraph([said])
    found = (level(here, name) for name in _LEVELS)
    return next((block for block in found if block), None)
