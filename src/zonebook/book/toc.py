"""The table of contents of a book in one language, from the project's own ``_toc.yml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from zonebook.book.contents import Contents
from zonebook.errors import BookError
from zonebook.page.locale import Locale
from zonebook.page_kinds import PageKind

_LISTS = ("chapters", "sections", "entries", "parts", "subtrees")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: its caption and the pages directly below it."""

    caption: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Toc:
    """A table of contents as Jupyter Book takes it."""

    tree: Mapping[str, Any]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts with the pages directly below them."""
        parts = self.tree.get("parts") or [self.tree]
        return tuple(
            Part(str(part.get("caption") or ""), tuple(entry["file"] for entry in part.get("chapters", ())))
            for part in parts
        )

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page of the book, in reading order."""
        return (self.tree["root"], *_walk(self.tree))

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles that entries give their pages."""
        return dict(_list_titles(self.tree))

    def write(self) -> str:
        """Return the text of ``_toc.yml``."""
        return yaml.dump(dict(self.tree), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def _walk(node: Mapping[str, Any]) -> list[str]:
    found = []
    for name in _LISTS:
        for entry in node.get(name) or ():
            if "file" in entry:
                found.append(str(entry["file"]))
            found.extend(_walk(entry))
    return found


def _list_titles(node: Mapping[str, Any]) -> list[tuple[str, str]]:
    own = [(str(node["file"]), str(node["title"]))] if "file" in node and node.get("title") else []
    return own + [pair for name in _LISTS for entry in node.get(name) or () for pair in _list_titles(entry)]


def read_toc(path: Path) -> Mapping[str, Any]:
    """Return the project's table of contents as it stands in the file.

    Raises
    ------
    BookError
        Where it is missing or is not a table of contents of a book.
    """
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise BookError(f"cannot be read: {error}", place=str(path)) from error
    if not isinstance(tree, dict) or tree.get("format") != "jb-book" or "root" not in tree:
        raise BookError(
            "is not a table of contents of a book.", place=str(path), remedy="It begins with format: jb-book and root:."
        )
    return tree


def settle_page(tree: Mapping[str, Any], page: str, *, is_wanted: bool) -> Mapping[str, Any]:
    """Return a table of contents with a hand-written page that a book may have or not.

    Where it is wanted and the file does not name it, it comes last; where it is not, its entry is left out.

    Parameters
    ----------
    tree
        The project's table of contents.
    page
        Name of the page in the book.
    is_wanted
        Whether the book has it.
    """
    if not is_wanted:
        return _without(tree, lambda file: page_name(file) == page)
    if page in map(page_name, _walk(tree)):
        return tree
    last = "parts" if "parts" in tree else "chapters"
    entry = {"file": f"book/{page}"}
    return {**tree, last: [*tree.get(last, ()), {"chapters": [entry]} if last == "parts" else entry]}


def read_chapters(project: Path, kinds: Sequence[PageKind]) -> Mapping[str, Any]:
    """Return the project's table of contents without the notebooks of kinds of pages that the report leaves out.

    Parameters
    ----------
    project
        Folder of the project.
    kinds
        The kinds of pages that the report has.

    Raises
    ------
    BookError
        Where the file cannot be read or names a notebook that does not exist, and where the first page of the book is
        of a kind left out.
    """
    tree = read_toc(project / "_toc.yml")

    def is_without_pages(file: str) -> bool:
        return _is_notebook(file) and kind_of(file, kinds) is None

    place, root = str(project / "_toc.yml"), str(tree["root"])
    for file in filter(is_without_pages, (root, *_walk(tree))):
        notebook = PurePosixPath(file).with_suffix(".ipynb")
        if not (project / notebook).is_file():
            raise BookError(
                f"names {notebook}, which does not exist.",
                place=place,
                remedy="Write the notebook and name it among the pages of parameters.yml, or take it out.",
            )
    if is_without_pages(root):
        raise BookError(
            f"begins the book with {root}, but the parameter pages leaves out the pages it makes.",
            place=place,
            remedy="Keep their kind in the parameter pages, or begin with another page (root:).",
        )
    return _without(tree, is_without_pages)


def _without(node: Mapping[str, Any], is_left_out: Callable[[str], bool]) -> dict[str, Any]:
    kept = {
        name: [
            _without(entry, is_left_out)
            for entry in node.get(name) or ()
            if "file" not in entry or not is_left_out(str(entry["file"]))
        ]
        for name in _LISTS
        if name in node
    }
    return {key: kept.get(key, value) for key, value in node.items()}


def _is_notebook(file: str) -> bool:
    return PurePosixPath(file).parts[:1] == ("notebooks",)


def kind_of(file: str, kinds: Sequence[PageKind]) -> PageKind | None:
    """Return the kind of page a file of the project is the notebook of."""
    stem = PurePosixPath(file).with_suffix("").name
    return next((kind for kind in kinds if _is_notebook(file) and PurePosixPath(kind.notebook).stem == stem), None)


def page_name(file: str) -> str:
    """Return the name in the book of a hand-written page: ``book/about`` is the page ``about``."""
    path = PurePosixPath(file)
    path = path.with_suffix("") if path.suffix in (".md", ".ipynb") else path
    return path.relative_to("book").as_posix() if path.parts[0] == "book" else path.as_posix()


def expand_toc(
    tree: Mapping[str, Any],
    contents: Contents,
    kinds: Sequence[PageKind],
    children: Mapping[str, Sequence[str]],
    locale: Locale,
) -> Toc:
    """Return the table of contents of the book in one language.

    An entry that names a notebook stands for all pages made by it; a hand-written page gets the generated pages
    that belong below it; captions and titles are translated. Pages of kinds the file does not name come last.

    Parameters
    ----------
    tree
        The project's table of contents.
    contents
        The pages there are.
    kinds
        Kinds of pages with their notebooks.
    children
        Generated pages below each hand-written one.
    locale
        Language of the book.
    """

    def expand_entry(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
        if "file" not in entry:
            return [_translated(entry, locale)]
        kind = kind_of(str(entry["file"]), kinds)
        own = _translated({key: value for key, value in entry.items() if key not in (*_LISTS, "file")}, locale)
        below = _expand_lists(entry, expand_entry)
        if kind is not None:
            targets = contents.targets.get(kind.name, ())
            single = len(targets) == 1
            return [{"file": target, **(own if single else {}), **(below if single else {})} for target in targets]
        name = page_name(str(entry["file"]))
        generated = [{"file": child} for child in children.get(name, ())]
        if generated:
            below["sections"] = [*below.get("sections", ()), *generated]
        return [{"file": name, **own, **below}]

    root = kind_of(str(tree["root"]), kinds)
    expanded: dict[str, Any] = {
        "format": "jb-book",
        "root": contents.targets[root.name][0] if root else page_name(str(tree["root"])),
    }
    expanded |= {key: value for key, value in tree.items() if key not in (*_LISTS, "format", "root")}
    expanded |= _expand_lists(_with_captions(tree, locale), expand_entry)
    return _with_missing(Toc(expanded), contents)


def _expand_lists(
    node: Mapping[str, Any], expand_entry: Callable[[Mapping[str, Any]], list[dict[str, Any]]]
) -> dict[str, Any]:
    """Return the lists of entries of a node expanded; parts and lists that come out empty are left out."""
    expanded: dict[str, Any] = {}
    for name in _LISTS:
        entries = [new for entry in node.get(name) or () for new in expand_entry(entry)]
        if name == "parts":
            entries = []
            for part in node.get(name) or ():
                below = _expand_lists(part, expand_entry)
                if below:
                    entries.append({k: v for k, v in part.items() if k not in _LISTS} | below)
        if entries:
            expanded[name] = entries
    return expanded


def _with_captions(tree: Mapping[str, Any], locale: Locale) -> dict[str, Any]:
    parts = [_translated(part, locale) for part in tree.get("parts") or ()]
    return {**tree, **({"parts": parts} if parts else {})}


def _translated(entry: Mapping[str, Any], locale: Locale) -> dict[str, Any]:
    words = {key: locale.text(str(entry[key])) for key in ("caption", "title") if entry.get(key)}
    return {**entry, **words}


def _with_missing(toc: Toc, contents: Contents) -> Toc:
    """Add the pages no entry stands for, as a last part, so that no page is without a way to it."""
    present = set(toc.pages)
    missing = [target for targets in contents.targets.values() for target in targets if target not in present]
    if not missing:
        return toc
    entries = [{"file": target} for target in missing]
    if "parts" in toc.tree:
        return Toc({**toc.tree, "parts": [*toc.tree["parts"], {"chapters": entries}]})
    return Toc({**toc.tree, "chapters": [*toc.tree.get("chapters", ()), *entries]})
