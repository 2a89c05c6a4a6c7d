"""A comparison in words: the summary, and the cells of every change in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zonebook.edition.cause import PARAMETER, SEPARATOR
from zonebook.edition.change import CHANGED, GONE, NEW, PLACE, RANK, REVISION, ROW, TIE, VALUE
from zonebook.edition.comparison import Comparison
from zonebook.edition.naming import Naming
from zonebook.metrics.figures import is_missing
from zonebook.page.amount import to_decimal
from zonebook.page.locale import NBSP, PERCENT_UNITS, Locale

_DIGITS = 4
_NAMES = ":.*"  # the names of parameters after their cause


@dataclass(frozen=True, slots=True)
class Cells:
    """A change as a reader sees it."""

    subject: str
    when: str
    old: str
    new: str
    difference: str
    cause: str


def say_summary(comparison: Comparison, naming: Naming) -> str:
    """Return, in a paragraph, what changed from one edition to the next, each by its name."""
    words, names = naming.locale, {"old": comparison.old[0], "new": comparison.new[0]}
    counted = _count(comparison, words)
    if not counted:
        said = words.text("Nothing has changed from “{old}” to “{new}”.", **names)
    else:
        said = words.text("What is different in “{new}” from “{old}”: {counted}.", counted=words.join(counted), **names)
    return _say_more(said, comparison, naming)


def say_what_changed(comparison: Comparison, naming: Naming, cut_off: str) -> str:
    """Return, in a paragraph, what is different from an earlier edition, which is named by its cut-off date."""
    words, counted = naming.locale, _count(comparison, naming.locale)
    edition = (
        words.text("the earlier edition (data as of {date})", date=words.date(cut_off))
        if cut_off
        else words.text("the earlier edition")
    )
    if counted:
        said = words.text("What is different from {edition}: {counted}.", edition=edition, counted=words.join(counted))
    else:
        said = words.text("Nothing is different from {edition}.", edition=edition)
    return _say_more(said, comparison, naming)


def _say_more(opening: str, comparison: Comparison, naming: Naming) -> str:
    """Return an opening sentence with those that follow: the largest change, causes, parameters, versions."""
    words, said = naming.locale, [opening]
    if len(comparison.changes):
        said += [_say_largest(comparison, naming), _say_causes(comparison, words)]
    if comparison.parameters:
        listed = ", ".join(comparison.parameters)
        said.append(words.text("Parameters that differ: {names}.", names=listed))
    if comparison.is_other_version:
        versions = {"old": comparison.old[1], "new": comparison.new[1]}
        said.append(words.text("The editions were made by versions {old} and {new} of Zonebook.", **versions))
    return " ".join(filter(None, said))


def _count(comparison: Comparison, words: Locale) -> list[str]:
    """Return how many changes there are of each kind that has any."""
    changes, say = comparison.changes, words.plural
    kinds = changes.groupby(["section", "change", changes["scope_type"].where(changes["section"] == PLACE, "")]).size()

    def n(section: str, change: str = CHANGED, scope_type: str = "") -> int:
        return int(kinds.get((section, change, scope_type), 0))

    told = (
        (n(PLACE, NEW, "zone"), say("{n} new zone", "{n} new zones", n(PLACE, NEW, "zone"))),
        (n(PLACE, GONE, "zone"), say("{n} missing zone", "{n} missing zones", n(PLACE, GONE, "zone"))),
        (n(PLACE, NEW, "region"), say("{n} new region", "{n} new regions", n(PLACE, NEW, "region"))),
        (n(PLACE, GONE, "region"), say("{n} missing region", "{n} missing regions", n(PLACE, GONE, "region"))),
        (n(VALUE), say("{n} changed value", "{n} changed values", n(VALUE))),
        (n(RANK), say("{n} moved rank", "{n} moved ranks", n(RANK))),
        (n(REVISION), say("{n} revised figure", "{n} revised figures", n(REVISION))),
        (n(TIE, NEW), say("{n} new tie", "{n} new ties", n(TIE, NEW))),
        (n(TIE, GONE), say("{n} lost tie", "{n} lost ties", n(TIE, GONE))),
        (n(TIE), say("{n} change in known ties", "{n} changes in known ties", n(TIE))),
        (n(ROW, NEW), say("{n} new row", "{n} new rows", n(ROW, NEW))),
        (n(ROW, GONE), say("{n} row that is gone", "{n} rows that are gone", n(ROW, GONE))),
    )
    return [text for count, text in told if count]


def _say_largest(comparison: Comparison, naming: Naming) -> str:
    """Return the most important value that is a number in both editions; nothing where there is none."""
    changes = comparison.changes
    known = changes[(changes["section"] == VALUE) & changes["relative"].notna()]
    if known.empty:
        return ""
    row = {str(name): cell for name, cell in known.iloc[0].to_dict().items()}
    cells = set_cells(row, naming)
    return naming.locale.text(
        "The largest change of a headline value: {place}, {subject}, {when}: it was {old} and is {new} now.",
        place=naming.scope((row["scope_type"], row["scope_id"])),
        subject=cells.subject,
        when=cells.when,
        old=cells.old,
        new=cells.new,
    )


def _say_causes(comparison: Comparison, words: Locale) -> str:
    changes = comparison.changes
    causes = changes.loc[changes["section"].isin([VALUE, RANK]), "cause"]
    counted = causes[causes != ""].str.split(SEPARATOR).explode().str.replace(_NAMES, "", regex=True).value_counts()
    listed = [f"{words.label('edition.cause', code)} ({words.number(n)})" for code, n in counted.items()]
    return words.text("Why values changed: {causes}.", causes=", ".join(listed)) if listed else ""


def set_cells(row: Mapping[str, Any], naming: Naming) -> Cells:
    """Return a change as a reader sees it."""
    words = naming.locale
    period, year = row["period"], None if is_missing(row["year"]) else int(row["year"])
    return Cells(
        subject=naming.subject(row["table"], row["id"]) + _say_details(row, naming),
        when=words.period(period, year) if period and year else str(year or ""),
        old=_say_side(row, "old", naming),
        new=_say_side(row, "new", naming),
        difference=say_difference(row, words),
        cause=say_cause(row["cause"], words),
    )


def _say_details(row: Mapping[str, Any], naming: Naming) -> str:
    """Return what else tells a figure apart: its country and product, or its source."""
    country = naming.locale.country(row["country_iso3"]) if row["country_iso3"] else ""
    product = naming.product(row) if row["section"] != TIE or row["id"] == "" else ""
    source = row["source_id"] if row["table"] == "zone_year" else ""
    told = ", ".join(filter(None, (country, product, source)))
    return f" ({told})" if told else ""


def _say_side(row: Mapping[str, Any], side: str, naming: Naming) -> str:
    """Return what one edition says: a value with its interval, the sign of a status, or that it has no such row."""
    words, value = naming.locale, row[side]
    if row["change"] == (NEW if side == "old" else GONE):
        return words.text("none")
    if is_missing(value):
        status = row[f"{side}_status"]
        return words.sign(status if status and status != "ok" else "missing") if status else naming.text(row, side)
    unit, lower, upper = row["unit"], row[f"{side}_lower"], row[f"{side}_upper"]
    if is_missing(lower) or is_missing(upper):
        printed = words.amount(value, unit, digits=None if float(value).is_integer() else _DIGITS)
        return words.qualified(printed, row[f"{side}_text"]) if row[f"{side}_text"] else printed
    printed, wide = words.interval(value, lower, upper, unit)
    return words.text("{value} ({bounds})", value=printed, bounds=wide) if wide else printed


def say_difference(row: Mapping[str, Any], words: Locale) -> str:
    """Return by how much a number changed, absolute and relative; percentages in percentage points."""
    difference, unit = row["difference"], row["unit"]
    if is_missing(difference) or difference == 0:
        return ""
    if unit in PERCENT_UNITS:
        points = words.decimal(to_decimal(difference * PERCENT_UNITS[unit], 3), signed=True)
        return words.text("{points} pp", points=points).replace(" ", NBSP)
    printed = words.amount(difference, unit, digits=_DIGITS, signed=True)
    if is_missing(row["relative"]) or row["section"] == RANK:
        return printed
    return f"{printed} ({words.share(row['relative'], signed=True)})"


def say_cause(code: str, words: Locale) -> str:
    """Return why something changed: each cause in words, parameters by their names."""
    said = []
    for cause in filter(None, code.split(SEPARATOR)):
        kind, _, names = cause.partition(":")
        label = words.label("edition.cause", kind)
        said.append(f"{label}: {names.replace(',', ', ')}" if kind == PARAMETER else label)
    return "; ".join(said)
