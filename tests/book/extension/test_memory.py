"""What a build keeps in memory."""

import gc
import weakref

from zonebook.book.extension.memory import Forgetful, Sweeper


class Tree:
    """A tree of a page: its parts know it, as it knows them."""

    def __init__(self) -> None:
        self.part = self


def test_a_cache_that_keeps_nothing_still_answers_as_a_dict() -> None:
    cache = Forgetful()
    cache["page"] = Tree()
    assert "page" not in cache
    assert cache.pop("page", None) is None


def test_trees_of_pages_are_gone_after_a_few_pages_and_python_collects_again_at_the_end() -> None:
    gc.unfreeze()  # where a command has run in this process before
    gc.enable()  # where what pages are forked from has been imported, as it is to look for examples in docstrings
    sweeper = Sweeper()
    sweeper.begin()
    try:
        assert not gc.isenabled()
        tree = Tree()
        gone = weakref.ref(tree)
        del tree
        assert gone() is not None
        for _ in range(16):
            sweeper.note_page()
        assert gone() is None
    finally:
        sweeper.end()
    assert gc.isenabled()


def test_few_trees_stay_of_those_that_were_under_way_as_garbage_was_looked_for() -> None:
    gc.unfreeze()
    sweeper, living = Sweeper(), weakref.WeakSet[Tree]()
    sweeper.begin()
    try:
        for _ in range(1000):
            tree = Tree()
            living.add(tree)
            sweeper.note_page()
        del tree
        gc.collect()
        assert len(living) < 10
    finally:
        sweeper.end()
