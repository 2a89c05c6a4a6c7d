"""A comparison as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from zonebook.edition.brand import Brand
from zonebook.edition.change import PLACE, SECTIONS
from zonebook.edition.comparison import Comparison
from zonebook.edition.grouped import Cells, group_changes, list_headings, list_places, say_left
from zonebook.edition.listing import list_marks, name_section
from zonebook.edition.naming import Naming, map_scopes
from zonebook.edition.wording import say_summary
from zonebook.page.locale import Locale
from zonebook.palette import write_variables

# Rows of a section a page shows, and groups that are unfolded from the beginning.
_MOST_ROWS, _UNFOLDED = 2000, 12
_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{marks}\n{summary}\n{contents}\n{body}\n"
    "{imprint}\n</main>\n</body>\n</html>\n"
)
_TABLE = Markup(
    '<details class="zb-rows"{unfolded}><summary>{name} <span class="zb-row-count">{counted}</span></summary>\n'
    '<div class="zb-table-frame" role="region" tabindex="0" aria-label="{label}"><table class="zb-table">\n'
    '<caption class="zb-unseen">{label}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
    "</table></div></details>"
)


def write_page(comparison: Comparison, naming: Naming, listing: str, brand: Brand) -> str:
    """Return a comparison as an HTML page.

    Parameters
    ----------
    comparison
        What changed.
    naming
        The names of what changed, and the language of the page.
    listing
        Name of the file with every change, which stands beside the page.
    brand
        Colours, letters, logo and publisher of the page.
    """
    words = naming.locale
    groups = map_scopes(comparison.changes, naming.group)
    present = [name for name in SECTIONS if (comparison.changes["section"] == name).any()]
    sections = (_set_section(comparison.changes, groups, name, naming) for name in present)
    title = words.text("From “{old}” to “{new}”: what has changed", old=comparison.old[0], new=comparison.new[0])
    return str(
        _PAGE.format(
            lang=words.lang,
            title=title,
            style=_write_style(brand),
            marks=Markup("\n").join(
                Markup('<p class="zb-stamp">{}</p>').format(one) for one in list_marks(comparison, words)
            ),
            summary=_set_summary(comparison, naming, listing),
            contents=_set_contents(present, words),
            body=Markup("\n").join((*_set_parameters(comparison, words), *sections)),
            imprint=_set_imprint(brand, words),
        )
    )


def _write_style(brand: Brand) -> Markup:
    """Return the style sheet: the colours by role, for light and dark paper, the letters, the look of the page."""
    fonts = ",".join(f'"{name}"' for name in brand.fonts)
    look = Path(__file__).with_name("edition.css").read_text(encoding="utf-8")
    return Markup(f"{write_variables(brand.colours)}:root{{--zb-font:{fonts}}}\n{look}")  # noqa: S704 - our own


def _set_imprint(brand: Brand, words: Locale) -> Markup:
    """Return who publishes the page, as it stands at the foot of every page of the site."""
    logo = Markup('<img class="zb-logo" src="{}" alt="{}"> ').format(brand.logo, brand.publisher) if brand.logo else ""
    said = f"{words.text('Published by')}: {brand.publisher}. {brand.imprint}".rstrip()
    return Markup('<footer class="zb-imprint">{}{}</footer>').format(logo, said)


def _set_summary(comparison: Comparison, naming: Naming, listing: str) -> Markup:
    link = Markup('<a href="{name}">{name}</a>').format(name=listing)
    note = naming.locale.html("Every change, with all digits: {file}", file=link)
    said = Markup('<p class="zb-lead">{}</p>').format(say_summary(comparison, naming))
    return said + Markup('\n<p class="zb-foot">{}</p>').format(note) if len(comparison.changes) else said


def _set_contents(present: Iterable[str], words: Locale) -> Markup:
    """Return links to the sections."""
    links = [Markup('<li><a href="#{}">{}</a></li>').format(name, name_section(name, words)) for name in present]
    pattern = Markup('<nav aria-label="{}"><ul class="zb-contents">{}</ul></nav>')
    return pattern.format(words.text("On this page"), Markup("").join(links)) if links else Markup("")


def _set_parameters(comparison: Comparison, words: Locale) -> Iterable[Markup]:
    """Yield the table of the parameters that differ, if any do."""
    if comparison.parameters:
        title = words.text("Parameters that differ")
        rows = [(name, str(old), str(new)) for name, (old, new) in comparison.parameters.items()]
        headings = (words.text("Parameter"), words.text("Before"), words.text("Now"))
        counted = words.plural("{n} parameter", "{n} parameters", len(rows))
        yield Markup("<h2>{}</h2>\n{}").format(title, _set_table((title, title), counted, headings, rows, is_open=True))


def _set_section(changes: pd.DataFrame, groups: pd.Series[Any], section: str, naming: Naming) -> Markup:
    """Return the changes of one kind, grouped by zone or region, the group with the most important one first."""
    words, title = naming.locale, name_section(section, naming.locale)
    own = changes[changes["section"] == section]
    if section == PLACE:
        return Markup('<h2 id="{}">{}</h2>\n{}').format(section, title, list_places(own, naming))
    grouped = group_changes(own, groups, naming, _MOST_ROWS)
    body = Markup("\n").join(
        _set_group(rows, naming.scope(scope), title, words, is_open=place < _UNFOLDED)
        for place, (scope, rows) in enumerate(grouped.groups.items())
    )
    left = say_left(grouped.left, words)
    note = Markup('\n<p class="zb-foot">{}</p>').format(left) if left else ""
    return Markup('<h2 id="{}">{}</h2>\n{}{}').format(section, title, body, note)


def _set_group(rows: Sequence[Cells], name: str, title: str, words: Locale, *, is_open: bool) -> Markup:
    """Return the changes of one zone or region as a table."""
    counted = words.plural("{n} row", "{n} rows", len(rows))
    return _set_table((name, f"{title}: {name}"), counted, list_headings(words), rows, is_open=is_open)


def _set_table(
    names: tuple[str, str],
    counted: str,
    headings: Iterable[str],
    rows: Iterable[Cells],
    *,
    is_open: bool,
) -> Markup:
    """Return a table that folds, under a name and a longer one for who does not see what stands above it."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in headings)
    body = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, Markup("").join(map(Markup("<td>{}</td>").format, rest))
        )
        for first, *rest in rows
    )
    unfolded = Markup(" open") if is_open else ""
    return _TABLE.format(unfolded=unfolded, name=names[0], counted=counted, label=names[1], head=head, rows=body)
