"""The contents of pages, packed: the same trees, the same site, whatever has been done to them."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes

from zonebook.book.extension.trees import PackedTrees

CONFIG = """
extensions = ["sphinx_external_toc"]
numfig = True
html_copy_source = False
"""
OURS = """
from zonebook.book.extension import builder, memory, reading, trees

def setup(app):
    for part in (memory, trees, reading, builder):
        part.setup(app)
"""
TOC = """
root: index
subtrees:
  - numbered: {numbered}
    entries:
      - file: zones
        entries: [file: a, file: b]
      - file: c
      - file: d
      - file: e
"""
PAGES = ("index", "zones", "a", "b", "c", "d", "e")


def make_tree(page: str, sections: int = 12) -> nodes.bullet_list:
    """The contents of a page as Sphinx makes them of its sections."""
    listed = nodes.bullet_list()
    for number in range(sections):
        link = nodes.reference("", "", nodes.Text(f"Section {number}"), refuri=page, anchorname=f"#section-{number}")
        listed += nodes.list_item("", addnodes.compact_paragraph("", "", link))
    return listed


class Book:
    """A book of a few pages, built by Sphinx itself with some of the extension."""

    def __init__(self, folder: Path, config: str = CONFIG + OURS, *, numbered: bool = True) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "conf.py").write_text(config)
        (folder / "_toc.yml").write_text(TOC.format(numbered=str(numbered).lower()))
        for page in PAGES:
            self.write(page, f"Page {page}", "Exports", "Sources")
        with (folder / "zones.rst").open("a") as file:
            file.write("\n.. tableofcontents::\n")

    def write(self, page: str, *titles: str) -> None:
        """Write a page with its title and sections."""
        first, *others = [f"{title}\n{line * 40}\n\nText.\n\n" for title, line in zip(titles, "=---", strict=False)]
        (self.folder / f"{page}.rst").write_text(first + "".join(others))

    def build(self) -> dict[str, str]:
        """Build it in a process of its own, side by side; return its pages."""
        words = [sys.executable, "-m", "sphinx", "-q", "-j", "2", str(self.folder), str(self.folder / "_site")]
        subprocess.run(words, check=True)
        site = self.folder / "_site"
        return {path.name: path.read_text("utf-8") for path in site.glob("*.html")}

    def make_older(self) -> None:
        """Have what the build has kept be that of one which did not pack."""
        kept = self.folder / "_site" / ".doctrees" / "environment.pickle"
        environment = pickle.loads(kept.read_bytes())  # noqa: S301 - the build wrote it
        assert isinstance(environment.tocs, PackedTrees)
        environment.tocs = dict(environment.tocs)
        kept.write_bytes(pickle.dumps(environment))


@pytest.mark.parametrize("numbered", [True, False])
def test_sphinx_lists_and_numbers_sections_as_ever(tmp_path: Path, *, numbered: bool) -> None:
    site = Book(tmp_path / "ours", numbered=numbered).build()
    assert site == Book(tmp_path / "stock", CONFIG, numbered=numbered).build()
    assert ("2.1. </span>Exports" in site["c.html"]) == numbered


def test_a_book_built_again_is_the_one_built_from_nothing(tmp_path: Path) -> None:
    book, other = Book(tmp_path / "book"), Book(tmp_path / "other")
    first = book.build()
    for page, is_older in (("a", False), ("c", True)):
        if is_older:
            book.make_older()
        for one in (book, other):
            one.write(page, f"Page {page}", "Imports", "Exports", "Sources")
        changed = book.build()
        assert changed != first
    assert changed == other.build()
    assert "2.3. </span>Sources" in changed["c.html"]


def test_trees_come_out_as_they_were_put_in() -> None:
    trees = PackedTrees({"b": make_tree("b")})
    trees["a"] = make_tree("a")
    trees.pack()
    assert list(trees) == ["b", "a"]
    assert {page: tree.pformat() for page, tree in trees.items()} == {
        page: make_tree(page).pformat() for page in ("b", "a")
    }
    assert "c" not in trees
    with pytest.raises(KeyError):
        trees["c"]


def test_what_is_done_to_a_tree_stays_done() -> None:
    trees = PackedTrees({"a": make_tree("a")})
    for number in range(3):
        trees.pack()
        next(trees["a"].findall(nodes.reference))[f"mark-{number}"] = number
        assert trees["a"] is trees["a"]
    again: PackedTrees = pickle.loads(pickle.dumps(trees))  # noqa: S301 - written here
    link = next(again["a"].findall(nodes.reference))
    assert [link.get(f"mark-{number}") for number in range(3)] == [0, 1, 2]


def test_a_page_that_is_taken_out_is_gone() -> None:
    trees = PackedTrees({"a": make_tree("a"), "b": make_tree("b")})
    trees.pack()
    assert trees.pop("a").pformat() == make_tree("a").pformat()
    assert trees.pop("a", None) is None
    trees.pack()
    assert list(trees) == ["b"]


def test_trees_are_taken_over_packed() -> None:
    trees, other = PackedTrees({}), PackedTrees({"a": make_tree("a")})
    packed = other.give_packed()
    trees["a"] = packed["a"]
    trees.pack()
    assert isinstance(packed["a"], bytes)
    assert trees["a"].pformat() == make_tree("a").pformat()


def test_a_list_of_pages_is_no_work_for_each_page() -> None:
    root = make_tree("index")
    root += addnodes.toctree(entries=[(None, "a")])
    trees = PackedTrees({"index": root})
    trees.pack()
    assert trees["index"] is root


def test_a_page_of_12_sections_takes_a_kilobyte() -> None:
    trees = PackedTrees({f"zones/{number}": make_tree(f"zones/{number}") for number in range(100)})
    as_sphinx_keeps_them = len(pickle.dumps(dict(trees)))
    assert len(pickle.dumps(trees)) < 100_000 < as_sphinx_keeps_them
