"""HTML and Markdown as trees."""

from zonebook.paper.chapter_markup import Element, parse_html, parse_markdown


def test_a_drawing_is_kept_to_the_letter_and_has_no_text() -> None:
    drawing = '<svg viewBox="0 0 1 1"><text>5 &lt; 6</text></svg>'
    tree = parse_html(f"<figure>{drawing}<b>x</b></figure>")
    svg = next(tree.find_all("svg"))
    assert svg.children == [drawing]
    assert tree.text == "x"


def test_what_is_not_closed_ends_with_what_is_around_it() -> None:
    tree = parse_html("<ul><li>a<li>b <i>c</ul><p>d</b></p>")
    assert [item.text for item in tree.find_all("li")] == ["a", "b c"]
    assert [child.tag for child in tree.elements] == ["ul", "p"]


def test_cells_and_terms_need_no_end() -> None:
    tree = parse_html("<table><tr><td>1<td>2<tr><th>3</table><dl><dt>t<dd>d</dl>")
    assert [[cell.text for cell in row.elements] for row in tree.find_all("tr")] == [["1", "2"], ["3"]]
    assert [child.tag for child in next(tree.find_all("dl")).elements] == ["dt", "dd"]


def test_scripts_and_styles_are_no_text() -> None:
    assert parse_html("<style>p{}</style>a<script>if (1 < 2) {}</script>b<br>c<br/>d").text == "abcd"


def test_markdown_with_html_tables_terms_and_directives() -> None:
    tree = parse_markdown("a <b>x</b>\n\n| h |\n| --- |\n| c |\n\nterm\n: said\n\n:::{note}\ninner\n:::\n")
    assert [child.tag for child in tree.elements if isinstance(child, Element)] == ["p", "table", "dl", "pre"]


def test_what_a_tag_says_is_read_with_and_without_quotes() -> None:
    (element,) = parse_html("<A Href='x>y' title=\"a &lt; b\" data-n=5 hidden class= 'c d' >t</a>").elements
    assert element.tag == "a"
    assert element.attributes == {"href": "x>y", "title": "a < b", "data-n": "5", "hidden": "", "class": "c d"}
    assert element.text == "t"


def test_signs_that_begin_no_tag_are_text() -> None:
    tree = parse_html("1 < 2 &amp; 3 > 2<!-- <b>not</b> --><!DOCTYPE html> &lt;i&gt; <i>x</i>")
    assert tree.text == "1 < 2 & 3 > 2 <i> x"
    assert [child.tag for child in tree.elements] == ["i"]
