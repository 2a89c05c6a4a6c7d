"""The file of the search index: pages that follow each other are written as a range, and read when they are asked for.

Most words of a report stand on most of its pages. As Sphinx writes it, the index has the number of each page for each
word and each heading; here a word that is on 5,000 pages in a row takes a few letters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Puts the index back into the form that Sphinx's search script takes; words only when they are looked up.
DECODER = """((index) => {
  const read = (text) => {
    const pages = [];
    let page = 0;
    for (const range of text ? text.split(",") : []) {
      const [gap, more] = range.split("-");
      page += parseInt(gap, 36);
      pages.push(page);
      for (let left = parseInt(more || "0", 36); left; left--) pages.push(++page);
    }
    return pages;
  };
  // "constructor" is a word, too, and every object has one.
  const find = (terms, term) => {
    if (Object.hasOwn(terms, term)) return read(terms[term]);
    return term === "constructor" ? undefined : terms[term];
  };
  const readLater = (terms) => new Proxy(terms, { get: find });
  const suffixes = [];
  for (const [suffix, pages] of Object.entries(index.suffixes)) for (const page of read(pages)) suffixes[page] = suffix;
  const titles = Object.entries(index.alltitles).map(([title, places]) => [
    title,
    Object.entries(places).flatMap(([id, pages]) => read(pages).map((page) => [page, id || null])),
  ]);
  return {
    ...index,
    filenames: index.docnames.map((name, page) => name + suffixes[page]),
    terms: readLater(index.terms),
    titleterms: readLater(index.titleterms),
    alltitles: Object.fromEntries(titles),
  };
})("""
PREFIX, SUFFIX = f"Search.setIndex({DECODER}", "))"


def encode_pages(pages: Iterable[int]) -> str:
    """Return page numbers in rising order as text: for each range the gap before it and how many pages follow.

    Examples
    --------
    >>> encode_pages([0, 1, 2, 3, 7]), encode_pages([40]), encode_pages([])
    ('0-3,4', '14', '')
    """
    ranges: list[list[int]] = []
    last = 0
    for page in pages:
        if ranges and page == last + 1:
            ranges[-1][1] += 1
        else:
            ranges.append([page - last, 0])
        last = page
    return ",".join(_to_text(gap) + (f"-{_to_text(more)}" if more else "") for gap, more in ranges)


def decode_pages(text: str) -> list[int]:
    """Return the page numbers that :func:`encode_pages` wrote.

    Examples
    --------
    >>> decode_pages("0-3,4"), decode_pages("")
    ([0, 1, 2, 3, 7], [])
    """
    return [page for first, count in read_ranges(text) for page in range(first, first + count)]


def read_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Give the ranges that :func:`encode_pages` wrote: the first page of each, and how many there are.

    Examples
    --------
    >>> list(read_ranges("0-3,4"))
    [(0, 4), (7, 1)]
    """
    page = 0
    for part in text.split(",") if text else ():
        gap, _, more = part.partition("-")
        first, count = page + int(gap, 36), int(more or "0", 36) + 1
        yield first, count
        page = first + count - 1


def _to_text(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
        if not number:
            return digits


class PostingsFormat:
    """Writes and reads the index in the way Sphinx's builder of HTML calls it.

    The pages of a word are text already, as :func:`encode_pages` writes them, and stay so.
    """

    def dump(self, index: dict[str, Any], file: IO[str]) -> None:
        """Write an index as the script that gives it to the search page."""
        written = json.dumps(_compress(index), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        # Two ends of lines that JSON allows in a text and older scripts do not.
        written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        file.write(f"{PREFIX}{written}{SUFFIX}")

    def load(self, file: IO[str]) -> dict[str, Any]:
        """Read the index again, for a build in which only some pages have changed.

        Raises
        ------
        ValueError
            Where the file is of another format; Sphinx then makes the index anew.
        """
        text = file.read()
        if not (text.startswith(PREFIX) and text.endswith(SUFFIX)):
            raise ValueError("not an index of this format")
        return _expand(json.loads(text[len(PREFIX) : -len(SUFFIX)]))


def _compress(index: dict[str, Any]) -> dict[str, Any]:
    suffixes: dict[str, list[int]] = {}
    for number, (docname, filename) in enumerate(zip(index["docnames"], index["filenames"], strict=True)):
        suffixes.setdefault(filename.removeprefix(docname), []).append(number)
    kept = {key: value for key, value in index.items() if key != "filenames"}
    titles: dict[str, dict[str, list[int]]] = {}
    for title, places in index["alltitles"].items():
        for page, anchor in places:
            titles.setdefault(title, {}).setdefault(anchor or "", []).append(page)
    return kept | {
        "suffixes": {suffix: encode_pages(pages) for suffix, pages in suffixes.items()},
        "alltitles": {
            title: {anchor: encode_pages(pages) for anchor, pages in places.items()} for title, places in titles.items()
        },
    }


def _expand(index: dict[str, Any]) -> dict[str, Any]:
    suffixes = {page: suffix for suffix, pages in index["suffixes"].items() for page in decode_pages(pages)}
    return index | {
        "filenames": [name + suffixes[number] for number, name in enumerate(index["docnames"])],
        "alltitles": {
            title: [(page, anchor or None) for anchor, pages in places.items() for page in decode_pages(pages)]
            for title, places in index["alltitles"].items()
        },
    }
