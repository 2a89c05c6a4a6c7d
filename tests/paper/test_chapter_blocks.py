"""What stands on a page one below the other."""

from zonebook.page.locale import get_locale
from zonebook.paper.chapter_blocks import Block, read_blocks
from zonebook.paper.chapter_markup import parse_html, parse_markdown
from zonebook.paper.chapter_runs import Ground, to_text


def _read(markup: str) -> list[Block]:
    return read_blocks(parse_html(markup).children, Ground("a", get_locale("en")))


def test_headings_of_a_box_are_no_parts_of_the_chapter() -> None:
    (box,) = _read('<div class="zb-answers"><div class="zb-answer"><h3>Who</h3><ul><li>what</li></ul></div></div>')
    assert (box["k"], to_text(box["title"])) == ("box", "Who")
    assert [block["k"] for block in box["blocks"]] == ["list"]


def test_the_line_under_a_table_is_part_of_it() -> None:
    (table,) = _read('<table><tbody><tr><td>1</td></tr></tbody></table><p class="zb-foot">note</p>')
    assert to_text(table["foot"]) == "note"


def test_loose_text_between_blocks_is_a_paragraph() -> None:
    assert [block["k"] for block in _read("a <b>b</b><p>c</p> \n <ul><li>d</li></ul>e")] == ["p", "p", "list", "p"]


def test_a_failure_is_a_box_and_its_details_are_unfolded() -> None:
    blocks = _read(
        '<div class="zb-failure"><p>failed</p></div><details><summary>All</summary><pre>x\n y</pre></details>'
    )
    assert [block["k"] for block in blocks] == ["box", "p", "code"]
    assert blocks[2]["text"] == "x\n y"


def test_a_directive_is_a_box_without_its_options() -> None:
    ground = Ground("a", get_locale("en"))
    (box,) = read_blocks(parse_markdown(":::{note}\n:class: x\n**Mind** this.\n:::\n").children, ground)
    assert (box["k"], to_text(box["blocks"][0]["r"])) == ("box", "Mind this.")


def test_of_the_drawings_of_a_figure_the_wide_one_is_printed() -> None:
    path = '<path style="fill:var(--zb-x,#00687a)" d="M0 0"/>'
    drawn = [
        f'<div><svg viewBox="0 0 {width} 90"><title>T</title><desc>Says &lt;what&gt;</desc>{path}</svg></div>'
        for width in (680, 340)
    ]
    (figure,) = _read(f'<figure id="f">{"".join(drawn)}<figcaption>C</figcaption></figure>')
    assert (figure["width"], figure["alt"], figure["at"]) == (680.0, "Says <what>", "a#f")
    assert 'style="fill:#00687a"' in figure["parts"][0]["svg"]
    assert "<title>" not in figure["parts"][0]["svg"]


def test_a_figure_without_a_drawing_keeps_its_words() -> None:
    assert _read("<figure><figcaption>C</figcaption></figure>")[0]["k"] == "p"
