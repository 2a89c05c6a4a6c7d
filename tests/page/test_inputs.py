"""What pages count from the whole share: the register behind a page whose own tables are masked."""

from dataclasses import replace

from local_pages import make_tie, open_register
from zonebook.page.inputs import find_network, find_scope, has_register
from zonebook.tables.share import Share


def test_a_register_is_found_behind_a_masked_share() -> None:
    here = open_register()
    masked = Share("zone", "example", {}, frozenset(), "masked")
    page = replace(here, share=masked, inputs=here.share)
    assert has_register(page)
    found = find_network(page)
    assert found is not None
    assert len(found.whole.parties) == 20


def test_what_the_press_tells_is_no_register() -> None:
    here = open_register(ties=[make_tie(0, 0, 1, evidence="press", source_id="press-a")])
    assert not has_register(here)
    assert find_network(here) is None


def test_the_scope_is_made_once() -> None:
    here = open_register()
    assert find_scope(here) is find_scope(here)
