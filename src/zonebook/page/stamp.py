"""The mark of an internal edition, which stands on every page, in every notebook and in every file of it."""

from __future__ import annotations

from zonebook.page.locale import Locale
from zonebook.page.markup import Markup
from zonebook.settings import PUBLIC, MetricSettings


def say_edition(settings: MetricSettings, locale: Locale) -> str:
    """Return what an internal edition says of itself in a language; nothing for a public one."""
    return "" if settings.publish == PUBLIC else locale.text("Internal: for official use only")


def set_stamp(settings: MetricSettings, locale: Locale) -> Markup:
    """Return the mark as a line of a page; nothing for a public edition."""
    said = say_edition(settings, locale)
    return Markup('<p class="zb-stamp">{}</p>\n').format(said) if said else Markup("")
