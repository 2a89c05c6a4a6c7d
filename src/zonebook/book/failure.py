"""The page that stands where a page could not be made, so that the book stays whole."""

from __future__ import annotations

import re

from markupsafe import Markup

from zonebook.book.markup import as_block, join_blocks, make_heading
from zonebook.book.outcome import Failure
from zonebook.page.locale import Locale

# What a terminal takes as colour, and what no page can hold.
_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST = 4000
# A line of a cell with the arrow at which it stopped, and the name of an error: letters, and a package before it.
_STOPPED_AT = re.compile(r"^-+>\s*(\d+)", re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z_][\w.]*")


def make_failure_page(title: str, failure: Failure | None, locale: Locale, *, is_public: bool) -> str:
    """Return, as Markdown, the page that says what failed, where, and what to do about it.

    What an error says may hold a name or an amount of a register. A public edition gives its kind and its place; the
    text stands in ``manifest.json``, which is no part of what is published.

    Parameters
    ----------
    title
        What the page is about.
    failure
        Why it could not be made; ``None`` where nothing is known.
    locale
        Language of the page.
    is_public
        Whether the page is one of a public edition.
    """
    notice = locale.text(
        "This page could not be made: its notebook stopped with an error. All other pages are complete."
    )
    blocks = [
        make_heading(title),
        as_block(Markup('<div class="zb-failure" role="alert"><p>{}</p></div>').format(notice)),
    ]
    if failure is not None:
        blocks += [
            _part(locale.text("What failed"), _name_kind(failure, locale) if is_public else failure.message),
            _part(locale.text("In this cell of the notebook"), failure.cell),
        ]
    advice = [
        locale.text("Run zonebook check on the data set and correct what it names."),
        locale.text("If the data set is in order, report the error with its text from manifest.json."),
        locale.text("Build the report again: only this page will be run anew."),
    ]
    steps = Markup("").join(Markup("<li>{}</li>").format(step) for step in advice)
    blocks += [
        make_heading(locale.text("What to do"), level=2),
        as_block(Markup('<ol class="zb-steps">{}</ol>').format(steps)),
    ]
    if failure is not None and failure.traceback and not is_public:
        details = Markup('<details class="zb-traceback"><summary>{}</summary>{}</details>')
        blocks.append(as_block(details.format(locale.text("The error in full"), _preformatted(failure.traceback))))
    return join_blocks(blocks)


def _name_kind(failure: Failure, locale: Locale) -> str:
    """Return the kind of an error and the line of the cell it stopped at, without what the error says."""
    name = _NAME.match(failure.message)
    is_kind = name is not None and failure.message[name.end() :].startswith(":")
    kind = name.group() if name is not None and is_kind else locale.text("The notebook was ended.")
    line = _STOPPED_AT.search(_TERMINAL_CODES.sub("", failure.traceback))
    return f"{kind}, {locale.text('line {line} of the cell', line=line.group(1))}" if line else kind


def _part(heading: str, text: str) -> str:
    shown = text.strip()
    return join_blocks([make_heading(heading, level=2), as_block(_preformatted(shown))]) if shown else ""


def _preformatted(text: str) -> Markup:
    """Return text as it stands; an empty line keeps its place without ending the block of HTML around it."""
    cleaned = _TERMINAL_CODES.sub("", text.strip("\n"))
    if len(cleaned) > _LONGEST:
        cleaned = "…\n" + cleaned[-_LONGEST:]
    shown = "\n".join(line.rstrip() or "\u00a0" for line in cleaned.split("\n"))
    return Markup('<pre class="zb-message" tabindex="0">{}</pre>').format(shown)
