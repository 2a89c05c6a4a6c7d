"""Sections that have nothing to show go, with their headings; prose and everything else stays."""

from typing import Any

import nbformat

from zonebook.book.prune import prune_sections


def code(shows: bool, *, tags: tuple[str, ...] = ("remove-input",)) -> Any:
    cell = nbformat.v4.new_code_cell("x", metadata={"tags": list(tags)})
    cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": "<p>x</p>"})] if shows else []
    return cell


def text(source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source)


def prose(cells: list[Any]) -> str:
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_a_section_whose_cells_are_all_empty_goes_with_its_heading_and_its_prose() -> None:
    cells = prune_sections([text("# T"), text("## A\n\nabout A"), code(False), text("## B"), code(True)])
    assert prose(cells) == "# T\n## B"


def test_a_section_without_code_cells_is_prose_and_stays() -> None:
    assert prose(prune_sections([text("# T\n\n## Notes\n\nRead this.")])) == "# T\n\n## Notes\n\nRead this."


def test_one_cell_that_shows_something_keeps_the_section() -> None:
    assert "## A" in prose(prune_sections([text("## A"), code(False), code(True)]))


def test_a_section_goes_when_all_sections_in_it_go() -> None:
    cells = [text("## A\n\nabout"), text("### A1"), code(False), text("### A2"), code(False), text("## B"), code(True)]
    assert prose(prune_sections(cells)) == "## B"


def test_a_section_stays_when_one_in_it_shows_something() -> None:
    cells = [text("## A"), text("### A1"), code(False), text("### A2"), code(True)]
    assert prose(prune_sections(cells)) == "## A\n### A2"


def test_a_section_with_an_output_of_its_own_outlives_the_sections_in_it() -> None:
    cells = [text("## A"), code(True), text("### A1"), code(False)]
    assert prose(prune_sections(cells)) == "## A"


def test_headings_in_one_cell_are_judged_apart_and_the_cell_keeps_its_id() -> None:
    both = text("Intro\n\n## A\n\na\n\n## B\n\nb")
    cells = prune_sections([both, code(True)])
    assert prose(cells) == "Intro\n\n## A\n\na\n\n## B\n\nb"
    assert len({cell.id for cell in cells}) == len(cells)
    last = prune_sections([both, code(False)])
    assert prose(last) == "Intro\n\n## A\n\na\n"


def test_a_sign_in_a_block_of_code_is_no_heading() -> None:
    cells = [text("## A\n\n```sh\n# make\n```"), code(True)]
    assert prose(prune_sections(cells)) == "## A\n\n```sh\n# make\n```"


def test_cells_that_are_not_shown_do_not_count() -> None:
    hidden = code(False, tags=("remove-cell",))
    assert prose(prune_sections([text("## Prose"), hidden])) == "## Prose"
    assert prose(prune_sections([text("## A"), hidden, code(False)])) == ""


def test_cells_before_any_heading_stay() -> None:
    assert len(prune_sections([code(False), text("words")])) == 2
