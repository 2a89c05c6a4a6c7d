"""From which key files are derived, and what is not made twice."""

from pathlib import Path

from zonebook.book.derivation import DOWNLOADS, STAGED, derive_key, forget_derived, note_path
from zonebook.book.folder import Folder


def test_a_key_depends_on_every_part_and_their_order() -> None:
    assert derive_key("a", ["b"]) == derive_key("a", ["b"])
    assert len({derive_key("a", "b"), derive_key("b", "a"), derive_key("ab"), derive_key("a", "b", "c")}) == 4


def test_what_depends_on_something_unknown_has_no_key() -> None:
    assert derive_key("a", "") == ""


def test_forgetting_removes_the_notes_of_one_language_only(tmp_path: Path) -> None:
    for lang in ("en", "ru"):
        for what in (STAGED, DOWNLOADS):
            path = note_path(tmp_path, lang, what)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}", encoding="utf-8")
    forget_derived("en", tmp_path)
    forget_derived("en", tmp_path)
    assert [note_path(tmp_path, lang, STAGED).is_file() for lang in ("en", "ru")] == [False, True]


class Writer:
    """A folder of two pages that counts how often each is made."""

    def __init__(self, root: Path) -> None:
        self.root, self.made = root, []

    def write(self, **keys: str) -> None:
        folder = Folder(self.root / "site", memo=self.root / "memo.json")
        for page, key in keys.items():
            folder.derive(page, key, lambda page=page: self.make(folder, page))
        folder.finish()

    def make(self, folder: Folder, page: str) -> None:
        self.made.append(page)
        folder.write(f"{page}.md", page)
        folder.write(f"{page}/table.csv", page)

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.root / "site")) for path in (self.root / "site").rglob("*.*"))


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(a="1", b="1")
    writer.write(a="1", b="2")
    writer.write(a="1", b="2")
    assert writer.made == ["a", "b", "b"]
    assert writer.files() == ["a.md", "a/table.csv", "b.md", "b/table.csv"]


def test_a_part_that_is_no_more_goes_with_all_its_files(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(a="1", b="1")
    writer.write(b="1")
    assert writer.files() == ["b.md", "b/table.csv"]
    writer.write(a="1", b="1")
    assert writer.made == ["a", "b", "a"]


def test_a_file_somebody_removed_is_made_again(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(a="1")
    (tmp_path / "site" / "a" / "table.csv").unlink()
    writer.write(a="1")
    assert writer.made == ["a", "a"]
    assert writer.files() == ["a.md", "a/table.csv"]


def test_what_has_no_key_is_made_every_time(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(a="")
    writer.write(a="")
    assert writer.made == ["a", "a"]


def test_without_a_memo_nothing_is_remembered(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        folder = Folder(tmp_path / "site")
        folder.derive("a", "1", lambda folder=folder: made.append(folder.write("a.md", "a")))
        folder.finish()
    assert len(made) == 2


def test_what_a_killed_build_has_half_written_is_made_again(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(a="1", b="1")

    folder = Folder(tmp_path / "site", memo=tmp_path / "memo.json")
    folder.derive("a", "2", lambda: folder.write("a.md", "changed"))  # and is killed before it has finished

    writer.write(a="1", b="1")
    assert writer.made == ["a", "b", "a", "b"]
    assert (tmp_path / "site" / "a.md").read_text(encoding="utf-8") == "a"
