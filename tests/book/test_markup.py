"""Text of the data in Markdown and HTML: always shown as it stands, never obeyed."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from zonebook.book.markup import (
    as_block,
    escape_markdown,
    join_blocks,
    make_facts,
    make_heading,
    make_link,
    make_table,
)

plain = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1)


@given(plain)
def test_escaped_text_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(make_heading(text))
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert "".join(child.content for child in tokens[1].children or []) == text


def test_a_heading_stays_on_one_line() -> None:
    assert make_heading("A\n# B", level=2) == "## A \\# B"


def test_a_block_of_html_has_no_blank_line_inside() -> None:
    assert as_block("<div>\n\n  \n<p>x</p></div>\n") == "<div>\n<p>x</p></div>"


def test_blocks_are_separated_and_empty_ones_left_out() -> None:
    assert join_blocks(["# A\n", "", "text"]) == "# A\n\ntext\n"


def test_only_web_addresses_are_links_to_elsewhere() -> None:
    assert 'class="zb-external"' in make_link("https://example.org/?a=1&b=2", "x")
    assert "a=1&amp;b=2" in make_link("https://example.org/?a=1&b=2", "x")
    assert "zb-external" not in make_link("zones/a.html", "x")


def test_a_table_escapes_its_cells_and_names_its_rows_and_columns() -> None:
    table = make_table("Cap & tion", ["A", "B"], [["<script>", Markup("<b>ok</b>")], ["x\n\ny", 1]])
    assert "<caption>Cap &amp; tion</caption>" in table
    assert '<th scope="col">A</th>' in table
    assert '<th scope="row">&lt;script&gt;</th><td><b>ok</b></td>' in table
    assert '<th scope="row">x y</th><td>1</td>' in table
    assert 'tabindex="0"' in table, "a table that scrolls must be reachable by keyboard"
    assert as_block(table) == table


def test_facts_leave_out_what_is_not_known() -> None:
    facts = make_facts([("Unit", "RUB"), ("Range", ""), ("X", "<i>")])
    assert "Range" not in facts
    assert "<dd>&lt;i&gt;</dd>" in facts


def test_escape_covers_the_extensions_of_myst() -> None:
    assert escape_markdown("{{ x }} $y$ :z: %") == "\\{\\{ x \\}\\} \\$y\\$ \\:z\\: %"
