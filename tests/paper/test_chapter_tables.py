"""Tables on paper."""

from typing import Any

from zonebook.page.locale import get_locale
from zonebook.paper.chapter_markup import parse_html
from zonebook.paper.chapter_runs import Ground, to_text
from zonebook.paper.chapter_tables import MOST_ROWS, read_table


def _read(body: str, head: str = "", lang: str = "en") -> list[dict[str, Any]]:
    tree = parse_html(f"<table id='t'><caption>C</caption>{head}<tbody>{body}</tbody></table>")
    return read_table(next(tree.find_all("table")), Ground("a", get_locale(lang)))


def test_a_heading_over_rows_is_repeated_unless_it_links() -> None:
    cells = "<tr><td>1</td><td>2</td></tr>"
    over = '<tr><th colspan="2" class="zb-group">{}</th></tr>'
    (table,) = _read(over.format("plain") + cells + over.format('<a href="b.html">link</a>') + cells)
    assert [row["plain"] for row in table["body"] if isinstance(row, dict)] == [True, False]


def test_numbers_stand_flush_right() -> None:
    head = '<thead><tr><th>a</th><th class="zb-number">b</th><th style="text-align:right">c</th></tr></thead>'
    (table,) = _read("<tr><td>1</td><td>2</td><td>3</td></tr>", head)
    assert table["right"] == [False, True, True]


def test_short_rows_are_filled_up() -> None:
    (table,) = _read("<tr><td>1</td><td>2</td><td>3</td></tr><tr><td>1</td><td>2</td></tr>")
    assert [len(row) for row in table["body"]] == [3, 3]
    assert len(table["head"]) == len(table["widths"]) == 3


def test_what_paper_does_not_bear_is_told() -> None:
    rows = "".join(f"<tr><th>{n}</th><td>x</td></tr>" for n in range(1234))
    (table,) = _read(rows, lang="ru")
    assert len(table["body"]) == MOST_ROWS
    assert "1\u00a0234" in table["cut"]
    (short,) = _read(rows[: rows.index("<tr><th>9<")])
    assert "cut" not in short


def test_of_a_table_that_its_page_cuts_paper_tells_all_rows_once() -> None:
    said = '<div class="zb-remark zb-excerpt">400 rows of 5,400 are shown</div>'
    rows = "".join(f"<tr><th>{n}</th><td>x</td></tr>" for n in range(400))
    for shown in (400, 100):
        some = rows[: rows.index("<tr><th>100<")] if shown == 100 else rows
        tree = parse_html(f'<table data-rows="5400"><caption>C{said}</caption><tbody>{some}</tbody></table>')
        (table,) = read_table(next(tree.find_all("table")), Ground("a", get_locale("en")))
        assert to_text(table["caption"]) == "C"
        assert table["cut"].startswith(f"The first {min(shown, MOST_ROWS)} of 5,400 rows")


def test_long_names_may_be_divided_behind_their_signs() -> None:
    (table,) = _read("<tr><td>investment_actual_rub</td><td>1.5</td></tr>")
    assert to_text(table["body"][0][0]) == "investment_\u200bactual_\u200brub"
    assert to_text(table["body"][0][1]) == "1.5"


def test_only_cells_with_a_word_wider_than_their_column_are_hyphenated() -> None:
    long = "Подведомственностьорганизационнаяструктура"
    few = "Слово и ещё несколько слов, которые занимают место"
    row = "".join(f"<td>{few}</td>" for _ in range(5))
    (table,) = _read(
        f"<tr><td>{long}</td>{row}</tr><tr><td>{few}</td>{row}</tr>", f"<thead><tr><th>{long}</th></tr></thead>"
    )
    divided = [[cell[0].get("s") if isinstance(cell[0], dict) else "" for cell in line] for line in table["body"]]
    assert divided == [["divided", *[""] * 5], [""] * 6]
    assert table["head"][0] == [{"s": "divided", "r": [long]}]


def test_a_table_of_nothing_is_none() -> None:
    assert _read("") == []
